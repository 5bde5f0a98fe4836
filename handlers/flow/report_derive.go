package flow

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/routing"
)

// placing is what is known of a draft's place.
type placing struct {
	settled bool
	told    bool // something was said about it
	answer  routing.Answer
}

// derive reads from everything that was said what it means: category, scope, emergency, cell. It does not ask in which
// order it was said. What the person chose by a button stays.
func (t *turn) derive() placing {
	d := t.s.Draft
	text := strings.TrimSpace(d.Text())
	v := t.book.Classify(text)
	d.Elsewhere = ""
	if v.Scope == category.Elsewhere && !d.CategoryChosen {
		d.Elsewhere = v.Matter
		if (d.Anyway || d.Field) && len(v.Categories) == 0 {
			v.Categories = []string{category.Other}
		}
	}
	if d.CategoryChosen {
		d.Kinds = t.kindsOf(d.Categories, v.Kinds)
	} else {
		if !slices.Equal(d.Categories, v.Categories) {
			d.Searched, d.Similar = false, nil
		}
		d.Categories, d.Kinds = v.Categories, v.Kinds
	}
	t.hit = t.book.Alarm(text+"\n"+d.Place(), d.Kinds)
	d.Urgent = t.hit.Hit()
	return t.derivePlace()
}

// kindsOf are those kinds that belong to the categories.
func (t *turn) kindsOf(categories, kinds []string) []string {
	var out []string
	for _, c := range t.book.Categories() {
		for _, k := range c.Kinds {
			if contains(categories, c.Code) && contains(kinds, k.Code) {
				out = append(out, k.Code)
			}
		}
	}
	return out
}

// derivePlace routes by everything that was said about the place.
func (t *turn) derivePlace() placing {
	d := t.s.Draft
	if d.CellChosen {
		return placing{settled: true, told: true}
	}
	q := routing.Query{Text: strings.TrimSpace(d.Place())}
	if !d.PlaceEdited {
		q.Text = strings.TrimSpace(q.Text + "\n" + d.Text())
	}
	if p := d.Pin; p != nil {
		q.Point, q.Accuracy, q.Picked = &p.Point, p.Accuracy, p.Picked
	}
	a := t.book.Route(q)
	a.Candidates = slices.DeleteFunc(slices.Clone(a.Candidates), func(c routing.Candidate) bool {
		return contains(d.NotThese, c.Cell)
	})
	before := d.Cell
	d.Cell, d.OutOfArea, d.Away, d.Towards = "", a.OutOfArea, "", nil
	out := placing{answer: a, told: d.Place() != "" || d.Pin != nil}
	switch {
	case a.OutOfArea:
		d.Away = a.Neighbour
		if d.Pin != nil {
			towards := a.Direction
			d.Towards = &towards
		}
		out.settled = d.AwayKept
	case len(a.Candidates) == 1 && !a.Ask:
		d.Cell, out.settled = a.Candidates[0].Cell, true
	case len(a.Candidates) == 0 && d.PlaceTries >= t.rules.PlaceTries:
		d.Cell, out.settled = t.book.Unassigned(), true
	}
	if d.Cell != before {
		d.Searched, d.Similar = false, nil
	}
	return out
}

// withoutNames takes the names of a cell, and of those above it, out of a text.
func (t *turn) withoutNames(text string, code grid.CellCode) string {
	for _, c := range t.book.Path(code) {
		for _, name := range append([]string{c.FullName, c.Name}, c.Former...) {
			if name == "" {
				continue
			}
			text = strings.ReplaceAll(text, name, " ")
			if short := []rune(name); len(short) > 2 {
				text = strings.ReplaceAll(text, string(short[:len(short)-1]), " ")
			}
		}
	}
	return text
}

// point is where it is: where the person says, and a file's metadata only when they took that up.
func (d *Draft) point() *geo.Point {
	if d.Pin == nil {
		return nil
	}
	return &d.Pin.Point
}
