package jobs

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// RetentionStore is what retention needs of the store.
type RetentionStore interface {
	// EachCase goes through all cases, in no order; EachPerson through everybody who is known, under each of their names.
	EachCase(ctx context.Context) iter.Seq2[casework.Case, error]
	EachPerson(ctx context.Context) iter.Seq2[ledger.Person, error]
	ByPerson(ctx context.Context, p grid.PersonID) ([]casework.CaseID, error)
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
	Follows(ctx context.Context, id grid.PersonID) (ledger.Followed, error)
	Turn(ctx context.Context, p grid.PersonID, talk ledger.TalkKey) (ledger.Turn, error)
	Commit(ctx context.Context, c ledger.Change) (done bool, err error)
}

// Retention removes what was kept long enough: who reported, after the last of their cases; files, after their case. Cases
// and their histories stay, with the hash of every file. The files themselves go with the next sweep of the evidence.
type Retention struct {
	Store    RetentionStore
	Work     *casework.Work
	Location *time.Location

	Identity time.Duration // after a person's last case was closed, or after a stranger was last seen
	Refused  time.Duration // instead of both others, where a case was refused or withdrawn
	Media    time.Duration // after a case was closed

	Account  func(user int64) grid.PersonID // who somebody is
	Reporter func(user int64) grid.PersonID // and who as a reporter
	Random   func() string                  // for what stands in the place of somebody who is forgotten
}

// retired is what is due to be removed: files of one case, or one person with the cases that lead to them.
type retired struct {
	files   *casework.Case
	person  ledger.Person
	cases   []casework.Case
	officer bool                 // stays known as one
	talk    int64                // the version of their conversation, which is over
	follows *ledger.FollowsWrite // the end of what they follow
}

// Run removes everything that is due at now. What changed meanwhile is looked at again the next night.
func (r Retention) Run(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	var faults []error
	for x, err := range r.due(ctx, now) {
		if err != nil {
			return res, errors.Join(append(faults, err)...)
		}
		change, err := r.change(x, now)
		if err == nil {
			_, err = r.Store.Commit(ctx, change)
		}
		switch {
		case errors.Is(err, ledger.ErrConflict):
			res["conflicts"]++
		case err != nil:
			res["failed"]++
			faults = keep(faults, err)
		case x.files != nil:
			res["file_cases"]++
		default:
			res["people"]++
			res["cases"] += len(x.cases)
		}
		if ctx.Err() != nil {
			return res, errors.Join(append(faults, ctx.Err())...)
		}
	}
	return res, errors.Join(faults...)
}

// Plan tells what Run would remove: numbers of cases and how many people, never who.
func (r Retention) Plan(ctx context.Context, now time.Time) ([]string, error) {
	var lines []string
	people, cases, files := 0, 0, 0
	for x, err := range r.due(ctx, now) {
		switch {
		case err != nil:
			return lines, err
		case x.files != nil:
			n := removable(*x.files)
			files += n
			lines = append(lines, fmt.Sprintf("files    %s: %d", x.files.Shown(), n))
		default:
			people++
			cases += len(x.cases)
			numbers := make([]string, len(x.cases))
			for i, c := range x.cases {
				numbers[i] = c.Shown()
			}
			if len(numbers) > 0 {
				lines = append(lines, "identity "+strings.Join(numbers, " "))
			}
		}
	}
	return append(lines, fmt.Sprintf("%d people, cut from %d cases; %d files", people, cases, files)), nil
}

// due goes through everything that was kept long enough at now.
func (r Retention) due(ctx context.Context, now time.Time) iter.Seq2[retired, error] {
	return func(yield func(retired, error) bool) {
		for c, err := range r.Store.EachCase(ctx) {
			if err != nil {
				yield(retired{}, err)
				return
			}
			if r.over(c, r.Media, now) && removable(c) > 0 && !yield(retired{files: &c}, nil) {
				return
			}
		}
		for p, err := range r.Store.EachPerson(ctx) {
			var x retired
			var is bool
			if err == nil {
				x, is, err = r.person(ctx, p, now)
			}
			if (is || err != nil) && !yield(x, err) || err != nil {
				return
			}
		}
	}
}

