package plan

import (
	"fmt"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Occurrence is one time that a milestone falls due. What is done once has one; a duty that comes back has one for each
// period, each with a due date, a state and a history of its own.
type Occurrence struct {
	Measure   Measure
	Milestone Milestone
	Period    string        // 2017, 2017H2, 2018Q1, 2018-03; empty for what is done once
	First     calendar.Date // the first day of the period; zero for what is done once, unless the plan says
	Last      calendar.Date // the last day; zero for a promise without a date
}

// ID names the occurrence: 23-1, or 22-4.2017H2 for one period of a duty that comes back.
func (o Occurrence) ID() string {
	if o.Period == "" {
		return o.Milestone.ID
	}
	return o.Milestone.ID + "." + o.Period
}

// Late tells whether the last day is over on that day.
func (o Occurrence) Late(today calendar.Date) bool {
	return o.Last != (calendar.Date{}) && today.Compare(o.Last) > 0
}

// Due is the instant at which the last day is over; zero without a date.
func (o Occurrence) Due(loc *time.Location) time.Time {
	if o.Last == (calendar.Date{}) {
		return time.Time{}
	}
	return o.Last.AddDays(1).In(loc)
}

// Occurrences lists, in the order of the plan, every time that something falls due of which the period has begun on that
// day. regularly is how often what has to be done regularly (定期) has to be done. Duties begin with the day that they name,
// else with the plan, and come back until the last date that the plan names.
func (p Plan) Occurrences(regularly Period, today calendar.Date) []Occurrence {
	var out []Occurrence
	ends := p.ends()
	for _, m := range p.Measures {
		for _, s := range m.Milestones {
			if s.Every == "" {
				out = append(out, Occurrence{Measure: m, Milestone: s, First: s.From, Last: s.By})
				continue
			}
			out = append(out, p.returns(m, s, regularly, today, ends)...)
		}
	}
	return out
}

// returns are the occurrences of a duty that comes back.
func (p Plan) returns(m Measure, s Milestone, regularly Period, today, ends calendar.Date) []Occurrence {
	every, last := s.Every, s.By
	if every == Regularly {
		every = regularly
	}
	if last == (calendar.Date{}) {
		last = ends
	}
	start := s.From
	if start == (calendar.Date{}) {
		start = p.begins()
	}
	if start == (calendar.Date{}) {
		start = today
	}
	var out []Occurrence
	for span := every.at(start); span.first.Compare(today) <= 0; span = every.at(span.last.AddDays(1)) {
		o := Occurrence{Measure: m, Milestone: s, Period: span.name, First: span.first, Last: span.last}
		if last != (calendar.Date{}) && span.first.Compare(last) > 0 {
			break
		}
		if s.By != (calendar.Date{}) && span.last.Compare(s.By) > 0 {
			o.Last = s.By
		}
		out = append(out, o)
	}
	return out
}

// begins is the day from which duties without a first day of their own hold; zero when the plan does not say.
func (p Plan) begins() calendar.Date { return p.Issued }

// ends is the last date that the plan names; zero when it names none.
func (p Plan) ends() calendar.Date {
	var last calendar.Date
	for _, m := range p.Measures {
		for _, s := range m.Milestones {
			if s.By.Compare(last) > 0 {
				last = s.By
			}
		}
	}
	return last
}

// Measure finds the item of that number; false when the plan has none.
func (p Plan) Measure(item int) (Measure, bool) {
	for _, m := range p.Measures {
		if m.Item == item {
			return m, true
		}
	}
	return Measure{}, false
}

// Leads are the departments that lead the measure, the first first.
func (m Measure) Leads() []grid.Department {
	var out []grid.Department
	for _, d := range append([]grid.Department{m.Lead}, m.Joint...) {
		if d != "" {
			out = append(out, d)
		}
	}
	return out
}

// span is one period of a calendar.
type span struct {
	name        string
	first, last calendar.Date
}

// On is the period in which the day lies: its name (2017, 2017H2, 2018Q1, 2018-03 …), its first and its last day.
func (p Period) On(d calendar.Date) (name string, first, last calendar.Date) {
	s := p.at(d)
	return s.name, s.first, s.last
}

// at is the period in which the day lies. A period that is not known is a year.
func (p Period) at(d calendar.Date) span {
	switch p {
	case Daily:
		return span{d.String(), d, d}
	case Weekly:
		monday := d.AddDays(-(int(d.Weekday()) + 6) % 7)
		year, week := d.In(time.UTC).ISOWeek()
		return span{fmt.Sprintf("%04dW%02d", year, week), monday, monday.AddDays(6)}
	case TenDays:
		n := min((d.Day-1)/10, 2)
		s := Monthly.at(d)
		s.name += fmt.Sprintf("T%d", n+1)
		if n < 2 {
			s.last = s.first.AddDays(10*n + 9)
		}
		s.first = s.first.AddDays(10 * n)
		return s
	case Monthly:
		return months(d, 1, "%04d-%02d")
	case Quarterly:
		return months(d, 3, "%04dQ%d")
	case HalfYear:
		return months(d, 6, "%04dH%d")
	default:
		s := months(d, 12, "%04d-%d")
		s.name = fmt.Sprintf("%04d", d.Year)
		return s
	}
}

// months is the period of n months, counted from January, in which the day lies; form names it by year and number.
func months(d calendar.Date, n int, form string) span {
	k := (int(d.Month) - 1) / n
	return span{
		name: fmt.Sprintf(form, d.Year, k+1), first: calendar.Date{Year: d.Year, Month: time.Month(k*n + 1), Day: 1},
		last: calendar.DateOf(time.Date(d.Year, time.Month((k+1)*n+1), 0, 0, 0, 0, 0, time.UTC)),
	}
}

// ItemOf is the number of the measure that an occurrence's ID begins with; 0 when it does not.
func ItemOf(id string) int {
	item, _, _ := strings.Cut(id, "-")
	n := 0
	if _, err := fmt.Sscanf(item, "%d", &n); err != nil {
		return 0
	}
	return n
}
