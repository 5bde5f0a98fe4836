package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

var (
	errAway = errors.New("the store is away")
	quiet   = slog.New(slog.NewTextHandler(io.Discard, nil))
)

// fakeInbox is an inbox in memory that can be out of reach and counts what it is asked.
type fakeInbox struct {
	mu      sync.Mutex
	entries []ledger.Entry
	tries   map[ledger.EntryID]int
	aside   []ledger.EntryID
	away    bool
	reads   int
}

func (f *fakeInbox) put(lane, text string) ledger.EntryID {
	f.mu.Lock()
	defer f.mu.Unlock()
	id := ledger.EntryID(fmt.Sprintf("%06d", len(f.entries)+1))
	f.entries = append(f.entries, ledger.Entry{ID: id, Update: int64(len(f.entries) + 1), Data: []byte(lane + "|" + text)})
	return id
}

func (f *fakeInbox) setAway(away bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.away = away
}

// done takes an entry out, as a commit does.
func (f *fakeInbox) done(id ledger.EntryID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.entries = slices.DeleteFunc(f.entries, func(e ledger.Entry) bool { return e.ID == id })
}

func (f *fakeInbox) left() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.entries)
}

// readings is how often the inbox was read.
func (f *fakeInbox) readings() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reads
}

// gone lists what was set aside.
func (f *fakeInbox) gone() []ledger.EntryID {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.aside)
}

func (f *fakeInbox) ReadInbox(_ context.Context, after ledger.EntryID, n int) ([]ledger.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	if f.away {
		return nil, errAway
	}
	var out []ledger.Entry
	for _, e := range f.entries {
		if e.ID > after && len(out) < n {
			out = append(out, e)
		}
	}
	return out, nil
}

func (f *fakeInbox) Fail(_ context.Context, id ledger.EntryID, _ string, _ time.Time) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away {
		return 0, errAway
	}
	if f.tries == nil {
		f.tries = make(map[ledger.EntryID]int)
	}
	f.tries[id]++
	return f.tries[id], nil
}

func (f *fakeInbox) SetAside(_ context.Context, id ledger.EntryID, _ string, _ time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away {
		return errAway
	}
	f.aside = append(f.aside, id)
	f.entries = slices.DeleteFunc(f.entries, func(e ledger.Entry) bool { return e.ID == id })
	return nil
}

// fakeOutbox is an outbox in memory, in which crashes and outages can be played.
type fakeOutbox struct {
	mu       sync.Mutex
	waiting  [ledger.Digest + 1][]ledger.Message
	next     int
	begun    map[ledger.EntryID]bool
	outcomes map[ledger.EntryID]ledger.Outcome
	away     bool // recording and beginning fail
	reads    int
	unknown  grid.PersonID
}

func newFakeOutbox() *fakeOutbox {
	return &fakeOutbox{begun: make(map[ledger.EntryID]bool), outcomes: make(map[ledger.EntryID]ledger.Outcome)}
}

func (f *fakeOutbox) put(m ledger.Message) ledger.EntryID {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next++
	m.Entry = ledger.EntryID(fmt.Sprintf("%d/%06d", m.Priority, f.next))
	f.waiting[m.Priority] = append(f.waiting[m.Priority], m)
	return m.Entry
}

func (f *fakeOutbox) setAway(away bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.away = away
}

func (f *fakeOutbox) left() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, line := range f.waiting {
		n += len(line)
	}
	return n
}

func (f *fakeOutbox) outcome(id ledger.EntryID) ledger.Outcome {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.outcomes[id]
}

// readings is how often a line of the outbox was read.
func (f *fakeOutbox) readings() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reads
}

func (f *fakeOutbox) ReadOutbox(_ context.Context, p ledger.Priority, after ledger.EntryID, n int) ([]ledger.Message, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	var out []ledger.Message
	for _, m := range f.waiting[p] {
		if m.Entry > after && len(out) < n {
			out = append(out, m)
		}
	}
	return out, nil
}

func (f *fakeOutbox) Begin(_ context.Context, m ledger.Message) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away {
		return false, errAway
	}
	if f.begun[m.Entry] {
		return false, nil
	}
	f.begun[m.Entry] = true
	return true, nil
}

func (f *fakeOutbox) Sent(_ context.Context, m ledger.Message, o ledger.Outcome, _ time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away {
		return errAway
	}
	f.outcomes[m.Entry] = o
	f.waiting[m.Priority] = slices.DeleteFunc(f.waiting[m.Priority], func(x ledger.Message) bool { return x.Entry == m.Entry })
	return nil
}

// Person knows everybody whose pseudonym is their chat's number.
func (f *fakeOutbox) Person(_ context.Context, id grid.PersonID) (ledger.Person, error) {
	chat, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil || id == f.unknown {
		return ledger.Person{}, grid.Fail(grid.NotFound, "error.person")
	}
	return ledger.Person{ID: id, Chat: chat}, nil
}
