package jobs

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/muster"
)

// TestMusters_remindsTheSilentOnceARound: a second run in the same round, and a round while somebody is faster, say nothing twice.
func TestMusters_remindsTheSilentOnceARound(t *testing.T) {
	s, d := world(t)
	d.Muster = muster.Reminding{Every: 10 * time.Minute, Times: 2}
	m := muster.Muster{ID: "m", At: at(6, 8, 10), Words: "w", Calls: []muster.Call{
		{Officer: "ivan", State: muster.Called}, {Officer: "vera", State: muster.OnWay}, {Officer: "gone", State: muster.Called},
	}}
	w, err := muster.Write(ledger.Dossier{Kind: muster.Kind, ID: "m"}, m, d.Muster)
	if err != nil {
		t.Fatal(err)
	}
	s.keep([]ledger.DossierWrite{w})
	for _, run := range []struct{ minute, sent int }{{9, 0}, {10, 1}, {11, 1}, {19, 1}, {21, 2}, {45, 2}} {
		if _, err := d.musters(t.Context(), at(6, 8, 10).Add(time.Duration(run.minute)*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if len(s.sent) != run.sent {
			t.Fatalf("after %d minutes %d reminders: %+v", run.minute, len(s.sent), s.sent)
		}
	}
	if r := s.sent[0]; r.To != "ivan" || r.Priority != ledger.Emergency || !r.Once || len(r.Rows) != 4 || r.Rows[0][0].Data != "u:seen:m" {
		t.Errorf("reminded with %+v", r)
	}
}
