package seeds_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

func mustLedu(tb testing.TB) *seeds.District {
	tb.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// Ledu has one district, 21 townships, 372 villages and the queue of the desk.
func TestLedu_Cells(t *testing.T) {
	d := mustLedu(t)
	if got := len(d.Tree.Level(2)); got != 21+1 {
		t.Errorf("level 2 has %d cells, want 21 townships and the queue", got)
	}
	if got := len(d.Tree.Level(3)); got != 372 {
		t.Errorf("level 3 has %d cells, want 372 villages", got)
	}
	if d.Code != "630202" || d.Tree.Unassigned().Parent != d.Code {
		t.Errorf("root %s, queue %+v: want 630202 and a queue right below it", d.Code, d.Tree.Unassigned())
	}
	var heirs []grid.CellCode
	for _, c := range d.Tree.Cells() {
		for _, former := range c.Former {
			if former == "碾伯镇" {
				heirs = append(heirs, c.Code)
			}
		}
	}
	if len(heirs) != 2 {
		t.Errorf("former 碾伯镇 lives on in %v, want both 碾伯街道 and 岗沟街道", heirs)
	}
	if got := d.Tree.PathName("630202102200"); got != "寿乐镇土官口村" {
		t.Errorf("PathName = %s", got)
	}
	if got := d.Tree.LevelName(2); got != "二级网格" {
		t.Errorf("LevelName(2) = %s", got)
	}
}
