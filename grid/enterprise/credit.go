package enterprise

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Scheme is how the credit grade is computed (plan item 48): data, to be set by the office.
type Scheme struct {
	Base    int      // points of whoever has nothing on record
	Reasons []Weight // what each thing on record costs or brings
	Grades  []Grade  // the best first
}

// Weight is what one thing on record is worth. Code is a FactKind, or one of WeightCodes.
type Weight struct {
	Code   string
	Points int // taken off; negative: added
	Most   int // that all of one code take off; 0: no bound
	Months int // back from the end of the year that count; 0: those of the year
}

// Grade is one grade: from so many points on.
type Grade struct {
	Code  string
	From  int
	Names map[string]string
}

// WeightLimit, WeightStop, WeightRed and WeightSilent are the codes of a Weight besides the kinds of facts.
const (
	WeightLimit  = "card_limit" // a card with limited production
	WeightStop   = "card_stop"  // with a stop
	WeightMend   = "card_mend"  // with another measure
	WeightRed    = "card_red"
	WeightBroken = "card_broken" // a limit that the enterprise owed was not kept
	WeightSilent = "undisclosed" // a period that was disclosed late or not at all
)

// WeightCodes lists every code that a Weight may have.
func WeightCodes() []string {
	out := make([]string, 0, len(FactKinds())+6)
	for _, k := range FactKinds() {
		out = append(out, string(k))
	}
	return append(out, WeightLimit, WeightStop, WeightMend, WeightRed, WeightBroken, WeightSilent)
}

// Rating is the credit grade of an enterprise for a year.
type Rating struct {
	Year    int            `json:"y"`
	Score   int            `json:"s"`
	Grade   string         `json:"g"`
	Reasons []Reason       `json:"r"`
	At      time.Time      `json:"a"` // computed
	By      grid.OfficerID `json:"b"`
	Until   time.Time      `json:"u"` // the enterprise may object until then

	Objections  []Objection    `json:"o,omitempty"`
	Published   time.Time      `json:"p,omitzero"`
	PublishedBy grid.OfficerID `json:"pb,omitempty"`
}

// Reason is one thing on record that counted, with its day.
type Reason struct {
	Code   string    `json:"c"`
	Day    time.Time `json:"d"`
	Points int       `json:"p"`           // taken off
	Of     int       `json:"n,omitempty"` // number of the fact or card
	What   string    `json:"w,omitempty"` // item, clock or period
}

// Objection is what the enterprise says against its grade, and the answer.
type Objection struct {
	Day    time.Time `json:"d"`
	Words  string    `json:"w"`
	Answer string    `json:"a,omitempty"`
	Closed time.Time `json:"c,omitzero"`
}

// Rating finds the grade of a year.
func (e Enterprise) Rating(year int) (Rating, bool) {
	i := e.rating(year)
	if i < 0 {
		return Rating{}, false
	}
	return e.Ratings[i], true
}

func (e Enterprise) rating(year int) int {
	return slices.IndexFunc(e.Ratings, func(r Rating) bool { return r.Year == year })
}

// Open tells whether an objection waits for an answer.
func (r Rating) Open() bool {
	return slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.Closed.IsZero() })
}

// Compute counts what is on record of a year, every reason with its day, the oldest first. What counts longer by the scheme counts from
// before the year, too.
func (w Work) Compute(e Enterprise, year int, now time.Time) Rating {
	r := Rating{Year: year, At: now}
	taken := make(map[string]int)
	for _, x := range w.record(e, now) {
		i := slices.IndexFunc(w.Rules.Scheme.Reasons, func(v Weight) bool { return v.Code == x.Code })
		if i < 0 || !w.counts(w.Rules.Scheme.Reasons[i], w.date(x.Day), year) {
			continue
		}
		v := w.Rules.Scheme.Reasons[i]
		x.Points = v.Points
		if v.Most > 0 {
			x.Points = max(min(x.Points, v.Most-taken[v.Code]), 0)
		}
		taken[v.Code] += x.Points
		r.Reasons = append(r.Reasons, x)
	}
	r.Score = w.Rules.Scheme.Base
	for _, x := range r.Reasons {
		r.Score -= x.Points
	}
	r.Score = min(max(r.Score, 0), w.Rules.Scheme.Base)
	for _, g := range w.Rules.Scheme.Grades {
		if r.Score >= g.From {
			r.Grade = g.Code
			break
		}
	}
	return r
}

