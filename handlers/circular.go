package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// pressCircular does what the buttons under the bulletin on the plan say: "received", and for supervisors who has said it.
func (s *scene) pressCircular(verb, quarter string) error {
	read, err := s.Store.Dossier(s.ctx, plan.CircularKind, quarter)
	if err != nil {
		return err
	}
	var c plan.Circular
	if err := read.Into(&c); err != nil {
		return err
	}
	switch verb {
	case "ack":
		return s.receiveCircular(read, c)
	case "open":
		return s.showCircular(c)
	case "pdf":
		return s.printCircular(c)
	}
	return s.forged(s.msg.Data)
}

// showCircular shows the bulletin again, with who has not said "received".
func (s *scene) showCircular(c plan.Circular) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	args := texts.Args{"number": c.Letter.No, "acked": len(c.Acks), "n": len(c.To), "silent": texts.Text{Key: "pressed.all_received"}}
	if silent := c.Silent(); len(silent) > 0 {
		args["silent"] = texts.Text{Key: "pressed.silent", Args: texts.Args{"names": officerNames(s.officersOf(silent))}}
	}
	s.say(flow.Reply{Key: "progress.card", Args: args, Paper: s.Head.Paper(c.Letter, c.Letter.At), Rows: printing("y:pdf:" + c.Quarter)})
	return nil
}

// printCircular brings the bulletin for the printer, to whoever may see it again.
func (s *scene) printCircular(c plan.Circular) error {
	switch {
	case !s.deskWorker():
		return grid.Fail(grid.Forbidden, "error.role")
	case c.Letter.Text == "":
		return s.forged(s.msg.Data)
	}
	return s.bringLetter(c.Letter)
}

// receiveCircular says "received".
func (s *scene) receiveCircular(read ledger.Dossier, c plan.Circular) error {
	c, err := c.Acknowledge(s.roster, s.officer.ID, s.now)
	if err != nil {
		return err
	}
	event := plan.CircularEvent{At: s.now, By: s.officer.ID, Via: s.via(), Did: "acknowledge"}
	if lost := s.shelve(ledger.WriteDossier(read, c, event)); lost != nil {
		return lost
	}
	s.say(flow.Reply{Key: "progress.received", Args: texts.Args{"number": c.Letter.No}, Edit: true})
	return nil
}
