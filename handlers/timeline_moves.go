package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// cellsThen are the cells that the case was in at each of its events: a line of a timeline tells of its own day. Events of
// moves say whence; so it is read backwards from where the case is today.
func cellsThen(c casework.Case, events []casework.Event) []grid.CellCode {
	out := make([]grid.CellCode, len(events))
	cell := c.Cell
	for i := len(events) - 1; i >= 0; i-- {
		out[i] = cell
		if from := events[i].Note["from"]; events[i].Action == casework.Reassign && from != "" {
			cell = grid.CellCode(from)
		}
	}
	return out
}

// moveArgs are what a sentence about an objection or a move names: from whom, to whom, why, and who decided.
func (s *scene) moveArgs(e casework.Event) texts.Args {
	n := e.Note
	switch e.Action {
	case casework.NotMine, casework.Reassign:
	case casework.Assign:
		var tasks []casework.Task
		for d := range strings.FieldsSeq(n["tasks"]) {
			tasks = append(tasks, casework.Task{Department: grid.Department(d)})
		}
		return texts.Args{"departments": s.asked(grid.Department(n["lead"]), tasks)}
	case casework.AnswerTask, casework.DeclineTask, casework.KeepTask, casework.DropTask:
		return texts.Args{"department": n["department"]}
	default:
		return nil
	}
	args := texts.Args{
		"from":   s.publicName(grid.CellCode(n["from"]), grid.Department(n["from_lead"])),
		"target": s.publicName(grid.CellCode(n["cell"]), grid.Department(n["lead"]+n["department"])),
		"reason": name("reason", n["reason"]), "because": texts.Text{}, "decided": texts.Text{},
	}
	if n["reason"] != "" {
		args["because"] = texts.Text{Key: "move.because", Args: texts.Args{"reason": name("reason", n["reason"])}}
	}
	if up := n["superior"]; up != "" {
		args["decided"] = texts.Text{Key: "move.decided", Args: texts.Args{"superior": s.cellName(grid.CellCode(up))}}
	}
	return args
}

// stayed tells whether the event turned an objection down.
func stayed(e casework.Event) bool {
	return e.Action == casework.Reassign && e.Note["reason"] != "" && e.Note["lead"] == "" && e.Note["cell"] == e.Note["from"]
}

// followsMove tells whether the event only says that a move, which has a line already, reached somebody.
func followsMove(events []casework.Event, i int) bool {
	return i > 0 && events[i].Action == casework.HandOn && events[i-1].Action == casework.Reassign
}

// moveKey is the sentence of the timeline for an event: a move that did not happen has one of its own.
func moveKey(e casework.Event) string {
	if stayed(e) {
		return "timeline.stays"
	}
	return "timeline." + string(e.Action)
}

// hops are the objections so far and what came of each, in order, for whoever has to decide.
func (s *scene) hops(c casework.Case) (texts.Lines, error) {
	events, err := s.Store.History(s.ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if i, ok := s.cases[c.ID]; ok {
		events = append(events, s.change.Cases[i].Events...)
	}
	var out texts.Lines
	n := 0
	for _, e := range events {
		switch {
		case e.Action == casework.NotMine:
			n++
		case e.Action != casework.Reassign || e.Note["reason"] == "":
			continue
		}
		args := s.moveArgs(e)
		args["n"], args["day"], args["by"] = n, s.day(e.Arrived), s.officerName(grid.OfficerID(e.By))
		key := "hop." + string(e.Action)
		if stayed(e) {
			key = "hop.stays"
		}
		out = append(out, texts.Text{Key: key, Args: args})
	}
	return out, nil
}
