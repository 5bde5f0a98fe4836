package water

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// The columns of a table of readings that are no item of the standard. The words that offices write over them are data of the
// standard's file.
const (
	ColSection = "section"
	ColDay     = "day"
	ColReport  = "report"  // number of the monitoring report
	ColTested  = "tested"  // samples, of plants, taps and ground water
	ColPassed  = "passed"  // of them
	ColFailing = "failing" // items that did not pass, in words
)

// FormColumns lists them.
func FormColumns() []string {
	return []string{ColSection, ColDay, ColReport, ColTested, ColPassed, ColFailing}
}

// Entry is one row that was read: a section, a day and what was measured.
type Entry struct {
	Line    int    `json:"line"`
	Section string `json:"section"`
	Day     string `json:"day"`
	Given   Given  `json:"given"`
}

// Fault is something that is wrong with a row.
type Fault struct {
	Line   int
	Rule   string // FaultX
	Column string // as it was written
	Value  string
}

// What can be wrong.
const (
	FaultSection  = "section"  // there is no such section, or the row names none
	FaultDay      = "day"      // no day, or one that is not over
	FaultValue    = "value"    // no amount and no non-detect
	FaultRange    = "range"    // no measurement gives that
	FaultUnit     = "unit"     // a unit that the item is not measured in
	FaultNothing  = "nothing"  // the row measures nothing
	FaultReport   = "report"   // where it comes from is missing
	FaultCount    = "count"    // more passed than were tested, or no whole number
	FaultTwice    = "twice"    // the section has another row of that day
	FaultColumn   = "column"   // nothing that is known is called so
	FaultHeadings = "headings" // section or day has no column
)

// heading is what a column is: one of FormColumns or an item, and by how much its values are divided.
type heading struct {
	code    string
	written string
	divide  Amount
}

// Folded is how words are compared: full-width and half-width, small and capital letters are the same, blanks are nothing.
func Folded(s string) string { return strings.ToLower(strings.Map(plain, s)) }

// heading finds what a column is called so; false when nothing is. A unit in brackets is looked at, other words in them are not.
func (s Standard) heading(words string) (h heading, rule string) {
	parts := strings.FieldsFunc(Folded(words), func(r rune) bool { return r == '(' || r == ')' })
	h = heading{written: words, divide: 1}
	if len(parts) == 0 {
		return h, FaultColumn
	}
	parts[0] = strings.TrimRight(parts[0], unitMarks)
	for _, code := range slices.Sorted(maps.Keys(s.Headings)) {
		if slices.ContainsFunc(s.Headings[code], func(w string) bool { return Folded(w) == parts[0] }) {
			h.code = code
			return h, ""
		}
	}
	for _, i := range s.Items {
		if i.called(parts[0]) {
			h.code = i.Code
			rule = h.measuredIn(s, i, parts)
			return h, rule
		}
	}
	if name, unit, ok := s.unitBehind(parts[0]); ok && len(parts) == 1 {
		h, rule = s.heading(name + "(" + unit + ")")
		h.written = words
		return h, rule
	}
	return h, FaultColumn
}

// unitMarks are what may stand between a name and its unit; blanks are nothing already.
const unitMarks = "/,:_-\u3001"

// unitBehind takes a unit that stands without brackets off a folded name; the longest there is.
func (s Standard) unitBehind(name string) (before, unit string, found bool) {
	units := slices.Collect(maps.Keys(s.Units))
	for _, i := range s.Items {
		units = append(units, Folded(i.Unit))
	}
	for _, u := range units {
		if rest, ok := strings.CutSuffix(name, u); ok && len(u) > len(unit) && strings.Trim(rest, unitMarks) != "" {
			before, unit, found = strings.TrimRight(rest, unitMarks), u, true
		}
	}
	return before, unit, found
}

// measuredIn reads what stands in brackets behind an item's name: another name of it, or a unit.
func (h *heading) measuredIn(s Standard, i Item, parts []string) string {
	for _, word := range parts[1:] {
		divide, known := s.Units[word]
		switch {
		case word == Folded(i.Unit), i.called(word), i.called(parts[0] + "(" + word + ")"):
		case known && i.Unit != "":
			h.divide = Amount(divide)
		default:
			return FaultUnit
		}
	}
	return ""
}

// called tells whether the item goes by that folded name.
func (i Item) called(name string) bool {
	if Folded(i.Code) == name {
		return true
	}
	for _, n := range i.Names {
		if head, _, _ := strings.Cut(Folded(n), "("); head == name || Folded(n) == name {
			return true
		}
	}
	return slices.ContainsFunc(i.Aliases, func(a string) bool { return Folded(a) == name })
}

