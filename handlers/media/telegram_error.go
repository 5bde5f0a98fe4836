package media

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"strings"
)

// hide takes the address, which holds the token, out of an error of the HTTP client, and the path, which holds it too,
// out of one of the local disk. The cause stays for errors.Is unless it names the token itself.
func (t *Telegram) hide(doing string, err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	_, secret, _ := strings.Cut(t.token, ":")
	if s := err.Error(); strings.Contains(s, t.token) || secret != "" && strings.Contains(s, secret) {
		err = errors.New("failed")
	}
	return &openError{doing: doing, err: err}
}

// openError is a failure to reach a file.
type openError struct {
	doing string
	err   error
}

// Error says what failed, without addresses.
func (e *openError) Error() string { return e.doing + ": " + e.err.Error() }

// Unwrap returns the cause.
func (e *openError) Unwrap() error { return e.err }

// capped is a body that ends with ErrTooLarge beyond the limit, and ends its time limit when it is closed.
type capped struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	left   int64
	limit  int64
}

// Read reads up to one byte beyond the limit, to tell a file that just fits from one that does not.
func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, tooLarge(c.limit)
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.body.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		return n, tooLarge(c.limit)
	}
	return n, err
}

// Close closes the body.
func (c *capped) Close() error {
	defer c.cancel()
	return c.body.Close()
}
