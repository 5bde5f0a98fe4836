package consultation

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Notice is something that is told once.
type Notice string

// The notices, in the order of time. Late ones come as often as the rules say.
const (
	ToOpen      Notice = "open"  // it has opened
	ToClose     Notice = "close" // it closes soon
	ToSort      Notice = "sort"  // it has closed: the answers wait to be sorted
	LateResults Notice = "late_results"
	LateUse     Notice = "late_use"
)

// next is the first notice that is to come, and when.
func (c Consultation) next(r Rules) (Notice, time.Time, bool) {
	if c.Approved == nil || c.Dropped != nil || c.Used != nil {
		return "", time.Time{}, false
	}
	late := func(n Notice, due time.Time) (Notice, time.Time, bool) {
		return n, due.Add(time.Duration(c.Chased) * r.Again), c.Chased < r.Times
	}
	if c.Found != nil {
		return late(LateUse, c.UseBy)
	}
	for _, n := range []struct {
		what Notice
		at   time.Time
	}{{ToOpen, c.Opens}, {ToClose, c.Closes.Add(-r.Ahead)}, {ToSort, c.Closes}} {
		if !slices.Contains(c.Told, n.what) {
			return n.what, n.at, true
		}
	}
	return late(LateResults, c.ResultsBy)
}

// Next is when something is to be told next; false when nothing is.
func (c Consultation) Next(r Rules) (time.Time, bool) {
	_, at, ok := c.next(r)
	return at, ok
}

// Remind notes the notice that is due at now; false when none is. Of what a pause made stale only the last is told: nobody is told that
// something closes soon when it has closed.
func (c Consultation) Remind(r Rules, now time.Time) (Consultation, Notice, Event, bool) {
	c = c.clone()
	due := Notice("")
	for {
		n, at, ok := c.next(r)
		if !ok || now.Before(at) {
			break
		}
		due = n
		if n == LateResults || n == LateUse {
			c.Chased++
			if r.Again > 0 {
				c.Chased = min(c.Chased+int(now.Sub(at)/r.Again), r.Times)
			}
			break
		}
		c.Told = append(c.Told, n)
	}
	return c, due, Event{At: now, Did: Tell, Words: string(due)}, due != ""
}

// Write makes the write of a consultation, with its events and its places.
func Write(read ledger.Dossier, c Consultation, r Rules, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, c, events...)
	begun := float64(c.Begun.At.UnixMilli())
	w.Stand(true, All, begun)
	w.Stand(c.Dropped == nil && c.Used == nil, Live, begun)
	w.Stand(c.Approved != nil, Shown, float64(c.Opens.UnixMilli()))
	due, ok := c.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	for _, f := range c.Files {
		w.Files = append(w.Files, f.Unique)
	}
	return w, err
}

// WriteAnswer makes the write of an answer. Its history says that it was changed, and on which day.
func WriteAnswer(read ledger.Dossier, a Answer) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, a, struct {
		Day string `json:"day"`
	}{a.Day.String()})
	w.Stand(true, To(a.Of), 0)
	return w, err
}
