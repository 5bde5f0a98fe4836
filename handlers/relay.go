package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The relay lets officers and whoever reported write to each other without either seeing the other. Officers sign with the
// part they play, the reporter as the reporter; what is sent is said anew by the bot, so that no name, account or phone
// comes along; photos go as Telegram keeps those sent as photos, without metadata. Both directions stand in the history.

const (
	relayAgain    = "ask_again"      // the button under an answer; a reply in Telegram to that message does the same
	questionKind  = "relay.question" // the message that carries a question to a reporter
	relayedPhotos = 10
)

// askReporter begins a question to who reported, if they can be reached.
func (s *scene) askReporter(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if err := s.reachable(c); err != nil && s.Work.May(c, casework.AskReporter, s.me, s.roster, s.now) {
		return err
	}
	return s.ask(casework.AskReporter, flow.Asking)(id)
}

// reachable tells whether a question would reach the reporter. Conflict when it would not, with what to do instead.
func (s *scene) reachable(c casework.Case) error {
	if !c.Source.Public() {
		return grid.Fail(grid.Conflict, "error.relay.officer", "number", c.Shown())
	}
	p, err := s.Store.Person(s.ctx, c.Reporter)
	switch {
	case c.Reporter.IsGone(), grid.CodeOf(err) == grid.NotFound, err == nil && p.Blocked:
		return grid.Fail(grid.Conflict, "error.relay.unreachable", "number", c.Shown())
	}
	return err
}

// relayQuestion passes an officer's question on.
func (s *scene) relayQuestion(a flow.AskReporter) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	asked, err := s.act(c, casework.Act{
		Action: casework.AskReporter, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At,
	})
	if err == nil {
		err = s.reachable(c)
	}
	if err != nil {
		return err
	}
	m, err := s.letter(c.Reporter, asked, flow.Reply{
		Key: questionKind, Photos: relayed(a.Files),
		Args: texts.Args{"number": c.Shown(), "from": s.function(c), "words": a.Words},
		Rows: [][]flow.Choice{{{Key: "button.answer", Data: answerData(c.ID)}}},
	})
	if err != nil || m == nil {
		return err
	}
	later := texts.Text{}
	if s.quiet(c, m) {
		later = texts.Text{Key: "relay.later", Args: texts.Args{"at": s.moment(m.NotBefore)}}
	}
	s.change.Outbox = append(s.change.Outbox, *m)
	s.say(flow.Reply{Key: "relay.sent", Args: texts.Args{"number": c.Shown(), "later": later}, Hide: true})
	return nil
}

// quiet holds a message to the public back until the quiet hours are over, unless the case is urgent, and tells whether
// it did.
func (s *scene) quiet(c casework.Case, m *ledger.Message) bool {
	at := s.Work.Rules.Quiet.Next(s.now)
	if c.Urgent || !at.After(s.now) {
		return false
	}
	m.NotBefore = at
	return true
}

// function is how officers sign: by the part they play, never by name.
func (s *scene) function(c casework.Case) texts.Text {
	if s.roster.Can(s.Work.Tree, s.me, c.Cell, s.now, grid.Desk, grid.Supervisor) {
		return texts.Text{Key: "relay.from_desk"}
	}
	return texts.Text{Key: "relay.from_handler"}
}

// answerData is the button under a question.
func answerData(id casework.CaseID) string {
	return flow.Press{Verb: flow.PressAnswer, Arg: string(id)}.Data()
}

// relayed are the photos of a message that is passed on.
func relayed(files []flow.File) []string {
	var out []string
	for _, f := range files {
		if f.Kind == "photo" && len(out) < relayedPhotos {
			out = append(out, pictureOf(f.ID))
		}
	}
	return out
}

// relayAnswer passes the reporter's answer on to whoever asked, or to whoever works on the case now.
func (s *scene) relayAnswer(a flow.Answer) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	before := c
	c, err = s.act(c, casework.Act{
		Action: casework.Answer, Words: a.Words, Evidence: s.evidenceOf(a.Files, casework.AsReported), At: a.At,
	})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "relay.answered", Args: texts.Args{"number": c.Shown()}, Hide: true})
	r := flow.Reply{
		Key: "relay.answer", Photos: relayed(a.Files),
		Args: texts.Args{"number": c.Shown(), "words": orDash(excerpt(a.Words, aloneText)), "files": len(a.Files), "cell": s.Work.Tree.PathName(c.Cell)},
	}
	asker, err := s.asker(before)
	if err != nil {
		return err
	}
	for _, o := range asker {
		if err := s.tellAnswer(o, c, r); err != nil {
			return err
		}
	}
	return s.raiseOn(c, a.Words) // the answer may be what cannot wait
}

// asker is who asked the last question, if they may still see the case, or who stands in; else those who work on the case.
func (s *scene) asker(c casework.Case) ([]grid.Officer, error) {
	events, err := s.Store.History(s.ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Action != casework.AskReporter {
			continue
		}
		o, ok := s.roster.Officer(grid.OfficerID(events[i].By))
		if ok {
			o, ok = s.roster.StandIn(o, s.now)
		}
		if ok && s.Work.Sees(c, o.Person, s.roster, s.now) {
			return []grid.Officer{o}, nil
		}
		break
	}
	return s.workers(c), nil
}

// tellAnswer writes an answer to one officer.
func (s *scene) tellAnswer(o grid.Officer, c casework.Case, r flow.Reply) error {
	row := []flow.Choice{{Key: "button.open_case", Data: caseData("open", c.ID)}}
	if s.Work.May(c, casework.AskReporter, o.Person, s.roster, s.now) {
		row = append([]flow.Choice{{Key: "button.ask_again", Data: caseData(relayAgain, c.ID)}}, row...)
	}
	r.Rows = [][]flow.Choice{row}
	m, err := s.letter(o.Person, c, r)
	if err == nil && m != nil {
		s.change.Outbox = append(s.change.Outbox, *m)
	}
	return err
}

// replied is the case whose relayed message this one replies to in Telegram, found by the button under that message.
func (s *scene) replied(button string) casework.CaseID {
	for _, data := range s.msg.Under {
		if id, ok := strings.CutPrefix(data, button); ok {
			return casework.CaseID(id)
		}
	}
	return ""
}

// askByReply takes an officer's reply to an answer as the next question, and tells whether it was one.
func (s *scene) askByReply() (bool, error) {
	id := s.replied(caseData(relayAgain, ""))
	if id == "" || s.officer.ID == "" || s.msg.Edited || s.msg.Text == "" {
		return false, nil
	}
	c, err := s.load(id)
	if err != nil {
		return true, err
	}
	t := s.task(flow.Asking, c)
	t.Words = []flow.Words{{Message: s.msg.ID, Text: s.msg.Text}}
	e := s.event()
	for _, f := range e.Files {
		if f.Kind == "photo" {
			f.Stage = casework.AsReported
			t.Files = append(t.Files, f)
		}
	}
	return true, s.begin(t)
}

// unheard tells whoever asked that the question did not reach the reporter, who blocked the bot.
func (s *scene) unheard(m ledger.Message) error {
	c, err := s.load(m.Case)
	if err != nil {
		return err
	}
	askers, err := s.asker(c)
	for _, o := range askers {
		if err == nil {
			err = s.tell(o.Person, c, flow.Reply{
				Key: "error.relay.unreachable", Args: texts.Args{"number": c.Shown()},
				Rows: [][]flow.Choice{{{Key: "button.open_case", Data: caseData("open", c.ID)}}},
			})
		}
	}
	return err
}
