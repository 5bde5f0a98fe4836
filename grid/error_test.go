package grid_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
)

func TestCodeOf(t *testing.T) {
	inner := grid.Fail(grid.NotFound, "error.case")
	tests := []struct {
		name string
		err  error
		want grid.Code
	}{
		{"none", nil, ""},
		{"foreign", errors.New("disk full"), grid.Internal},
		{"own", inner, grid.NotFound},
		{"wrapped", fmt.Errorf("case: %w", inner), grid.NotFound},
		{"outermost counts", &grid.Error{Code: grid.Conflict, Key: "k", Err: inner}, grid.Conflict},
		{"joined", errors.Join(errors.New("x"), inner), grid.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := grid.CodeOf(tt.err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The log sees code, key and detail, never the arguments: they may be somebody's words.
func TestErrorHidesArguments(t *testing.T) {
	cause := errors.New("index out of date")
	e := grid.Fail(grid.Invalid, "error.text", "text", "my neighbour burns tyres", "odd")
	e.Err = cause
	if got, want := e.Error(), "invalid error.text: index out of date"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if strings.Contains(e.Error(), "tyres") {
		t.Error("the log would show what somebody wrote")
	}
	if !errors.Is(e, cause) {
		t.Error("the detail is not in the chain")
	}
	if e.Args["text"] != "my neighbour burns tyres" || len(e.Args) != 1 {
		t.Errorf("arguments: %v", e.Args)
	}
	if got := grid.Fail(grid.Expired, "error.old"); got.Error() != "expired error.old" || got.Args != nil || got.Unwrap() != nil {
		t.Errorf("got %v %v", got, got.Args)
	}
}
