package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The views of the figures, and what the button of each carries: t:view:span.
const (
	statsWhole      = "all"
	statsTownship   = "township"
	statsCategory   = "category"
	statsDepartment = "department"
	statsMonth      = "month"
	statsBook       = "book"
)

const statsLines = 25 // rows of a view in a message; the spreadsheet has them all

// showStats tells how casework goes in a span: /stats, /stats 2026-10, /stats 2026-Q3, /stats 2026.
func (s *scene) showStats() error { return s.statsView(statsWhole, s.msg.Args) }

// pressStats shows another view of the same span, or makes a spreadsheet of all.
func (s *scene) pressStats(view, span string) error {
	if view == statsBook {
		return s.statsBook(span)
	}
	if view != statsWhole && statsRows[view] == nil {
		return s.forged(s.msg.Data)
	}
	return s.statsView(view, span)
}

func (s *scene) statsView(view, span string) error {
	n, err := s.countUp(span, nil)
	if err != nil {
		return err
	}
	args := texts.Args{"span": n.Span.Name, "small": s.Rules.SmallNumber}
	key := "stats." + view
	if view == statsWhole {
		s.statsWhole(n.District, args)
	} else {
		lines := statsRows[view](s, n)
		if more := len(lines) - statsLines; more > 0 {
			lines = append(lines[:statsLines:statsLines], s.Texts.T(s.lang, "stats.more", texts.Args{"n": more}))
		}
		if len(lines) == 0 {
			lines = []string{s.Texts.T(s.lang, "stats.none", nil)}
		}
		args["lines"] = texts.Raw(strings.Join(lines, "\n"))
	}
	s.say(flow.Reply{Key: key, Args: args, Rows: statsButtons(n.Span.Name), Edit: s.msg.Kind == Button})
	return nil
}

func statsButtons(span string) [][]flow.Choice {
	button := func(view string) flow.Choice {
		return flow.Choice{Key: "button.stats." + view, Data: "t:" + view + ":" + span}
	}
	return [][]flow.Choice{
		{button(statsWhole), button(statsTownship)},
		{button(statsCategory), button(statsDepartment)},
		{button(statsMonth), button(statsBook)},
	}
}

