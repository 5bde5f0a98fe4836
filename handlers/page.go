package handlers

import (
	"context"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// fromPage is the door by which officers come in from the staff page. What they do there is done by the same code, in the
// same conversation and with the same authorisation as in the chat; only the answers come back to the page.
const fromPage casework.Source = "page"

// PageDeed is what an officer does on the staff page: presses a button, says something, brings files.
type PageDeed struct {
	Data  string // what the button carries
	Words string // a command, too
	Files []DoorFile
}

// PageAnswer is what the officer is told.
type PageAnswer struct {
	Said []ledger.Message // what Telegram would show, in order
	Asks bool             // something was asked, and words are waited for
}

// Act lets an officer do something from the staff page. Forbidden (error.page.over) when the person has no appointment now;
// what the officer may not do, or did wrong, is said in the answer, as in the chat.
func (d *Desk) Act(ctx context.Context, who grid.PersonID, deed PageDeed) (PageAnswer, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	msg, err := d.pageMessage(ctx, who)
	if err != nil {
		return PageAnswer{}, err
	}
	msg.Kind, msg.Text = Text, clean(deed.Words)
	msg.Command, msg.Args = command(msg.Text)
	if deed.Data != "" {
		msg.Kind, msg.Data = Button, clean(deed.Data)
	}
	files, err := d.keepFiles(ctx, deed.Files, msg.At)
	if err != nil {
		return PageAnswer{}, err
	}
	var out PageAnswer
	out.Said, err = d.turn(ctx, msg, func(s *scene) error { //nolint:contextcheck // a scene carries the context of its turn
		if !s.inOffice() {
			return grid.Fail(grid.Forbidden, "error.page.over")
		}
		wrong := s.playWith(files)
		out.Asks = s.state.Story != ""
		return wrong
	}, nil)
	return out, err
}

// inOffice tells whether the person has an appointment of any kind now.
func (s *scene) inOffice() bool {
	for _, a := range s.officer.Appointments {
		if a.Active(s.now) {
			return true
		}
	}
	return false
}
