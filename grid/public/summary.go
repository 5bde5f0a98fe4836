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

type spanKey struct{ from, to, minute int64 }

// counts are the summaries of a span: of all cases, and apart. Who asks for one township asks for the others, too.
type counts struct {
	all        Summary
	townships  map[grid.CellCode]*Summary
	categories map[string]*Summary // by the main one
}

// Summary counts what was registered in [from, to); for every township when none is given. It is kept until a case changes
// or the minute ends.
func (x *Index) Summary(township grid.CellCode, from, to, now time.Time) Summary {
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
	out := make(map[string]Summary)
	for code, s := range x.counts(from, to, now).categories {
		out[code] = *s
	}
	return out
}

func (x *Index) counts(from, to, now time.Time) counts {
	now = now.Truncate(time.Minute)
	key := spanKey{from.Unix(), to.Unix(), now.Unix()}
	x.mu.RLock()
	c, kept := x.summary[key]
	x.mu.RUnlock()
	if kept {
		return c
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	c = x.count(from, to, now)
	const bound = 64 // as many spans as pages ask for; another minute brings others
	if len(x.summary) >= bound {
		clear(x.summary)
	}
	x.summary[key] = c
	return c
}

// count goes through the cases of the span once. The lock is held.
func (x *Index) count(from, to, now time.Time) counts {
	out := counts{townships: make(map[grid.CellCode]*Summary), categories: make(map[string]*Summary)}
	first, end := x.between(from, to)
	for _, c := range x.cases[first:end] {
		out.all.add(c, now)
		summaryOf(out.townships, c.Township).add(c, now)
		if len(c.Categories) > 0 {
			summaryOf(out.categories, c.Categories[0]).add(c, now)
		}
	}
	return out
}

func summaryOf[K comparable](m map[K]*Summary, key K) *Summary {
	s := m[key]
	if s == nil {
		s = new(Summary)
		m[key] = s
	}
	return s
}

func (s *Summary) add(c *Case, now time.Time) {
	s.Received++
	if c.Stage.Open() {
		s.Open++
		if c.LateAt(now) {
			s.Late++
		}
		return
	}
	s.Done++
	if c.Stage == Answered || c.Stage == Closed {
		s.Answered++
		if !c.Late {
			s.OnTime++
		}
	}
}
