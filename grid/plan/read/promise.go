package read

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// promises collects what a measure promises.
type promises struct {
	*finder

	m       *measure
	year    int
	out     []plan.Milestone
	s       signs   // the sentence
	current *moment // the time that governs it
	open    open    // the promise that the next clause may belong to
	free    int     // where what belongs to no promise yet begins
}

// open is a promise that is being read.
type open struct {
	from, to int // of the sentence
	moment   *moment
	every    plan.Period
	target   *plan.Target
	bare     bool // it says when and not yet what
}

// clause is a piece of the sentence.
type clause struct{ from, to int }

func sortMoments(list []moment) {
	slices.SortFunc(list, func(a, b moment) int { return cmp.Compare(a.from, b.from) })
}

// promise fills in the words and milestones of a measure, once its item is known.
func (m *measure) promise(year int, f *finder) {
	m.Title, m.Text = m.title.printed(), m.text.printed()
	p := &promises{finder: f, m: m, year: year}
	for _, s := range sentencesOf(m.title) {
		p.sentence(s)
	}
	announced := len(p.out)
	for _, s := range sentencesOf(m.text) {
		p.sentence(s)
	}
	p.limit()
	p.once(announced)
	for i := range p.out {
		p.out[i].ID = plan.MilestoneID(m.Item, i+1)
	}
	m.Milestones = p.out
}

// sentencesOf cuts at full stops and semicolons.
func sentencesOf(s signs) []signs {
	return slices.DeleteFunc(cut(s, ";!?\u3002"), func(x signs) bool { return len(x) == 0 })
}

// cut cuts at these characters, but not within quotes and brackets.
func cut(s signs, at string) []signs {
	var out []signs
	depth, from := 0, 0
	for i, c := range s {
		switch {
		case strings.ContainsRune("(\u300a\u201c", c.is):
			depth++
		case strings.ContainsRune(")\u300b\u201d", c.is):
			depth = max(depth-1, 0)
		case strings.ContainsRune(at, c.is) && (depth == 0 || c.is == stop):
			out = append(out, s[from:i])
			from, depth = i+1, 0
		}
	}
	return append(out, s[from:])
}

// sentence reads the promises of one sentence: a time governs what follows it, until another comes.
func (p *promises) sentence(s signs) {
	if x, ok := numberAt(s); ok {
		s = s[x.size:]
	}
	p.s, p.current, p.free = s, nil, 0
	for _, c := range p.clauses() {
		p.clause(c)
	}
	p.close()
}

// clauses are the clauses of the sentence; one with a second time or figure is two.
func (p *promises) clauses() []clause {
	var out []clause
	at := 0
	marks := ",:"
	if genre.is("limit_words", p.s.folded().string) {
		marks = "," // a time limit keeps its label
	}
	for _, c := range cut(p.s, marks) {
		for len(c) > 0 {
			n := p.second(c)
			out = append(out, clause{at, at + n})
			at += n
			c = c[n:]
		}
		at++ // the comma
	}
	return out
}

// second is where the second promise of a clause begins; its length when it holds one.
func (p *promises) second(c signs) int {
	t := c.folded()
	for i, x := range moments(t.string, p.year) {
		at := start(t.string, x.from)
		if at == 0 || x.doubt == NoDate {
			continue
		}
		before := figures(t.string[:at])
		lost := len(before) > 0 && before[len(before)-1].to == at // its comma
		if lost || i > 0 && (genre.is("clause_end", t.string[:at]) || at != x.from) {
			return t.at[at]
		}
	}
	list := figures(t.string)
	for i := 1; i < len(list); i++ {
		between := t.string[list[i-1].to:list[i].from]
		if genre.is("list_on", between) {
			continue // 分别达到90%和85%: one cannot be told without the other
		}
		if j := strings.Index(between, genre.Plain["list"]); j >= 0 {
			return t.at[list[i-1].to+j] + 1
		}
		if all := genre.words["separator"].FindAllStringIndex(between, -1); len(all) > 0 {
			return t.at[list[i-1].to+all[len(all)-1][1]]
		}
	}
	return len(c)
}

// start is where the words begin that lead to a time: 争取到2020年.
func start(t string, from int) int {
	if at := genre.match("date_lead", t[:from]); at != nil {
		return at[0]
	}
	return from
}

// clause reads one clause.
func (p *promises) clause(c clause) {
	s := p.s[c.from:c.to]
	t := s.folded().string
	every, odd := periodOf(t)
	if odd {
		p.add(s.line(), p.m.Item, OtherPeriod, s.short())
	}
	at := p.moment(s, t, every)
	list := figures(t)
	switch {
	case at != nil:
		p.close()
		p.current = at
		c.from = p.reach(c, t, *at)
		p.begin(c, at, every, list)
		p.open.bare = every == "" && len(list) == 0 && left(t, *at) == ""
	case every != "" && p.open.bare:
		p.open.to, p.open.every, p.open.bare = c.to, every, false
		p.figures(s, list)
	case every != "":
		p.close()
		p.begin(c, p.since(), every, list)
	case len(list) > 0 && p.open.bare:
		p.open.to, p.open.bare = c.to, false
		p.figures(s, list)
	case len(list) > 0:
		p.close()
		p.begin(c, p.current, "", list)
	default:
		p.tail(c, t)
	}
}