// over tells whether the case ended longer ago than the limit; an open case, or one that goes with another, never is.
func (r Retention) over(c casework.Case, limit time.Duration, now time.Time) bool {
	if c.State == casework.Refused || c.State == casework.Withdrawn {
		limit = r.Refused
	}
	return c.State.Final() && !c.ClosedAt.IsZero() && now.Sub(c.ClosedAt) >= limit
}

func removable(c casework.Case) int {
	n := 0
	for _, e := range c.Evidence {
		if e.Removable() {
			n++
		}
	}
	return n
}

// silence is how long nobody may have written before they are forgotten: longer than any conversation lasts.
const silence = 3 * 24 * time.Hour

// person tells whether somebody is due: every case that they reported or follow is over, they follow no topic any more, they are in no conversation, and
// who never reported was not seen for as long. Both names of a person are dealt with under the first.
func (r Retention) person(ctx context.Context, p ledger.Person, now time.Time) (retired, bool, error) {
	if p.ID != r.Account(p.User) {
		return retired{}, false, nil
	}
	x := retired{person: p}
	ids, err := r.Store.ByPerson(ctx, r.Reporter(p.User))
	if err == nil {
		x.cases, err = r.Store.Cases(ctx, ids)
	}
	if err != nil {
		return x, false, err
	}
	for _, c := range x.cases {
		if !r.over(c, r.Identity, now) {
			return x, false, nil
		}
	}
	turn, err := r.Store.Turn(ctx, p.ID, ledger.TalkKey(p.ID))
	if err != nil {
		return x, false, err
	}
	x.talk = turn.TalkVersion
	_, x.officer = turn.Roster.ByPerson(p.ID)
	f, err := r.Store.Follows(ctx, r.Reporter(p.User))
	if err != nil {
		return x, false, err
	}
	until, end, err := endFollows(f, r.Work.Tree)
	if err != nil || until.After(now) {
		return x, false, err
	}
	x.follows = end
	quiet := silence
	if len(x.cases) == 0 {
		quiet = max(r.Identity, silence)
	}
	return x, (len(x.cases) > 0 || !x.officer) && now.Sub(p.LastSeen) >= quiet, nil
}

// change removes one of them. The check of the conversation is against somebody who begins to report this very moment.
func (r Retention) change(x retired, now time.Time) (ledger.Change, error) {
	change := ledger.Change{At: now}
	root := string(r.Work.Tree.Root().Code)
	count := func(what string, n int) {
		change.Counts = append(change.Counts, ledger.Count{Day: now.In(r.Location).Format(time.DateOnly), Field: what + "/" + root, N: int64(n)})
	}
	act := func(c casework.Case, a casework.Act) error {
		a.At, a.Via = now, "job/retention"
		after, e, err := r.Work.Apply(c, a, nil, now)
		change.Cases = append(change.Cases, ledger.CaseWrite{Before: c, After: after, Events: []casework.Event{e}})
		return err
	}
	if x.files != nil {
		count("files_removed", removable(*x.files))
		return change, act(*x.files, casework.Act{Action: casework.RemoveFiles})
	}
	p, reporter := x.person, r.Reporter(x.person.User)
	for _, c := range x.cases {
		if err := act(c, casework.Act{Action: casework.ForgetPerson, Whom: reporter, As: grid.Gone(r.Random())}); err != nil {
			return change, err
		}
	}
	change.Gone = []grid.PersonID{reporter}
	if x.follows != nil {
		change.Follows = []ledger.FollowsWrite{*x.follows}
	}
	if x.officer {
		change.People = []ledger.Person{{ID: p.ID, User: p.User, Chat: p.Chat, Lang: p.Lang, Chosen: p.Chosen, LastSeen: p.LastSeen}}
	} else {
		change.Gone = append(change.Gone, p.ID)
	}
	change.Talks = []ledger.TalkWrite{{Key: ledger.TalkKey(p.ID), Version: x.talk}}
	count("people_removed", 1)
	return change, nil
}
