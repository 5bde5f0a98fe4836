package site

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Dossier is the kind under which the store keeps sites; their IDs are their numbers.
const Dossier ledger.DossierKind = "site"

// Register is the kind of the dossiers that remember the last number given, one for each prefix.
const Register ledger.DossierKind = "site_number"

// Shelves on which sites stand, those that are due first in front; what is not due at all comes last. A closed site stands on
// ClosedShelf only, by the time of closing.
const (
	AllShelf        ledger.Shelf = "all"
	ComplainedShelf ledger.Shelf = "complained" // a case at them is open
	ClosedShelf     ledger.Shelf = "closed"
)

// CellShelf has the sites of a cell and of every cell below it.
func CellShelf(c grid.CellCode) ledger.Shelf { return ledger.Shelf("cell/" + string(c)) }

// KindShelf has the sites of a kind.
func KindShelf(kind string) ledger.Shelf { return ledger.Shelf("kind/" + kind) }

// Never is the place of what is not due, behind every day.
const Never = 1e12

// Place is where something stands that is due at the end of a day.
func Place(due time.Time) float64 {
	if due.IsZero() {
		return Never
	}
	return float64(due.Unix())
}

// First and Last are the ends of every shelf.
var (
	First = math.Inf(-1)
	Last  = math.Inf(1)
)

// Deed is what happened to a site.
type Deed string

// The deeds. Visited and Inspected tell when somebody was there.
const (
	Added     Deed = "added"
	Changed   Deed = "changed"
	Suspend   Deed = "suspended"
	Resume    Deed = "resumed"
	Close     Deed = "closed"
	Reopen    Deed = "reopened"
	Visited   Deed = "visited"
	Inspected Deed = "inspected"
	Drawn     Deed = "drawn"    // by a draw: somebody is sent there
	Linked    Deed = "linked"   // a case at it
	Unlinked  Deed = "unlinked" // that case is over
)

// Event is one line of a site's history.
type Event struct {
	At         time.Time      `json:"at"`
	By         grid.OfficerID `json:"by,omitempty"`  // empty: the program, or one of the public
	Via        string         `json:"via,omitempty"` // how it came: update/…, import/…, job
	Did        Deed           `json:"did"`
	Case       string         `json:"case,omitempty"`
	Inspection string         `json:"inspection,omitempty"`
	Fields     []Field        `json:"fields,omitempty"`
	Due        time.Time      `json:"due,omitzero"` // the next inspection, as this left it
}

// Field is one value before and after.
type Field struct {
	Name   string `json:"n"`
	Before string `json:"b,omitempty"`
	After  string `json:"a,omitempty"`
}

// Work is what it takes to keep the register: the cells and the district's rules.
type Work struct {
	Tree  *grid.Tree
	Rules Rules
}

// Due is when the site is to be inspected next: the end of that day, or zero.
func (w *Work) Due(s Site) time.Time {
	k, ok := w.Rules.Kind(s.Kind)
	if !ok || s.State != Active {
		return time.Time{}
	}
	from := s.Added
	if s.Inspected.After(from) {
		from = s.Inspected
	}
	cell, _ := w.Tree.Cell(s.Cell)
	return w.Rules.NextDue(k, cell.Level, from, s.Complained())
}

// shelves are where the site stands.
func (w *Work) shelves(s Site, at time.Time) map[ledger.Shelf]float64 {
	if s.State == Closed {
		return map[ledger.Shelf]float64{ClosedShelf: float64(at.Unix())}
	}
	place := Place(s.Due)
	on := map[ledger.Shelf]float64{AllShelf: place, KindShelf(s.Kind): place}
	for _, c := range w.Tree.Path(s.Cell) {
		on[CellShelf(c.Code)] = place
	}
	if s.Complained() {
		on[ComplainedShelf] = place
	}
	return on
}

// Read is the site that a dossier holds; the zero Site for none.
func Read(d ledger.Dossier) (Site, error) {
	var s Site
	err := d.Into(&s)
	return s, err
}

// Write makes the write of a site as the next version of what was read (the zero dossier of its number for a new one), with its
// next inspection reckoned anew and its place on the shelves. The events are told when that is.
func (w *Work) Write(read ledger.Dossier, s Site, at time.Time, events ...Event) (ledger.DossierWrite, error) {
	before, err := Read(read)
	if err != nil {
		return ledger.DossierWrite{}, err
	}
	if !s.Number.Valid() {
		return ledger.DossierWrite{}, fmt.Errorf("site number %q", s.Number)
	}
	read.Kind, read.ID = Dossier, string(s.Number)
	s.Due = w.Due(s)
	lines := make([]any, len(events))
	for i, e := range events {
		e.Due = s.Due
		lines[i] = e
	}
	out, err := ledger.WriteDossier(read, s, lines...)
	if err != nil {
		return out, err
	}
	for _, p := range s.Photos {
		out.Files = append(out.Files, p.File)
	}
	out.On = w.shelves(s, at)
	if read.Version > 0 {
		for shelf := range w.shelves(before, at) {
			if _, stays := out.On[shelf]; !stays {
				out.Off = append(out.Off, shelf)
			}
		}
	}
	return out, nil
}

// Counter is the dossier of a prefix: the last number that was given under it.
type Counter struct {
	Last int `json:"last"`
}

// Next gives a number: PW0012.
func (c *Counter) Next(prefix string) Number {
	c.Last++
	return Number(fmt.Sprintf("%s%04d", prefix, c.Last))
}

// Seen keeps the counter from giving a number that somebody chose.
func (c *Counter) Seen(prefix string, n Number) {
	if len(n) <= len(prefix) || string(n[:len(prefix)]) != prefix {
		return
	}
	if v, err := strconv.Atoi(string(n[len(prefix):])); err == nil && v > c.Last {
		c.Last = v
	}
}

// Write makes the write of the counter of what was read.
func (c Counter) Write(read ledger.Dossier) (ledger.DossierWrite, error) {
	return ledger.WriteDossier(read, c)
}
