package handlers

import (
	"maps"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// offered is how many cases of probably the same matter a card offers to merge with.
const offered = 3

// around lists open cases that look like the same matter, the nearest first; on suspicion only, for a person decides.
func (s *scene) around(c casework.Case) ([]casework.Case, error) {
	var ids []casework.CaseID
	if c.Point != nil {
		near, err := s.Store.Near(s.ctx, *c.Point, max(s.Rules.DuplicateRadius, s.Rules.ClusterRadius), 50)
		if err != nil {
			return nil, err
		}
		ids = near
	}
	for _, q := range []casework.Queue{casework.CellQueue(c.Seat()), casework.DecideQueue} {
		page, err := s.Store.Queue(s.ctx, q, 0, 50)
		if err != nil {
			return nil, err
		}
		ids = append(ids, page...)
	}
	var unique []casework.CaseID
	for _, id := range ids {
		if id != c.ID && !slices.Contains(unique, id) {
			unique = append(unique, id)
		}
	}
	return s.Store.Cases(s.ctx, unique)
}

// mergeRows offer to let the case go with another that looks like the same matter, for who may decide that.
func (s *scene) mergeRows(c casework.Case, to grid.PersonID) ([][]flow.Choice, error) {
	if !s.Work.May(c, casework.Merge, to, s.roster, s.now) || len(c.Children) > 0 {
		return nil, nil
	}
	cases, err := s.around(c)
	if err != nil {
		return nil, err
	}
	var rows [][]flow.Choice
	for _, o := range cases {
		if len(rows) < offered && s.mayMerge(c, o, to) && s.Work.Alike(c, o) && s.now.Sub(o.CreatedAt) <= s.Rules.DuplicateWindow {
			rows = append(rows, []flow.Choice{{
				Key: "button.merge_into", Args: texts.Args{"number": o.Shown()}, Data: mergeData(c.ID, o.ID),
			}})
		}
	}
	return rows, nil
}

// mayMerge tells whether the person may let one case go with the other: both are theirs to decide, and it can.
func (s *scene) mayMerge(c, other casework.Case, to grid.PersonID) bool {
	return casework.Mergeable(c, other) == nil && s.Work.May(c, casework.Merge, to, s.roster, s.now) &&
		s.Work.May(other, casework.Adopt, to, s.roster, s.now)
}

func mergeData(child, parent casework.CaseID) string {
	return "m:" + string(child) + ":" + string(parent)
}

// mergeByNumber lets one case go with another: /merge 2026-00012 A2026-00007.
func (s *scene) mergeByNumber() error {
	numbers := strings.Fields(strings.ToUpper(s.msg.Args))
	if len(numbers) != 2 {
		return grid.Fail(grid.Invalid, "error.merge.usage")
	}
	ids := make([]casework.CaseID, 0, len(numbers))
	for _, n := range numbers {
		id, err := s.Store.CaseByNumber(s.ctx, n)
		if grid.CodeOf(err) == grid.NotFound {
			return grid.Fail(grid.NotFound, "error.find.unknown")
		}
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return s.mergeCases(ids[0], ids[1])
}

// mergeCases lets a case go with another of the same matter. Its reporter, whoever worked on it and whoever works on the other
// are told; its clocks are held.
func (s *scene) mergeCases(child, parent casework.CaseID) error {
	c, err := s.load(child)
	if err != nil {
		return err
	}
	p, err := s.load(parent)
	if err != nil {
		return err
	}
	before := c
	if c, err = s.act(c, casework.Act{Action: casework.Merge, Other: p.ID}); err != nil {
		return err
	}
	if wrong := casework.Mergeable(before, p); wrong != nil {
		return wrong
	}
	if p, err = s.act(p, casework.Act{Action: casework.Adopt, Other: c.ID}); err != nil {
		return err
	}
	s.count("merged", c.Cell)
	args := texts.Args{"number": c.Shown(), "other": p.Shown(), "n": len(p.Children)}
	s.say(flow.Reply{Key: "notice.done.merge", Args: args, Rows: s.caseButtons(c, s.me), Edit: true})
	if !before.Undecided() {
		for _, o := range s.workers(before) {
			if err := s.tell(o.Person, c, flow.Reply{Key: "notice.cell.merged", Args: args}); err != nil {
				return err
			}
		}
	}
	if !p.Undecided() {
		if err := s.tellWorkers(p, flow.Reply{Key: "notice.cell.adopted", Args: args}); err != nil {
			return err
		}
	}
	return s.tellReporters(c, "notice.reporter.merged", nil)
}

// unmerge takes a case apart again: it goes on where it was, with its old limits.
func (s *scene) unmerge(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	parent := c.Parent
	if c, err = s.act(c, casework.Act{Action: casework.Unmerge}); err != nil {
		return err
	}
	p, err := s.load(parent)
	if err == nil {
		_, err = s.act(p, casework.Act{Action: casework.Release, Other: c.ID})
	}
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.unmerge", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Edit: true})
	return s.tellUnmerged(c)
}

// tellUnmerged tells those who have the case again, and its reporter.
func (s *scene) tellUnmerged(c casework.Case) error {
	var err error
	if c.Undecided() {
		err = s.tellDesk(c, "notice.desk.unmerged")
	} else {
		err = s.tellHolders(c, "notice.desk.unmerged")
	}
	if err != nil {
		return err
	}
	return s.tellReporters(c, "notice.reporter.unmerged", nil)
}

// merged lists the cases that go with this one now.
func (s *scene) merged(c casework.Case) ([]casework.Case, error) {
	var out []casework.Case
	for _, id := range c.Children {
		k, err := s.load(id)
		if err != nil {
			return nil, err
		}
		if k.State == casework.Merged && k.Parent == c.ID {
			out = append(out, k)
		}
	}
	return out, nil
}

// endChildren lets those that go with a case end as it did, in the same change: everybody who reported is answered on their own.
// It is asked after every act, so that no way of ending a case leaves one behind.
func (s *scene) endChildren(before, after casework.Case) error {
	if !casework.Ends(before, after) {
		return nil
	}
	children, err := s.merged(after)
	if err != nil {
		return err
	}
	for _, k := range children {
		next, e, err := s.Work.EndWith(after, k, s.via(), s.roster, s.now)
		if err != nil {
			return err
		}
		s.write(k, next, e)
		if err := s.tellEnded(next); err != nil {
			return err
		}
	}
	return nil
}

// tellEnded answers the reporter of a case that ended with another, or tells that it goes on by itself.
func (s *scene) tellEnded(c casework.Case) error {
	switch c.State {
	case casework.Answered:
		s.count("closed", c.Cell)
		if c.Source == casework.FromInspector {
			if _, err := s.actByItself(c, casework.Settle); err != nil {
				return err
			}
		}
		return s.tellReporters(c, "notice.reporter.closed", texts.Args{"reply": c.Reply})
	case casework.Refused:
		s.count("refused", c.Cell)
		return s.tellReporters(c, "notice.reporter.refused", texts.Args{"reply": c.Reply})
	default:
		return s.tellUnmerged(c)
	}
}

// tellChildren says what is said to a case's reporter to those of the cases that go with it, each with their own number.
func (s *scene) tellChildren(c casework.Case, key string, args texts.Args) error {
	children, err := s.merged(c)
	if err != nil {
		return err
	}
	for _, k := range children {
		own := maps.Clone(args)
		own["number"], own["registered"] = k.Shown(), k.Number
		if err := s.tellPeople(k, key, own); err != nil {
			return err
		}
	}
	return nil
}

// mergeLine is what a card says of the cases that go together.
func (s *scene) mergeLine(c casework.Case) texts.Parts {
	var out texts.Parts
	if c.Parent != "" && c.State == casework.Merged {
		if p, err := s.load(c.Parent); err == nil {
			out = append(out, texts.Text{Key: "card.parent", Args: texts.Args{"number": p.Shown()}})
		}
	}
	if n := len(c.Children); n > 0 {
		out = append(out, texts.Text{Key: "card.children", Args: texts.Args{"n": n}})
	}
	if !c.Gathered.IsZero() {
		out = append(out, texts.Text{Key: "card.gathered"})
	}
	return out
}
