package handlers

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"time"
)

// NewHTTPClient makes the client for the Bot API. It keeps as many idle connections as the sender uses (the default
// keeps two and dials the rest anew), lets them go before the server does, and obeys the usual proxy variables.
func NewHTTPClient(connections int) *http.Client {
	return &http.Client{
		Timeout: pollTimeout + 20*time.Second,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			MaxIdleConns:          connections + 4,
			MaxIdleConnsPerHost:   connections + 4,
			IdleConnTimeout:       30 * time.Second,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: pollTimeout + 10*time.Second,
			ForceAttemptHTTP2:     true,
		},
	}
}

// Buffered sends each request with a known length and a body that can be sent again. The library streams its forms
// through a pipe, chunk by chunk, which costs half of the time of a call and makes a call fail whenever the server has
// just closed an idle connection.
type Buffered struct {
	Client Doer
}

// Do reads the body and passes the request on.
func (b Buffered) Do(req *http.Request) (*http.Response, error) {
	if req.Body != nil && req.GetBody == nil {
		body, err := io.ReadAll(req.Body)
		_ = req.Body.Close()
		if err != nil {
			return nil, err
		}
		req.ContentLength = int64(len(body))
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		req.Body, _ = req.GetBody()
	}
	return b.Client.Do(req)
}
