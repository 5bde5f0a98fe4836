package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The views of what was visited, and what the button of each carries: g:view:cell.
const (
	coverageAll     = "all"
	coveragePeople  = "people"
	coverageMap     = "map"
	coverageMissed  = "missed"
	coverageOpen    = "open" // what is missing and due in one township
	coveragePatrol  = "patrol"
	coverageLines   = 25
	coverageObjects = 20
)

// showCoverage tells which cells, rivers and sites were visited in time and which were not (盲区), by township: /coverage. The desk
// and supervisors see the district, chiefs and inspectors their own area.
func (s *scene) showCoverage() error { return s.coverageView(coverageAll, "") }

// pressCoverage shows another view, or begins a patrol from a reminder.
func (s *scene) pressCoverage(view, arg string) error {
	switch view {
	case coveragePatrol:
		return s.startPatrol()
	case coverageAll, coveragePeople, coverageMap, coverageMissed, coverageOpen:
		return s.coverageView(view, grid.CellCode(arg))
	}
	return s.forged(s.msg.Data)
}

func (s *scene) coverageView(view string, town grid.CellCode) error {
	areas := s.coverageAreas()
	if len(areas) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	all, err := s.standings(areas)
	if err != nil {
		return err
	}
	switch view {
	case coverageMap:
		return s.coverageMap(all, areas)
	case coverageOpen:
		s.coverageTown(all, town)
		return nil
	case coverageMissed:
		s.coverageMissed(all)
		return nil
	case coveragePeople:
		s.coverageTable(view, coverage.ByOfficer(all, s.soon()), func(r coverage.Row) any { return r.Officer.Name })
		return nil
	}
	s.coverageTable(view, s.Patrols.Coverage().ByTownship(all, s.soon()), func(r coverage.Row) any { return s.Work.Tree.Name(r.Cell) })
	return nil
}

// coverageAreas is what the person may see of it.
func (s *scene) coverageAreas() []grid.CellCode {
	root := s.Work.Tree.Root().Code
	if s.roster.Can(s.Work.Tree, s.me, root, s.now, grid.Desk, grid.Supervisor, grid.Admin) {
		return []grid.CellCode{root}
	}
	return s.ownAreas()
}

// soon is until when what is due is counted: the end of the days that the morning reminder looks ahead.
func (s *scene) soon() time.Time {
	local := s.now.In(s.Rules.Location)
	return time.Date(local.Year(), local.Month(), local.Day()+1+s.Patrols.PatrolNumbers().Remind, 0, 0, 0, 0, s.Rules.Location)
}

// standings tell how everything in the areas stands that has to be visited.
func (s *scene) standings(areas []grid.CellCode) ([]coverage.Standing, error) {
	book := s.Patrols.Coverage()
	ground := coverage.Ground{At: s.now, Roster: s.roster}
	open, err := s.workOf(areas)
	if err != nil {
		return nil, err
	}
	ground.Open = coverage.OpenSince(s.Work.Tree, open)
	towns := make(map[grid.CellCode]bool)
	for _, a := range areas {
		town := s.Work.Tree.Township(a)
		if towns[town] {
			continue // two villages of one township have the same sites around them
		}
		towns[town] = true
		sites, read := s.sitesAround(a)
		if read != nil {
			return nil, read
		}
		ground.Sites = append(ground.Sites, sites...)
	}
	duties := slices.DeleteFunc(book.Duties(ground), func(d coverage.Duty) bool {
		return !slices.ContainsFunc(areas, func(a grid.CellCode) bool { return s.Work.Tree.Within(d.Cell, a) })
	})
	rounds, err := s.rounds(duties)
	if err != nil {
		return nil, err
	}
	return book.Stand(ground, duties, rounds), nil
}

func (s *scene) rounds(duties []coverage.Duty) (map[string]coverage.Round, error) {
	ids := make([]string, len(duties))
	for i, d := range duties {
		ids[i] = d.Object
	}
	found, err := s.Store.Dossiers(s.ctx, coverage.Dossier, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]coverage.Round, len(found))
	for _, doc := range found {
		var r coverage.Round
		if err := doc.Into(&r); err != nil {
			return nil, err
		}
		out[doc.ID] = r
	}
	return out, nil
}

// coverageTable shows one line a township or person, what is missing first.
func (s *scene) coverageTable(view string, rows []coverage.Row, label func(coverage.Row) any) {
	var total coverage.Tally
	lines := make([]string, 0, len(rows))
	var towns []flow.Choice
	for _, r := range rows {
		total.All, total.Visited, total.Missing, total.Soon = total.All+r.All, total.Visited+r.Visited, total.Missing+r.Missing, total.Soon+r.Soon
		if len(lines) < coverageLines {
			lines = append(lines, s.Texts.T(s.lang, "coverage.row", texts.Args{
				"name": label(r), "all": r.All, "visited": r.Visited, "missing": r.Missing, "soon": r.Soon, "mark": coverageMark(r.Tally),
			}))
		}
		if r.Cell != "" && r.Missing+r.Soon > 0 && len(towns) < 2*s.Rules.PageSize {
			towns = append(towns, flow.Choice{Label: texts.Name(s.Work.Tree.Name(r.Cell)), Data: "g:" + coverageOpen + ":" + string(r.Cell)})
		}
	}
	if len(lines) == 0 {
		lines = append(lines, s.Texts.T(s.lang, "coverage.nothing", nil))
	}
	s.say(flow.Reply{
		Key: "coverage." + view, Args: texts.Args{
			"all": total.All, "visited": total.Visited, "missing": total.Missing, "soon": total.Soon, "lines": texts.Raw(strings.Join(lines, "\n")),
		},
		Rows: append(coverageButtons(), pairs(towns)...), Edit: s.msg.Kind == Button && !s.msg.Picture,
	})
}

