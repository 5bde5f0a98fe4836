package handlers

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Pages is the staff page as the chat knows it.
type Pages interface {
	// Link makes an address that opens the page for one officer, once, until then; false when the page has no address.
	Link(who grid.PersonID, now time.Time) (url string, until time.Time, ok bool)
	// End closes whatever the officer has open.
	End(who grid.PersonID)
}

// linkPage gives an officer the address of the staff page: /page. It is theirs alone: it is not passed on, works once, and
// ends what they had open before.
func (s *scene) linkPage() error {
	if !s.inOffice() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if s.Page == nil || s.msg.Door != "" {
		return grid.Fail(grid.Conflict, "error.page.none")
	}
	url, until, ok := s.Page.Link(s.me, s.now)
	if !ok {
		return grid.Fail(grid.Conflict, "error.page.none")
	}
	s.Page.End(s.me)
	s.say(flow.Reply{Key: "page.link", Args: texts.Args{"url": url, "until": s.hour(until)}, Secret: true})
	return nil
}

// pressPage ends what is open, for an officer who did not open it.
func (s *scene) pressPage(verb string) error {
	if verb != "end" || s.officer.ID == "" || s.Page == nil {
		return s.forged(s.msg.Data)
	}
	s.Page.End(s.me)
	s.say(flow.Reply{Key: "page.ended", Edit: true})
	return nil
}

// OpenPage lets the officer in with a link that nobody has used yet, and tells them so in the chat, with a button against
// it: whoever else got hold of the link is seen. once names the link, keep is how long it might have been used. Conflict
// (error.page.used) when it was, Forbidden (error.page.over) when the person has no appointment now.
func (d *Desk) OpenPage(ctx context.Context, who grid.PersonID, once string, keep time.Duration) error {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	msg, err := d.pageMessage(ctx, who)
	if err != nil {
		return err
	}
	used := false
	_, err = d.turn(ctx, msg, func(s *scene) error {
		if !s.inOffice() {
			return grid.Fail(grid.Forbidden, "error.page.over")
		}
		s.change.Marks = append(s.change.Marks, ledger.Mark{Name: "page/" + once, Keep: keep})
		m := s.render(flow.Reply{
			Key: "page.opened", Args: texts.Args{"at": s.hour(s.now)}, Rows: [][]flow.Choice{{{Key: "button.page_end", Data: "sp:end:"}}},
		}, s.lang)
		m.To, m.Chat, m.Priority, m.Secret = s.me, msg.Chat, ledger.Reply, true // by the number of the chat, so that it is sent and not shown
		s.change.Outbox = append(s.change.Outbox, m)
		return nil
	}, func(r ledger.Receipt) { used = r.Done })
	if used {
		return grid.Fail(grid.Conflict, "error.page.used")
	}
	return err
}

// pageMessage is an officer's message from the page, before it says anything.
func (d *Desk) pageMessage(ctx context.Context, who grid.PersonID) (Message, error) {
	p, err := d.Store.Person(ctx, who)
	if grid.CodeOf(err) == grid.NotFound {
		return Message{}, grid.Fail(grid.Forbidden, "error.page.over")
	}
	now := d.Clock()
	return Message{User: p.User, Chat: p.Chat, Lang: p.Lang, Door: fromPage, Kind: Nothing, At: now, Arrived: now}, err
}
