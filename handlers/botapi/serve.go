package botapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// handler carries out one method. It runs under the emulator's lock and returns the result or an *apiError.
type handler func(*Emulator, *call) (any, error)

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path> over a socket.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := e.answer(r)
	switch {
	case a.err != nil, a.hangUp:
		panic(http.ErrAbortHandler) // net/http's own way to close a connection without an answer
	case a.cut:
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
		w.Header().Set("Content-Type", a.kind)
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush() // or else the half would die in a buffer
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// Do answers a request in process, so that an Emulator can stand where an *http.Client is wanted. A disconnect is a
// *url.Error around io.EOF, a body cut short ends in io.ErrUnexpectedEOF, and a cancelled request returns its
// context's error, all as net/http would have it.
func (e *Emulator) Do(r *http.Request) (*http.Response, error) {
	a := e.answer(r)
	if r.Body != nil {
		_ = r.Body.Close()
	}
	switch {
	case r.Context().Err() != nil:
		return nil, &url.Error{Op: r.Method, URL: r.URL.String(), Err: r.Context().Err()}
	case a.err != nil, a.hangUp:
		return nil, &url.Error{Op: r.Method, URL: r.URL.String(), Err: io.EOF}
	}
	var body io.Reader = bytes.NewReader(a.body)
	if a.cut {
		body = io.MultiReader(bytes.NewReader(a.body[:len(a.body)/2]), failingReader{})
	}
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header:        http.Header{"Content-Type": {a.kind}},
		ContentLength: int64(len(a.body)), Body: io.NopCloser(body),
	}, nil
}

// failingReader is the end of a body whose connection broke.
type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// answer routes by path.
func (e *Emulator) answer(r *http.Request) answer {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		token, file, _ := strings.Cut(path, "/")
		if token != e.token {
			return failure(errUnauthorized)
		}
		return e.download(r.Context(), file)
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/bot")
	if !ok {
		return failure(errUnknownMethod)
	}
	token, method, _ := strings.Cut(path, "/")
	if token != e.token {
		return failure(errUnauthorized)
	}
	c, err := parseRequest(r, method, maxUpload)
	if err != nil {
		return refused(err)
	}
	return e.perform(r.Context(), c)
}

// perform counts the call, lets a scripted fault have its way, and carries it out.
func (e *Emulator) perform(ctx context.Context, c *call) answer {
	e.mu.Lock()
	e.calls[c.method]++
	fault := e.pickFault(c)
	e.mu.Unlock()

	if a, done := fault.before(ctx); done {
		return a
	}
	return fault.after(e.execute(ctx, c))
}

func (e *Emulator) execute(ctx context.Context, c *call) answer {
	do, ok := e.methods[c.method]
	if !ok && c.method != "getUpdates" {
		return failure(errUnknownMethod)
	}
	violations, err := c.check()
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, violation := range violations {
		e.violate(violation)
	}
	if err != nil {
		return refused(err)
	}
	if !ok {
		return e.getUpdates(ctx, c)
	}
	result, err := do(e, c)
	if err != nil {
		return refused(err)
	}
	return success(result)
}

// refused turns an error into an answer; one that is not Telegram's means that the connection broke.
func refused(err error) answer {
	var e *apiError
	if errors.As(err, &e) {
		return failure(e)
	}
	return answer{err: err}
}
