package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// watchCluster tells the district's supervisors, once, when many different people report the same kind of pollution at one
// place in a short time (集中举报). Nothing is merged by that: a person decides.
func (s *scene) watchCluster(c casework.Case) error {
	if s.Rules.ClusterReports <= 0 {
		return nil
	}
	around, err := s.around(c)
	if err != nil {
		return err
	}
	group := []casework.Case{c}
	for _, o := range around {
		if o.State.Underway() && s.gathers(c, o) {
			group = append(group, o)
		}
	}
	if s.voices(group) < s.Rules.ClusterReports || !c.Gathered.IsZero() {
		return nil
	}
	known := slices.ContainsFunc(group, func(o casework.Case) bool { return !o.Gathered.IsZero() })
	for i, o := range group {
		if o.Gathered.IsZero() {
			if group[i], err = s.actByItself(o, casework.Gather); err != nil {
				return err
			}
		}
	}
	if known {
		return nil
	}
	return s.tellCluster(group)
}

// gathers tells whether two reports belong to one gathering: alike in kind, near in place and time.
func (s *scene) gathers(a, b casework.Case) bool {
	shared := slices.ContainsFunc(a.Categories, func(x string) bool { return slices.Contains(b.Categories, x) })
	if !shared || s.now.Sub(b.CreatedAt) > s.Rules.ClusterWindow {
		return false
	}
	if a.Point != nil && b.Point != nil {
		return geo.Distance(*a.Point, *b.Point) <= s.Rules.ClusterRadius
	}
	return a.Cell == b.Cell && a.Cell != s.Work.Tree.Unassigned().Code
}

// voices is how many different people speak in the cases: who reported, who follows, and who reported what was merged.
func (s *scene) voices(group []casework.Case) int {
	seen := make(map[grid.PersonID]bool)
	for _, c := range group {
		seen[c.Reporter] = true
		for _, f := range c.Followers {
			seen[f] = true
		}
		children, err := s.merged(c)
		if err != nil {
			continue // a case that cannot be read now is counted the next time
		}
		for _, k := range children {
			seen[k.Reporter] = true
		}
	}
	return len(seen)
}

// tellCluster shows the supervisors the reports, each of them those that they may see.
func (s *scene) tellCluster(group []casework.Case) error {
	slices.SortFunc(group, func(a, b casework.Case) int { return a.CreatedAt.Compare(b.CreatedAt) })
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	for _, o := range officers {
		seen := slices.DeleteFunc(slices.Clone(group), func(c casework.Case) bool { return !s.Work.Sees(c, o.Person, s.roster, s.now) })
		if len(seen) == 0 {
			continue
		}
		if err := s.tell(o.Person, seen[0], s.clusterCard(seen, o)); err != nil {
			return err
		}
	}
	return nil
}

// clusterCard shows a gathering to one supervisor, with buttons to open each report and to let it go with the oldest.
func (s *scene) clusterCard(group []casework.Case, o grid.Officer) flow.Reply {
	oldest := group[0]
	var lines texts.Lines
	page := group[:min(len(group), s.Rules.PageSize)]
	rows := make([][]flow.Choice, 0, len(page))
	for _, c := range page {
		lines = append(lines, texts.Text{Key: "cluster.line", Args: texts.Args{
			"number": c.Shown(), "at": s.moment(c.CreatedAt), "state": name("state", string(c.State)), "text": excerpt(c.Text, 28),
		}})
		row := []flow.Choice{{Key: "button.open_number", Args: texts.Args{"number": c.Shown()}, Data: caseData("open", c.ID)}}
		if s.mayMerge(c, oldest, o.Person) {
			row = append(row, flow.Choice{Key: "button.merge_into", Args: texts.Args{"number": oldest.Shown()}, Data: mergeData(c.ID, oldest.ID)})
		}
		if s.Work.May(c, casework.Supervise, o.Person, s.roster, s.now) {
			row = append(row, flow.Choice{Key: "button.supervise", Data: caseData(string(casework.Supervise), c.ID)})
		}
		rows = append(rows, row)
	}
	return flow.Reply{Key: "notice.supervisor.cluster", Rows: rows, Args: texts.Args{
		"cell": s.cellName(oldest.Cell), "category": s.categories(oldest.Categories), "people": s.voices(group), "n": len(group),
		"hours": int(s.Rules.ClusterWindow.Hours()), "lines": lines,
	}}
}
