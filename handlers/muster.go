package handlers

import (
	"math"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// mostMusters is how many running musters are looked through; more than a few at once never run in a district.
const mostMusters = 50

// musters calls officers up (/muster): those that run are shown first, to whoever called them or may call there, and to whoever
// is called the own part.
func (s *scene) musters() error {
	areas := s.musterAreas()
	running, err := s.runningMusters()
	if err != nil {
		return err
	}
	var rows [][]flow.Choice
	mine := false
	for _, d := range running {
		switch {
		case s.seesMuster(d.m):
			label := flow.Choice{Key: "button.muster_one", Args: texts.Args{"cell": s.cellName(d.m.Scope.Cell), "at": s.moment(d.m.At)}, Data: musterData("board", d.m.ID)}
			rows = append(rows, []flow.Choice{label})
		case d.m.CallOf(s.roster, s.officer.ID, s.now) >= 0:
			mine = true
			s.say(s.callCard(d.m, d.m.CallOf(s.roster, s.officer.ID, s.now)))
		}
	}
	switch {
	case len(areas) == 0 && mine:
		return nil
	case len(areas) == 0:
		return grid.Fail(grid.Forbidden, "error.role")
	case len(rows) == 0:
		return s.beginMuster()
	}
	s.say(flow.Reply{Key: "muster.running", Args: texts.Args{"n": len(rows)}, Rows: append(rows, []flow.Choice{{Key: "button.muster_new", Data: musterData("new", "")}})})
	return nil
}

func musterData(verb, id string) string { return "u:" + verb + ":" + id }

// musterAreas are the cells in which the person may call officers up: as supervisor, or as chief of the own cell.
func (s *scene) musterAreas() []grid.CellCode {
	return s.roster.Areas(s.officer.ID, s.now, grid.Supervisor, grid.Chief)
}

// mayMuster tells whether the person may call officers of that cell up.
func (s *scene) mayMuster(cell grid.CellCode) bool {
	return s.roster.Can(s.Work.Tree, s.me, cell, s.now, grid.Supervisor, grid.Chief)
}

// seesMuster tells whether the person may see how a muster stands, and end it: whoever called it, and whoever might have.
func (s *scene) seesMuster(m muster.Muster) bool {
	return s.officer.ID != "" && (m.By == s.officer.ID || s.mayMuster(m.Scope.Cell))
}

// beginMuster begins the conversation that asks for everything. A district is offered as a whole and by township.
func (s *scene) beginMuster() error {
	areas := s.musterAreas()
	if len(areas) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	t := flow.Task{Story: flow.Mustering}
	for _, a := range areas {
		t.Offered = append(t.Offered, a)
		if a == s.Work.Tree.Root().Code {
			for _, c := range s.Work.Tree.Level(2) {
				if c.Kind != grid.UnassignedKind {
					t.Offered = append(t.Offered, c.Code)
				}
			}
			break
		}
	}
	return s.begin(t)
}

// musterDossier is a muster as it was read, to be written again.
type musterDossier struct {
	read ledger.Dossier
	m    muster.Muster
}

// musterOf reads a muster.
func (s *scene) musterOf(id string) (musterDossier, error) {
	d := musterDossier{}
	var err error
	if d.read, err = s.Store.Dossier(s.ctx, muster.Kind, id); err == nil {
		err = d.read.Into(&d.m)
	}
	return d, err
}

// runningMusters reads those that have not ended, the oldest first.
func (s *scene) runningMusters() ([]musterDossier, error) {
	ids, err := s.Store.Shelf(s.ctx, muster.Kind, muster.Open, 0, math.MaxInt64, mostMusters)
	if err != nil {
		return nil, err
	}
	found, err := s.Store.Dossiers(s.ctx, muster.Kind, ids)
	if err != nil {
		return nil, err
	}
	out := make([]musterDossier, len(found))
	for i, d := range found {
		out[i].read = d
		if err := d.Into(&out[i].m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keepMuster makes a muster, as it is now, part of the change.
func (s *scene) keepMuster(read ledger.Dossier, m muster.Muster, events ...any) error {
	return s.shelve(muster.Write(read, m, s.Rules.Reminding, events...))
}

// pressMuster does what the buttons of a muster say: those of the board, and the answers of whoever is called.
func (s *scene) pressMuster(verb, id string) error {
	if verb == "new" {
		return s.beginMuster()
	}
	d, err := s.musterOf(id)
	if err != nil {
		return err
	}
	switch verb {
	case "board":
		return s.showBoard(d, "")
	case "ending":
		return s.showBoard(d, verb)
	case "end":
		return s.endMuster(d)
	case string(muster.Seen), string(muster.OnWay):
		return s.answerMuster(d, muster.Answer{State: muster.State(verb)})
	case string(muster.There):
		return s.askMuster(d, flow.Arriving, muster.There)
	case string(muster.Excused):
		return s.askMuster(d, flow.Excusing, muster.Excused)
	}
	return s.forged(s.msg.Data)
}
