package web

import (
	"context"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Door is the way in for whoever reports without an account. What it refuses is an error with words for the visitor.
type Door interface {
	// Hold keeps files of a report that is not sent yet.
	Hold(ctx context.Context, visitor string, files []Upload) ([]Held, error)
	// Understand tells what a report would become.
	Understand(ctx context.Context, r Report) (Reading, error)
	// File makes the report.
	File(ctx context.Context, r Report) (Receipt, error)
	// Visit looks a report up, and does what its reporter wants done.
	Visit(ctx context.Context, v Visit) (Visited, error)
	// Vote takes an answer to a consultation in place of the one that the same browser gave before.
	Vote(ctx context.Context, v Vote) error
	// SignUp takes a seat at a hearing, or a place on its waiting list.
	SignUp(ctx context.Context, u SignUp) (Seat, error)
	// Seat tells whoever has the code how they stand, or gives their seat up.
	Seat(ctx context.Context, c SeatCode) (Seat, error)
	// Picture is the copy of a picture that may be shown.
	Picture(ctx context.Context, sha256 string) ([]byte, error)
}

// Upload is a file as a browser sends it.
type Upload struct {
	Name string
	Data []byte
}

// Held is a file that waits for its report.
type Held struct {
	ID    string
	Name  string
	Photo bool
}

// Report is what a visitor reports.
type Report struct {
	Lang     string
	Visitor  string // whose quota it counts to
	Once     string // the same form sent twice is one report
	Words    string
	Place    string
	Point    *geo.Point
	Cell     grid.CellCode
	Category string
	Name     string
	Phone    string
	Held     []string
	Same     string // a case that it goes with, as a Reading offered it
}

// Reading is what a report would become.
type Reading struct {
	Cell       grid.CellCode // empty while it is not known
	Maybe      []grid.CellCode
	Away       bool
	Neighbour  string
	Categories []string
	Elsewhere  string // what the matter is, in words, when it is none of the environment
	Alarm      bool
	Similar    []Similar
}

// Similar is an open case that a report may be about.
type Similar struct {
	Number     string
	Categories []string
	Cell       grid.CellCode
}

// Receipt is what a visitor gets for a report.
type Receipt struct {
	Number string
	Code   string
	Joined bool
}

// Visit is a visitor who comes back with number and code.
type Visit struct {
	Lang         string
	Visitor      string
	Number, Code string
	Data         string // of the pressed button
	Words        string
	Files        []Upload
}

// Visited is what such a visitor is shown.
type Visited struct {
	Number string
	Own    bool // the visitor may act here
	Asks   bool // words are waited for
	Said   []ledger.Message
	Status ledger.Message
	Mail   []ledger.Message
}
