package seeds

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
)

const boardsFile = "boards.yaml"

// loadBoards reads which public boards have to stand; a district without the file has none.
func (l *loader) loadBoards() {
	if !l.exists(boardsFile) {
		return
	}
	f, ok := l.open(boardsFile, "duties", "goals", "rules", "boards")
	if !ok {
		return
	}
	duties, goals, rules := l.byForm(f, "duties"), l.byForm(f, "goals"), l.byForm(f, "rules")
	taken := words{}
	for _, n := range f.items("boards") {
		e := n.fields([]string{"id", "form", "river", "cell", "extent", "target", "source", "status"}, "length", "section", "title", "phone", "duties", "goals", "rules")
		b := board.Board{
			ID: board.ID(e.text("id")), Form: board.Form(e.text("form")), River: e.text("river"), Cell: grid.CellCode(e.text("cell")),
			Extent: e.text("extent"), Target: e.text("target"), Section: e.text("section"),
			Title: e.text("title"), Phone: e.text("phone"),
		}
		if e.has("length") {
			b.Length = e.amount("length").Float()
		}
		l.sourced(e, string(b.ID))
		l.checkBoard(e, b, taken)
		b.Duties, b.Goals, b.Rules = own(e, "duties", duties[b.Form]), own(e, "goals", goals[b.Form]), own(e, "rules", rules[b.Form])
		l.d.Boards = append(l.d.Boards, b)
	}
}

// byForm reads words that boards of a form share.
func (l *loader) byForm(f fields, key string) map[board.Form][]string {
	n, ok := f.byKey[key]
	if !ok {
		return nil
	}
	out := make(map[board.Form][]string)
	required := []string{"source", "status"}
	for _, form := range board.Forms() {
		required = append(required, string(form))
	}
	e := n.fields(required)
	l.sourced(e, key)
	for _, form := range board.Forms() {
		out[form] = e.texts(string(form))
	}
	return out
}

// own are a board's own words, or those of its form.
func own(e fields, key string, shared []string) []string {
	if e.has(key) {
		return e.texts(key)
	}
	return shared
}

// officePhone is the form of a telephone that is printed.
var officePhone = regexp.MustCompile(`^\d[\d-]{3,18}\d$`)

// waterClasses are what a target can be: no office aims at less than V.
var waterClasses = []string{"I", "II", "III", "IV", "V"}

func (l *loader) checkBoard(e fields, b board.Board, taken words) {
	if e.has("id") {
		taken.claim(e.byKey["id"], []string{string(b.ID)})
		if !board.ValidID.MatchString(string(b.ID)) {
			e.byKey["id"].fault("1 to 24 small letters, digits and dashes", "id %q", b.ID)
		}
	}
	if e.has("form") && !slices.Contains(board.Forms(), b.Form) {
		e.byKey["form"].fault("plan or chief", "form %q", b.Form)
	}
	for _, key := range []string{"title", "phone"} {
		if e.has(key) && b.Form == board.OfPlan {
			e.byKey[key].fault("it only with form chief", "%s of a board of the form plan", key)
		}
	}
	if e.has("phone") && !officePhone.MatchString(b.Phone) {
		e.byKey["phone"].fault("digits and dashes, as 0972-8622222", "phone %q", b.Phone)
	}
	if e.has("target") && !slices.Contains(waterClasses, b.Target) {
		e.byKey["target"].fault("one of "+strings.Join(waterClasses, ", "), "target %q", b.Target)
	}
	if e.has("cell") {
		if _, known := l.lookup(b.Cell); !known {
			e.byKey["cell"].fault("a code of "+cellsFile, "cell %q", b.Cell)
		}
	}
}
