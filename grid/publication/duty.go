package publication

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Duty is something that has to be published again and again.
type Duty struct {
	ID      string // in ids of issues, so short and without a full stop
	Names   Words
	Content string // who draws it up: a name in handlers/publication_content.go
	Every   Every
	Due     calendar.Limit // after the last day of the period, in days or working days
	Drafts  Post           // besides it, whoever publishes for the district
	Approve Post           // never the person who drafted
	Items   []int          // of the plan
	Basis   Words          // law and item of the plan, as people are told
	Source  string         // the same with what is ours in it
	Status  string         // how far the source can be trusted, as in settings
}

// Post is who does a part: a role for the whole district, or the clerks of a department.
type Post struct {
	Role       grid.Role
	Department grid.Department // of clerks
}

// Book is all duties of a district and the day from which they hold.
type Book struct {
	Duties   []Duty
	Since    calendar.Date // the system began: what ended before is nobody's duty here
	Calendar *calendar.Calendar
}

// Duty finds a duty by its id.
func (b Book) Duty(id string) (Duty, bool) {
	i := slices.IndexFunc(b.Duties, func(d Duty) bool { return d.ID == id })
	if i < 0 {
		return Duty{}, false
	}
	return b.Duties[i], true
}

// Occasion is one time that a duty falls due.
type Occasion struct {
	Duty   Duty
	Period Period
	Due    time.Time // the first instant that is too late
}

// ID names the first issue of an occasion: duty.period.
func (o Occasion) ID() string { return o.Duty.ID + "." + o.Period.Name }

// DutyOf is the id of the duty that an issue is of.
func DutyOf(issue string) string {
	duty, _, _ := strings.Cut(issue, ".")
	return duty
}

// Last is the last day on which it is not late.
func (o Occasion) Last() calendar.Date { return calendar.DateOf(o.Due.Add(-time.Nanosecond)) }

// Late is how many days too late that moment is: 0 until the end of the last day, 1 on the day after it.
func (o Occasion) Late(at time.Time) int {
	if at.Before(o.Due) {
		return 0
	}
	day, last := calendar.DateOf(at.In(o.Due.Location())), o.Last()
	return int(day.In(time.UTC).Sub(last.In(time.UTC)).Hours() / 24)
}

// occasion is the one time that the duty falls due for a period.
func (b Book) occasion(d Duty, p Period) Occasion {
	last := p.To.Add(-time.Nanosecond) // the day that is not counted
	return Occasion{Duty: d, Period: p, Due: b.Calendar.Deadline(last, d.Due).At}
}

// Occasions lists every time that the duty has fallen due or will, for periods that end after the system began and that have
// begun by now, the earliest first.
func (b Book) Occasions(d Duty, now time.Time) []Occasion {
	loc := b.Calendar.Location()
	var out []Occasion
	for p := d.Every.At(b.Since.In(loc), loc); !p.From.After(now); p = d.Every.Next(p) {
		out = append(out, b.occasion(d, p))
	}
	return out
}

// Find is the occasion of that id (duty.period). NotFound when there is no such duty or period, or when it lies before the
// beginning or has not begun yet.
func (b Book) Find(id string, now time.Time) (Occasion, error) {
	duty, period, _ := strings.Cut(id, ".")
	d, ok := b.Duty(duty)
	if ok {
		for _, o := range b.Occasions(d, now) {
			if o.Period.Name == period {
				return o, nil
			}
		}
	}
	return Occasion{}, grid.Fail(grid.NotFound, "error.publication.none", "id", id)
}
