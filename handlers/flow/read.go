package flow

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// Reading is what a report means that was told in one go, by somebody whom nothing can be asked in between.
type Reading struct {
	Draft  Draft           // with everything that was read from it
	Alarm  incident.Alarm  // what of it cannot wait
	Enough bool            // its words tell what happened
	Maybe  []grid.CellCode // the cells that it may be in, likeliest first, while that is not settled
}

// Read reads such a report, exactly as a conversation reads what it was told: category and kinds, scope, emergency, cell.
// What was chosen, a category or a cell, stays. What the conversation would have asked about remains open: a place that
// may be in several cells goes to the queue of what lies in none, and one outside stays outside. Words beyond the limit
// of a report are left out, and so are files.
func Read(book Book, d Draft, now time.Time) Reading {
	t := &turn{book: book, rules: book.Rules(), now: now}
	told := d.Words
	d.Words = nil
	t.s.Draft = &d
	for _, w := range told {
		w.Text = strings.TrimSpace(w.Text)
		w.Text, _ = fitting(w.Text, t.rules.MaxText-length(d.Words))
		d.Words = added(d.Words, w)
	}
	d.Files = d.Files[:min(len(d.Files), t.rules.MaxFiles)]
	if d.CategoryChosen {
		d.Categories = slices.DeleteFunc(d.Categories, func(code string) bool { return !t.isCategory(code) })
		d.CategoryChosen = len(d.Categories) > 0
	}
	if d.CellChosen && len(book.Path(d.Cell)) == 0 {
		d.Cell, d.CellChosen = "", false
	}
	d.Anyway, d.AwayKept = true, true
	p := t.derive()
	r := Reading{Alarm: t.hit, Enough: t.saysWhat()}
	if !p.settled {
		for _, c := range p.answer.Candidates[:min(len(p.answer.Candidates), t.rules.MaxOffered)] {
			r.Maybe = append(r.Maybe, c.Cell)
		}
		d.Cell = book.Unassigned()
	}
	r.Draft = d
	return r
}