// counts tells whether a day counts for a year.
func (w Work) counts(v Weight, d calendar.Date, year int) bool {
	last := calendar.Date{Year: year, Month: time.December, Day: 31}
	first := calendar.Date{Year: year, Month: time.January, Day: 1}
	if v.Months > 0 {
		first = last.AddMonths(-v.Months).AddDays(1)
	}
	return d.Compare(first) >= 0 && d.Compare(last) <= 0
}

// record is everything on record that a scheme may count.
func (w Work) record(e Enterprise, now time.Time) []Reason {
	out := make([]Reason, 0, len(e.Facts)+len(e.Cards))
	for _, f := range e.Facts {
		if f.Live() {
			out = append(out, Reason{Code: string(f.Kind), Day: f.Day, Of: f.N, What: f.Item})
		}
	}
	for _, c := range e.Cards {
		if !c.Public() {
			continue
		}
		code := map[Measure]string{Limit: WeightLimit, Stop: WeightStop, Mend: WeightMend}[c.Measure]
		out = append(out, Reason{Code: code, Day: c.Decided, Of: c.N})
		if c.Red != nil && c.Red.Closed {
			out = append(out, Reason{Code: WeightRed, Day: c.Red.Ruled, Of: c.N})
		}
		for _, k := range c.Clocks {
			if (k.Name == PlanClock || k.Name == FileClock) && k.Broken(now) {
				out = append(out, Reason{Code: WeightBroken, Day: k.Due, Of: c.N, What: string(k.Name)})
			}
		}
	}
	for _, d := range w.Disclosed(e, now) {
		if d.Late {
			out = append(out, Reason{Code: WeightSilent, Day: d.Due, What: d.Period})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Code, b.Code)) })
	return out
}

// grade does what is done to a grade: it is computed, objected to, answered, published. The period of the act is the year.
func (w Work) grade(e *Enterprise, act Act, now time.Time) error {
	year, err := strconv.Atoi(act.Period)
	if err != nil || year < 2000 || year > w.date(now).Year {
		return grid.Fail(grid.Invalid, "error.credit.year")
	}
	i := e.rating(year)
	if act.Action == Rate {
		return w.rate(e, i, year, act, now)
	}
	if i < 0 {
		return grid.Fail(grid.NotFound, "error.credit.none")
	}
	r := &e.Ratings[i]
	r.Objections = slices.Clone(r.Objections)
	switch {
	case !r.Published.IsZero():
		return grid.Fail(grid.Conflict, "error.credit.published")
	case act.Action != Publish && act.Words == "":
		return grid.Fail(grid.Invalid, "error.enterprise.words")
	case act.Action == Object:
		r.Objections = append(r.Objections, Objection{Day: act.Day, Words: act.Words})
	case act.Action == Answer:
		o := slices.IndexFunc(r.Objections, func(o Objection) bool { return o.Closed.IsZero() })
		if o < 0 {
			return grid.Fail(grid.Conflict, "error.credit.no_objection")
		}
		r.Objections[o].Answer, r.Objections[o].Closed = act.Words, now
	case r.Open():
		return grid.Fail(grid.Conflict, "error.credit.objection")
	case now.Before(r.Until):
		return grid.Fail(grid.Conflict, "error.credit.early", "day", w.Rules.Calendar.LastDay(r.Until).String())
	default:
		r.Published, r.PublishedBy = now, act.By
	}
	return nil
}

// rate computes a grade, or computes it again until it is published. What changed it is told to the enterprise anew: the time to object
// begins again when the score is another one.
func (w Work) rate(e *Enterprise, i, year int, act Act, now time.Time) error {
	r := w.Compute(*e, year, now)
	r.By = act.By
	r.Until = w.Rules.Calendar.Deadline(now, w.Rules.Object).At
	if i < 0 {
		e.Ratings = append(e.Ratings, r)
		return nil
	}
	was := e.Ratings[i]
	if !was.Published.IsZero() {
		return grid.Fail(grid.Conflict, "error.credit.published")
	}
	r.Objections = was.Objections
	if was.Score == r.Score && was.Grade == r.Grade {
		r.Until = was.Until
	}
	e.Ratings[i] = r
	return nil
}
