package web

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	shownMonths = 24 // of a section
	mostShown   = 500

	listedLength = 30 // on a page, of what is under supervision and of black water: each stands there with all that was reported of it
)

// shownSection is a section with its newest month that is over and has readings.
type shownSection struct {
	Section water.Section
	Newest  *water.PublicPeriod
	months  []water.Judged // that are over, the oldest first
}

// publicMonths are the months of a section that are over and have readings, the oldest first: until a month is over its readings may
// still be corrected.
func (s *Site) publicMonths(v *visit, x water.Section) ([]water.Judged, error) {
	now := s.o.Clock()
	all, err := s.o.Water.Periods(v.ctx, s.o.Records, x, publication.Monthly, shownMonths+1, now)
	return water.Ended(all, now), err
}

// shown lists sections as they stand.
func (s *Site) shown(v *visit, sections []water.Section) ([]shownSection, error) {
	out := make([]shownSection, 0, len(sections))
	for _, x := range sections {
		months, err := s.publicMonths(v, x)
		if err != nil {
			return nil, err
		}
		row := shownSection{Section: x, months: months}
		for _, j := range slices.Backward(months) {
			if p, ok := j.Public(); ok {
				row.Newest = &p
				break
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// sections lists the monitored sections against their targets, how the rivers as a whole stand, and what is under public supervision.
func (s *Site) sections(v *visit) (page, error) {
	all, err := s.shown(v, s.o.Water.Of(water.OfRiver))
	if err != nil {
		return page{}, err
	}
	listed, err := s.listed(v)
	if err != nil {
		return page{}, err
	}
	months := make([][]water.Judged, len(all))
	for i, x := range all {
		months[i] = x.months
	}
	here, turning := turned(v, listed, listedLength)
	data := map[string]any{"Sections": all, "Rivers": s.o.Water.Rules.Rivers(months), "Listed": here, "Paging": turning, "ByShares": s.o.Water.Rules.Standard.Basin.ByShares}
	return page{name: "sections", title: v.t("web.sections.title"), data: data}, nil
}

// listed are the sections that are or were under public supervision, the newest first.
func (s *Site) listed(v *visit) ([]water.PublicListing, error) {
	ids, err := s.o.Records.Shelf(v.ctx, water.Supervisions, water.AllListed, 0, math.MaxInt64, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	found, err := water.ReadAll[water.Supervision](v.ctx, s.o.Records, water.Supervisions, ids[max(0, len(ids)-mostShown):])
	if err != nil {
		return nil, err
	}
	var out []water.PublicListing
	for _, x := range slices.Backward(found) {
		if l, ok := x.Public(); ok {
			out = append(out, l)
		}
	}
	return out, nil
}

// drinking shows the drinking water from the source to the tap.
func (s *Site) drinking(v *visit) (page, error) {
	all, err := s.shown(v, s.o.Water.Of(water.Source, water.Plant, water.Tap))
	return page{name: "drinking", title: v.t("web.drinking.title"), data: all}, err
}

// black shows the register of black and odorous water.
func (s *Site) black(v *visit) (page, error) {
	ids, err := s.o.Records.Shelf(v.ctx, water.Treatments, water.AllTreated, 0, math.MaxInt64, mostShown)
	if err != nil {
		return page{}, err
	}
	all, err := water.ReadAll[water.Treatment](v.ctx, s.o.Records, water.Treatments, ids)
	if err != nil {
		return page{}, err
	}
	var out []water.PublicTreatment
	for _, x := range all {
		if p, ok := x.Public(s.o.Clock(), s.o.Location); ok {
			out = append(out, p)
		}
	}
	shown, paging := turned(v, out, listedLength)
	return page{name: "black", title: v.t("web.black.title"), data: map[string]any{"Water": shown, "Paging": paging}}, nil
}

// sectionPage is a section with its months and a chart of each item that matters.
type sectionPage struct {
	Section water.Section
	Months  []water.PublicPeriod // the newest first
	Charts  []chart
	Listed  []water.PublicListing // its public supervision, the newest first
}

// chartCodes are the items that are drawn: those of which every bulletin speaks, and whatever missed the target in a month shown.
func chartCodes(x water.Section, months []water.Judged) []string {
	out := []string{"nh3n", "tp", "codmn", "cod", "bod5", "do"}
	for _, j := range months {
		for _, f := range j.Verdict.Failing(x.Target) {
			if !slices.Contains(out, f.Code) {
				out = append(out, f.Code)
			}
		}
	}
	return out
}

// askedSection is the section that the address names, with its months that are over; NotFound when there is none.
func (s *Site) askedSection(v *visit) (x water.Section, months []water.Judged, err error) {
	if x, err = s.o.Water.Section(v.r.PathValue("id")); err == nil {
		months, err = s.publicMonths(v, x)
	}
	return x, months, err
}

// section shows one section.
func (s *Site) section(v *visit) (page, error) {
	x, months, err := s.askedSection(v)
	if err != nil {
		return page{}, err
	}
	data := sectionPage{Section: x}
	for _, j := range slices.Backward(months) {
		if p, ok := j.Public(); ok {
			data.Months = append(data.Months, p)
		}
	}
	if !x.Counted() {
		for _, code := range chartCodes(x, months) {
			if item, ok := s.o.Water.Rules.Standard.Item(code); ok {
				if c, ok := chartOf(item, x, months); ok {
					data.Charts = append(data.Charts, c)
				}
			}
		}
	}
	listed, err := s.listed(v)
	if err != nil {
		return page{}, err
	}
	data.Listed = slices.DeleteFunc(listed, func(l water.PublicListing) bool { return l.Section != x.ID })
	return page{name: "section", title: texts.Names(x.Names).In(v.lang), data: data}, nil
}

// chart is a trend drawn as lines in a box of chartWidth and chartHeight; the figures stand in the table of the page.
type chart struct {
	Item   water.Item
	Lines  []string // points of polylines; a month without a reading ends one
	Dots   []dot
	Target float64 // height of the target's line
	Limit  string
	First  string
	Last   string
	Top    string
}

type dot struct {
	X, Y  float64
	Month string
	Value string
	Below bool // not detected
}

const (
	chartWidth  = 640
	chartHeight = 160
	chartTop    = 24 // room for the words above the highest line
)

// chartOf draws an item by months; false when no month measured it.
func chartOf(item water.Item, x water.Section, months []water.Judged) (chart, bool) {
	limit, _ := item.Limit(x.Body, x.Target)
	top := limit
	values := make([]water.Finding, len(months))
	for i, j := range months {
		for _, f := range j.Verdict.Findings {
			if f.Code == item.Code {
				values[i], top = f, max(top, f.Mean)
			}
		}
	}
	height := func(a water.Amount) float64 {
		return math.Round(10*(chartTop+(1-a.Float()/max(top.Float(), 1e-9))*(chartHeight-10-chartTop))) / 10
	}
	c := chart{Item: item, Limit: limit.String(), Target: height(limit), Top: top.String()}
	line := make([]string, 0, len(values))
	end := func() {
		if len(line) > 0 {
			c.Lines = append(c.Lines, strings.Join(line, " "))
		}
		line = line[:0]
	}
	for i, f := range values {
		if f.N == 0 {
			end()
			continue
		}
		d := dot{X: math.Round(10*float64(i)*chartWidth/float64(max(len(values)-1, 1))) / 10, Y: height(f.Mean), Month: months[i].Period.Name, Value: f.Mean.Round(4).String(), Below: f.Absent}
		c.Dots = append(c.Dots, d)
		line = append(line, fmt.Sprintf("%g,%g", d.X, d.Y))
	}
	end()
	if len(months) > 0 {
		c.First, c.Last = months[0].Period.Name, months[len(months)-1].Period.Name
	}
	return c, len(c.Dots) > 0
}

// itemNames are the names of the items of some findings.
func (s *Site) itemNames(lang texts.Lang, findings []water.Finding) string {
	out := make([]string, 0, len(findings))
	for _, f := range findings {
		if i, ok := s.o.Water.Rules.Standard.Item(f.Code); ok {
			out = append(out, texts.Names(i.Names).In(lang))
		}
	}
	return strings.Join(out, s.o.Words.Plain(lang, "list.separator", nil))
}
