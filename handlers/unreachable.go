package handlers

import (
	"context"
	"errors"
	"fmt"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Unreachable records that the recipient of a message blocked the bot, under whichever pseudonym it was sent. An officer's
// deputy gets the message instead, but for what the officer reported as a citizen. Whoever asked
// a reporter who is gone is told.
func (d *Desk) Unreachable(ctx context.Context, m ledger.Message) error {
	who := m.To
	for range attempts {
		turn, err := d.Store.Turn(ctx, who, ledger.TalkKey(who))
		if err != nil {
			return fmt.Errorf("recipient: %w", err)
		}
		if turn.Person != nil && who == d.Reporter(turn.Person.User) {
			who = d.Pseudonym(turn.Person.User)
			continue
		}
		change := ledger.Change{At: d.Clock()}
		if turn.Person != nil && !turn.Person.Blocked {
			p := *turn.Person
			p.Blocked = true
			change.People = append(change.People, p)
		}
		if o, ok := turn.Roster.ByPerson(who); ok {
			d.deputise(&change, turn.Roster, o, m)
		}
		if m.Kind == questionKind {
			if err := d.unheard(ctx, &change, turn.Roster, m); err != nil {
				return err
			}
		}
		_, err = d.Store.Commit(ctx, change)
		if errors.Is(err, ledger.ErrConflict) {
			continue
		}
		if err == nil {
			d.Committed(change)
		}
		return err
	}
	return ledger.ErrConflict
}

// deputise marks the officer as out of reach and passes the message on to the deputy.
func (d *Desk) deputise(change *ledger.Change, roster *grid.Roster, o grid.Officer, m ledger.Message) {
	if !o.Blocked {
		o.Blocked = true
		change.Roster = &ledger.RosterWrite{Version: roster.Version, Officers: []grid.Officer{o}}
	}
	deputy, ok := roster.Officer(o.Deputy)
	if m.To != o.Person || !ok || !deputy.Reachable() {
		return
	}
	m.Entry, m.To, m.At, m.Edit = "", deputy.Person, change.At, 0
	change.Outbox = append(change.Outbox, m)
}
