package read_test

import (
	"os"
	"reflect"
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/plan/read"
	"github.com/gridwarden/gridwarden/seeds"
)

// known is what 乐都区 knows of itself.
func known(tb testing.TB) (read.Known, *seeds.District) {
	tb.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		tb.Fatal(err)
	}
	k := read.Known{Names: []string{"海东市乐都区", "乐都区"}}
	for _, x := range d.Departments {
		k.Bodies = append(k.Bodies, read.Body{Name: x.Name, Aliases: x.Aliases})
	}
	return k, d
}

// The published text gives exactly the plan that the district's folder holds, which was made by hand.
func TestLedu_TextGivesTheFolder(t *testing.T) {
	k, d := known(t)
	raw, err := os.ReadFile("../../../seeds/ledu/plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	got := read.Document(read.Lines(string(raw)), k)
	want := d.Plan
	if got.Plan.Title != want.Title || got.Plan.Number != want.Number || got.Plan.Issued != want.Issued {
		t.Errorf("%s %s %s", got.Plan.Title, got.Plan.Number, got.Plan.Issued)
	}
	for i := range max(len(got.Plan.Measures), len(want.Measures)) {
		if i >= len(got.Plan.Measures) || i >= len(want.Measures) {
			t.Fatalf("%d measures, want %d", len(got.Plan.Measures), len(want.Measures))
		}
		g, w := got.Plan.Measures[i], want.Measures[i]
		w.Covers = nil // which kinds of reports evidence an item is the program's
		compare(t, g, w)
	}
	for _, f := range got.Findings {
		t.Logf("%+v", f)
	}
}

func compare(t *testing.T, g, w plan.Measure) {
	t.Helper()
	if reflect.DeepEqual(g, w) {
		return
	}
	for i := range max(len(g.Milestones), len(w.Milestones)) {
		var a, b plan.Milestone
		if i < len(g.Milestones) {
			a = g.Milestones[i]
		}
		if i < len(w.Milestones) {
			b = w.Milestones[i]
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("item %d:\n got %+v %+v\nwant %+v %+v", w.Item, a, a.Target, b, b.Target)
		}
	}
	g.Milestones, w.Milestones = nil, nil
	if !reflect.DeepEqual(g, w) {
		t.Errorf("item %d:\n got %+v\nwant %+v", w.Item, g, w)
	}
}
