package flow

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// open is a button that is good at any time.
func open(key, verb, arg string) Choice {
	return Choice{Key: key, Data: Press{Verb: verb, Arg: arg}.Data()}
}

// choice is a button of the draft, or of the officer's task when one is under way.
func (t *turn) choice(key, verb, arg string) Choice {
	return Choice{Key: key, Data: t.data(verb, arg)}
}

// named is a button of the draft or task whose label is a name.
func (t *turn) named(label texts.Names, verb, arg string) Choice {
	return Choice{Label: label, Data: t.data(verb, arg)}
}

func (t *turn) data(verb, arg string) string {
	p := Press{Verb: verb, Arg: arg}
	switch {
	case t.s.Task != nil:
		p.Nonce = t.s.Task.Nonce
	case t.s.Draft != nil:
		p.Nonce = t.s.Draft.Nonce
	}
	return p.Data()
}

// exits is the row that stands under every question.
func (t *turn) exits() []Choice {
	return []Choice{t.choice("button.back", "back", ""), t.choice("button.cancel", "cancel", "")}
}

// ask says a question with rows of buttons and the way back and out.
func (t *turn) ask(key string, a texts.Args, rows ...[]Choice) {
	t.say(Reply{Key: key, Args: a, Rows: append(rows, t.exits())})
}

// askPlace says a question that is answered by a location, or by words where the device has none.
func (t *turn) askPlace(key string, a texts.Args) {
	t.say(Reply{Key: key, Args: a, Ask: [][]Request{
		{{Key: "button.location", Location: true}},
		{{Key: "button.back"}, {Key: "button.cancel"}},
	}})
}

// cells are rows of one button each for the cells.
func (t *turn) cells(codes []grid.CellCode, verb string) [][]Choice {
	rows := make([][]Choice, 0, len(codes))
	for _, c := range codes {
		rows = append(rows, []Choice{t.named(t.cellName(c), verb, string(c))})
	}
	return rows
}

// cellName joins the names from below the district down to the cell. The queue for what lies in no cell is called by
// its own name, the district by its own.
func (t *turn) cellName(code grid.CellCode) texts.Names {
	var name strings.Builder
	last := string(code)
	for _, c := range t.book.Path(code) {
		last = c.Name
		if c.Parent != "" {
			name.WriteString(c.Name)
		}
	}
	if name.Len() == 0 {
		return texts.Name(last)
	}
	return texts.Name(name.String())
}

// categoryNames are the names of the categories with those codes, in that order.
func (t *turn) categoryNames(codes []string) texts.List {
	var out texts.List
	for _, code := range codes {
		out = append(out, t.categoryName(code))
	}
	return out
}

func (t *turn) categoryName(code string) texts.Names {
	for _, c := range t.book.Categories() {
		if c.Code == code {
			return texts.Names(c.Names)
		}
	}
	return texts.Name(code)
}

// inRows breaks buttons into rows of n.
func inRows(n int, choices []Choice) [][]Choice {
	var rows [][]Choice
	for len(choices) > n {
		rows = append(rows, choices[:n:n])
		choices = choices[n:]
	}
	return append(rows, choices)
}
