package browsertest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Ensure that what the keyboard never reaches is found, and what has the focus without showing it.
func TestTabs(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<!doctype html><html lang="en"><title>Page</title><style>:focus { outline: 3px solid } #dim { outline: none }</style><body>
<a href="#a">a</a><button>b</button><button id="dim">c</button><input type="radio" name="x"><input type="radio" name="x"><p inert><a id="never" href="#d">d</a></p>`))
	}))
	defer server.Close()
	tab := Open(t, server.URL, 800, 600, time.Minute)
	tab.Go("/")
	count, unseen, missed := tab.tabs()
	if count < 4 || len(unseen) != 1 || !strings.Contains(unseen[0], "dim") || len(missed) != 1 || !strings.Contains(missed[0], "never") {
		t.Errorf("reached %d, unseen %q, missed %q", count, unseen, missed)
	}
}
