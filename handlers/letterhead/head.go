// Package letterhead words the numbered documents that the office gives out (催办通知书, 督办单, 通报, 约谈建议书), in the
// reference language, and draws them. What they say of a case is its number, its kind, its place by cell and its limit: never
// the words of a report, for these could tell who wrote them.
package letterhead

import (
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Head is what stands on every document of a district.
type Head struct {
	Texts         *texts.Catalogue
	Work          *casework.Work
	Location      *time.Location
	Plan          plan.Plan                  // on which orders about its milestones rest
	Unit          string                     // who issues them
	Forms         map[casework.Series]string // of their numbers, with {year} and {n}
	Basis         string                     // the line of law
	SummonBasis   string                     // and that of summoning
	RestrictBasis string                     // and that of suspending approvals
	Answer        calendar.Limit             // to report back
	Categories    map[string]texts.Names     // names of categories by their codes
}

// Number claims the next number of a series for a marker.
func (h Head) Number(s casework.Series, marker string, now time.Time) ledger.Number {
	return ledger.LetterNumber(s, h.Forms[s], marker, now.In(h.Location).Year())
}

// Step words the document of a step of a case's ladder, n counted from 1. words are those of whoever pressed by hand.
func (h Head) Step(c casework.Case, n int, to, copied []grid.Officer, words, marker string, now time.Time) casework.Letter {
	s := c.Ladder[n-1]
	rung := string(s.Rung)
	lines := []string{h.matter(c, s, now)}
	if s.Rung == casework.Summon {
		lines = append(lines, h.say("paper.do.summon", nil), h.say("paper.proposed", nil), h.say("paper.basis", texts.Args{"basis": h.SummonBasis}))
	} else {
		by := h.Work.Calendar.Deadline(now, h.Answer)
		lines = append(lines, h.say("paper.reason."+rung, texts.Args{"reason": texts.Text{Key: "press.reason." + s.Reason}, "words": h.sentence(words)}),
			h.say("paper.do."+rung, texts.Args{"by": by.Date().String()}), h.say("paper.basis", texts.Args{"basis": h.Basis}))
	}
	l := casework.Letter{
		Series: s.Rung.Letter(), No: marker, Text: strings.Join(lines, "\n"),
		To: h.say("paper.to", texts.Args{"unit": h.unit(c, s), "names": names(to)}),
	}
	if len(copied) > 0 {
		l.Copy = h.say("paper.copy", texts.Args{"names": names(copied)})
	}
	return l
}

// matter is what the document is about, and how late it is.
func (h Head) matter(c casework.Case, s casework.Step, now time.Time) string {
	out := h.say("paper.matter", texts.Args{"number": c.Shown(), "category": h.kinds(c), "cell": h.Place(c.Cell)})
	if !s.Due.IsZero() {
		return out + h.overdue(s, now)
	}
	if k, ok := c.Clock(casework.FinishClock); ok && k.Running() {
		return out + h.say("paper.running", texts.Args{"clock": clock(k.Name), "due": h.lastDay(k.Due)})
	}
	return out
}

// overdue says which limit ran out, when, and how many days ago.
func (h Head) overdue(s casework.Step, now time.Time) string {
	return h.say("paper.late", texts.Args{
		"clock": clock(s.Clock), "due": h.lastDay(s.Due), "today": h.day(now), "days": h.DaysLate(s.Due, now),
	})
}

// DaysLate is how many days now is beyond the last day of the limit.
func (h Head) DaysLate(due, now time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.In(h.Location).Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(now).Sub(noon(due.Add(-time.Nanosecond))).Hours() / 24)
}

// unit is whom the step presses, by name.
func (h Head) unit(c casework.Case, s casework.Step) string {
	if s.Rung == casework.Summon {
		return h.Work.Tree.Root().Name
	}
	d, cell := h.Work.Unit(c, s)
	switch {
	case d != "":
		return string(d)
	case cell == h.Work.Tree.Root().Code:
		return h.say("paper.own", texts.Args{"unit": h.Unit})
	}
	return h.Place(h.Work.Tree.Township(cell))
}

// Place is a cell by the names on the way to it, without the separators of the chat.
func (h Head) Place(code grid.CellCode) string {
	if code == h.Work.Tree.Unassigned().Code {
		code = h.Work.Tree.Root().Code
	}
	var out strings.Builder
	for _, c := range h.Work.Tree.Path(code) {
		out.WriteString(c.Name)
	}
	return out.String()
}

func (h Head) kinds(c casework.Case) texts.List {
	var out texts.List
	for _, code := range c.Categories {
		if n, ok := h.Categories[code]; ok {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		out = texts.List{texts.Text{Key: "paper.no_kind"}}
	}
	return out
}

// Paper is a letter as it is shown. It may still have a marker for its number. Reports of incidents and letters about them are read in
// the chat as they are: their words begin with their own title and say to whom they go.
func (h Head) Paper(l casework.Letter, at time.Time) *ledger.Paper {
	y, m, d := at.In(h.Location).Date()
	p := &ledger.Paper{
		Issuer: h.Unit, No: l.No, To: l.To, Text: l.Text, Copy: l.Copy, Day: h.say("paper.day", texts.Args{"year": y, "month": int(m), "day": d}),
	}
	if l.Series == casework.IncidentSeries || l.Series == casework.NeighbourSeries {
		p.To = ""
		p.Title, p.Text, _ = strings.Cut(l.Text, "\n")
		return p
	}
	p.Title = h.say("paper.title."+string(l.Series), nil)
	return p
}

func (h Head) say(key string, args texts.Args) string {
	return h.Texts.Plain(texts.Reference, key, args)
}

func (h Head) day(t time.Time) string { return t.In(h.Location).Format(time.DateOnly) }

func (h Head) lastDay(due time.Time) string { return h.day(due.Add(-time.Nanosecond)) }

func clock(n casework.ClockName) texts.Text { return texts.Text{Key: "clock." + string(n)} }

func names(officers []grid.Officer) texts.List {
	var out texts.List
	for _, o := range officers {
		out = append(out, strings.TrimSpace(o.Name+" "+o.Title))
	}
	return out
}

// sentence is somebody's own words on one line, with a full stop.
func (h Head) sentence(words string) string {
	words = strings.TrimRight(strings.Join(strings.Fields(words), " "), ".\u3002")
	if words == "" {
		return ""
	}
	return h.say("paper.words", texts.Args{"words": words})
}
