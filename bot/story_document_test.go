package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// TestDocumentReachesPeople: a file of several hundred kilobytes goes to a person with its name, its bytes and the words
// below it, over a stumbling line, while Redis holds its hash only; words too long for a caption follow it.
func TestDocumentReachesPeople(t *testing.T) {
	story(t, func(w *world) {
		boss, desk := w.officer("boss"), w.officer("desk")
		table := bytes.Repeat([]byte("乐都区,1\n"), 50_000)
		w.emulator.Inject(botapi.When{Method: "sendDocument", ChatID: boss.ID(), Times: 2}, botapi.Throttle(30*time.Second))
		w.brings(boss, "周报 2026-45.csv", table, "请查收")
		w.brings(desk, "a.csv", table, strings.Repeat("长", 1500))
		w.sleep(5 * time.Minute)
		for who, words := range map[*person]string{boss: "请查收", desk: "长长"} {
			name, data := who.document()
			if !bytes.Equal(data, table) || !strings.HasSuffix(name, ".csv") {
				t.Errorf("%s got %q with %d bytes", who.Name(), name, len(data))
			}
			if who.count(words) != 1 {
				t.Errorf("the words came %d times to %s", who.count(words), who.Name())
			}
		}
		if name, _ := boss.document(); name != "周报 2026-45.csv" {
			t.Errorf("it is called %q", name)
		}
	})
}

// TestDocumentGone: a file that is no longer there is left out, and the words come all the same.
func TestDocumentGone(t *testing.T) {
	story(t, func(w *world) {
		boss := w.officer("boss")
		w.emulator.Inject(botapi.When{Method: "sendDocument", ChatID: boss.ID(), Times: 1}, botapi.Throttle(time.Hour))
		w.brings(boss, "a.csv", []byte("1,2"), "请查收")
		for _, name := range w.parcels() {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
		w.sleep(2 * time.Hour)
		boss.sees("请查收")
		if name, _ := boss.document(); name != "" {
			t.Errorf("%s came from nowhere", name)
		}
	})
}

// brings sends a file to somebody, as a job would.
func (w *world) brings(to *person, name string, data []byte, words string) {
	w.t.Helper()
	ctx := context.Background()
	sha, err := w.app.vault.KeepParcel(ctx, data, time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	change := ledger.Change{At: time.Now(), Outbox: []ledger.Message{{
		To: grid.PersonID(w.parts.Keys.Pseudonym("tg", to.ID())), Priority: ledger.Reply, Kind: "digest.daily", Text: words, At: time.Now(),
		Document: &ledger.Document{SHA256: sha, Name: name},
	}}}
	to.does(func() {
		if _, err := w.app.store.Commit(ctx, change); err != nil {
			w.t.Fatal(err)
		}
		w.app.committed(change)
	})
}

// document is the newest file that the bot sent to the person; an empty name when there is none.
func (p *person) document() (name string, data []byte) {
	messages := p.FromBot()
	for i := len(messages) - 1; i >= 0; i-- {
		if d := messages[i].Document; d != nil {
			data, _ = p.w.emulator.File(d.FileID)
			return d.FileName, data
		}
	}
	return "", nil
}

// parcels are the files on the disk that wait to be sent.
func (w *world) parcels() []string {
	w.t.Helper()
	names, err := filepath.Glob(filepath.Join(w.parts.Media, "*", "*.parcel"))
	if err != nil || len(names) == 0 {
		w.t.Fatalf("no parcels: %v", err)
	}
	return names
}