// moment is the time that the clause names, if it counts; what is wrong with its times is told.
func (p *promises) moment(s signs, t string, every plan.Period) *moment {
	for _, x := range moments(t, p.year) {
		switch {
		case x.doubt == NoDate:
			p.add(s.line(), p.m.Item, NoDate, s.short())
			continue
		case every != "" && x.ours:
			continue // 每年6月底前: of each year
		case x.last != (calendar.Date{}) && p.year > 0 && x.last.Year < p.year:
			p.add(s.line(), p.m.Item, Past, s.short())
			continue
		case x.doubt != "":
			p.add(s.line(), p.m.Item, x.doubt, s.short())
		}
		return &x
	}
	return nil
}

// reach is where a promise begins whose clause says when it is done and no more: what is done stands before it.
func (p *promises) reach(c clause, t string, at moment) int {
	rest := left(t, at)
	follows := c.to+1 < len(p.s)
	if genre.is("thin", rest) && (rest != "" || !follows) && p.free < c.from {
		return p.free
	}
	return c.from
}

// left is what a clause says besides its time.
func left(t string, at moment) string { return t[:start(t, at.from)] + t[at.to:] }

// since is what governs a duty that comes back: the day from which it holds, and not the one by which something is done.
func (p *promises) since() *moment {
	if p.current == nil || p.current.first == (calendar.Date{}) {
		return nil
	}
	return p.current
}

// begin opens a promise.
func (p *promises) begin(c clause, at *moment, every plan.Period, list []figure) {
	p.open = open{from: c.from, to: c.to, moment: at, every: every}
	p.figures(p.s[c.from:c.to], list)
}

// figures gives an open promise its figures; the second and further are promises of their own.
func (p *promises) figures(s signs, list []figure) {
	for i, f := range list {
		if f.doubt != "" {
			p.add(s.line(), p.m.Item, f.doubt, s.short())
		}
		if i > 0 {
			next := p.open
			p.close()
			p.open = next
		}
		p.open.target = &f.target
	}
}

// tail reads a clause without time or figure, which may go on with the promise before it.
func (p *promises) tail(c clause, t string) {
	o := &p.open
	switch {
	case o.to == 0:
	case o.bare:
		o.to, o.bare = c.to, false
	case o.every != "" || o.moment == nil:
		if !genre.is("carries_on", t) {
			p.close()
			return
		}
		o.to = c.to
	case o.target != nil && genre.is("promises", t):
		p.close()
		p.begin(c, p.current, "", nil)
	case o.target != nil:
		p.close()
	default:
		o.to = c.to
	}
}

// once drops what is only said again: figures of the title that the text gives a time, and a time limit of the item that one of
// its promises has already.
func (p *promises) once(announced int) {
	same := func(a, b plan.Milestone) bool { return a.Target != nil && b.Target != nil && *a.Target == *b.Target }
	kept := p.out[:0:0]
	for i, x := range p.out {
		again := false
		for j, y := range p.out {
			limit := genre.is("limit_words", spell(x.Words, 0).folded().string)
			again = again || i < announced && j >= announced && same(x, y) ||
				j < i && limit && x.By != (calendar.Date{}) && x.By == y.By && x.Every == "" && x.Target == nil
		}
		if !again {
			kept = append(kept, x)
		}
	}
	p.out = kept
}

// periodOf is how often a clause says that something comes back, or the words of a period that has no name here.
func periodOf(t string) (every plan.Period, odd bool) {
	for _, name := range plan.Periods() {
		for _, m := range genre.periods[string(name)].FindAllStringIndex(t, -1) {
			if name == plan.Regularly && (genre.is("not_regular", t[:m[0]]) || genre.is("not_regular_after", t[m[1]:])) {
				continue
			}
			if genre.is("not_each", t[:m[0]]) {
				continue
			}
			return name, false
		}
	}
	return "", genre.is("odd_period", t)
}

// close ends the open promise and keeps it if it is one.
func (p *promises) close() {
	o := p.open
	p.open = open{}
	if o.to == 0 || o.moment == nil && o.every == "" && o.target == nil {
		return
	}
	p.free = min(o.to+1, len(p.s))
	x := plan.Milestone{Every: o.every, Target: o.target}
	if o.moment != nil {
		x.From, x.By = o.moment.first, o.moment.last
	}
	if x.Words = p.s[o.from:o.to].trim("\u3001,;:").printed(); x.Words != "" {
		p.out = append(p.out, x)
	}
}

// limit gives what has a figure and no time the time limit of the item.
func (p *promises) limit() {
	if len(p.m.limits) != 1 {
		return
	}
	limit := p.m.limits[0].folded().string
	times := moments(limit, p.year)
	if len(times) == 0 && !genre.is("ongoing", limit) {
		if every, _ := periodOf(limit); every == "" {
			p.add(p.m.limits[0].line(), p.m.Item, NoDate, p.m.limits[0].short())
		}
	}
	if len(times) != 1 || times[0].doubt == NoDate || times[0].last == (calendar.Date{}) {
		return
	}
	for i := range p.out {
		if x := &p.out[i]; x.Target != nil && x.By == (calendar.Date{}) && x.Every == "" && x.From == (calendar.Date{}) {
			x.By = times[0].last
		}
	}
}
