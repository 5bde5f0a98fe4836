package flow

import (
	"slices"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askScope says who is in charge of what is no environmental matter, and offers to file it all the same.
func (t *turn) askScope() {
	t.s.Step = stepScope
	m, _ := t.book.Matter(t.s.Draft.Elsewhere)
	key := "report.elsewhere"
	if m.Phone == "" || m.Phone == t.rules.Hotline {
		key = "report.elsewhere_no_phone"
	}
	t.ask(key, args("matter", texts.Names(m.Names), "authority", m.Authority, "phone", m.Phone, "hotline", t.rules.Hotline),
		[]Choice{t.choice("button.file_anyway", "anyway", "")})
}

func (t *turn) anyway(string) {
	t.s.Draft.Anyway = true
	t.advance()
}

// askCategory lets the person choose when the words do not tell.
func (t *turn) askCategory() {
	t.s.Step = stepCategory
	t.ask("report.ask_category", nil, t.categoryRows("category", false)...)
}

func (t *turn) categoryRows(verb string, marked bool) [][]Choice {
	choices := make([]Choice, 0, len(t.book.Categories()))
	for _, c := range t.book.Categories() {
		b := t.named(texts.Names(c.Names), verb, c.Code)
		if marked && contains(t.s.Draft.Categories, c.Code) {
			b.Key, b.Args, b.Label = "button.marked", args("name", b.Label), nil
		}
		choices = append(choices, b)
	}
	return inRows(2, choices)
}

func (t *turn) isCategory(code string) bool {
	for _, c := range t.book.Categories() {
		if c.Code == code {
			return true
		}
	}
	return false
}

func (t *turn) chooseCategory(code string) {
	if !t.isCategory(code) {
		t.stale()
		return
	}
	t.setCategories([]string{code})
	t.advance()
}

func (t *turn) setCategories(codes []string) {
	d := t.s.Draft
	d.Categories, d.CategoryChosen = codes, true
	d.Searched, d.Similar = false, nil
}

func (t *turn) editCategory(string) {
	t.s.Step = stepEditCategory
	t.askCategories(false)
}

func (t *turn) askCategories(edit bool) {
	rows := append(t.categoryRows("toggle", true), []Choice{t.choice("button.done", "resume", "")}, t.exits())
	t.say(Reply{Key: "report.edit_category", Rows: rows, Edit: edit})
}

// toggle adds a category to the report or takes it away; the last one stays.
func (t *turn) toggle(code string) {
	if !t.isCategory(code) {
		t.stale()
		return
	}
	now := slices.Clone(t.s.Draft.Categories)
	switch i := slices.Index(now, code); {
	case i < 0:
		now = append(now, code)
	case len(now) > 1:
		now = slices.Delete(now, i, i+1)
	}
	t.s.Step = stepEditCategory
	t.setCategories(now)
	t.askCategories(true)
}
