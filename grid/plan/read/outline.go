package read

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// measure is one as it is found, before it has its final number.
type measure struct {
	plan.Measure

	line, last  int    // of the document
	printed     string // its own number
	style       string // of its number; empty for a row of a table
	n           int
	label       string // all of its number, as printed
	title, text signs
	limits      []signs
}

// outline reads the measures of a document that is numbered text.
func outline(all []*block, g *names) []measure {
	g.take(all[0].body) // what stands before the first number charges nobody, but may say how to read the marks
	for _, b := range all[1:] {
		b.text, b.who = g.take(b.body)
		if g.firstIs {
			promoteFirst(&b.who)
		}
	}
	all = split(all, g)
	lift(all[1:])
	style := measureStyle(all[1:])
	var out []measure
	for _, b := range all[1:] {
		switch {
		case b.isMeasure(style):
			out = append(out, b.measure(g))
		case !b.within(style) && !b.holds(style) && (b.parent.style == "" || b.parent.holds(style)):
			g.add(b.line, 0, LeftOut, b.printed+b.text.short())
		}
	}
	return out
}

// split makes items of the paragraphs of a block that has marks at the end of several of them.
func split(all []*block, g *names) []*block {
	out := make([]*block, 0, len(all))
	for _, b := range all {
		out = append(out, b)
		cuts := g.paragraphs(b)
		if len(cuts) < 2 || len(b.children) > 0 || b.style == "" {
			continue
		}
		title, rest := titled(b.body)
		if len(rest) == 0 || len(title) > 30 {
			continue
		}
		skip := len(b.body) - len(rest)
		b.text, b.who = title, share{}
		g.settle(Several, b.body.line(), b.body[len(b.body)-1].line) // each paragraph has its own
		for i, end := range cuts {
			c := &block{style: "paragraph", n: i + 1, printed: "-" + itoa(i+1), parent: b, body: b.body[skip:end]}
			c.line, skip = c.body.line(), end
			c.text, c.who = g.take(c.body)
			b.children, out = append(b.children, c), append(out, c)
		}
		if last := b.children[len(b.children)-1]; skip < len(b.body) {
			last.body = append(slices.Clone(last.body), b.body[skip:]...)
			last.text, last.who = g.take(last.body)
		}
	}
	return out
}

// paragraphs is where the paragraphs of a block end that a mark ends.
func (g *names) paragraphs(b *block) []int {
	quiet := &names{finder: &finder{}, byName: g.byName, own: g.own, level: g.level}
	var out []int
	for _, m := range quiet.spans(b.body) {
		end := m.to
		if end < len(b.body) && b.body[end].is == stop {
			end++
		}
		if end == len(b.body) || b.body[end].end {
			out = append(out, end)
		}
	}
	return out
}

// lift gives the marks of a last item to what it stands under, in documents that write them once at the end of each group.
func lift(all []*block) {
	byStyle := make(map[string][2]int) // groups of which the last alone has marks, and all others with marks
	groups := make([]*block, 0, len(all))
	for _, b := range all {
		if len(b.children) < 2 {
			continue
		}
		with := 0
		for _, c := range b.children {
			if !c.who.empty() || c.holdsMarks() {
				with++
			}
		}
		count := byStyle[b.children[0].style]
		switch last := b.children[len(b.children)-1]; {
		case with == 1 && !last.who.empty() && b.who.empty():
			count[0]++
			groups = append(groups, b)
		case with > 0:
			count[1]++
		}
		byStyle[b.children[0].style] = count
	}
	for _, b := range groups {
		if count := byStyle[b.children[0].style]; count[0] > count[1] && b.style != "" {
			last := b.children[len(b.children)-1]
			b.who, last.who = last.who, share{}
		}
	}
}

// measureStyle is the style of most items that somebody is charged with; of a document that charges nobody, the narrowest but
// one that there is much of.
func measureStyle(all []*block) string {
	marked, counts := make(map[string]int), make(map[string]int)
	for _, b := range all {
		counts[b.style]++
		if !b.who.empty() {
			marked[b.style]++
		}
	}
	best := ""
	for _, s := range styles {
		if marked[s] > 0 && marked[s] > marked[best] {
			best = s
		}
	}
	if best != "" {
		return best
	}
	for _, s := range []string{"digit", "article", "bare", "bracket", "han"} {
		if counts[s] >= 3 {
			return s
		}
	}
	return best
}

// isMeasure tells whether the block is an item: somebody is charged with it, or its number is like that of those.
func (b *block) isMeasure(style string) bool {
	if !b.who.empty() {
		return true
	}
	if b.style != style || b.inside(func(x *block) bool { return !x.who.empty() }) || b.framed() {
		return false
	}
	return !b.holdsMarks()
}

// inside tells whether one of the blocks around it passes.
func (b *block) inside(pass func(*block) bool) bool {
	for x := b.parent; x != nil; x = x.parent {
		if pass(x) {
			return true
		}
	}
	return false
}

// within tells whether the block is part of a measure.
func (b *block) within(style string) bool {
	return b.inside(func(x *block) bool { return x.style != "" && x.isMeasure(style) })
}

