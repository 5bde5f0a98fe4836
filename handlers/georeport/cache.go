package georeport

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxAge is how long a copy may be shown without asking again, in seconds: what is public changes by the hour, and somebody
// who follows a case should not wait long.
const maxAge = "public, max-age=60, must-revalidate"

// fresh notes how to recognise the answer, and answers 304 when the client has it already. The tag is weak: compressed and
// not, it is the same answer.
func (c *call) fresh(tag string) bool {
	h := c.header()
	tag = `W/"` + tag + `"`
	h.Set("ETag", tag)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", maxAge)
	}
	if !c.has(tag, h.Get("Last-Modified")) {
		return false
	}
	h.Del("Content-Type")
	c.w.WriteHeader(http.StatusNotModified)
	return true
}

// has tells whether the client's copy is the answer. Who sends a tag is judged by the tag alone.
func (c *call) has(tag, modified string) bool {
	if known := c.r.Header.Values("If-None-Match"); len(known) > 0 {
		for t := range strings.SplitSeq(strings.Join(known, ","), ",") {
			if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(c.r.Header.Get("If-Modified-Since"))
	at, wrong := http.ParseTime(modified)
	return err == nil && wrong == nil && !at.After(since)
}

// modified says when the answer last changed.
func (c *call) modified(at time.Time) {
	if !at.IsZero() {
		c.header().Set("Last-Modified", at.UTC().Format(http.TimeFormat))
	}
}

var squeezers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one
	}
	return z
}}

// squeezes tells whether the client takes gzip.
func (c *call) squeezes() bool {
	for part := range strings.SplitSeq(c.r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == "gzip" || name == "*" {
			q, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
			return weight == "" || err == nil && q > 0
		}
	}
	return false
}

// squeeze compresses what is worth it.
func (c *call) squeeze(body []byte) []byte {
	const worth = 1400 // fits a packet anyhow
	if len(body) < worth || !c.squeezes() {
		return body
	}
	var out bytes.Buffer
	z := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body)
	if err := z.Close(); err != nil {
		return body
	}
	c.header().Set("Content-Encoding", "gzip")
	return out.Bytes()
}
