package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askMuster begins the story that an answer needs, if it is open.
func (s *scene) askMuster(d musterDossier, story flow.Story, answer muster.State) error {
	i, err := s.called(d.m)
	switch {
	case err != nil:
		return err
	case !d.m.Running():
		return grid.Fail(grid.Conflict, "error.muster.ended")
	case !d.m.Calls[i].State.May(answer):
		return grid.Fail(grid.Conflict, "error.muster.answered")
	}
	return s.begin(flow.Task{Story: story, Ref: d.m.ID})
}

// called is the call that the person answers. Forbidden when they were not called.
func (s *scene) called(m muster.Muster) (int, error) {
	if i := m.CallOf(s.roster, s.officer.ID, s.now); s.officer.ID != "" && i >= 0 {
		return i, nil
	}
	return -1, grid.Fail(grid.Forbidden, "error.muster.not_called")
}

// arrive says that somebody is there.
func (s *scene) arrive(c flow.Arrive) error {
	d, err := s.musterOf(c.Muster)
	if err != nil {
		return err
	}
	return s.answerMuster(d, muster.Answer{State: muster.There, Point: c.Point})
}

// stayAway says that somebody does not come.
func (s *scene) stayAway(c flow.StayAway) error {
	d, err := s.musterOf(c.Muster)
	if err != nil {
		return err
	}
	reason := c.Reason
	if reason == "" {
		reason = c.Words
	}
	return s.answerMuster(d, muster.Answer{State: muster.Excused, Reason: reason})
}

// answerMuster takes what somebody who was called says; their message and the caller's board show it.
func (s *scene) answerMuster(d musterDossier, a muster.Answer) error {
	i, err := s.called(d.m)
	if err != nil {
		return err
	}
	a.By, a.Via = s.officer.ID, s.via()
	m, event, err := d.m.Take(i, a, s.Rules.MusterRadius, s.now)
	if err != nil {
		return err
	}
	if err := s.keepMuster(d.read, m, event); err != nil {
		return err
	}
	r := s.callCard(m, i)
	r.Edit, r.Hide = s.msg.Kind == Button && a.State != muster.Excused, s.msg.Kind != Button
	if r.Hide {
		r.Rows = nil // one message does not take a keyboard away and bring buttons
	}
	s.say(r)
	return s.tellBoard(m)
}

// tellBoard brings the board on the caller's phone up to date.
func (s *scene) tellBoard(m muster.Muster) error {
	o, _ := s.roster.Officer(m.By)
	if m.Board == 0 || o.Person == s.me {
		return nil
	}
	l, err := s.letter(o.Person, casework.Case{}, s.board(m, ""))
	if err != nil || l == nil {
		return err
	}
	l.Edit = m.Board
	s.change.Outbox = append(s.change.Outbox, *l)
	return nil
}

// musterUnheard notes on every running muster that the call does not reach an officer who blocked the bot, and calls whoever
// stands in, unless they are called anyway.
func (s *scene) musterUnheard(o grid.Officer) error {
	running, err := s.runningMusters()
	if err != nil {
		return err
	}
	for _, d := range running {
		m, event, news := d.m.Miss(o.ID, s.now)
		if !news {
			continue
		}
		if err := s.keepMuster(d.read, m, event); err != nil {
			return err
		}
		if err := s.tellBoard(m); err != nil {
			return err
		}
		if err := s.callHeir(m, o); err != nil {
			return err
		}
	}
	return nil
}

func (s *scene) callHeir(m muster.Muster, o grid.Officer) error {
	heir, ok := s.roster.StandIn(o, s.now)
	if !ok || slices.ContainsFunc(m.Calls, func(c muster.Call) bool { return c.Officer == heir.ID }) {
		return nil
	}
	i := m.CallOf(s.roster, o.ID, s.now)
	m.Calls = slices.Clone(m.Calls)
	m.Calls[i].For = append([]grid.OfficerID{o.ID}, m.Calls[i].For...)
	r := s.callCard(m, i)
	r.Point = m.Point
	return s.callOut(heir.ID, r)
}

// callKind is the kind of the message that calls somebody up.
const callKind = "muster.call"

