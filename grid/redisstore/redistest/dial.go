package redistest

import (
	"net"
	"sync"
)

// eager is a connection to miniredis that takes everything written at once, as a socket does. The bare in-memory pipe
// hands bytes over only while the other side reads: a long pipeline and its first replies would wait for each other.
type eager struct {
	net.Conn
	mu      sync.Mutex
	more    *sync.Cond
	pending []byte
	closed  bool
}

func newEager(c net.Conn) *eager {
	e := &eager{Conn: c}
	e.more = sync.NewCond(&e.mu)
	go e.forward()
	return e
}

// Write keeps a copy and returns; forward passes it on.
func (e *eager) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return 0, net.ErrClosed
	}
	e.pending = append(e.pending, b...)
	e.more.Signal()
	return len(b), nil
}

// Close ends the connection and forward.
func (e *eager) Close() error {
	e.mu.Lock()
	e.closed = true
	e.more.Signal()
	e.mu.Unlock()
	return e.Conn.Close()
}

// forward runs until Close.
func (e *eager) forward() {
	for {
		e.mu.Lock()
		for len(e.pending) == 0 && !e.closed {
			e.more.Wait()
		}
		b, closed := e.pending, e.closed
		e.pending = nil
		e.mu.Unlock()
		if closed {
			return
		}
		if _, err := e.Conn.Write(b); err != nil {
			_ = e.Close()
			return
		}
	}
}
