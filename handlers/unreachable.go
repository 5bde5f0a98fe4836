package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Unreachable records that the recipient of a message blocked the bot, under whichever pseudonym it was sent. An officer's
// deputy gets the message instead, but for what the officer reported as a citizen. Whoever asked a reporter who is gone is
// told.
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
		s := &scene{Desk: d, ctx: ctx, now: d.Clock(), roster: turn.Roster, cases: make(map[casework.CaseID]int)}
		s.change.At = s.now
		if turn.Person != nil && !turn.Person.Blocked {
			p := *turn.Person
			p.Blocked = true
			s.change.People = append(s.change.People, p)
		}
		if fault := s.passOn(who, m); fault != nil {
			return fault
		}
		_, err = d.Store.Commit(ctx, s.change)
		if errors.Is(err, ledger.ErrConflict) {
			continue
		}
		if err == nil {
			d.Committed(s.change)
		}
		return err
	}
	return ledger.ErrConflict
}

// passOn sees to what the person does not get: the deputy does, and whoever asked a reporter hears of it.
func (s *scene) passOn(who grid.PersonID, m ledger.Message) error {
	if o, ok := s.roster.ByPerson(who); ok {
		if err := s.deputise(o, m); err != nil {
			return err
		}
	}
	if m.Kind == questionKind {
		return s.unheard(m)
	}
	return nil
}

// deputise marks the officer as out of reach, which is told once, and passes the message on to whoever stands in; when
// nobody does, a message about a case goes to the people above, unless they got it themselves.
func (s *scene) deputise(o grid.Officer, m ledger.Message) error {
	if !o.Blocked {
		o.Blocked = true
		s.enter(o)
		if err := s.tellGone("gone.blocked", o, s.appointments(o)); err != nil {
			return err
		}
	}
	if err := s.musterUnheard(o); err != nil {
		return err
	}
	if m.Secret || m.Kind == callKind || m.To != o.Person {
		return nil
	}
	var heirs []grid.Officer
	if heir, ok := s.roster.StandIn(o, s.now); ok {
		heirs = append(heirs, heir)
	} else if m.Case != "" {
		c, err := s.Store.Case(s.ctx, m.Case)
		if err != nil {
			return fmt.Errorf("case of a message: %w", err)
		}
		above, where := s.Work.Responsible(c, s.roster, s.now, grid.Inspector, grid.Chief)
		if !slices.Contains(o.Areas(s.now, grid.Inspector, grid.Chief), where) {
			heirs = above
		}
	}
	for _, heir := range heirs {
		m.Entry, m.To, m.Lane, m.At, m.Edit = "", heir.Person, heir.Person, s.now, 0
		s.change.Outbox = append(s.change.Outbox, m)
	}
	return nil
}
