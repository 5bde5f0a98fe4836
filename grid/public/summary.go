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

type summaryKey struct {
	from, to, day int64
	township      grid.CellCode
}

// Summary counts what was registered in [from, to); for every township when none is given. It is kept until a case changes
// or the minute ends.
func (x *Index) Summary(township grid.CellCode, from, to, now time.Time) Summary {
	now = now.Truncate(time.Minute)
	key := summaryKey{from.Unix(), to.Unix(), now.Unix(), township}
	x.mu.RLock()
	s, kept := x.summary[key]
	x.mu.RUnlock()
	if kept {
		return s
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	first, end := x.between(from, to)
	for _, c := range x.cases[first:end] {
		if township == "" || c.Township == township {
			s.add(c, now)
		}
	}
	const bound = 256 // as many as pages ask for; another minute brings others
	if len(x.summary) >= bound {
		clear(x.summary)
	}
	x.summary[key] = s
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
