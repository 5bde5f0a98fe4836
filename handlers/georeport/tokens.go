package georeport

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxTokens is how many tokens one call may ask about: each is looked up in the store.
const maxTokens = 50

// tokens tells the numbers of requests that were answered with a token; several tokens have commas between them. Before
// the office has accepted it, a request has a token and no number.
func (c *call) tokens() {
	asked := make([]string, 0, maxTokens)
	for token := range strings.SplitSeq(c.id, ",") {
		if token = strings.TrimSpace(token); token == "" || slices.Contains(asked, token) {
			continue
		}
		if len(asked) == maxTokens {
			c.fail(wrong("token", "1-"+strconv.Itoa(maxTokens)))
			return
		}
		asked = append(asked, token)
	}
	var found []Filed
	for _, token := range asked {
		if c.s.Door == nil {
			break
		}
		f, ok, err := c.s.Door.ByToken(c.r.Context(), token)
		if err != nil {
			c.ours("token not looked up", err)
			return
		}
		if ok {
			f.Token = token
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		c.fail(unknown("token", c.id))
		return
	}
	w := c.writer()
	w.list("service_requests", func() {
		for _, f := range found {
			w.object("request", func() {
				w.text("service_request_id", f.Number)
				w.text("token", f.Token)
			})
		}
	})
	c.header().Set("Cache-Control", "private, no-store") // who has it, has the request
	c.send(http.StatusOK, w.buf)
}
