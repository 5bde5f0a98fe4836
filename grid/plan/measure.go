// Package plan holds the items of a district's work plan: what is to be done by when, who leads, who supports.
package plan

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Plan is an official work plan as data. Its JSON is what the store keeps.
type Plan struct {
	Title    string        `json:"title"`
	Number   string        `json:"number,omitempty"` // of the document: 乐政办〔2017〕125号
	Issued   calendar.Date `json:"issued,omitzero"`  // zero when it does not say
	Measures []Measure     `json:"measures"`         // in the order of their items; a number that the original leaves out stays missing
}

// Measure is an item of the plan (任务), with the kinds of pollution whose reports evidence it.
type Measure struct {
	Item        int               `json:"item"`
	Label       string            `json:"label,omitempty"`       // its number as printed, where the plan numbers otherwise than 1, 2, 3 …: （二）3
	Title       string            `json:"title"`                 // in the plan's own words
	Text        string            `json:"text,omitempty"`        // what follows the title, as printed, without the marks of who does it
	Chapter     string            `json:"chapter,omitempty"`     // the heading that it stands under
	Lead        grid.Department   `json:"lead,omitempty"`        // 牵头部门; empty when the plan names none
	Joint       []grid.Department `json:"joint,omitempty"`       // who leads together with it, where the plan names several
	Supports    []grid.Department `json:"supports,omitempty"`    // 配合部门, in the plan's order
	Others      []string          `json:"others,omitempty"`      // whom it asks to support without naming anybody: 各相关单位
	Responsible []string          `json:"responsible,omitempty"` // 责任单位, as the plan names them
	Milestones  []Milestone       `json:"milestones,omitempty"`  // what it promises with a date, a period or a figure, in the order of the text
	Covers      []string          `json:"covers,omitempty"`      // codes of kinds, or of categories for whatever has no kind of its own
}

// Milestone is one promise of a measure that can be held against time or a figure. One sentence may hold several.
type Milestone struct {
	ID     string        `json:"id"`               // the item and its place in the text: 22-1
	Words  string        `json:"words"`            // those of the plan that it was taken from
	From   calendar.Date `json:"from,omitzero"`    // 自2018年起: the first day; zero when it does not say
	By     calendar.Date `json:"by,omitzero"`      // 2017年底前: the last day; zero for what has none
	Every  Period        `json:"every,omitempty"`  // a duty that comes back; empty for what is done once
	Target *Target       `json:"target,omitempty"` // the figure to reach, if it names one; alone when the plan sets no time for it
}

// Period is how often a duty comes back.
type Period string

// The periods. Regularly (定期) names none: how often that has to be is a setting.
const (
	Regularly Period = "regularly"
	Daily     Period = "day"
	Weekly    Period = "week"
	TenDays   Period = "ten-days" // 每旬
	Monthly   Period = "month"
	Quarterly Period = "quarter"
	HalfYear  Period = "half-year"
	Yearly    Period = "year"
)

// Periods lists them, the shortest first and 定期 last.
func Periods() []Period {
	return []Period{Daily, Weekly, TenDays, Monthly, Quarterly, HalfYear, Yearly, Regularly}
}

// Target is a figure that a milestone has to reach: 95 % and more, or 10 % less than in 2015.
type Target struct {
	Relation Relation `json:"relation"`
	Value    float64  `json:"value"`
	Unit     string   `json:"unit,omitempty"`    // %, 吨 …; empty for a bare number
	Against  int      `json:"against,omitempty"` // the year that a rise or fall is counted from; 0 when the words name none
}

// Relation is how a figure stands to its target.
type Relation string

// The relations. A class of water (Ⅲ类) is at most its number: the lower, the cleaner.
const (
	AtLeast Relation = ">="
	AtMost  Relation = "<="
	Exactly Relation = "="
	Down    Relation = "down" // falls by the value
	Up      Relation = "up"   // rises by it
	Flat    Relation = "flat" // does not grow (零增长); the value is 0
)

// Relations lists them.
func Relations() []Relation { return []Relation{AtLeast, AtMost, Exactly, Down, Up, Flat} }

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

// MilestoneID names the nth promise of an item, from 1.
func MilestoneID(item, n int) string { return strconv.Itoa(item) + "-" + strconv.Itoa(n) }

// Duties lists the items that a department leads, alone or with others, and those that it supports.
func (p Plan) Duties(d grid.Department) (leads, supports []int) {
	for _, m := range p.Measures {
		if m.Lead == d || slices.Contains(m.Joint, d) {
			leads = append(leads, m.Item)
		}
		if slices.Contains(m.Supports, d) {
			supports = append(supports, m.Item)
		}
	}
	return leads, supports
}
