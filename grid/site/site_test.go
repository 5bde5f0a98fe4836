package site_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

var summer = time.Date(2026, 6, 1, 9, 0, 0, 0, ledu)

func work(t *testing.T) *site.Work {
	t.Helper()
	tree, err := grid.NewTree([]string{"district", "township", "village"}, []grid.Cell{
		{Code: "99", Level: 1, Name: "D"},
		{Code: "9901", Parent: "99", Level: 2, Name: "T"},
		{Code: "990101", Parent: "9901", Level: 3, Name: "V"},
		{Code: "9900", Parent: "99", Level: 2, Name: "Q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := rules
	r.Kinds = []site.Kind{outfall, farmstay}
	return &site.Work{Tree: tree, Rules: r}
}

// stored is what the store would hold after a write.
func stored(w ledger.DossierWrite) ledger.Dossier {
	d := w.Dossier
	d.Version++
	return d
}

// A site stands on the shelf of its kind, of its cell and of every cell above, by the day on which it is due; a complaint moves
// it and puts it on one more; closing takes it from all of them.
func TestWrite_Shelves(t *testing.T) {
	w := work(t)
	s := site.Site{Number: "PW0001", Kind: "outfall", Name: "x", Cell: "990101", State: site.Active, Added: summer}
	first, err := w.Write(ledger.Dossier{}, s, summer, site.Event{At: summer, Did: site.Added})
	if err != nil {
		t.Fatal(err)
	}
	due := time.Date(2026, 6, 9, 0, 0, 0, 0, ledu)
	place := float64(due.Unix())
	want := map[ledger.Shelf]float64{"all": place, "kind/outfall": place, "cell/99": place, "cell/9901": place, "cell/990101": place}
	if !maps.Equal(first.On, want) || len(first.Off) != 0 || first.ID != "PW0001" || first.Kind != site.Dossier {
		t.Errorf("a new site: %+v", first)
	}
	var e site.Event
	if json.Unmarshal(first.Events[0], &e) != nil || e.Did != site.Added || !e.Due.Equal(due) {
		t.Errorf("its event: %s", first.Events[0])
	}

	read, err := site.Read(stored(first))
	if err != nil || !read.Due.Equal(due) {
		t.Fatalf("read again: %+v, %v", read, err)
	}
	read.Inspect(summer.AddDate(0, 0, 3))
	read.Link("c1", "A1", summer.AddDate(0, 0, 4))
	second, err := w.Write(stored(first), read, summer.AddDate(0, 0, 4))
	if err != nil {
		t.Fatal(err)
	}
	place = float64(time.Date(2026, 6, 12, 0, 0, 0, 0, ledu).Unix())
	if second.On[site.AllShelf] != place || second.On[site.ComplainedShelf] != place || len(second.Off) != 0 {
		t.Errorf("inspected and complained of: %+v", second)
	}

	read.Cell = "9901"
	read.Unlink("c1", summer.AddDate(0, 0, 5))
	third, err := w.Write(stored(second), read, summer.AddDate(0, 0, 5))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(third.Off)
	if !slices.Equal(third.Off, []ledger.Shelf{"cell/990101", site.ComplainedShelf}) {
		t.Errorf("moved to another cell, its case over: off %v", third.Off)
	}

	read.State = site.Closed
	fourth, err := w.Write(stored(third), read, summer.AddDate(0, 1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if len(fourth.On) != 1 || fourth.On[site.ClosedShelf] == 0 || len(fourth.Off) != 4 {
		t.Errorf("closed: %+v", fourth)
	}
	if closed, _ := site.Read(stored(fourth)); !closed.Due.IsZero() {
		t.Errorf("closed and due on %v", closed.Due)
	}
}

// What is suspended is due never, and so stands behind everything else.
func TestWrite_Suspended(t *testing.T) {
	s := site.Site{Number: "PW0001", Kind: "outfall", Cell: "9901", State: site.Suspended, Added: summer}
	out, err := work(t).Write(ledger.Dossier{}, s, summer)
	if err != nil || out.On[site.AllShelf] != site.Never {
		t.Errorf("%+v, %v", out, err)
	}
}

// A number that could not stand in a link is not stored.
func TestWrite_BadNumber(t *testing.T) {
	for _, n := range []site.Number{"", "P", "pw0001", "PW 1", "PW_1", "-A", "ABCDEFGHIJKLMNOPQRSTUVWXY"} {
		if _, err := work(t).Write(ledger.Dossier{}, site.Site{Number: n, Kind: "outfall", Cell: "9901"}, summer); err == nil {
			t.Errorf("%q was taken", n)
		}
	}
}

// Numbers go up, over whatever somebody chose.
func TestCounter(t *testing.T) {
	var c site.Counter
	if n := c.Next("PW"); n != "PW0001" {
		t.Errorf("first %s", n)
	}
	c.Seen("PW", "PW0020")
	c.Seen("PW", "PWX")
	c.Seen("PW", "QY0099")
	if n := c.Next("PW"); n != "PW0021" {
		t.Errorf("after a chosen one %s", n)
	}
}

// A case is linked once, and over once; the newest are kept.
func TestLinks(t *testing.T) {
	var s site.Site
	if !s.Link("a", "A1", summer) || s.Link("a", "A1", summer) || !s.Complained() {
		t.Errorf("linked twice: %+v", s.Cases)
	}
	before := s
	if !s.Unlink("a", summer) || s.Unlink("a", summer) || s.Complained() {
		t.Errorf("over twice: %+v", s.Cases)
	}
	if !before.Complained() {
		t.Error("a copy has changed")
	}
	for i := range 60 {
		s.Link(casework.CaseID(rune('A'+i)), "n", summer)
	}
	if len(s.Cases) != 50 || len(s.Open()) != 50 {
		t.Errorf("%d links kept", len(s.Cases))
	}
}
