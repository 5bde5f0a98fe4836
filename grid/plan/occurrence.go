package plan

import (
	"fmt"
	"strings"
	"time"

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

// span is one period of a calendar.
type span struct {
	name        string
	first, last calendar.Date
}

// at is the period in which the day lies.
func (p Period) at(d calendar.Date) span {
	switch p {
	case Daily:
		return span{d.String(), d, d}
	case Weekly:
		monday := d.AddDays(-(int(d.Weekday()) + 6) % 7)
		year, week := monday.In(time.UTC).ISOWeek()
		return span{fmt.Sprintf("%04dW%02d", year, week), monday, monday.AddDays(6)}
	case TenDays:
		return tenDays(d)
	default:
		return p.months(d)
	}
}

// tenDays is the third of a month (旬) in which the day lies.
func tenDays(d calendar.Date) span {
	n := min((d.Day-1)/10, 2)
	first := calendar.Date{Year: d.Year, Month: d.Month, Day: 10*n + 1}
	last := first.AddDays(9)
	if n == 2 {
		last = calendar.DateOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
	}
	return span{fmt.Sprintf("%04d-%02dT%d", d.Year, d.Month, n+1), first, last}
}

// months is the period of one or more months in which the day lies.
func (p Period) months(d calendar.Date) span {
	months := map[Period]int{Monthly: 1, Quarterly: 3, HalfYear: 6, Yearly: 12}[p]
	if months == 0 {
		months = 12 // a setting is checked where it is read
	}
	n := (int(d.Month) - 1) / months // of the year, counted from 0
	first := calendar.Date{Year: d.Year, Month: time.Month(n*months + 1), Day: 1}
	last := calendar.DateOf(time.Date(d.Year, time.Month((n+1)*months+1), 0, 0, 0, 0, 0, time.UTC))
	name := fmt.Sprintf("%04d", d.Year)
	switch months {
	case 1:
		name += fmt.Sprintf("-%02d", n+1)
	case 3:
		name += fmt.Sprintf("Q%d", n+1)
	case 6:
		name += fmt.Sprintf("H%d", n+1)
	}
	return span{name, first, last}
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
