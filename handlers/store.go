package handlers

import (
	"context"
	"iter"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Store is what the verbs read, and the one way in which they write. What is not there is a NotFound error.
type Store interface {
	// Turn reads, in one round trip, what every turn needs: the person, the conversation, the roster.
	Turn(ctx context.Context, person grid.PersonID, talk ledger.TalkKey) (ledger.Turn, error)
	Person(ctx context.Context, id grid.PersonID) (ledger.Person, error)
	Case(ctx context.Context, id casework.CaseID) (casework.Case, error)
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
	CaseByNumber(ctx context.Context, number string) (casework.CaseID, error)
	History(ctx context.Context, id casework.CaseID) ([]casework.Event, error)
	// Record reads a case and its history at once.
	Record(ctx context.Context, id casework.CaseID) (casework.Case, []casework.Event, error)
	// AnchorsOf returns the lines of the daily anchors in which the case stands.
	AnchorsOf(ctx context.Context, id casework.CaseID) ([]string, error)
	// EachCase goes through all cases, in no order; one that changes meanwhile may come twice.
	EachCase(ctx context.Context) iter.Seq2[casework.Case, error]
	// Queue lists a worklist by limit, the most pressing first.
	Queue(ctx context.Context, q casework.Queue, offset, n int) ([]casework.CaseID, error)
	// QueueCounts tells how many cases stand in each queue, and how many of them are past their limit at now.
	QueueCounts(ctx context.Context, qs []casework.Queue, now time.Time) ([]ledger.QueueCount, error)
	// Counts tells the figures of one local day, 2006-01-02.
	Counts(ctx context.Context, day string) (map[string]int64, error)
	Near(ctx context.Context, p geo.Point, metres float64, n int) ([]casework.CaseID, error)
	ByPerson(ctx context.Context, id grid.PersonID) ([]casework.CaseID, error)
	// CaseByReward finds the case of a reward by the hash of one of its codes.
	CaseByReward(ctx context.Context, hash string) (casework.CaseID, error)
	Invite(ctx context.Context, hash string) (ledger.Invite, error)
	// Dossier, Dossiers and DossierHistory read what is not a case; of several, those that do not exist are left out.
	Dossier(ctx context.Context, kind ledger.DossierKind, id string) (ledger.Dossier, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	DossierHistory(ctx context.Context, kind ledger.DossierKind, id string) ([][]byte, error)
	// Shelf lists the dossiers on a shelf whose place is in [from, to], the lowest first.
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
	// Follows reads what somebody follows; version 0 when it is nothing.
	Follows(ctx context.Context, id grid.PersonID) (ledger.Followed, error)
	// FollowersCount tells how many stand on lists of followers, together; somebody on two of them counts twice.
	FollowersCount(ctx context.Context, shelves []string) (int64, error)
	// Tally tells what became of the messages that are counted under a name.
	Tally(ctx context.Context, name string) (ledger.Tally, error)
	File(ctx context.Context, unique string) (ledger.File, error)
	// Mailbox lists what was said to somebody without an account, the oldest first.
	Mailbox(ctx context.Context, id grid.PersonID) ([]ledger.Message, error)
	// Aside lists messages that failed too often, the newest first; Retry puts one back, Drop gives it up.
	Aside(ctx context.Context, n int) ([]ledger.Aside, error)
	Retry(ctx context.Context, id ledger.EntryID) error
	Drop(ctx context.Context, id ledger.EntryID) error
	// Commit does all of the change or none; ledger.ErrConflict when something it read has changed since.
	Commit(ctx context.Context, c ledger.Change) (ledger.Receipt, error)
}
