package georeport

import "net/http"

// fault is one error of GeoReport: the status it goes out with, and the key of the sentence that says what to do.
type fault struct {
	status int
	key    string
	args   map[string]any
}

func missing(what string) fault {
	return fault{http.StatusBadRequest, "georeport.error.missing", map[string]any{"what": what}}
}

func wrong(what, wants string) fault {
	return fault{http.StatusBadRequest, "georeport.error.wrong", map[string]any{"what": what, "wants": wants}}
}

func unknown(what, value string) fault {
	return fault{http.StatusNotFound, "georeport.error.unknown", map[string]any{"what": what, "value": short(value)}}
}

// short is what is said again of something a stranger sent.
func short(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) > most {
		return string(r[:most]) + "\u2026"
	}
	return s
}

// fail answers with errors in the specification's form; the status is the first one's.
func (c *call) fail(faults ...fault) {
	w := c.writer()
	w.list("errors", func() {
		for _, f := range faults {
			w.object("error", func() {
				w.whole("code", f.status) // a number, as in the specification's example and in what other servers send
				w.text("description", c.say(f.key, f.args))
			})
		}
	})
	c.header().Set("Cache-Control", "no-store")
	c.send(faults[0].status, w.buf)
}
