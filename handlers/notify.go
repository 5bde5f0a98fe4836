package handlers

import (
	"maps"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// tellDesk tells the district's desk, with the buttons that each of its people may press.
func (s *scene) tellDesk(c casework.Case, key string) error {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Desk)
	officers = slices.DeleteFunc(officers, func(o grid.Officer) bool { return s.Work.Excluded(c, o, s.now) })
	if len(officers) == 0 {
		officers, _ = s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor, grid.Admin)
	}
	return s.tellAll(officers, c, key)
}

// tellCell tells those whose turn the case is: of its lead department, of its cell, or of the nearest cell above it that has any.
func (s *scene) tellCell(c casework.Case, key string) error {
	officers, _ := s.Work.Turn(c, s.roster, s.now)
	if len(officers) == 0 {
		officers, _ = s.Work.Responsible(c, s.roster, s.now, grid.Desk, grid.Supervisor, grid.Admin)
	}
	return s.tellAll(officers, c, key)
}

// tellDeskAs is tellDesk with more that the sentence says.
func (s *scene) tellDeskAs(c casework.Case, key string, more texts.Args) error {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Desk, grid.Supervisor)
	return s.tellCards(officers, c, key, more)
}

// tellSupervisors tells the district's supervisors.
func (s *scene) tellSupervisors(c casework.Case, key string, more texts.Args) error {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	return s.tellCards(officers, c, key, more)
}

// tellCards shows officers the case, except who is kept from the case, with more that the sentence says.
func (s *scene) tellCards(officers []grid.Officer, c casework.Case, key string, more texts.Args) error {
	for _, o := range officers {
		if s.Work.Excluded(c, o, s.now) {
			continue
		}
		r := s.card(key, c, o.Person)
		maps.Copy(r.Args, more)
		if key == "notice.desk.new" {
			same, err := s.mergeRows(c, o.Person)
			if err != nil {
				return err
			}
			r.Rows = append(same, r.Rows...)
		}
		if err := s.tell(o.Person, c, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *scene) tellAll(officers []grid.Officer, c casework.Case, key string) error {
	return s.tellCards(officers, c, key, nil)
}

// tellHandler tells whoever works on the case or stands in for them, or else those whose turn it is.
func (s *scene) tellHandler(c casework.Case, r flow.Reply) error {
	for _, o := range s.workers(c) {
		r.Rows = s.caseButtons(c, o.Person)
		if err := s.tell(o.Person, c, r); err != nil {
			return err
		}
	}
	return nil
}

// workers are who works on the case, or else those whose turn it is.
func (s *scene) workers(c casework.Case) []grid.Officer {
	if o, ok := s.Work.AtWork(c, s.roster, s.now); ok {
		return []grid.Officer{o}
	}
	if c.Undecided() {
		officers, _ := s.Work.Responsible(c, s.roster, s.now, grid.Desk)
		return officers
	}
	officers, _ := s.Work.Turn(c, s.roster, s.now)
	return officers
}

// tellReporters answers everybody who reported the matter, each on their own (件件有回音). What an inspector filed has no
// reporter to answer but the inspector, who is told like one. Who reported what was merged with it is told, too, by their own number.
func (s *scene) tellReporters(c casework.Case, key string, args texts.Args) error {
	if args == nil {
		args = texts.Args{}
	}
	args["number"], args["cell"] = c.Shown(), s.Work.Tree.PathName(c.Cell)
	args["registered"], args["by"] = c.Number, s.whose(c, "report.by_cell", "report.by_unassigned")
	if err := s.tellPeople(c, key, args); err != nil {
		return err
	}
	return s.tellChildren(c, key, args)
}

// tellPeople tells who reported the case and who follows it.
func (s *scene) tellPeople(c casework.Case, key string, args texts.Args) error {
	people := append([]grid.PersonID{c.Reporter}, c.Followers...)
	for _, p := range people {
		if p == s.alias(c) {
			continue
		}
		args["ask"] = s.askedToConfirm(c, p)
		rows := [][]flow.Choice{{{Key: "button.timeline", Data: caseData("history", c.ID)}}}
		if row := s.answeredButtons(c, p); len(row) > 0 {
			rows = append([][]flow.Choice{row}, rows...)
		}
		r := flow.Reply{Key: key, Args: args, Rows: rows}
		if err := s.tell(p, c, r); err != nil {
			return err
		}
	}
	return nil
}
