package flow

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askWhere asks for the place, or among the cells that it may be.
func (t *turn) askWhere(p placing) {
	d := t.s.Draft
	switch {
	case p.answer.OutOfArea:
		t.askAway()
	case len(p.answer.Candidates) > 0:
		t.askCell(p)
	case !p.told && d.Exif != nil && !d.ExifAsked && t.offerExif():
	default:
		key := "report.ask_where"
		switch {
		case d.PlaceTries > 0 || len(d.NotThese) > 0:
			key = "report.ask_village"
		case p.told:
			key = "report.ask_where_again"
		}
		t.s.Step = stepWhere
		t.askPlace(key, args("place", excerpt(d.Place())))
	}
}

// askCell offers the likeliest cells.
func (t *turn) askCell(p placing) {
	d := t.s.Draft
	t.s.Step = stepChoose
	d.Offered = nil
	for _, c := range p.answer.Candidates[:min(len(p.answer.Candidates), t.rules.MaxOffered)] {
		d.Offered = append(d.Offered, c.Cell)
	}
	key := "report.choose_cell"
	switch {
	case p.answer.Conflict:
		key = "report.choose_conflict"
	case len(d.Offered) == 1:
		key = "report.choose_one"
	}
	rows := append(t.cells(d.Offered, "cell"), []Choice{t.choice("button.none_of_these", "none", "")})
	t.ask(key, nil, rows...)
}

func (t *turn) chooseCell(code string) {
	d := t.s.Draft
	cell := grid.CellCode(code)
	if !contains(d.Offered, cell) || len(t.book.Path(cell)) == 0 {
		t.stale()
		return
	}
	d.Cell, d.CellChosen, d.OutOfArea, d.Away, d.Towards = cell, true, false, "", nil
	d.Searched, d.Similar = false, nil
	t.advance()
}

// noneOfThese asks for village or township in words; when that is of no use the report goes to the unassigned queue.
func (t *turn) noneOfThese(string) {
	d := t.s.Draft
	for _, c := range d.Offered {
		if !contains(d.NotThese, c) {
			d.NotThese = append(d.NotThese, c)
		}
	}
	d.Offered = nil
	d.PlaceTries++
	t.advance()
}

// askAway says that the place is outside, in which direction the district lies or whose land it is, and offers to keep
// the report.
func (t *turn) askAway() {
	d := t.s.Draft
	t.s.Step = stepAway
	a := args("hotline", t.rules.Hotline)
	key := "report.away"
	n, known := t.book.Neighbour(d.Away)
	switch {
	case d.Away != "" && known && n.Phone != "" && n.Phone != t.rules.Hotline:
		key = "report.away_phone"
		a["name"], a["phone"] = d.Away, n.Phone
	case d.Away != "":
		key = "report.away_name"
		a["name"] = d.Away
	case d.Towards != nil:
		key = "report.away_direction"
		a["direction"] = texts.Text{Key: "compass." + d.Towards.String()}
	}
	t.ask(key, a, []Choice{
		t.choice("button.file_anyway", "away", ""), t.choice("button.other_place", "edit_place", ""),
	})
}

func (t *turn) keepAway(string) {
	t.s.Draft.AwayKept = true
	t.advance()
}

func (t *turn) editPlace(string) {
	t.s.Step = stepEditPlace
	t.askPlace("report.edit_place", args("place", excerpt(t.s.Draft.Place())))
}