// countUp counts every case of the store. progress hears now and then how many were counted; it may be nil. Only the desk
// and supervisors may.
func (s *scene) countUp(text string, progress func(n int) error) (*figures.Count, error) {
	if !s.deskWorker() {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	span, err := figures.ParseSpan(text, s.now, s.Rules.Location)
	if err != nil {
		return nil, err
	}
	n := figures.New(span, s.now, s.Work.Tree, s.Rules.Location)
	return n, s.everyCase(n.Add, progress)
}

// everyCase goes through all cases, each once. progress hears now and then how many there were; it may be nil.
func (s *scene) everyCase(each func(casework.Case), progress func(n int) error) error {
	counted, seen := 0, make(map[casework.CaseID]bool)
	for c, err := range s.Store.EachCase(s.ctx) {
		if err != nil {
			return err
		}
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		each(c)
		counted++
		if progress != nil && counted%s.Rules.ProgressEvery == 0 {
			if err := progress(counted); err != nil {
				return err
			}
		}
	}
	return nil
}

// progress rewrites the message whose button was pressed, while the turn is still at work: it is said at once and not
// when everything is done.
func (s *scene) progress(key string, args texts.Args) error {
	if s.msg.Kind != Button {
		return nil
	}
	m := s.render(flow.Reply{Key: key, Args: args}, s.lang)
	m.To, m.Priority, m.Edit, m.Shown = s.me, ledger.Reply, s.msg.ID, s.msg.Picture
	change := ledger.Change{At: s.now, Outbox: []ledger.Message{m}}
	if _, err := s.Store.Commit(s.ctx, change); err != nil {
		return err
	}
	s.Committed(change)
	return nil
}

func (s *scene) statsWhole(d *figures.Tally, args texts.Args) {
	args["received"], args["accepted"], args["refused"], args["merged"] = d.Received, d.Accepted, d.AllRefused(), d.Merged
	args["withdrawn"], args["open"], args["closed"], args["reopened"] = d.Withdrawn, d.Open, d.Closed, d.Reopened
	args["reasons"] = s.statsReasons(d)
	args["clocks"] = s.statsClocks(d)
	args["decide"], args["close"] = s.statsLasted(d.ToDecide), s.statsLasted(d.ToClose)
	args["satisfaction"] = s.statsSatisfaction(d)
}

// statsReasons are the refusals by reason.
func (s *scene) statsReasons(d *figures.Tally) texts.List {
	var out texts.List
	for _, k := range casework.Refusals() {
		if n := d.Refused[k]; n > 0 {
			out = append(out, texts.Text{Key: "stats.reason", Args: texts.Args{"reason": name("disposition", string(k)), "n": n}})
		}
	}
	if len(out) == 0 {
		out = append(out, name("stats", "no_reason"))
	}
	return out
}

// statsClocks is how often each limit was kept, those that anybody had.
func (s *scene) statsClocks(d *figures.Tally) texts.Raw {
	var lines []string
	for _, k := range casework.ClockNames() {
		if r := d.Clocks[k]; r.N() > 0 {
			lines = append(lines, s.Texts.T(s.lang, "stats.clock", texts.Args{"clock": name("clock", string(k)), "rate": s.statsRate(r)}))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, s.Texts.T(s.lang, "stats.none", nil))
	}
	return texts.Raw(strings.Join(lines, "\n"))
}

// statsRate is a rate with what it is made of, marked when that is little.
func (s *scene) statsRate(r figures.Rate) texts.Text {
	percent, ok := r.Percent()
	if !ok {
		return name("stats", "no_rate")
	}
	return texts.Text{Key: "stats.rate", Args: texts.Args{"percent": percent, "met": r.Met, "n": r.N(), "mark": s.smallMark(r.N())}}
}

func (s *scene) smallMark(n int) texts.Text {
	if n < s.Rules.SmallNumber {
		return name("stats", "small")
	}
	return texts.Text{}
}

func (s *scene) statsLasted(l figures.Lasted) texts.Text {
	median, ok := l.Days(0.5)
	if !ok {
		return name("stats", "no_rate")
	}
	p90, _ := l.Days(0.9)
	return texts.Text{Key: "stats.lasted", Args: texts.Args{
		"median": oneDigit(median), "p90": oneDigit(p90), "n": l.N(), "mark": s.smallMark(l.N()),
	}}
}

func (s *scene) statsSatisfaction(d *figures.Tally) texts.Text {
	mean, n, ok := d.Satisfaction()
	if !ok {
		return name("stats", "no_rate")
	}
	return texts.Text{Key: "stats.score", Args: texts.Args{"mean": oneDigit(mean), "n": n, "mark": s.smallMark(n)}}
}

func oneDigit(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// statsRows are the lines of each view.
var statsRows = map[string]func(*scene, *figures.Count) []string{
	statsTownship: func(s *scene, n *figures.Count) []string {
		return statsLinesOf(s, n.Townships, func(k grid.CellCode) any { return s.Work.Tree.Name(k) })
	},
	statsCategory: func(s *scene, n *figures.Count) []string {
		return statsLinesOf(s, n.Categories, func(k string) any { return s.categories([]string{k}) })
	},
	statsDepartment: (*scene).statsDepartments,
	statsMonth:      (*scene).statsMonths,
}

func statsLinesOf[K cmp.Ordered](s *scene, m map[K]*figures.Tally, label func(K) any) []string {
	lines := make([]string, 0, len(m))
	for _, k := range figures.Busiest(m) {
		lines = append(lines, s.statsLine(label(k), m[k]))
	}
	return lines
}

func (s *scene) statsLine(label any, t *figures.Tally) string {
	return s.Texts.T(s.lang, "stats.line", texts.Args{
		"name": label, "received": t.Received, "accepted": t.Accepted, "refused": t.AllRefused(), "closed": t.Closed,
		"finish": s.statsRate(t.Clocks[casework.FinishClock]), "close": s.statsLasted(t.ToClose), "score": s.statsSatisfaction(t),
	})
}

// statsDepartments are what departments lead, and how they answered when they were asked to support.
func (s *scene) statsDepartments(n *figures.Count) []string {
	lines := statsLinesOf(s, n.Departments, func(d grid.Department) any { return string(d) })
	asked := make([]grid.Department, 0, len(n.Tasks))
	for d := range n.Tasks {
		asked = append(asked, d)
	}
	slices.Sort(asked)
	for _, d := range asked {
		lines = append(lines, s.Texts.T(s.lang, "stats.task", texts.Args{"name": string(d), "rate": s.statsRate(n.Tasks[d])}))
	}
	return lines
}

// statsMonths are the cases by the month of their acceptance.
func (s *scene) statsMonths(n *figures.Count) []string {
	lines := make([]string, 0, len(n.Cohorts))
	for _, h := range n.Months() {
		lines = append(lines, s.Texts.T(s.lang, "stats.cohort", texts.Args{
			"month": h.Month, "accepted": h.Accepted, "closed": h.Closed,
			"rate": s.statsRate(figures.Rate{Met: h.OnTime, Missed: h.Late}), "close": s.statsLasted(h.ToClose),
		}))
	}
	return lines
}

// statsBook sends everything as a spreadsheet and shows, under the button, how far it is.
func (s *scene) statsBook(span string) error {
	s.answerNow("stats.working")
	if err := s.progress("stats.progress", texts.Args{"n": 0}); err != nil {
		return err
	}
	n, err := s.countUp(span, func(n int) error { return s.progress("stats.progress", texts.Args{"n": n}) })
	if err != nil {
		return err
	}
	data, err := s.statsSheets(n)
	if err != nil {
		return err
	}
	title := s.Texts.Plain(s.lang, "stats.file", texts.Args{"span": n.Span.Name}) + s.now.In(s.Rules.Location).Format("-"+time.DateOnly) + ".xlsx"
	document, err := s.document(title, data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "stats.ready", Args: texts.Args{"span": n.Span.Name}, Rows: statsButtons(n.Span.Name), Edit: true})
	s.say(flow.Reply{Key: "stats.book", Args: texts.Args{"span": n.Span.Name, "n": n.District.Received}, Document: document})
	return nil
}