func coverageMark(t coverage.Tally) texts.Text {
	switch {
	case t.Missing > 0:
		return name("coverage", "mark_missing")
	case t.Soon > 0:
		return name("coverage", "mark_soon")
	}
	return name("coverage", "mark_good")
}

func coverageButtons() [][]flow.Choice {
	button := func(view string) flow.Choice {
		return flow.Choice{Key: "button.coverage." + view, Data: "g:" + view + ":"}
	}
	return [][]flow.Choice{{button(coverageMap), button(coverageMissed)}, {button(coverageAll), button(coveragePeople)}}
}

// coverageTown lists what is missing and what is due in a township, with who is in charge.
func (s *scene) coverageTown(all []coverage.Standing, town grid.CellCode) {
	all = s.Patrols.Coverage().Within(all, []grid.CellCode{town})
	all = slices.DeleteFunc(all, func(x coverage.Standing) bool { return !x.Missing() && !x.DueBy(s.soon()) })
	slices.SortStableFunc(all, func(a, b coverage.Standing) int { return a.Next.Compare(b.Next) })
	lines := make([]string, 0, coverageObjects)
	for _, x := range all[:min(coverageObjects, len(all))] {
		lines = append(lines, s.coverageLine(x))
	}
	if len(lines) == 0 {
		lines = append(lines, s.Texts.T(s.lang, "coverage.nothing_open", nil))
	}
	s.say(flow.Reply{Key: "coverage.town", Args: texts.Args{
		"cell": s.Work.Tree.Name(town), "n": len(all), "lines": texts.Raw(strings.Join(lines, "\n")),
	}, Rows: coverageButtons(), Edit: s.msg.Kind == Button && !s.msg.Picture})
}

func (s *scene) coverageLine(x coverage.Standing) string {
	var who texts.List
	for _, o := range x.Who {
		who = append(who, o.Name)
	}
	last := name("rounds", "never")
	if n := x.Days(s.now); n >= 0 {
		last = textOf("rounds.days_ago", "n", n)
	}
	key := "coverage.line_due"
	if x.Missing() {
		key = "coverage.line_missing"
	}
	return s.Texts.T(s.lang, key, texts.Args{
		"what":  textOf("rounds.of."+string(x.Kind), "cell", s.Work.Tree.PathName(x.Cell), "name", x.Name),
		"until": x.Next.Add(-time.Second).In(s.Rules.Location).Format("01-02"), "last": last, "who": who, "misses": x.Misses,
	})
}

// coverageMap colours the townships by how many days ago somebody patrolled them, and marks the sites that were missed.
func (s *scene) coverageMap(all []coverage.Standing, areas []grid.CellCode) error {
	m := picture.Map{
		Title: s.Texts.Plain(s.lang, "coverage.map_title", nil), Note: s.moment(s.now),
		Legend: []picture.Swatch{
			{Shade: picture.Good, Label: s.Texts.Plain(s.lang, "coverage.legend_good", texts.Args{"n": freshDays})},
			{Shade: picture.Fair, Label: s.Texts.Plain(s.lang, "coverage.legend_fair", nil)},
			{Shade: picture.Poor, Label: s.Texts.Plain(s.lang, "coverage.legend_poor", nil)},
			{Shade: picture.Bad, Label: s.Texts.Plain(s.lang, "coverage.legend_bad", nil)},
			{Shade: picture.Plain, Label: s.Texts.Plain(s.lang, "coverage.legend_plain", nil)},
		},
	}
	cells := make(map[grid.CellCode]coverage.Standing)
	for _, x := range all {
		switch {
		case x.Kind == coverage.Cell:
			cells[x.Cell] = x
		case x.Point != nil && x.Missing():
			m.Spots = append(m.Spots, picture.Spot{At: *x.Point, Shade: picture.Bad})
		}
	}
	for _, t := range s.Work.Tree.Level(2) {
		mine := slices.ContainsFunc(areas, func(a grid.CellCode) bool { return s.Work.Tree.Within(t.Code, a) || s.Work.Tree.Within(a, t.Code) })
		land, ok := s.Patrols.OwnLand(t.Code)
		if !mine || !ok {
			continue
		}
		area := picture.Area{Land: land, Label: t.Name}
		if x, ok := cells[t.Code]; ok {
			area.Shade = s.coverageShade(x)
			switch n := x.Days(s.now); {
			case n == 0:
				area.Label = s.Texts.Plain(s.lang, "coverage.map_today", texts.Args{"cell": t.Name})
			case n > 0:
				area.Label = s.Texts.Plain(s.lang, "coverage.map_days", texts.Args{"cell": t.Name, "n": n})
			}
		}
		m.Areas = append(m.Areas, area)
	}
	image, err := picture.DrawMap(m)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "coverage.map", Image: image, Rows: coverageButtons()[1:]})
	return nil
}

// freshDays is since when a visit is fresh on the map: the working week.
const freshDays = 7

func (s *scene) coverageShade(x coverage.Standing) picture.Shade {
	switch n := x.Days(s.now); {
	case x.Missing():
		return picture.Bad
	case n < 0 || x.DueBy(s.soon()):
		return picture.Poor
	case n <= freshDays:
		return picture.Good
	}
	return picture.Fair
}
