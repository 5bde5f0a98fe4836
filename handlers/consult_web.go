package handlers

import (
	"context"
	"errors"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// WebAnswer is what a visitor of the site answered. Voter is the name that their browser was given, New when it was given just now: only
// then it counts against the network's quota of the day.
type WebAnswer struct {
	Consultation string
	Voter        string
	New          bool
	Visitor      string // as in DoorReport; never kept
	Choices      map[int][]int
	Words        map[int]string
}

// AnswerOnWeb takes a visitor's answer in place of the one that their browser gave before. NotFound: there is no such consultation;
// Conflict: it is not open, or the network's quota is used up; Invalid: nothing is answered.
func (d *Desk) AnswerOnWeb(ctx context.Context, w WebAnswer) error {
	now := d.Clock()
	read, err := d.Store.Dossier(ctx, consultation.Kind, w.Consultation)
	var c consultation.Consultation
	if err == nil {
		err = read.Into(&c)
	}
	if err != nil {
		return err
	}
	a := consultation.Answer{ID: consultation.AnswerID(c.ID, "w"+w.Voter), Of: c.ID, Door: consultation.Web, Day: calendar.DateOf(now.In(d.Rules.Location))}
	if a, err = c.Fill(a, w.Choices, w.Words, now); err != nil {
		return err
	}
	settle := func(bool) {}
	if w.New { // a browser that answered before takes nothing of the quota
		var ok bool
		if settle, ok = d.takes(voteQuota, w.Visitor, d.Rules.Votes, now); !ok {
			return grid.Fail(grid.Conflict, "error.consult.quota")
		}
	}
	for range attempts {
		before, wrong := d.Store.Dossier(ctx, consultation.AnswerKind, a.ID)
		if grid.CodeOf(wrong) == grid.NotFound {
			before, wrong = ledger.Dossier{Kind: consultation.AnswerKind, ID: a.ID}, nil
		}
		if err = wrong; err != nil {
			break
		}
		write, wrong := consultation.WriteAnswer(before, a)
		if err = wrong; err != nil {
			break
		}
		if _, err = d.Store.Commit(ctx, ledger.Change{At: now, Dossiers: []ledger.DossierWrite{write}}); !errors.Is(err, ledger.ErrConflict) {
			break
		}
	}
	settle(err == nil)
	return err
}
