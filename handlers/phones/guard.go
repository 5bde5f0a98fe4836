package phones

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy lets the page load nothing that is not its own, and makes the browser refuse to turn strings into markup.
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// tokenHeader carries the token that only the page knows.
const tokenHeader = "X-Phones-Token" //nolint:gosec // the name of a header, not a secret

// maxBody bounds what one request may send: ten photos of two megabytes.
const maxBody = 20 << 20

// guard sets the headers of every answer and refuses whoever is not this page: requests under a foreign host name (a
// name that was made to point at this machine), of another origin (Sec-Fetch-Site, Origin), or without the token.
func (s *Site) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		switch {
		case !s.ourHost(r.Host), origins.Check(r) != nil, embedded(r):
			refuse(w, http.StatusForbidden, "origin")
			return
		case r.Method == http.MethodPost && !s.hasToken(r):
			refuse(w, http.StatusForbidden, "token")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// ourHost accepts addresses, which no foreign name server can make its own, localhost, and the names configured.
func (s *Site) ourHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host == "localhost" || slices.Contains(s.o.Hosts, host)
}

// embedded tells that a page of another site fetches something for itself; following a link to the page is allowed.
func embedded(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	foreign := site == "cross-site" || site == "same-site"
	return foreign && r.Header.Get("Sec-Fetch-Mode") != "navigate"
}

func (s *Site) hasToken(r *http.Request) bool {
	return subtle.ConstantTimeCompare([]byte(r.Header.Get(tokenHeader)), []byte(s.token)) == 1
}
