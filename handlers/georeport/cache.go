package georeport

import (
	"net/http"
	"time"

	"github.com/gridwarden/gridwarden/handlers/answer"
)

// maxAge is how long a copy may be shown without asking again, in seconds: what is public changes by the hour, and somebody
// who follows a case should not wait long.
const maxAge = "public, max-age=60, must-revalidate"

// kept says how long the answer may be kept, unless that was said already.
func (c *call) kept() {
	if c.header().Get("Cache-Control") == "" {
		c.header().Set("Cache-Control", maxAge)
	}
}

// fresh notes how to recognise the answer, and answers 304 when the client has it already.
func (c *call) fresh(tag string) bool {
	c.kept()
	return answer.Known(c.w, c.r, tag)
}

// modified says when the answer last changed.
func (c *call) modified(at time.Time) {
	if !at.IsZero() {
		c.header().Set("Last-Modified", at.UTC().Format(http.TimeFormat))
	}
}
