package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// visitor names the network that a request comes from, for quotas: the address, of which IPv6 networks have so many that the
// first 64 bits count. Behind a proxy that is known the address is the last that the proxy was told; what others write there
// is no more than a claim. It is kept nowhere.
func (s *Site) visitor(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if s.proxied(a) {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(list) - 1; i >= 0; i-- {
			told, err := netip.ParseAddr(strings.TrimSpace(list[i]))
			if err != nil {
				break
			}
			a = told
			if !s.proxied(told) {
				break
			}
		}
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// proxied tells whether the address is that of a proxy of ours.
func (s *Site) proxied(a netip.Addr) bool {
	a = a.Unmap()
	for _, p := range s.o.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
