package jobs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// EvidenceStore is what sealing evidence needs of the store.
type EvidenceStore interface {
	// Unsealed lists every file whose content the history of its case does not know yet.
	Unsealed(ctx context.Context) ([]ledger.Unsealed, error)
	// File returns what is known of a file. NotFound when it was not fetched yet.
	File(ctx context.Context, unique string) (ledger.File, error)
}

// fetchedWithin is how long a file is waited for: the fetcher gives up within hours, and after a long outage Telegram may
// still have it. What has not come by then, or what lies beyond the files of one day, is put on record as lost.
const fetchedWithin = 7 * 24 * time.Hour

// sealEvidence puts the SHA-256 of every fetched file into the history of its case, as an event: from then on another
// file in its place is seen. It does not matter whether the file was fetched before or after it became part of the case.
func (d Deps) sealEvidence(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	waiting, err := d.Store.Unsealed(ctx)
	if err != nil {
		return res, err
	}
	found := make(map[casework.CaseID][]casework.Act)
	for _, u := range waiting {
		act, ready, err := d.seal(ctx, u, now)
		if err != nil {
			return res, err
		}
		if ready {
			found[u.Case] = append(found[u.Case], act)
		}
	}
	var faults []error
	for id, acts := range found {
		if err := d.sealCase(ctx, id, acts, now, res); err != nil {
			res["failed"]++
			faults = keep(faults, fmt.Errorf("case %s: %w", id, err))
		}
	}
	return res, errors.Join(faults...)
}

// seal says what is to be put on record of a file; false when nothing is known of it yet.
func (d Deps) seal(ctx context.Context, u ledger.Unsealed, now time.Time) (casework.Act, bool, error) {
	act := casework.Act{Action: casework.SealEvidence, At: now, Via: "job/seal_evidence"}
	f, err := d.Store.File(ctx, u.File)
	switch {
	case grid.CodeOf(err) == grid.NotFound:
		act.Evidence = []casework.Evidence{{File: u.File, Lost: "never_fetched"}}
		act.Note = map[string]string{"lost": "never_fetched"}
		return act, now.Sub(u.Since) > fetchedWithin, nil
	case err != nil:
		return act, false, err
	case f.Fail != "":
		act.Evidence = []casework.Evidence{{File: u.File, Lost: "not_kept"}}
		act.Note = map[string]string{"lost": "not_kept"}
	default:
		act.Evidence = []casework.Evidence{{File: u.File, SHA256: f.SHA256}}
		act.Note = map[string]string{"sha256": f.SHA256, "size": strconv.FormatInt(f.Size, 10), "type": f.Type}
	}
	return act, true, nil
}

// sealCase makes the events of one case. A conflict means that somebody is at work on it: the next run sees it again.
func (d Deps) sealCase(ctx context.Context, id casework.CaseID, acts []casework.Act, now time.Time, res Result) error {
	before, err := d.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	write := ledger.CaseWrite{Before: before, After: before}
	for _, act := range acts {
		after, event, refusal := d.Work.Apply(write.After, act, grid.NewRoster(0, nil), now)
		if grid.CodeOf(refusal) == grid.Conflict { // it was sealed meanwhile
			continue
		}
		if refusal != nil {
			return refusal
		}
		write.After, write.Events = after, append(write.Events, event)
	}
	if len(write.Events) == 0 {
		return nil
	}
	_, err = d.Store.Commit(ctx, ledger.Change{At: now, Cases: []ledger.CaseWrite{write}})
	switch {
	case errors.Is(err, ledger.ErrConflict):
		res["conflicts"]++
	case err != nil:
		return err
	default:
		res["files"] += len(write.Events)
	}
	return nil
}
