package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// markKept is how long the mark of a sent digest is remembered: longer than any run could be made up for.
const markKept = 60 * 24 * time.Hour

// sendDigest tells every supervisor what word makes of it, worded once for each language. All messages are one change
// under one mark, so that they go out once however often the job runs for that time.
func (d Deps) sendDigest(
	ctx context.Context, now time.Time, mark string, word func(lang string) (ledger.Message, error),
) (Result, error) {
	return d.sendDigestKept(ctx, now, ledger.Mark{Name: mark, Keep: markKept}, word)
}

// sendDigestKept is sendDigest under a mark that is remembered for a time of its own.
func (d Deps) sendDigestKept(
	ctx context.Context, now time.Time, mark ledger.Mark, word func(lang string) (ledger.Message, error),
) (Result, error) {
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, err
	}
	change := ledger.Change{At: now, Marks: []ledger.Mark{mark}}
	worded := make(map[string]ledger.Message)
	for _, o := range d.supervisors(roster, now) {
		var lang string
		if lang, err = d.lang(ctx, o); err != nil {
			return nil, err
		}
		m, known := worded[lang]
		if !known {
			if m, err = word(lang); err != nil {
				return nil, err
			}
			worded[lang] = m
		}
		m.To, m.Priority, m.Once, m.At = o.Person, ledger.Digest, true, now
		change.Outbox = append(change.Outbox, m)
	}
	if len(change.Outbox) == 0 {
		return Result{"messages": 0}, nil
	}
	done, err := d.Store.Commit(ctx, change)
	if done {
		return Result{"repeated": 1}, err
	}
	return Result{"messages": len(change.Outbox)}, err
}
