package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// EndPatrols ends the patrols that nobody ended and of which nothing was heard for too long, with what there is, and tells
// whoever went them. It tells how many it ended. One that goes on in the same moment is left alone.
func (d *Desk) EndPatrols(ctx context.Context, now time.Time) (int, error) {
	const most = 200
	ids, err := d.Store.Shelf(ctx, patrol.Kind, patrol.Running, 0, float64(now.Unix()), most)
	if err != nil {
		return 0, fmt.Errorf("patrols under way: %w", err)
	}
	found, err := d.Store.Dossiers(ctx, patrol.Kind, ids)
	if err != nil {
		return 0, fmt.Errorf("patrols under way: %w", err)
	}
	silent, err := openPatrols(found)
	if err != nil {
		return 0, err
	}
	ended := 0
	for i := range silent {
		p := &silent[i]
		if p.Ended() || p.Due(d.Patrols.PatrolNumbers().Limits).After(now) {
			continue
		}
		switch err := d.endPatrol(ctx, p, now); {
		case errors.Is(err, ledger.ErrConflict):
		case err != nil:
			return ended, err
		default:
			ended++
		}
	}
	return ended, nil
}

func (d *Desk) endPatrol(ctx context.Context, p *patrolling, now time.Time) error {
	s := &scene{Desk: d, ctx: ctx, now: now, cases: make(map[casework.CaseID]int), lang: texts.Reference}
	turn, err := d.Store.Turn(ctx, "", "")
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	s.roster = turn.Roster
	s.officer, _ = s.roster.Officer(p.Officer)
	s.me = s.officer.Person
	if s.me != "" {
		person, err := d.Store.Person(ctx, s.me)
		if err != nil && grid.CodeOf(err) != grid.NotFound {
			return fmt.Errorf("officer: %w", err)
		}
		if person.Lang != "" {
			s.lang = texts.Lang(person.Lang)
		}
	}
	p.ByItself = true
	if err := s.finishPatrol(p, p.Last()); err != nil {
		return err
	}
	s.change.At = now
	if _, err := d.Store.Commit(ctx, s.change); err != nil {
		return fmt.Errorf("patrol %s: %w", p.ID, err)
	}
	d.Committed(s.change)
	return nil
}
