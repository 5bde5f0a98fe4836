package enterprise

import (
	"math"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Kind is the kind of the dossiers of enterprises; their IDs are the numbers of their sites.
const Kind ledger.DossierKind = "enterprise"

// The shelves on which enterprises stand.
const (
	All    ledger.Shelf = "all"    // on the register, by when they came on it
	Due    ledger.Shelf = "due"    // of which something is due, by when, in milliseconds
	Warned ledger.Shelf = "yellow" // with a yellow card that counts, by its decision
	Shut   ledger.Shelf = "red"    // closed by the government, by its decision
	Carded ledger.Shelf = "carded" // that ever had one
	Lands  ledger.Shelf = "land"   // on the list of contaminated sites
	Waters ledger.Shelf = "water"  // on the list of key water users
)

// First and Last are the ends of every shelf.
var (
	First = math.Inf(-1)
	Last  = math.Inf(1)
)

// Read is the enterprise that a dossier holds; the zero one for none.
func Read(d ledger.Dossier) (Enterprise, error) {
	var e Enterprise
	err := d.Into(&e)
	return e, err
}

// Write makes the write of an enterprise as the next version of what was read (the zero dossier of its number for a new one), with its
// places on the shelves.
func (w Work) Write(read ledger.Dossier, e Enterprise, now time.Time, events ...Event) (ledger.DossierWrite, error) {
	read.Kind, read.ID = Kind, string(e.Number)
	lines := make([]any, len(events))
	for i, x := range events {
		lines[i] = x
	}
	out, err := ledger.WriteDossier(read, e, lines...)
	if err != nil {
		return out, err
	}
	here := e.Gone.IsZero()
	next := w.Next(e, now)
	var yellow, red time.Time
	for _, c := range e.Cards {
		switch c.Colour() {
		case Yellow:
			yellow = c.Decided
		case Red:
			red = c.Red.Ruled
		case NoColour:
		}
	}
	out.Stand(here, All, float64(e.Added.Unix()))
	out.Stand(!next.IsZero(), Due, float64(next.UnixMilli()))
	out.Stand(!yellow.IsZero(), Warned, float64(yellow.Unix()))
	out.Stand(!red.IsZero(), Shut, float64(red.Unix()))
	out.Stand(slices.ContainsFunc(e.Cards, Card.Public), Carded, float64(e.Added.Unix()))
	out.Stand(here && e.Land != nil, Lands, float64(e.Added.Unix()))
	out.Stand(here && e.Water != nil, Waters, float64(e.Added.Unix()))
	return out, nil
}

// LiftedKind is the kind under which a spot check draws enterprises of which a card was lifted (plan item 32).
const LiftedKind = "lifted"

// Lots are the sites from which a spot check after lifting is drawn: those with a card that was lifted and is not red, as what a draw of
// sites takes. sites are their entries in the register.
func Lots(all []Enterprise, sites []site.Site) []site.Site {
	lifted := make(map[site.Number]bool)
	for _, e := range all {
		was := slices.ContainsFunc(e.Cards, func(c Card) bool { return !c.Lifted.IsZero() })
		lifted[e.Number] = was && e.Gone.IsZero() && e.Colour() != Red
	}
	var out []site.Site
	for _, x := range sites {
		if lifted[x.Number] {
			x.Kind = LiftedKind
			out = append(out, x)
		}
	}
	return out
}
