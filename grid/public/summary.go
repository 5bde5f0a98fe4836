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

type summaryKey struct{ from, to, now int64 }

// Summary counts what was registered in [from, to) in a township; everywhere when none is given. All townships are counted in
// one go, and that is kept until a case changes or the minute ends.
func (x *Index) Summary(township grid.CellCode, from, to, now time.Time) Summary {
	now = now.Truncate(time.Minute)
	key := summaryKey{from.Unix(), to.Unix(), now.Unix()}
	x.mu.RLock()
	all, kept := x.summary[key]
	x.mu.RUnlock()
	if kept {
		return all[township]
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	all = x.count(from, to, now)
	const bound = 64 // as many as pages ask for; another minute brings others
	if len(x.summary) >= bound {
		clear(x.summary)
	}
	x.summary[key] = all
	return all[township]
}

// count counts every township, and all together under the empty code.
func (x *Index) count(from, to, now time.Time) map[grid.CellCode]Summary {
	first, end := x.between(from, to)
	counted := make(map[grid.CellCode]*Summary)
	var every Summary
	for _, c := range x.cases[first:end] {
		s, ok := counted[c.Township]
		if !ok {
			s = new(Summary)
			counted[c.Township] = s
		}
		s.add(c, now)
		every.add(c, now)
	}
	out := map[grid.CellCode]Summary{"": every}
	for code, s := range counted {
		out[code] = *s
	}
	return out
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
