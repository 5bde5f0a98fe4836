package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// tellGone tells that an officer cannot be counted on any more: the standing deputy, every admin, and the people who go on
// with the open cases. Each gets the cases that they may open. key says why, posts what the officer was; the roster is
// that of afterwards. Nothing is said when all goes on as before.
func (s *scene) tellGone(key string, o grid.Officer, posts texts.List) error {
	cases, err := s.onDesk(o)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(cases, func(c casework.Case) bool {
		_, ok := s.Work.AtWork(c, s.roster, s.now)
		return ok
	})
	if len(left) == 0 && o.Available(s.now) {
		return nil
	}
	for _, to := range s.heirs(o, left) {
		open := slices.DeleteFunc(slices.Clone(left), func(c casework.Case) bool {
			return !s.roster.Can(s.Work.Tree, to.Person, c.Cell, s.now, grid.Roles()...)
		})
		r := flow.Reply{Key: key, Args: texts.Args{"name": o.Name, "id": string(o.ID), "roles": posts, "n": len(left)}, Rows: s.caseRows(open)}
		if err := s.tell(to.Person, casework.Case{}, r); err != nil {
			return err
		}
	}
	return nil
}

// heirs are those who are told when an officer is gone, each once: the standing deputy or who stands in for that one, the
// admins, and the people of the cells in which cases are left.
func (s *scene) heirs(o grid.Officer, left []casework.Case) []grid.Officer {
	all := s.admins()
	if d, ok := s.roster.Officer(o.Deputy); ok {
		if d, ok = s.roster.StandIn(d, s.now); ok {
			all = append(all, d)
		}
	}
	for _, c := range left {
		people, _ := s.Work.Responsible(c, s.roster, s.now, grid.Inspector, grid.Chief)
		all = append(all, people...)
	}
	var out []grid.Officer
	for _, h := range all {
		if h.ID != o.ID && !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == h.ID }) {
			out = append(out, h)
		}
	}
	return out
}
