// Package plan holds the items of a district's work plan: what is to be done by when, who leads, who supports.
package plan

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Plan is an official work plan as data.
type Plan struct {
	Title    string
	Number   string        // of the document: 乐政办〔2017〕125号
	Issued   calendar.Date // zero when it does not say
	Measures []Measure     // in the order of their items; a number that the original leaves out stays missing
}

// Measure is an item of the plan (任务), with the kinds of pollution whose reports evidence it.
type Measure struct {
	Item        int
	Title       string            // in the plan's own words
	Text        string            // all of it, as printed, without the marks of who does it
	Chapter     string            // the heading that it stands under
	Lead        grid.Department   // 牵头部门; empty when the plan names none
	Supports    []grid.Department // 配合部门
	Responsible []string          // 责任单位, as the plan names them
	Milestones  []Milestone       // what it promises with a date, a period or a number, in the order of the text
	Covers      []string          // codes of kinds, or of categories for whatever has no kind of its own
}

// Milestone is one promise of a measure that can be held against time or a figure. One sentence may hold several.
type Milestone struct {
	ID     string        // the item and its place in the text: 22-1
	Words  string        // those of the plan that it was taken from
	From   calendar.Date // 自2018年起: the first day; zero when it does not say
	By     calendar.Date // 2017年底前: the last day; zero for what has none
	Every  Period        // a duty that comes back; empty for what is done once
	Target *Target       // the figure to reach, if it names one
}

// Period is how often a duty comes back.
type Period string

// The periods. Regularly (定期) names none: how often that has to be is a setting.
const (
	Regularly Period = "regularly"
	Monthly   Period = "month"
	Quarterly Period = "quarter"
	HalfYear  Period = "half-year"
	Yearly    Period = "year"
)

// Target is a figure that a milestone has to reach: 95 % and more, or 10 % less than in 2015.
type Target struct {
	Relation Relation
	Value    float64
	Unit     string // %, 吨 …; empty for a bare number
}

// Relation is how a figure stands to its target.
type Relation string

// The relations.
const (
	AtLeast Relation = ">="
	AtMost  Relation = "<="
	Exactly Relation = "="
	Down    Relation = "down" // falls by the value, against a year that the words name
	Up      Relation = "up"   // rises by it
)

// For finds the measure that a report of these categories and kinds evidences: by kind first, by category else, the first of
// each first.
func For(measures []Measure, categories, kinds []string) (Measure, bool) {
	for _, codes := range [][]string{kinds, categories} {
		for _, code := range codes {
			i := slices.IndexFunc(measures, func(m Measure) bool { return slices.Contains(m.Covers, code) })
			if i >= 0 {
				return measures[i], true
			}
		}
	}
	return Measure{}, false
}
