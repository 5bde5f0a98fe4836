// Package answer sends what is asked for over HTTP: whoever has it already is told so in a few bytes, and it is compressed where the
// other side can read that and it is worth it. What belongs in an answer, and for how long it may be kept, is the caller's.
package answer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// worth is from how many bytes on a body is worth compressing: a smaller one fits a packet anyhow.
const worth = 1400

// Whole sends a body that is complete. A good answer that may be kept carries a tag made of its content. Headers were set before.
func Whole(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if status == http.StatusOK && r.Method != http.MethodPost && h.Get("Cache-Control") != "no-store" {
		sum := sha256.Sum256(body)
		if Known(w, r, base64.RawURLEncoding.EncodeToString(sum[:12])) {
			return
		}
	}
	if len(body) >= worth && squeezes(r) {
		body = squeezed(body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// Stream sends what a function writes, as it writes it.
func Stream(w http.ResponseWriter, r *http.Request, write func(io.Writer) error) {
	w.Header().Add("Vary", "Accept-Encoding")
	if r.Method == http.MethodHead {
		return
	}
	var out io.Writer = w
	if squeezes(r) {
		w.Header().Set("Content-Encoding", "gzip")
		z := squeezers.Get().(*gzip.Writer)
		defer squeezers.Put(z)
		z.Reset(w)
		defer func() { _ = z.Close() }()
		out = z
	}
	_ = write(out) // the client went away: there is nobody to tell
}

// Known notes by which tag the answer is known again, and answers 304 when the client has it already. The tag is weak: compressed
// and not, it is the same answer. Last-Modified, if there is one, was set before.
func Known(w http.ResponseWriter, r *http.Request, tag string) bool {
	h := w.Header()
	tag = `W/"` + tag + `"`
	h.Set("ETag", tag)
	if !has(r, tag, h.Get("Last-Modified")) {
		return false
	}
	h.Del("Content-Type")
	w.WriteHeader(http.StatusNotModified)
	return true
}

// has tells whether the client's copy is the answer (RFC 9110, 13.2.2). Who sends a tag is judged by the tag alone.
func has(r *http.Request, tag, modified string) bool {
	if known := r.Header.Values("If-None-Match"); len(known) > 0 {
		for t := range strings.SplitSeq(strings.Join(known, ","), ",") {
			if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	at, wrong := http.ParseTime(modified)
	return err == nil && wrong == nil && !at.After(since)
}

// squeezes tells whether the client takes gzip: by its name, or with whatever it takes.
func squeezes(r *http.Request) bool {
	takes := false
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name != "gzip" && name != "*" {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
		takes = weight == "" || err == nil && q > 0
		if name == "gzip" {
			return takes
		}
	}
	return takes
}

var squeezers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one
	}
	return z
}}

func squeezed(body []byte) []byte {
	var out bytes.Buffer
	z := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}
