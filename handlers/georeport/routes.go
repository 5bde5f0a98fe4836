package georeport

import (
	"net/http"
	"slices"
	"strings"
)

// route is one address. What stands behind the last dot of its last part is the format; ServeMux has no patterns for that.
type route struct {
	pattern string   // of ServeMux; {file} is the part with the format
	formats []string // that it can answer in; none: its name has no format
	methods []string // besides OPTIONS
	do      func(*call)
}

// v2 is where GeoReport v2 begins.
const v2 = "/open311/v2"

// routes is every address of this package.
func (s *Server) routes() []route {
	both, get := []string{"xml", "json"}, []string{http.MethodGet, http.MethodHead}
	return []route{
		{"/open311/{file}", both, get, (*call).discovery},
		{v2 + "/{file}", both, []string{http.MethodGet, http.MethodHead, http.MethodPost}, (*call).collection},
		{v2 + "/services/{file}", both, get, (*call).definition},
		{v2 + "/requests/{file}", both, get, (*call).request},
		{v2 + "/tokens/{file}", both, get, (*call).tokens},
		{"/open311/bulk/{file}", []string{"csv", "json", "xml"}, get, (*call).bulk},
		{"/open311/", both, get, (*call).nowhere},
		{"/feeds/{file}", []string{"atom"}, get, (*call).feed},
		{"/feeds/cells/{file}", []string{"atom"}, get, (*call).feedOfCell},
		{"/feeds/categories/{file}", []string{"atom"}, get, (*call).feedOfCategory},
		{"/feeds/publications/{file}", []string{"atom"}, get, (*call).feedOfDuty},
		{"/data/{file}", []string{"geojson", "json"}, get, (*call).data},
		{"/openapi.json", nil, get, (*call).describe},
		{"/robots.txt", nil, get, (*call).robots},
	}
}

// collection is what lies directly under v2.
func (c *call) collection() {
	post := c.r.Method == http.MethodPost
	switch {
	case c.id == "services" && !post:
		c.services()
	case c.id == "requests" && post:
		c.file()
	case c.id == "requests":
		c.requests()
	case c.id == "servicerequestupdates" && !post:
		c.updates()
	case c.id == "discovery" && !post: // some clients look for it here
		c.discovery()
	case post && (c.id == "services" || c.id == "servicerequestupdates" || c.id == "discovery"):
		c.notAllowed("GET, HEAD, OPTIONS")
	default:
		c.nowhere()
	}
}

// nowhere is an address that there is not.
func (c *call) nowhere() { c.fail(fault{http.StatusNotFound, "georeport.error.address", nil}) }

// notAllowed is a method that an address does not have.
func (c *call) notAllowed(allow string) {
	c.header().Set("Allow", allow)
	c.fail(fault{http.StatusMethodNotAllowed, "georeport.error.method", map[string]any{"allow": allow}})
}

// split takes the format off a name: A2026-00007.json. A name without one of the formats has none.
func split(name string, formats []string) (id, format string) {
	at := strings.LastIndexByte(name, '.')
	if at < 0 || !slices.Contains(formats, name[at+1:]) {
		return name, ""
	}
	return name[:at], name[at+1:]
}

// Roots are the beginnings of all addresses that are served here; one that ends in a slash is a folder.
func Roots() []string {
	return []string{"/open311/", "/feeds/", "/data/", "/openapi.json", "/robots.txt"}
}

// Patterns are all addresses as net/http has them.
func (s *Server) Patterns() []string {
	routes := s.routes()
	out := make([]string, 0, len(routes))
	for _, r := range routes {
		out = append(out, r.pattern)
	}
	return out
}
