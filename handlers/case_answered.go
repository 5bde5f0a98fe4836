package handlers

import (
	"maps"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const scores = 5 // marks of satisfaction, the best last

// settled takes the reporter's word that the matter is settled, at once; how satisfied they are is asked afterwards.
func (s *scene) settled(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Confirm})
	if err != nil {
		return err
	}
	s.count("confirmed", c.Cell)
	var row []flow.Choice
	for n := 1; n <= scores; n++ {
		row = append(row, flow.Choice{Label: texts.Name(strconv.Itoa(n) + "⭐"), Data: caseData("rate"+strconv.Itoa(n), c.ID)})
	}
	s.say(flow.Reply{Key: "confirm.thanks", Args: texts.Args{"number": c.Shown()}, Rows: [][]flow.Choice{row}})
	return nil
}

// rate returns the verb of one mark of satisfaction.
func (s *scene) rate(n int) func(casework.CaseID) error {
	return func(id casework.CaseID) error {
		c, err := s.load(id)
		if err != nil {
			return err
		}
		c, err = s.act(c, casework.Act{Action: casework.Rate, Score: n})
		if err != nil {
			return err
		}
		s.countScore(c)
		s.say(flow.Reply{Key: "confirm.rated", Args: texts.Args{"number": c.Shown(), "score": n}, Edit: true})
		return nil
	}
}

// countScore counts a mark of satisfaction.
func (s *scene) countScore(c casework.Case) { s.count("score_"+strconv.Itoa(c.Score), c.Cell) }

// askUnsolved begins the conversation in which a reporter says what is still wrong.
func (s *scene) askUnsolved(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if _, _, err := s.Work.Apply(c, casework.Act{Action: casework.Object, Person: s.alias(c), Words: "…"}, s.roster, s.now); err != nil {
		return err
	}
	t := s.task(flow.Unsolved, c)
	return s.converse(flow.Event{Kind: flow.Begin, Task: &t, At: s.msg.At, Arrived: s.msg.Arrived, ID: s.msg.ID})
}

// object begins a case anew one level up, because whoever reported it says that it is not settled.
func (s *scene) object(a flow.Object) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	before := c
	c, err = s.act(c, casework.Act{
		Action: casework.Object, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At,
	})
	if err != nil {
		return err
	}
	s.count("objected", c.Cell)
	if c, err = s.anew(before, c, a.Words); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "object.done", Args: texts.Args{
		"number": c.Shown(), "seat": s.Work.Tree.PathName(c.Seat()), "due": s.dueDay(c),
	}, Hide: true})
	return nil
}

// anew hands a reopened case to the level above, and tells whoever had it that it is theirs no longer.
func (s *scene) anew(before, c casework.Case, why string) (casework.Case, error) {
	c, err := s.handOn(c)
	if err != nil {
		return c, err
	}
	why = excerpt(why, aloneText)
	if err := s.tellSeat(c, "notice.cell.reopened", texts.Args{"words": why}); err != nil {
		return c, err
	}
	o, ok := s.roster.Officer(before.Handler)
	if !ok || s.Work.Sees(c, o.Person, s.roster, s.now) && s.Work.May(c, casework.Take, o.Person, s.roster, s.now) {
		return c, nil
	}
	return c, s.tell(o.Person, c, flow.Reply{Key: "notice.cell.taken_over", Args: s.caseArgs(c)})
}

// tellSeat tells the people whose turn it is, with something that is not part of every card.
func (s *scene) tellSeat(c casework.Case, key string, more texts.Args) error {
	officers, _ := s.Work.Turn(c, s.roster, s.now)
	if len(officers) == 0 {
		officers, _ = s.Work.Responsible(c, s.roster, s.now, grid.Desk, grid.Supervisor, grid.Admin)
	}
	for _, o := range officers {
		r := s.card(key, c, o.Person)
		maps.Copy(r.Args, more)
		if err := s.tell(o.Person, c, r); err != nil {
			return err
		}
	}
	return nil
}

// answeredButtons are what a reporter may do once they were answered: say that all is well, or what is not.
func (s *scene) answeredButtons(c casework.Case, p grid.PersonID) []flow.Choice {
	var row []flow.Choice
	if s.Work.May(c, casework.Confirm, p, s.roster, s.now) {
		row = append(row, flow.Choice{Key: "button.confirm", Data: caseData(string(casework.Confirm), c.ID)})
	}
	if s.Work.Reopenable(c) && s.Work.May(c, casework.Object, p, s.roster, s.now) {
		row = append(row, flow.Choice{Key: "button.object", Data: caseData(string(casework.Object), c.ID)})
	}
	return row
}

// askedToConfirm is what stands under an answer: until when the reporter has the word, and what a follower can do, who has none.
func (s *scene) askedToConfirm(c casework.Case, p grid.PersonID) texts.Text {
	if c.State != casework.Answered {
		return texts.Text{}
	}
	if p != c.Reporter {
		return texts.Text{Key: "confirm.follower"}
	}
	key := "confirm.ask"
	if !s.Work.Reopenable(c) {
		key = "confirm.ask_last"
	}
	return texts.Text{Key: key, Args: texts.Args{"due": s.dueDay(c)}}
}