// endMuster ends a muster: how it stood stays on record and on the board, and whoever is called hears of it.
func (s *scene) endMuster(d musterDossier) error {
	if !s.seesMuster(d.m) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	m, event, err := d.m.End(s.officer.ID, s.via(), s.now)
	if err != nil {
		return err
	}
	if err := s.keepMuster(d.read, m, event); err != nil {
		return err
	}
	for _, c := range m.Calls {
		if c.State == muster.Excused {
			continue
		}
		if err := s.callOut(c.Officer, flow.Reply{Key: "muster.over", Args: s.musterArgs(m)}); err != nil {
			return err
		}
	}
	r := s.board(m, "")
	r.Edit = true
	s.say(r)
	return s.tellBoard(m)
}

// showBoard shows how a muster stands. On the caller's phone that message is the board from then on.
func (s *scene) showBoard(d musterDossier, asks string) error {
	if !s.seesMuster(d.m) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if d.m.By == s.officer.ID && d.m.Running() && d.m.Board != s.msg.ID {
		d.m.Board = s.msg.ID
		if err := s.keepMuster(d.read, d.m); err != nil {
			return err
		}
	}
	r := s.board(d.m, asks)
	r.Edit = true
	s.say(r)
	return nil
}

// board is how a muster stands: who is there, on the way, has read it, does not come, has not answered, cannot be reached.
func (s *scene) board(m muster.Muster, asks string) flow.Reply {
	var lines texts.Lines
	for _, state := range muster.States() {
		if all := m.In(state); len(all) > 0 {
			lines = append(lines, texts.Text{Key: "muster.board." + string(state), Args: texts.Args{"n": len(all), "names": s.boardNames(m, all)}})
		}
	}
	if all := m.Unheard(); len(all) > 0 {
		lines = append(lines, texts.Text{Key: "muster.board.unheard", Args: texts.Args{"n": len(all), "names": s.boardNames(m, all)}})
	}
	for _, why := range []string{muster.NoReach, muster.Away} {
		if names := s.missedNames(m, why); len(names) > 0 {
			lines = append(lines, texts.Text{Key: "muster.board." + why, Args: texts.Args{"n": len(names), "names": names}})
		}
	}
	r := flow.Reply{Key: "muster.board", Args: s.musterArgs(m)}
	r.Args["n"], r.Args["lines"] = len(m.Calls), lines
	switch {
	case !m.Running():
		r.Key, r.Args["ended"] = "muster.ended", s.moment(m.Ended)
	case asks == "ending":
		r.Rows = [][]flow.Choice{{{Key: "button.muster_end_yes", Data: musterData("end", m.ID)}}, {{Key: "button.muster_end_no", Data: musterData("board", m.ID)}}}
	default:
		r.Rows = [][]flow.Choice{{{Key: "button.muster_refresh", Data: musterData("board", m.ID)}, {Key: "button.muster_end", Data: musterData("ending", m.ID)}}}
	}
	return r
}

// boardNames are names with what is worth knowing of each: since when, how it is known, why not.
func (s *scene) boardNames(m muster.Muster, calls []muster.Call) texts.List {
	var out texts.List
	for _, c := range calls {
		a := texts.Args{"name": orDash(s.officerName(c.Officer)), "at": "", "proof": proofText(m, c), "reason": excuseText(c.Reason), "by": texts.Text{}}
		if c.Standing != "" {
			a["by"] = texts.Text{Key: "muster.by", Args: texts.Args{"name": orDash(s.officerName(c.Standing))}}
		}
		switch c.State {
		case muster.There:
			a["at"] = s.hour(c.There)
		case muster.OnWay:
			a["at"] = s.hour(c.Left)
		case muster.Called, muster.Seen, muster.Excused:
		}
		key := "muster.name." + string(c.State)
		if !c.Unheard.IsZero() && c.Standing == "" {
			key = "muster.name.called"
		}
		out = append(out, texts.Text{Key: key, Args: a})
	}
	return out
}

func (s *scene) missedNames(m muster.Muster, why string) texts.List {
	var out texts.List
	for _, x := range m.Missed {
		if x.Why == why {
			out = append(out, orDash(s.officerName(x.Officer)))
		}
	}
	return out
}
