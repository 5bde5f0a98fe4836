package public

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Summary counts the cases of a township, or of all.
type Summary struct {
	Received int // registered in the span
	Open     int // of those, not answered yet
	Late     int // of those that are open, past their limit
	Done     int // answered, refused, withdrawn or merged
	OnTime   int // of those that were answered, within the promise
	Answered int // of those that are done, answered or closed
}

type spanKey struct{ from, to int64 }

// counts are the summaries of a span: of all cases, and apart. Who asks for one township asks for the others, too. They follow each case
// that changes; only what is late has to be counted anew, for the clock moves it.
type counts struct {
	from, to   time.Time
	late       time.Time // the minute of which what is late was counted; zero: it has to be
	all        Summary
	townships  map[grid.CellCode]*Summary
	categories map[string]*Summary // by the main one
}

// mostSpans is for how many spans counts are kept: pages ask for the running year.
const mostSpans = 64

// Summary counts what was registered in [from, to); for every township when none is given. What is late is that of the minute.
func (x *Index) Summary(township grid.CellCode, from, to, now time.Time) Summary {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := x.counts(from, to, now)
	if township == "" {
		return c.all
	}
	if s := c.townships[township]; s != nil {
		return *s
	}
	return Summary{}
}

// Categories counts likewise by the category that a case is mainly of.
func (x *Index) Categories(from, to, now time.Time) map[string]Summary {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := make(map[string]Summary)
	for code, s := range x.counts(from, to, now).categories {
		if s.Received > 0 {
			out[code] = *s
		}
	}
	return out
}

// counts are those of a span at now. The lock is held.
func (x *Index) counts(from, to, now time.Time) *counts {
	key := spanKey{from.Unix(), to.Unix()}
	c := x.summary[key]
	if c == nil {
		if len(x.summary) >= mostSpans {
			clear(x.summary)
		}
		c = &counts{from: from, to: to, townships: make(map[grid.CellCode]*Summary), categories: make(map[string]*Summary)}
		first, end := x.between(from, to)
		for _, one := range x.cases[first:end] {
			c.count(one, 1)
		}
		x.summary[key] = c
	}
	if now = now.Truncate(time.Minute); !c.late.Equal(now) {
		c.countLate(x.open, now)
	}
	return c
}

// count adds a case of the span n times: once, or takes it away with -1.
func (c *counts) count(x *Case, n int) {
	if !c.holds(x) {
		return
	}
	c.each(x, func(s *Summary) { s.add(x, n) })
	c.late = time.Time{}
}

// holds tells whether a case was registered in the span.
func (c *counts) holds(x *Case) bool {
	return (c.from.IsZero() || !x.Opened.Before(c.from)) && (c.to.IsZero() || x.Opened.Before(c.to))
}

// countLate counts what of the open cases is late.
func (c *counts) countLate(open map[*Case]struct{}, now time.Time) {
	c.all.Late = 0
	for _, s := range c.townships {
		s.Late = 0
	}
	for _, s := range c.categories {
		s.Late = 0
	}
	for x := range open {
		if c.holds(x) && x.LateAt(now) {
			c.each(x, func(s *Summary) { s.Late++ })
		}
	}
	c.late = now
}

// each does something with every summary that a case belongs to.
func (c *counts) each(x *Case, do func(*Summary)) {
	do(&c.all)
	do(summaryOf(c.townships, x.Township))
	if len(x.Categories) > 0 {
		do(summaryOf(c.categories, x.Categories[0]))
	}
}

func summaryOf[K comparable](m map[K]*Summary, key K) *Summary {
	s := m[key]
	if s == nil {
		s = new(Summary)
		m[key] = s
	}
	return s
}

// add counts a case n times; what is late is counted apart.
func (s *Summary) add(c *Case, n int) {
	s.Received += n
	if c.Stage.Open() {
		s.Open += n
		return
	}
	s.Done += n
	if c.Stage == Answered || c.Stage == Closed {
		s.Answered += n
		if !c.Late {
			s.OnTime += n
		}
	}
}
