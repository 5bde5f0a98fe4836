package doorway

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Visitor names the network that a request comes from, for quotas: the address, of which IPv6 networks have so many that the
// first 64 bits count. Behind a proxy that is known the address is the last that the proxy was told; what others write there
// is no more than a claim. Empty when there is none. It is kept nowhere.
func Visitor(r *http.Request, proxies []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if known(proxies, a) {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(list) - 1; i >= 0; i-- {
			told, err := netip.ParseAddr(strings.TrimSpace(list[i]))
			if err != nil {
				break
			}
			a = told
			if !known(proxies, told) {
				break
			}
		}
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(smallest); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// known tells whether the address is that of a proxy of ours.
func known(proxies []netip.Prefix, a netip.Addr) bool {
	a = a.Unmap()
	for _, p := range proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// smallest are the bits of the smallest network of IPv6: whoever has one has 2^64 addresses.
const smallest = 64

// Wide tells how many times the allowance of one network the wider ones of IPv6 have together: a home is often given a /56, a firm
// or a village's provider a /48, and each of them holds hundreds or thousands of the smallest.
type Wide struct {
	Net56, Net48 int
}

// Net is a network that a visitor counts to, and how many times the allowance of one it has.
type Net struct {
	Name  string
	Times int
}

// Nets are the networks that a visitor counts to, the smallest first: for an address of IPv4, and whatever else has a name, itself; none
// for nobody.
func (w Wide) Nets(visitor string) []Net {
	if visitor == "" {
		return nil
	}
	out := []Net{{Name: visitor, Times: 1}}
	p, err := netip.ParsePrefix(visitor)
	if err != nil || !p.Addr().Is6() || p.Bits() != smallest {
		return out
	}
	for _, wider := range []struct{ bits, times int }{{56, w.Net56}, {48, w.Net48}} {
		if around, err := p.Addr().Prefix(wider.bits); err == nil {
			out = append(out, Net{Name: around.String(), Times: max(1, wider.times)})
		}
	}
	return out
}
