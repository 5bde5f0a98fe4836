package handlers

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
)

// storeAway tells whether an error is the store's being out of reach, which is nobody's fault and passes, and not
// something wrong with what was asked of it.
func storeAway(err error) bool {
	var network net.Error
	switch {
	case err == nil:
		return false
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, net.ErrClosed):
		return true
	}
	text := err.Error()
	for _, sign := range []string{
		"LOADING", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "MASTERDOWN", "MISCONF", "OOM command", "connection pool",
		"broken pipe", "connection reset", "client is closed", "BUSY ",
	} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}
