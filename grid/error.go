package grid

import (
	"errors"
	"fmt"
)

// Code classifies an error for callers. The set is closed: a caller that switches over it has seen everything.
type Code string

// The codes of Error.
const (
	Invalid   Code = "invalid"   // what was given cannot be right; the person is told what would be
	NotFound  Code = "not_found" // there is no such thing, or the asker may not know of it
	Forbidden Code = "forbidden" // the person's roles do not allow it now
	Conflict  Code = "conflict"  // the thing is not in a state that allows it, or somebody was faster
	Expired   Code = "expired"   // it was valid once
	Internal  Code = "internal"  // ours; details go to the log only
)

// Error carries three messages for three audiences: Code for the calling code, Key (with Args) for a person, who reads
// the sentence of that key in the catalogue of texts, and Err, wrapped detail, for the log.
type Error struct {
	Code Code
	Key  string
	Args map[string]string
	Err  error
}

// Fail builds an Error for a person without further detail for the log. pairs are alternating names and values.
func Fail(code Code, key string, pairs ...string) *Error {
	e := &Error{Code: code, Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if e.Args == nil {
			e.Args = make(map[string]string, len(pairs)/2)
		}
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// Error is the log's view: code, key and wrapped detail, never the arguments, which may be somebody's words.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s %s: %v", e.Code, e.Key, e.Err)
	}
	return fmt.Sprintf("%s %s", e.Code, e.Key)
}

// Unwrap returns the detail.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf tells the code of any error: that of the first Error in its chain, Internal for a foreign error, and "" for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	default:
		return Internal
	}
}
