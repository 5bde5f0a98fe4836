package figures

import (
	"math"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Rate is how often a limit was kept.
type Rate struct {
	Met    int // stopped in time
	Missed int // stopped too late, or still running past its limit
}

// N is how many limits there were.
func (r Rate) N() int { return r.Met + r.Missed }

// Percent is the share that was kept, rounded down so that 100 means all; false when there were none.
func (r Rate) Percent() (int, bool) {
	if r.N() == 0 {
		return 0, false
	}
	return 100 * r.Met / r.N(), true
}

// Lasted is how long things took.
type Lasted struct{ times []time.Duration }

// N is how many there were.
func (l Lasted) N() int { return len(l.times) }

// Days is the time within which that share (0 to 1) was done, in days of 24 hours: the nearest rank, so that it is one that
// really occurred. False when there are none.
func (l Lasted) Days(share float64) (float64, bool) {
	if len(l.times) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(l.times))
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1].Hours() / 24, true
}

// Tally is what became of cases within a span. A registration and a case are two numbers; a case of several categories
// counts in each, so that the sum over categories may be more than the district's.
type Tally struct {
	Received  int // registrations (登记)
	Accepted  int // cases (举报件)
	Refused   map[casework.Disposition]int
	Merged    int // of those received: handled with another
	Withdrawn int
	Open      int // of those received: not answered yet
	Closed    int // answered
	Reopened  int // times that an answer was found wrong

	Clocks   map[casework.ClockName]Rate
	ToDecide Lasted // from registration to accepting or refusing
	ToClose  Lasted // from accepting to the answer
	Scores   [6]int // how many gave 1 to 5; none at 0
	Verdicts map[casework.Verdict]int
}

// AllRefused is how many were refused for whatever reason.
func (t *Tally) AllRefused() int {
	n := 0
	for _, k := range t.Refused {
		n += k
	}
	return n
}

// Satisfaction is the mean of the scores and how many there are; false when nobody gave one.
func (t *Tally) Satisfaction() (mean float64, n int, ok bool) {
	sum := 0
	for score, k := range t.Scores {
		sum, n = sum+score*k, n+k
	}
	if n == 0 {
		return 0, 0, false
	}
	return float64(sum) / float64(n), n, true
}

func newTally() *Tally {
	return &Tally{
		Refused: make(map[casework.Disposition]int), Clocks: make(map[casework.ClockName]Rate), Verdicts: make(map[casework.Verdict]int),
	}
}

// add counts a case as far as it falls into the span.
func (t *Tally) add(c casework.Case, span Span, now time.Time) {
	if span.Holds(c.CreatedAt) {
		t.addReceived(c)
	}
	accepted, isCase := AcceptedAt(c)
	if isCase && span.Holds(accepted) {
		t.Accepted++
		if c.Source.Public() {
			t.ToDecide.times = append(t.ToDecide.times, accepted.Sub(c.CreatedAt))
		}
	}
	if c.State == casework.Refused && span.Holds(c.ClosedAt) {
		t.Refused[c.Disposition]++
		t.ToDecide.times = append(t.ToDecide.times, c.ClosedAt.Sub(c.CreatedAt))
	}
	if closed, ok := AnsweredAt(c); ok && isCase && span.Holds(closed) {
		t.addAnswered(c, closed.Sub(accepted))
	}
	for _, k := range c.Clocks {
		if k.Name != casework.TaskClock {
			t.addClock(k, span, now)
		}
	}
}

// addReceived counts what became of a registration so far.
func (t *Tally) addReceived(c casework.Case) {
	t.Received++
	switch {
	case c.State == casework.Merged:
		t.Merged++
	case c.State == casework.Withdrawn:
		t.Withdrawn++
	case c.State.Underway():
		t.Open++
	}
}

// addAnswered counts how a case ended.
func (t *Tally) addAnswered(c casework.Case, took time.Duration) {
	t.Closed++
	t.ToClose.times = append(t.ToClose.times, took)
	t.Reopened += c.Reopened
	if c.Verdict != "" {
		t.Verdicts[c.Verdict]++
	}
	if c.Score > 0 {
		t.Scores[c.Score]++
	}
}

// addClock counts a limit that Kept counts.
func (t *Tally) addClock(k casework.Clock, span Span, now time.Time) {
	met, counted := Kept(k, span, now)
	if !counted {
		return
	}
	r := t.Clocks[k.Name]
	if met {
		r.Met++
	} else {
		r.Missed++
	}
	t.Clocks[k.Name] = r
}

// Kept tells whether a limit was kept, and whether it counts in the span: it does where it was stopped, or where it ran out
// while it runs on. What an extension replaced, what merging holds, and the reporter's own limits are nobody's to keep.
func Kept(k casework.Clock, span Span, now time.Time) (met, counted bool) {
	switch {
	case k.Replaced || k.Held || k.Name.Theirs():
		return false, false
	case !k.Running():
		return !k.Late(k.Stopped), span.Holds(k.Stopped)
	}
	return false, k.Late(now) && span.Holds(k.Due)
}

// AcceptedAt is when the report became a case; false when it did not.
func AcceptedAt(c casework.Case) (time.Time, bool) {
	i := slices.IndexFunc(c.Clocks, func(k casework.Clock) bool { return k.Name == casework.FinishClock })
	if i < 0 {
		return time.Time{}, false
	}
	return c.Clocks[i].Started, true
}

// AnsweredAt is when the case was answered last; false while it is not.
func AnsweredAt(c casework.Case) (time.Time, bool) {
	ended := slices.Contains([]casework.State{casework.Answered, casework.SpotCheck, casework.Reviewing, casework.Closed}, c.State)
	return c.ClosedAt, ended && !c.ClosedAt.IsZero()
}

// FirstAnswered is when the case was answered the first time, whatever came after; false when it never was.
func FirstAnswered(c casework.Case) (time.Time, bool) {
	i := slices.IndexFunc(c.Clocks, func(k casework.Clock) bool { return k.Name == casework.ConfirmClock })
	if i < 0 {
		return time.Time{}, false
	}
	return c.Clocks[i].Started, true // every answer starts it
}

// FirstDue is the first instant at which the first answer was too late, with what was granted beyond the limit; false when the report
// did not become a case.
func FirstDue(c casework.Case) (time.Time, bool) {
	i := slices.IndexFunc(c.Clocks, func(k casework.Clock) bool { return k.Name == casework.FinishClock && !k.Replaced })
	if i < 0 {
		return time.Time{}, false
	}
	return c.Clocks[i].Due, true
}
