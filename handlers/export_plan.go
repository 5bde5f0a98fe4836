package handlers

import (
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// planTable is the plan in its order: a row for each time that a milestone falls due, with what was reported and decided; one for a
// measure that has no milestone.
func (x *exporting) planTable() exportedTable {
	return exportedTable{x.columns("plan",
		"item", 8, "title", 30, "chapter", 22, "lead", 22, "supports", 30, "milestone", 12, "words", 40, "target", 16, "period", 12, "first", 12, "due", 12,
		"standing", 12, "days", 10, "percent", 8, "said", 40, "by", 12, "at", 17, "ruled", 17, "returned", 30, "contested", 8, "cases", 8), x.addPlan}
}

func (x *exporting) addPlan(rows *workbook.Rows) error {
	v, err := x.look()
	if err != nil {
		return err
	}
	for _, m := range x.Plan.Plan.Measures {
		lines := v.Of(m.Item)
		if len(lines) == 0 {
			if err := x.add(rows, x.measureCells(m)...); err != nil {
				return err
			}
		}
		for _, l := range lines {
			if err := x.add(rows, append(x.measureCells(m), x.milestoneCells(l)...)...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *exporting) measureCells(m plan.Measure) []any {
	return []any{m.Item, m.Title, m.Chapter, x.word(departmentList(m.Leads())), x.word(departmentList(m.Supports))}
}

func (x *exporting) milestoneCells(l plan.Line) []any {
	var target, days, percent any
	if t := l.Milestone.Target; t != nil {
		target = x.Texts.Plain(x.lang, "export.target."+targetWords[t.Relation], map[string]any{
			"value": strconv.FormatFloat(t.Value, 'f', -1, 64), "unit": t.Unit,
		})
	}
	if l.Last != (calendar.Date{}) && l.Standing != plan.Fulfilled {
		days = l.Days
	}
	if l.State != plan.Untouched {
		percent = l.Percent
	}
	return []any{
		l.Milestone.ID, l.Milestone.Words, target, l.Period, x.dated(l.First), x.dated(l.Last), x.Texts.Plain(x.lang, "export.standing."+string(l.Standing), nil),
		days, percent, l.Words, x.officerName(l.By), x.wall(l.At), x.wall(l.Ruled), l.Returns, x.yes(l.Contested), l.Cases,
	}
}

// dated is a day of the calendar; nothing without one.
func (x *exporting) dated(d calendar.Date) time.Time {
	if d == (calendar.Date{}) {
		return time.Time{}
	}
	return d.In(x.Rules.Location)
}
