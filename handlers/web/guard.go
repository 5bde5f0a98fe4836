package web

import (
	"net/http"
	"strings"
)

// policy lets a page load nothing that is not the site's own, run no script that stands in the page, and be shown in no
// other site's frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// maxBody bounds what one request may send: some photos.
const maxBody = 64 << 20

// guard sets the headers of every answer and refuses what another site's page sends in a visitor's name.
func guard(base string, next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // a number in an address is nobody else's business
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), interest-cohort=()")
		if strings.HasPrefix(base, "https://") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if origins.Check(r) != nil {
			http.Error(w, "this form belongs to another site", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}
