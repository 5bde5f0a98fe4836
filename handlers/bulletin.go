package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// issueBulletin gives out the bulletin (通报) on every circulated case that stood in none yet: one number, one text, kept on
// each of the cases, sent to all chiefs and clerks. What was given out is in no later one.
func (s *scene) issueBulletin() error {
	if !s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	ids, err := s.Store.Queue(s.ctx, casework.BulletinQueue, 0, 5000)
	if err != nil {
		return err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return err
	}
	cases = s.Head.Listed(slices.DeleteFunc(cases, func(c casework.Case) bool {
		return s.Work.Excluded(c, s.officer, s.now) || !s.Work.May(c, casework.Issue, s.me, s.roster, s.now)
	}))
	if len(cases) == 0 {
		return grid.Fail(grid.Conflict, "error.bulletin.none")
	}
	marker := ledger.LetterMarker(casework.BulletinSeries)
	l := s.Head.Bulletin(cases, marker, s.now)
	for _, c := range cases {
		if _, err := s.act(c, casework.Act{Action: casework.Issue, Step: c.Uncirculated(), Letter: &l}); err != nil {
			return err
		}
	}
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(casework.BulletinSeries, marker, s.now))
	paper := s.Head.Paper(l, s.now)
	r := flow.Reply{Key: "notice.bulletin", Args: texts.Args{"doc": marker, "n": len(cases)}, Paper: paper}
	units := s.unitHeads()
	if err := s.tellEach(units, casework.Case{}, func(grid.Officer) flow.Reply { return r }); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.bulletin", Args: texts.Args{"doc": marker, "n": len(cases), "to": len(units)}, Paper: paper})
	return nil
}

// unitHeads are all chiefs of cells and clerks of departments.
func (s *scene) unitHeads() []grid.Officer {
	var out []grid.Officer
	for _, o := range s.roster.Officers() {
		if o.Person != "" && slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
			return a.Active(s.now) && (a.Role == grid.Chief || a.Role == grid.Clerk)
		}) {
			out = append(out, o)
		}
	}
	return out
}
