package read

import (
	"regexp"
	"slices"
	"strings"
)

// parts tells the rows of tables from other lines.
func parts(lines []Line) (text, rows []Line) {
	lines = spaced(lines)
	isRow := func(l Line) bool { return l.Cells != nil }
	begun := false
	for i, l := range lines {
		begun = begun || l.Cells != nil && headings(l) != nil
		within := begun && len(spell(l.Text, 0)) < 40 && slices.ContainsFunc(lines[i:], isRow)
		switch {
		case l.Cells != nil:
			rows = append(rows, l)
		case within:
			rows = append(rows, Line{Number: l.Number, Cells: []string{l.Text}}) // a heading between rows
		default:
			text = append(text, l)
		}
	}
	if !slices.ContainsFunc(rows, func(l Line) bool { return headings(l) != nil }) {
		// no table of measures: its cells are text
		text = make([]Line, 0, len(lines))
		for _, l := range lines {
			l.Text += strings.Join(l.Cells, "  ")
			text = append(text, Line{Number: l.Number, Text: l.Text})
		}
		return text, nil
	}
	return text, rows
}

// spaced makes rows of lines whose columns stand apart by blanks or bars, from a heading of a table on.
func spaced(lines []Line) []Line {
	out := make([]Line, len(lines))
	columns := 0
	for i, l := range lines {
		out[i] = l
		if l.Cells != nil {
			continue
		}
		cells := columnsOf(l.Text)
		if headings(Line{Cells: cells}) != nil {
			columns = len(cells)
		}
		if columns > 2 && len(cells) == columns {
			out[i] = Line{Number: l.Number, Cells: cells}
		}
	}
	return out
}

// columnsOf cuts a line at bars, else at blanks of two and more.
func columnsOf(text string) []string {
	text = strings.TrimSpace(text)
	if bare, ok := strings.CutPrefix(text, "|"); ok {
		return strings.Split(strings.TrimSuffix(bare, "|"), "|")
	}
	return wide.Split(text, -1)
}

var wide = regexp.MustCompile(`[ \x{a0}\x{3000}]{2,}|\x{3000}`)

// headings tells what the columns of a table are, if the row is a heading of one with measures; nil when it is not.
func headings(l Line) map[string]int {
	out := make(map[string]int)
	for i, c := range l.Cells {
		said := spell(c, 0).folded().string
		for name, re := range genre.columns {
			if _, twice := out[name]; !twice && re.MatchString(said) {
				out[name] = i
			}
		}
	}
	_, task := out["title"]
	_, leads := out["lead"]
	_, does := out["responsible"]
	if !task || !leads && !does {
		return nil
	}
	return out
}

// table reads measures from the rows of tables. A cell that is empty because it is merged with the one above holds the same.
func table(rows []Line, g *names) []measure {
	out := make([]measure, 0, len(rows))
	var columns map[string]int
	above := make(map[string]string)
	for _, l := range rows {
		if h := headings(l); h != nil {
			columns, above = h, make(map[string]string)
			continue
		}
		if columns == nil {
			continue
		}
		cell := func(name string) signs {
			i, ok := columns[name]
			if !ok || i >= len(l.Cells) {
				return nil
			}
			return spell(l.Cells[i], l.Number)
		}
		if lone := alone(l.Cells); lone != nil {
			chapterIn(lone, above)
			continue
		}
		m := measure{line: l.Number, last: l.Number}
		if c := cell("chapter"); len(c) > 0 {
			above["chapter"] = c.printed()
		}
		m.Chapter = above["chapter"]
		m.n = numeral(cell("number").folded().string)
		whole, who := g.take(cell("title"))
		if x, ok := numberAt(whole); ok && x.size < len(whole) {
			whole = whole[x.size:]
		}
		if len(whole) == 0 {
			continue
		}
		m.title, m.text = titled(whole)
		roles(cell, &who, g)
		if limit := cell("when"); len(limit) > 0 {
			m.text = withLimit(m.text, l, columns["when"], limit, rows)
			who.limit = append(who.limit, limit)
		}
		m.share(who, g)
		out = append(out, m)
	}
	return out
}

// chapterIn takes a heading between rows for those below; a rule between them says nothing.
func chapterIn(lone signs, above map[string]string) {
	if strings.Trim(lone.folded().string, "-") == "" {
		return
	}
	if x, ok := numberAt(lone); ok && x.size < len(lone) {
		lone = lone[x.size:]
	}
	above["chapter"] = lone.printed()
}

// alone is the only text of a row that says nothing else, as headings within tables do.
func alone(cells []string) signs {
	var found signs
	for _, c := range cells {
		s := spell(c, 0)
		if len(s) > 0 && found != nil && s.printed() != found.printed() {
			return nil
		}
		if len(s) > 0 {
			found = s
		}
	}
	return found
}

// roles reads the columns that say who does it.
func roles(cell func(string) signs, who *share, g *names) {
	level := ""
	for _, r := range []role{lead, support, responsible, others} {
		c := cell(string(r))
		if len(c) == 0 {
			continue
		}
		if g.assigns(c, false) {
			g.read(c, who)
			continue
		}
		who.add(r, g.list(c, &level))
	}
	if c := cell("person"); len(c) > 0 {
		g.add(c.line(), 0, Person, c.short())
	}
}

// withLimit adds a time limit to the text under the heading of its column.
func withLimit(text signs, l Line, column int, limit signs, rows []Line) signs {
	heading := ""
	for _, r := range rows {
		if headings(r) != nil && r.Number <= l.Number && column < len(r.Cells) {
			heading = r.Cells[column]
		}
	}
	out := stopped(slices.Clone(text))
	out = append(out, spell(heading, l.Number)...)
	out = append(out, sign{as: '\uff1a', is: ':', line: l.Number})
	out = append(out, limit...)
	return append(out, sign{as: stop, is: stop, line: l.Number})
}
