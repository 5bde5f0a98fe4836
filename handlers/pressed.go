package handlers

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showPressed lists what is pressed and who has not said "received", the highest rung first: /pressed. /pressed 2026 counts the
// rungs of that year.
func (s *scene) showPressed() error {
	if s.msg.Args == "" {
		return s.pressedList(0)
	}
	year, err := strconv.Atoi(s.msg.Args)
	if err != nil || year < 2000 || year > s.now.In(s.Rules.Location).Year() {
		return grid.Fail(grid.Invalid, "error.pressed.year")
	}
	return s.pressedYear(year)
}

// pressPressed turns a page of the list, shows the figures of this year, or gives out the bulletin.
func (s *scene) pressPressed(verb, arg string) error {
	n, err := strconv.Atoi(arg)
	switch {
	case err != nil:
		return s.forged(s.msg.Data)
	case verb == "list":
		return s.pressedList(n)
	case verb == "year":
		return s.pressedYear(n)
	case verb == "bulletin":
		return s.issueBulletin()
	}
	return s.forged(s.msg.Data)
}

func (s *scene) pressedList(offset int) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	cases, err := s.pressedCases()
	if err != nil {
		return err
	}
	year := s.now.In(s.Rules.Location).Year()
	more := []flow.Choice{{Key: "button.pressed_year", Args: texts.Args{"year": year}, Data: "l:year:" + strconv.Itoa(year)}}
	return s.listBy(listed{title: "pressed.title", data: "l:list:", line: s.pressedLine, more: more}, cases, offset)
}

// pressedCases are the open cases of which the ladder was climbed, the highest rung first.
func (s *scene) pressedCases() ([]casework.Case, error) {
	queues := casework.DistrictQueues()
	for _, cell := range s.Work.Tree.Cells() {
		queues = append(queues, casework.CellQueue(cell.Code))
	}
	var ids []casework.CaseID
	for _, q := range queues {
		page, err := s.Store.Queue(s.ctx, q, 0, 5000)
		if err != nil {
			return nil, err
		}
		ids = append(ids, page...)
	}
	slices.Sort(ids)
	cases, err := s.Store.Cases(s.ctx, slices.Compact(ids))
	cases = slices.DeleteFunc(cases, func(c casework.Case) bool { return len(c.Ladder) == 0 || !c.State.Underway() })
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		if d := height(b) - height(a); d != 0 {
			return d
		}
		return strings.Compare(a.Shown(), b.Shown())
	})
	return cases, err
}

// height is how far up the ladder a case is.
func height(c casework.Case) int {
	top := 0
	for _, step := range c.Ladder {
		top = max(top, slices.Index(casework.Rungs(), step.Rung))
	}
	return top
}

// pressedLine is a case in the list: its highest rung, and who is silent.
func (s *scene) pressedLine(n int, c casework.Case) string {
	var silent []grid.OfficerID
	for _, step := range c.Ladder {
		for _, id := range step.Unacknowledged() {
			if !slices.Contains(silent, id) {
				silent = append(silent, id)
			}
		}
	}
	args := s.caseArgs(c)
	args["n"], args["rung"], args["silent"] = n, name("rung", string(casework.Rungs()[height(c)])), texts.Text{Key: "pressed.all_received"}
	if len(silent) > 0 {
		args["silent"] = texts.Text{Key: "pressed.silent", Args: texts.Args{"names": officerNames(s.officersOf(silent))}}
	}
	return s.Texts.T(s.lang, "pressed.line", args)
}

// pressedYear counts the rungs of a year, in all and by whom they pressed, from the figures of its days.
func (s *scene) pressedYear(year int) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	sums := make(map[string]int64) // by what_rung and by what_rung/unit
	units := make(map[string]int64)
	for day := time.Date(year, 1, 1, 12, 0, 0, 0, s.Rules.Location); day.Year() == year && !day.After(s.now.AddDate(0, 0, 1)); day = day.AddDate(0, 0, 1) {
		counts, err := s.Store.Counts(s.ctx, day.Format(time.DateOnly))
		if err != nil {
			return err
		}
		for field, n := range counts {
			what, unit, _ := strings.Cut(field, "/")
			sums[what] += n
			sums[field] += n
			if strings.HasPrefix(what, "pressed_") {
				units[unit] += n
			}
		}
	}
	lines := []string{}
	for _, rung := range casework.Rungs() {
		if n := sums["pressed_"+string(rung)]; n > 0 {
			lines = append(lines, s.rungLine(sums, rung, ""))
		}
	}
	if len(lines) == 0 {
		s.say(flow.Reply{Key: "pressed.year.none", Args: texts.Args{"year": year}})
		return nil
	}
	for _, unit := range slices.Sorted(maps.Keys(units)) {
		lines = append(lines, "", s.Texts.T(s.lang, "pressed.year.unit", texts.Args{"unit": s.unitName(unit)}))
		for _, rung := range casework.Rungs() {
			if sums["pressed_"+string(rung)+"/"+unit] > 0 {
				lines = append(lines, s.rungLine(sums, rung, "/"+unit))
			}
		}
	}
	s.say(flow.Reply{Key: "pressed.year", Args: texts.Args{"year": year, "lines": texts.Raw(strings.Join(lines, "\n"))}})
	return nil
}

// rungLine says how often a rung was climbed, and how many of those who were to acknowledge it did.
func (s *scene) rungLine(sums map[string]int64, rung casework.Rung, unit string) string {
	of := func(what string) int64 { return sums[what+"_"+string(rung)+unit] }
	key := "pressed.year.rung"
	if of("asked") == 0 {
		key = "pressed.year.nudge"
	}
	return s.Texts.T(s.lang, key, texts.Args{
		"rung": name("rung", string(rung)), "n": of("pressed"), "acked": min(of("acked"), of("asked")), "asked": of("asked"),
	})
}

// unitName is a unit of the figures by name: a township by its code, the district's own desk by the root's, or a department.
func (s *scene) unitName(unit string) any {
	code := grid.CellCode(unit)
	switch _, cell := s.Work.Tree.Cell(code); {
	case code == s.Work.Tree.Root().Code:
		return texts.Text{Key: "pressed.own"}
	case cell:
		return s.publicName(code, "")
	}
	return unit
}
