package publication_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// archive is a store that counts what is read.
type archive struct {
	issues map[string]publication.Issue
	read   []string
}

func (a *archive) Shelf(context.Context, ledger.DossierKind, ledger.Shelf, float64, float64, int) ([]string, error) {
	return []string{"cards.2026-Q1", "cards.2026-Q2"}, nil
}

func (a *archive) Dossiers(_ context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	a.read = append(a.read, ids...)
	out := make([]ledger.Dossier, 0, len(ids))
	for _, id := range ids {
		body, err := json.Marshal(a.issues[id])
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Dossier{Kind: kind, ID: id, Version: 1, Body: body})
	}
	return out, nil
}

// TestMemory_ReadsWhatIsOutOnce: what is out is not read again and stays known to be out; what is still worked on is read each time, until
// it is out, too.
func TestMemory_ReadsWhatIsOutOnce(t *testing.T) {
	at := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, china) }
	now := at(time.August, 1)
	a := &archive{issues: map[string]publication.Issue{
		"cards.2026-Q1": {ID: "cards.2026-Q1", State: publication.Published, Out: at(time.April, 10)},
		"cards.2026-Q2": {ID: "cards.2026-Q2", State: publication.Drafted},
	}}
	w := publication.Work{Memory: new(publication.Memory), Book: publication.Book{
		Since: calendar.Date{Year: 2026, Month: 1, Day: 1}, Calendar: days(t),
		Duties: []publication.Duty{{ID: "cards", Every: publication.Quarterly, Due: calendar.Limit{N: 15, Unit: calendar.Day}}},
	}}
	standings := func() map[string]publication.Standing {
		a.read = nil
		lines, err := w.Lines(context.Background(), a, now)
		if err != nil {
			t.Fatal(err)
		}
		out := make(map[string]publication.Standing)
		for _, l := range lines {
			out[l.ID()] = l.Standing
		}
		return out
	}
	for look, want := range []struct {
		read   int
		second publication.Standing
	}{{2, publication.Overdue}, {1, publication.Overdue}, {1, publication.DoneLate}, {0, publication.DoneLate}} {
		if look == 2 {
			a.issues["cards.2026-Q2"] = publication.Issue{ID: "cards.2026-Q2", State: publication.Published, Out: now}
		}
		if got := standings(); got["cards.2026-Q1"] != publication.Done || got["cards.2026-Q2"] != want.second || len(a.read) != want.read {
			t.Errorf("look %d: %v, read %q", look, got, a.read)
		}
	}
}

// TestMemory_ShowsOnlyWhatIsOut: an issue that is not out is nobody's to see, and is read again when it is asked for again; one that is out
// is read once.
func TestMemory_ShowsOnlyWhatIsOut(t *testing.T) {
	sheet := publication.Sheet{Form: publication.SheetForm, ID: "cards.2026-Q1", Content: publication.Content{Title: publication.Same("cards")}}
	a := &archive{issues: map[string]publication.Issue{"cards.2026-Q1": {ID: "cards.2026-Q1", State: publication.Approved, Sealed: string(sheet.Bytes())}}}
	m := new(publication.Memory)
	if _, shown, err := m.Public(context.Background(), a, "cards.2026-Q1"); shown || err != nil {
		t.Fatalf("what is only approved is shown (%v)", err)
	}
	out := a.issues["cards.2026-Q1"]
	out.State = publication.Published
	a.issues["cards.2026-Q1"] = out
	for range 3 {
		if p, shown, err := m.Public(context.Background(), a, "cards.2026-Q1"); !shown || err != nil || p.Content.Title.In("") != "cards" {
			t.Errorf("shown %t, %v: %+v", shown, err, p)
		}
	}
	if len(a.read) != 2 {
		t.Errorf("read %d times", len(a.read))
	}
}