// framed tells whether the block belongs to what stands around the measures: aims, principles, how the work is organised. What
// has a sibling that somebody is charged with does not.
func (b *block) framed() bool {
	siblings := func(x *block) bool { return !x.who.empty() }
	if b.parent != nil && slices.ContainsFunc(b.parent.children, siblings) {
		return false
	}
	frame := func(x *block) bool {
		title, _ := titled(x.body)
		return x.style != "" && len(title) < 40 && genre.is("frame", title.folded().string) && !x.holdsMarks()
	}
	return frame(b) || b.inside(frame)
}

// holdsMarks tells whether somebody is charged with a part of the block.
func (b *block) holdsMarks() bool {
	return slices.ContainsFunc(b.children, func(c *block) bool { return !c.who.empty() || c.holdsMarks() })
}

// holds tells whether a measure is part of the block.
func (b *block) holds(style string) bool {
	return slices.ContainsFunc(b.children, func(c *block) bool { return c.isMeasure(style) || c.holds(style) })
}

// measure makes the measure of a block: what stands under it is part of its text, unless it is a measure itself.
func (b *block) measure(g *names) measure {
	m := measure{line: b.line, last: b.lastLine(), style: b.style, n: b.n, label: b.path(), printed: b.printed}
	m.title, m.text = titled(b.text)
	for _, c := range b.children {
		m.text = append(slices.Clone(m.text), c.whole()...)
	}
	m.Chapter = b.chapter()
	m.share(b.who, g)
	return m
}

// lastLine is the last line of the block.
func (b *block) lastLine() int {
	last := b.line
	if len(b.body) > 0 {
		last = b.body[len(b.body)-1].line
	}
	for _, c := range b.children {
		last = max(last, c.lastLine())
	}
	return last
}

// whole is the text of a part of a measure with its number.
func (b *block) whole() signs {
	if !b.who.empty() {
		return nil
	}
	out := spell(b.printed, b.line)
	out = append(out, b.text...)
	for _, c := range b.children {
		out = append(out, c.whole()...)
	}
	return out
}

// chapter is the heading that the block stands under.
func (b *block) chapter() string {
	if b.parent == nil || b.parent.style == "" {
		return ""
	}
	title, _ := titled(b.parent.text)
	return title.trim("\u3002,;:").printed()
}

// share gives a measure who does it.
func (m *measure) share(s share, g *names) {
	m.limits = s.limit
	leads := s.by[lead]
	if only := s.by[responsible]; len(leads) == 0 && len(only) == 1 && !only[0].nobody {
		leads = only
		g.add(only[0].line, 0, SoleLead, only[0].name)
	}
	taken := make(map[string]bool)
	for i, d := range g.departments(leads, taken) {
		if i == 0 {
			m.Lead = d
			continue
		}
		m.Joint = append(m.Joint, d)
	}
	if len(m.Joint) > 0 {
		g.add(leads[0].line, 0, ManyLeads, string(m.Lead))
	}
	named := slices.DeleteFunc(slices.Clone(s.by[support]), func(b body) bool { return b.nobody })
	m.Supports = g.departments(named, taken)
	for _, b := range slices.Concat(s.by[support], s.by[others]) {
		if b.nobody || !slices.Contains(m.Supports, grid.Department(b.name)) && !taken[b.name] {
			m.Others = appendNew(m.Others, b.name)
		}
	}
	for _, b := range s.by[responsible] {
		m.Responsible = appendNew(m.Responsible, b.name)
	}
}

// departments lists bodies, each once in a measure; those that the district does not know are told.
func (g *names) departments(list []body, taken map[string]bool) []grid.Department {
	out := make([]grid.Department, 0, len(list))
	for _, b := range list {
		if taken[b.name] {
			continue
		}
		taken[b.name] = true
		if !b.known {
			g.add(b.line, 0, Unknown, b.name)
		}
		out = append(out, grid.Department(b.name))
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// number gives the measures their items: the document's own numbers where they rise and come once, else their places.
func number(list []measure, f *finder) {
	rising := true
	for i, m := range list {
		rising = rising && m.n > 0 && (i == 0 || m.n > list[i-1].n && m.style == list[i-1].style)
	}
	for i := range list {
		m := &list[i]
		m.Item = i + 1
		if rising {
			m.Item = m.n
		}
		switch {
		case !rising && m.style != "":
			m.Label = strings.TrimRight(m.label, ".:\uff1a\uff0e\u3001")
		case m.style != "" && m.style != "digit" && m.style != "bare":
			m.Label = strings.TrimRight(m.printed, ".:\uff1a\uff0e\u3001")
		}
		gaps(list, i, f)
	}
}

// gaps finds numbers that are missing before a measure, or that go back in the same group.
func gaps(list []measure, i int, f *finder) {
	m := list[i]
	if i == 0 || m.style != list[i-1].style || m.n == 0 {
		if m.n > 1 && i == 0 {
			f.add(m.line, m.Item, Gap, span2(1, m.n-1))
		}
		return
	}
	switch last := list[i-1].n; {
	case m.n > last+1:
		f.add(m.line, m.Item, Gap, span2(last+1, m.n-1))
	case m.n <= last && m.n > 1:
		f.add(m.line, m.Item, Twice, itoa(m.n))
	}
}

func span2(from, to int) string {
	if from == to {
		return itoa(from)
	}
	return itoa(from) + "-" + itoa(to)
}

// check says what a measure lacks.
func (m *measure) check(f *finder) {
	if m.Lead == "" {
		f.add(m.line, m.Item, NoLead, m.Title)
	}
}
