package doorway_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// TestVisitor: what stands in X-Forwarded-For counts only as far as a proxy of ours wrote it.
func TestVisitor(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		name, from string
		header     []string
		want       string
	}{
		{"straight", "203.0.113.7:99", nil, "203.0.113.7"},
		{"straight, with a claim", "203.0.113.7:99", []string{"198.51.100.1"}, "203.0.113.7"},
		{"by a proxy", "127.0.0.1:99", []string{"198.51.100.1"}, "198.51.100.1"},
		{"by a proxy, with a claim before", "127.0.0.1:99", []string{"192.0.2.9, 198.51.100.1"}, "198.51.100.1"},
		{"by two proxies", "127.0.0.1:99", []string{"192.0.2.9, 198.51.100.1", "10.1.2.3"}, "198.51.100.1"},
		{"by a proxy that says nothing", "127.0.0.1:99", nil, "127.0.0.1"},
		{"by a proxy that says nonsense", "127.0.0.1:99", []string{"unknown"}, "127.0.0.1"},
		{"a network of the new kind", "[2001:db8:1:2:3:4:5:6]:99", nil, "2001:db8:1:2::/64"},
		{"an old address in the new form", "[::ffff:203.0.113.7]:99", nil, "203.0.113.7"},
		{"nothing", "", nil, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = c.from
		for _, h := range c.header {
			r.Header.Add("X-Forwarded-For", h)
		}
		if got := doorway.Visitor(r, proxies); got != c.want {
			t.Errorf("%s: %q, expected %q", c.name, got, c.want)
		}
	}
}

// TestNets: an address of the old kind is one network, one of the new kind lies in wider ones that have more together.
func TestNets(t *testing.T) {
	w := doorway.Wide{Net56: 3, Net48: 10}
	for visitor, want := range map[string][]doorway.Net{
		"":                  nil,
		"203.0.113.7":       {{"203.0.113.7", 1}},
		"somebody":          {{"somebody", 1}},
		"2001:db8:1:2::/64": {{"2001:db8:1:2::/64", 1}, {"2001:db8:1::/56", 3}, {"2001:db8:1::/48", 10}},
	} {
		got := w.Nets(visitor)
		if len(got) != len(want) {
			t.Errorf("%q: %v, expected %v", visitor, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q: %v, expected %v", visitor, got, want)
			}
		}
	}
}
