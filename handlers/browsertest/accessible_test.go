package browsertest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// Ensure that the check finds what is wrong with a page, under the strictest policy, and finds nothing wrong with a plain one.
func TestFindings(t *testing.T) {
	pages := map[string]string{
		"/good": `<!doctype html><html lang="en"><title>Good</title><body><main><h1>Good</h1><p>words</p></main></body></html>`,
		"/bad":  `<!doctype html><html><title>Bad</title><body><main><h1>Bad</h1><input><button></button></main></body></html>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'")
		_, _ = w.Write([]byte(pages[r.URL.Path]))
	}))
	defer server.Close()
	tab := Open(t, server.URL, 800, 600, time.Minute)
	tab.Go("/good")
	if got := tab.findings("good", all); len(got) != 0 {
		t.Errorf("a good page breaks %+v", got)
	}
	tab.Go("/bad")
	found := tab.findings("bad", all)
	broken := make([]string, 0, len(found))
	for _, f := range found {
		broken = append(broken, f.ID)
	}
	for _, rule := range []string{"html-has-lang", "label", "button-name"} {
		if !slices.Contains(broken, rule) {
			t.Errorf("%s is not found among %q", rule, broken)
		}
	}
}
