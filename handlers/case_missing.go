package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askMore asks the reporter for what is missing, by name and until which day. Whoever cannot be reached is asked on record
// all the same: their time runs out, and the desk decides on what there is.
func (s *scene) askMore(a flow.AskMore) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	notice := flow.LackingNotice(c.Shown(), s.answerUntil(), a.Lacking, a.Words)
	c, err = s.act(c, casework.Act{
		Action: casework.AskMore, Reason: s.Texts.Plain(texts.Reference, notice.Key, notice.Args), At: a.At,
		Note: map[string]string{"missing": strings.Join(a.Lacking, " ")},
	})
	if err != nil {
		return err
	}
	s.count("asked", c.Cell)
	s.say(flow.Reply{Key: "notice.done.ask_more", Args: texts.Args{"number": c.Shown(), "until": s.answerUntil()}, Hide: true})
	return s.tell(c.Reporter, c, flow.Reply{Key: notice.Key, Args: notice.Args, Rows: [][]flow.Choice{
		{{Key: "button.supply", Data: moreData(c.ID)}}, {{Key: "button.timeline", Data: caseData("history", c.ID)}},
	}})
}

// answerUntil is the last day on which somebody who is asked now may answer.
func (s *scene) answerUntil() string {
	return s.lastDay(s.Work.Calendar.Deadline(s.now, s.Work.Rules.Limits[casework.AnswerClock]).At)
}

// moreData is the button by which a reporter says more about a case; a reply in Telegram to the message above it does the same.
func moreData(id casework.CaseID) string {
	return flow.Press{Verb: flow.PressMore, Arg: string(id)}.Data()
}

// whereSaid is the cell of what the reporter says about a case that nobody decided on: of a point, or of a place in words
// while the case has no cell. Empty when it is not certain.
func (s *scene) whereSaid(c casework.Case, a flow.AddWords) grid.CellCode {
	q := routing.Query{Point: a.Point, Accuracy: a.Accuracy, Picked: a.Picked}
	if a.Point == nil {
		if c.Cell != s.Work.Tree.Unassigned().Code {
			return ""
		}
		q.Text = a.Words
	}
	answer := s.Book.Route(q)
	if len(answer.Candidates) != 1 || answer.Ask || answer.OutOfArea {
		return ""
	}
	return answer.Candidates[0].Cell
}