// ReadForm reads what somebody wrote about one sampling, an item and its value on each line: the name, then a blank or a colon,
// then the value. What has no value stays out.
func (n Network) ReadForm(section Section, text string, day func(string) string, today string) (Entry, []Fault) {
	e := Entry{Section: section.ID}
	p := parsing{standard: n.Rules.Standard, entry: &e, today: today, day: day, network: n}
	for i, line := range strings.Split(text, "\n") {
		p.line = i + 1
		line = strings.TrimSpace(line)
		at := strings.IndexAny(line, ":\uFF1A")
		if at < 0 {
			at = strings.LastIndexAny(line, " \t\u3000")
		}
		if line == "" || at < 0 && p.line == 1 {
			continue // nothing, or the name of the section over it
		}
		name, value := line, ""
		if at >= 0 {
			name, value = line[:at], strings.TrimSpace(strings.TrimLeft(line[at:], ":\uFF1A \t\u3000"))
		}
		h, rule := p.standard.heading(name)
		switch {
		case rule != "":
			p.fault(rule, name, value)
		case value != "":
			p.take(h, value)
		}
	}
	p.line = 0
	e.Section = section.ID
	p.finish()
	return e, p.faults
}

// parsing is the reading of one entry.
type parsing struct {
	network  Network
	standard Standard
	line     int
	entry    *Entry
	faults   []Fault
	day      func(string) string
	today    string
}

func (p *parsing) fault(rule, column, value string) {
	p.faults = append(p.faults, Fault{Line: p.line, Rule: rule, Column: column, Value: value})
}

// take takes the value under a heading.
func (p *parsing) take(h heading, v string) {
	g := &p.entry.Given
	switch h.code {
	case ColSection:
		if s, ok := p.network.Named(v); ok {
			p.entry.Section = s.ID
			return
		}
		p.fault(FaultSection, h.written, v)
	case ColDay:
		p.takeDay(h, v)
	case ColReport:
		g.Report = v
	case ColTested, ColPassed, ColFailing:
		p.takeCount(h, v)
	default:
		p.takeValue(h, v)
	}
}

func (p *parsing) takeDay(h heading, v string) {
	if p.day != nil {
		v = p.day(v)
	}
	if _, err := time.Parse(time.DateOnly, v); err != nil || v > p.today {
		p.fault(FaultDay, h.written, v)
		return
	}
	p.entry.Day = v
}

func (p *parsing) takeCount(h heading, v string) {
	g := &p.entry.Given
	if g.Check == nil {
		g.Check = &Check{}
	}
	if h.code == ColFailing {
		g.Check.Failing = v
		return
	}
	n, err := strconv.Atoi(strings.Map(plain, v))
	if err != nil || n < 0 {
		p.fault(FaultCount, h.written, v)
		return
	}
	if h.code == ColTested {
		g.Check.Tested = n
	} else {
		g.Check.Passed = n
	}
}

// notMeasured are what offices write where nothing was measured.
var notMeasured = []string{"-", "--", "/", "\u2014", "\u2014\u2014"}

func (p *parsing) takeValue(h heading, v string) {
	if slices.Contains(notMeasured, v) {
		return
	}
	item, _ := p.standard.Item(h.code)
	got, ok := ParseValue(v, p.standard.Undetected)
	switch {
	case !ok, got.Below && item.High > 0:
		p.fault(FaultValue, h.written, v)
		return
	case item.Most > 0 && got.Amount/h.divide > item.Most:
		p.fault(FaultRange, h.written, v)
		return
	}
	got.Amount /= h.divide
	if p.entry.Given.Values == nil {
		p.entry.Given.Values = make(Sample)
	}
	p.entry.Given.Values[h.code] = got
}

// finish finds what is missing in the entry as a whole.
func (p *parsing) finish() {
	e := p.entry
	s, err := p.network.Section(e.Section)
	if err != nil && !p.found(FaultSection) {
		p.fault(FaultSection, "", e.Section)
	}
	if e.Day == "" && !p.found(FaultDay) {
		p.fault(FaultDay, "", "")
	}
	if e.Given.Report == "" {
		p.fault(FaultReport, "", "")
	}
	if err == nil && !p.found(FaultValue, FaultCount, FaultRange) {
		p.finishValues(s)
	}
	if err == nil && s.Counted() {
		e.Given.Values = nil
	} else {
		e.Given.Check = nil
	}
}

// found tells whether a fault of one of those rules was found.
func (p *parsing) found(rules ...string) bool {
	return slices.ContainsFunc(p.faults, func(f Fault) bool { return slices.Contains(rules, f.Rule) })
}

// finishValues finds what is missing in what was measured, or counted, at a section.
func (p *parsing) finishValues(s Section) {
	e := p.entry
	c := e.Given.Check
	switch {
	case s.Counted() && (c == nil || c.Tested == 0), !s.Counted() && len(e.Given.Values) == 0:
		p.fault(FaultNothing, "", "")
	case c != nil && c.Passed > c.Tested:
		p.fault(FaultCount, "", strconv.Itoa(c.Passed))
	}
}

// Batch is entries that somebody is about to enter, or has entered, at once: by form or as a table.
type Batch struct {
	ID      string         `json:"id"`
	By      grid.OfficerID `json:"by"`
	File    string         `json:"file,omitempty"`
	Made    time.Time      `json:"made"`
	Entries []Entry        `json:"entries"`
	Reason  string         `json:"reason,omitempty"` // of corrections
	Entered time.Time      `json:"entered,omitzero"`
	Ended   time.Time      `json:"ended,omitzero"` // cancelled before, or undone after
}

// Batches is the kind under which batches are kept.
const Batches = "reading_batch"
