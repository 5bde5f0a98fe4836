package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/media"
)

// FetchQueue is what the fetcher works off.
type FetchQueue interface {
	Receiver
	ReadFetch(ctx context.Context, now time.Time, n int) ([]ledger.Fetch, error)
	// Refetch counts an attempt and puts the next one off until at.
	Refetch(ctx context.Context, f ledger.Fetch, at time.Time) (ledger.Fetch, error)
	Commit(ctx context.Context, c ledger.Change) (ledger.Receipt, error)
}

// Vault fetches files into the evidence store; media.Fetcher does.
type Vault interface {
	Fetch(ctx context.Context, fileID, kind, name string, now time.Time) (media.Info, error)
}

// Evidence brings files from Telegram into the vault, each once, beside the conversations: a slow or broken file holds
// up nobody. What fails is tried again later, until it is given up and that is recorded. A full disk is not the file's
// fault: it waits until there is room.
type Evidence struct {
	Queue    FetchQueue
	Vault    Vault
	Clock    func() time.Time
	Log      *slog.Logger
	Recheck  time.Duration
	Parallel int
	Noted    func() // wakes whoever reads the inbox, for a draft that is to hear of its photo; may be nil

	wake chan struct{}
}

const (
	fetchTries   = 8
	fetchTimeout = 2 * time.Minute
	fullDiskWait = 10 * time.Minute
)

// Start makes the fetcher ready; Run does the work.
func (e *Evidence) Start() { e.wake = make(chan struct{}, 1) }

// Wake tells that there is something to fetch. It never blocks.
func (e *Evidence) Wake() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Run fetches until ctx ends.
func (e *Evidence) Run(ctx context.Context) error {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-e.wake:
		case <-t.C:
		}
		for e.round(ctx) > 0 {
			if ctx.Err() != nil {
				return nil
			}
		}
		t.Reset(min(e.Recheck, time.Minute))
	}
}

// round fetches what is due now, some files at a time, and tells how many those were.
func (e *Evidence) round(ctx context.Context) int {
	due, err := e.Queue.ReadFetch(ctx, e.Clock(), e.Parallel)
	if err != nil {
		if ctx.Err() == nil {
			e.Log.WarnContext(ctx, "files to fetch not read", slog.Any("error", err))
		}
		return 0
	}
	done := make(chan struct{})
	for _, f := range due {
		go func() {
			e.fetch(ctx, f)
			done <- struct{}{}
		}()
	}
	for range due {
		<-done
	}
	return len(due)
}

// fetch deals with one file. The next attempt is put off before this one begins, so that a crash in the middle, or a
// twin, does not repeat it at once.
func (e *Evidence) fetch(ctx context.Context, f ledger.Fetch) {
	now := e.Clock()
	f, err := e.Queue.Refetch(ctx, f, now.Add(backoff(f.Tries)))
	if err != nil {
		return
	}
	kept, err := e.bring(ctx, f)
	switch {
	case ctx.Err() != nil:
		return
	case errors.Is(err, media.ErrNoSpace):
		e.wait(ctx, f)
		return
	case err != nil && media.Temporary(err) && f.Tries < fetchTries:
		e.Log.WarnContext(ctx, "file not fetched, will try again", slog.Int("tries", f.Tries), slog.Any("error", err))
		return
	case err != nil:
		e.Log.ErrorContext(ctx, "file given up", slog.Any("error", err))
	}
	e.record(ctx, f, kept, err)
}

// wait puts a file off until there may be room again. The attempt does not count.
func (e *Evidence) wait(ctx context.Context, f ledger.Fetch) {
	e.Log.ErrorContext(ctx, "file not fetched, the disk is full")
	f.Tries -= 2 // this one, and that Refetch counts one more
	if _, err := e.Queue.Refetch(ctx, f, e.Clock().Add(fullDiskWait)); err != nil && ctx.Err() == nil {
		e.Log.WarnContext(ctx, "file not put off", slog.Any("error", err))
	}
}

// backoff is how long to wait before the attempt after this one.
func backoff(tries int) time.Duration {
	return fetchTimeout + time.Duration(1<<min(tries, 10))*5*time.Second
}

// bring fetches a file into the vault.
func (e *Evidence) bring(ctx context.Context, f ledger.Fetch) (media.Info, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	return e.Vault.Fetch(ctx, f.File, f.Kind, "", e.Clock())
}

// record stores what became of the file, and tells the draft that holds it where a photo says that it was taken.
func (e *Evidence) record(ctx context.Context, f ledger.Fetch, k media.Info, failure error) {
	now := e.Clock()
	file := ledger.File{Unique: f.Unique, SHA256: k.SHA256, Size: k.Size, Type: string(k.Type), PHash: k.PHash, Show: k.Showable, At: now}
	if failure != nil {
		file.Fail = failure.Error()
	}
	if (k.GPS != nil || f.Patrol != "" && failure == nil) && f.Person != "" {
		said := FetchedFile{Unique: f.Unique, Person: string(f.Person), GPS: k.GPS, Taken: k.TakenAt}
		if f.Patrol != "" {
			said.Patrol, said.PHash = f.Patrol, k.PHash
		}
		note, err := json.Marshal(said)
		if err == nil {
			err = e.Queue.Receive(ctx, []ledger.Entry{{Data: note}}, now)
		}
		if err != nil {
			e.Log.ErrorContext(ctx, "draft not told of its photo", slog.Any("error", err))
		} else if e.Noted != nil {
			e.Noted()
		}
	}
	_, err := e.Queue.Commit(ctx, ledger.Change{At: now, Files: []ledger.FileWrite{{File: file, Fetched: f.Entry}}})
	if err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "fetched file not recorded", slog.Any("error", err))
	}
}
