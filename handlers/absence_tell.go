package handlers

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// tellAbsence tells whoever it concerns of a new absence: the officer, the deputy with what lies on the desk, and the
// admins when nobody stands in.
func (s *scene) tellAbsence(o grid.Officer, a grid.Absence) error {
	args := s.absenceArgs(o, a)
	done := flow.Reply{Key: "away.done", Args: args, Rows: [][]flow.Choice{{{Key: "button.away_off", Data: "v:off:"}}}, Hide: true}
	if a.By != "" {
		done.Key, done.Rows = "away.done_for", nil
		if err := s.tell(o.Person, casework.Case{}, flow.Reply{Key: "away.entered_for_you", Args: args}); err != nil {
			return err
		}
	}
	s.say(done)
	if a.Deputy == "" {
		return s.tellOfficers(s.admins(), flow.Reply{Key: "away.unattended", Args: args})
	}
	d, _ := s.roster.Officer(a.Deputy)
	key := "away.deputy_later"
	var rows [][]flow.Choice
	if a.Active(s.now) {
		key = "away.deputy_now"
		cases, err := s.onDesk(o)
		if err != nil {
			return err
		}
		// What the deputy is kept from is not shown to them, either.
		cases = slices.DeleteFunc(cases, func(c casework.Case) bool { return s.Work.Excluded(c, d, s.now) })
		args["n"], rows = len(cases), s.caseRows(cases)
	}
	return s.tell(d.Person, casework.Case{}, flow.Reply{Key: key, Args: args, Rows: rows})
}

// tellBack tells that the officer is there again, or will not be away after all, and those who stood in, or would have,
// that they do not. heir is who stood in until now.
func (s *scene) tellBack(o grid.Officer, over []grid.Absence, heir grid.OfficerID) error {
	cases, err := s.onDesk(o)
	if err != nil {
		return err
	}
	r := flow.Reply{Key: "away.back", Args: texts.Args{"name": o.Name, "n": len(cases)}, Rows: s.caseRows(cases)}
	if over[0].From.After(s.now) {
		r = flow.Reply{Key: "away.cancelled", Args: r.Args}
	}
	if o.ID == s.officer.ID {
		s.say(r)
	} else {
		s.say(flow.Reply{Key: "away.ended_for", Args: r.Args})
		if err := s.tell(o.Person, casework.Case{}, r); err != nil {
			return err
		}
	}
	told := []grid.OfficerID{heir}
	for _, a := range over {
		told = append(told, a.Deputy)
	}
	slices.Sort(told)
	for _, id := range slices.Compact(told) {
		if d, ok := s.roster.Officer(id); ok && d.ID != o.ID {
			if err := s.tell(d.Person, casework.Case{}, flow.Reply{Key: "away.deputy_over", Args: texts.Args{"name": o.Name}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// absenceArgs are the places of the sentences about an absence.
func (s *scene) absenceArgs(o grid.Officer, a grid.Absence) texts.Args {
	from, until := s.span(a)
	return texts.Args{"name": o.Name, "roles": s.appointments(o), "from": from, "until": until, "deputy": s.deputyText(a.Deputy), "n": 0}
}

// absenceText is an absence in a list.
func (s *scene) absenceText(a grid.Absence) texts.Text {
	from, until := s.span(a)
	return texts.Text{Key: "away.item", Args: texts.Args{"from": from, "until": until, "deputy": s.deputyText(a.Deputy)}}
}

// span is the first and the last day of an absence.
func (s *scene) span(a grid.Absence) (from, until string) {
	last := a.End().Add(-time.Nanosecond)
	return a.From.In(s.Rules.Location).Format(time.DateOnly), last.In(s.Rules.Location).Format(time.DateOnly)
}

func (s *scene) deputyText(id grid.OfficerID) any {
	if id == "" {
		return texts.Text{Key: "away.nobody"}
	}
	return orDash(s.officerName(id))
}

// onDesk reads the open cases that the officer works on, in the cells in which they have or had duties.
func (s *scene) onDesk(o grid.Officer) ([]casework.Case, error) {
	var areas []grid.CellCode
	for _, a := range o.Appointments {
		if slices.Contains([]grid.Role{grid.Inspector, grid.Chief, grid.Clerk}, a.Role) && !slices.Contains(areas, a.Cell) {
			areas = append(areas, a.Cell)
		}
	}
	if len(areas) == 0 {
		return nil, nil
	}
	cases, err := s.workOf(areas)
	return slices.DeleteFunc(cases, func(c casework.Case) bool { return c.Handler != o.ID }), err
}

// casesOffered is how many cases one can open from one notice; the others are in the worklist.
const casesOffered = 6

// caseRows are a button for each of the first cases.
func (s *scene) caseRows(cases []casework.Case) [][]flow.Choice {
	first := cases[:min(len(cases), casesOffered)]
	all := make([]flow.Choice, 0, len(first))
	for _, c := range first {
		all = append(all, flow.Choice{Label: texts.Name(c.Shown() + " " + s.Work.Tree.Name(c.Cell)), Data: caseData("open", c.ID)})
	}
	return pairs(all)
}

// admins are those who keep the roster, or who stands in for them.
func (s *scene) admins() []grid.Officer {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Admin)
	return officers
}

// tellOfficers tells each of them the same.
func (s *scene) tellOfficers(officers []grid.Officer, r flow.Reply) error {
	for _, o := range officers {
		if err := s.tell(o.Person, casework.Case{}, r); err != nil {
			return err
		}
	}
	return nil
}

// actedFor tells officers of the case, behind a line of its timeline, who acted for which absent colleague.
func (s *scene) actedFor(c casework.Case, e casework.Event) string {
	absent := e.Note["for"]
	if absent == "" || !s.roster.Can(s.Work.Tree, s.me, c.Cell, s.now, grid.Roles()...) {
		return ""
	}
	return s.Texts.T(s.lang, "timeline.for", texts.Args{
		"name": orDash(s.officerName(grid.OfficerID(e.By))), "absent": orDash(s.officerName(grid.OfficerID(absent))),
	})
}
