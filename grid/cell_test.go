package grid_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
)

var levels = []string{"一级网格", "二级网格", "三级网格"}

// district is a small district: two townships with two villages each, and the queue.
func district() []grid.Cell {
	return []grid.Cell{
		{Code: "630202", Level: 1, Name: "乐都区", Kind: "district"},
		{Code: "630202102", Parent: "630202", Level: 2, Name: "寿乐镇", Kind: "town"},
		{Code: "630202102201", Parent: "630202102", Level: 3, Name: "土官口村", Kind: "village"},
		{Code: "630202102202", Parent: "630202102", Level: 3, Name: "王佛寺村", Kind: "village"},
		{Code: "630202100", Parent: "630202", Level: 2, Name: "碾伯街道", Kind: "street"},
		{Code: "630202100001", Parent: "630202100", Level: 3, Name: "东关社区", Kind: "residents"},
		{Code: "630202999", Parent: "630202", Level: 2, Name: "待定", Kind: grid.UnassignedKind},
	}
}

func mustTree(tb testing.TB) *grid.Tree {
	tb.Helper()
	t, err := grid.NewTree(levels, district())
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// Every fault of a table of cells is found, and all of them at once.
func TestTreeFaults(t *testing.T) {
	with := func(c ...grid.Cell) []grid.Cell { return append(district(), c...) }
	tests := []struct {
		name  string
		cells []grid.Cell
		want  []string
	}{
		{"nothing", nil, []string{"no root", `no cell of kind "queue"`}},
		{"second root", with(grid.Cell{Code: "630203", Level: 1, Name: "平安区"}), []string{"630202 is the root already"}},
		{"root of level 2", []grid.Cell{{Code: "630202", Level: 2, Kind: grid.UnassignedKind}}, []string{"level 1 is expected and not 2"}},
		{"unknown parent", with(grid.Cell{Code: "630202103201", Parent: "630202103", Level: 3, Name: "甲"}), []string{"parent 630202103 does not exist"}},
		{"wrong level", with(grid.Cell{Code: "630202104", Parent: "630202", Level: 3, Name: "乙"}), []string{"level 3 under a parent of level 1"}},
		{"level too deep", with(grid.Cell{Code: "630202102201001", Parent: "630202102201", Level: 4, Name: "丙"}), []string{"level 4, expected 1 to 3"}},
		{"level zero", with(grid.Cell{Code: "63020210", Parent: "630202", Level: 0, Name: "丁"}), []string{"level 0, expected 1 to 3", "level 0 under a parent of level 1"}},
		{"foreign code", with(grid.Cell{Code: "630203101", Parent: "630202", Level: 2, Name: "戊"}), []string{"does not begin with its parent's, 630202"}},
		{"twice", with(grid.Cell{Code: "630202102", Parent: "630202", Level: 2, Name: "寿乐"}), []string{"630202102 寿乐: the code is there twice"}},
		{"no code", with(grid.Cell{Parent: "630202", Level: 2, Name: "己"}), []string{"cell 己 below 630202: no code"}},
		{"own parent", with(grid.Cell{Code: "630202107", Parent: "630202107", Level: 2, Name: "庚"}), []string{"level 2 under a parent of level 2"}},
		{"two queues", with(grid.Cell{Code: "630202998", Parent: "630202", Level: 2, Name: "辛", Kind: grid.UnassignedKind}), []string{"a second queue, 630202999 is one already"}},
		{"no queue", district()[:6], []string{`no cell of kind "queue"`}},
		{"several", append(district()[:6], grid.Cell{Code: "1", Level: 9}), []string{"level 9, expected", "root already", "not 9", "no cell of kind"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, err := grid.NewTree(levels, tt.cells)
			if err == nil || tree != nil {
				t.Fatalf("got %v, %v; want an error and no tree", tree, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
			if lines := strings.Count(err.Error(), "\n") + 1; lines != len(tt.want) {
				t.Errorf("%d faults, want %d: %v", lines, len(tt.want), err)
			}
		})
	}
}

func TestTreeNames(t *testing.T) {
	tree := mustTree(t)
	tests := []struct {
		code                     grid.CellCode
		name, path               string
		township                 grid.CellCode
		inTown, inRoot, inItself bool
	}{
		{"630202102201", "土官口村", "寿乐镇土官口村", "630202102", true, true, true},
		{"630202102", "寿乐镇", "寿乐镇", "630202102", true, true, true},
		{"630202100001", "东关社区", "碾伯街道东关社区", "630202100", false, true, true},
		{"630202", "乐都区", "乐都区", "630202", false, true, true},
		{"630202999", "待定", "待定", "630202999", false, true, true},
		{"999", "999", "999", "999", false, false, false},
		{"", "", "", "", false, false, false},
	}
	for _, tt := range tests {
		t.Run(string(tt.code), func(t *testing.T) {
			if got := tree.Name(tt.code); got != tt.name {
				t.Errorf("Name = %q, want %q", got, tt.name)
			}
			if got := tree.PathName(tt.code); got != tt.path {
				t.Errorf("PathName = %q, want %q", got, tt.path)
			}
			if got := tree.Township(tt.code); got != tt.township {
				t.Errorf("Township = %q, want %q", got, tt.township)
			}
			within := []bool{tree.Within(tt.code, "630202102"), tree.Within(tt.code, "630202"), tree.Within(tt.code, tt.code)}
			want := []bool{tt.inTown, tt.inRoot, tt.inItself}
			for i := range want {
				if within[i] != want[i] {
					t.Errorf("Within(town, root, itself) = %v, want %v", within, want)
					break
				}
			}
		})
	}
}

func TestTreeShape(t *testing.T) {
	tree := mustTree(t)
	if tree.Root().Code != "630202" || tree.Unassigned().Code != "630202999" {
		t.Errorf("root %s, queue %s", tree.Root().Code, tree.Unassigned().Code)
	}
	if got := tree.Children("630202"); len(got) != 3 || got[0] != "630202102" || got[2] != "630202999" {
		t.Errorf("children of the root: %v", got)
	}
	if got := tree.Level(3); len(got) != 3 || got[0].Name != "土官口村" {
		t.Errorf("cells of level 3: %v", got)
	}
	for level, want := range map[int]string{0: "", 1: "一级网格", 3: "三级网格", 4: ""} {
		if got := tree.LevelName(level); got != want {
			t.Errorf("LevelName(%d) = %q, want %q", level, got, want)
		}
	}
	if len(tree.Cells()) != len(district()) {
		t.Errorf("%d cells", len(tree.Cells()))
	}
}

// A tree does not change with the slices that it was made from.
func TestTreeIsItsOwn(t *testing.T) {
	cells := district()
	tree, err := grid.NewTree(levels, cells)
	if err != nil {
		t.Fatal(err)
	}
	cells[1].Name = "改名"
	if got := tree.Name("630202102"); got != "寿乐镇" {
		t.Errorf("the tree's cell is now called %s", got)
	}
}

// drawTree makes a random tree of three levels.
func drawTree(rt *rapid.T) *grid.Tree {
	cells := []grid.Cell{
		{Code: "630202", Level: 1, Name: "R"},
		{Code: "630202999", Parent: "630202", Level: 2, Name: "Q", Kind: grid.UnassignedKind},
	}
	towns := rapid.IntRange(0, 5).Draw(rt, "towns")
	for i := range towns {
		code := grid.CellCode("63020210" + string(rune('0'+i)))
		cells = append(cells, grid.Cell{Code: code, Parent: "630202", Level: 2, Name: "T"})
		for j := range rapid.IntRange(0, 4).Draw(rt, "villages") {
			cells = append(cells, grid.Cell{Code: code + "20" + grid.CellCode(rune('0'+j)), Parent: code, Level: 3, Name: "V"})
		}
	}
	tree, err := grid.NewTree(levels, rapid.Permutation(cells).Draw(rt, "cells"))
	if err != nil {
		rt.Fatal(err)
	}
	return tree
}

// Path, Within, Township and Children tell of the same tree, in whatever order its cells were given.
func TestTreeAgrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tree := drawTree(rt)
		a := rapid.SampledFrom(tree.Cells()).Draw(rt, "a")
		b := rapid.SampledFrom(tree.Cells()).Draw(rt, "b")
		path := tree.Path(a.Code)
		if path[0].Code != tree.Root().Code || path[len(path)-1].Code != a.Code || len(path) != a.Level {
			rt.Fatalf("path of %s: %v", a.Code, path)
		}
		on := false
		for _, c := range path {
			on = on || c.Code == b.Code
		}
		if tree.Within(a.Code, b.Code) != on {
			rt.Fatalf("%s within %s is %v, on its path %v", a.Code, b.Code, !on, on)
		}
		if tree.Within(a.Code, b.Code) && tree.Within(b.Code, a.Code) && a.Code != b.Code {
			rt.Fatal("two cells within each other")
		}
		total := 1
		for _, c := range tree.Cells() {
			total += len(tree.Children(c.Code))
		}
		if total != len(tree.Cells()) {
			rt.Fatalf("%d cells are children or the root, of %d", total, len(tree.Cells()))
		}
		if town, _ := tree.Cell(tree.Township(a.Code)); a.Level >= 2 && (town.Level != 2 || !tree.Within(a.Code, town.Code)) {
			rt.Fatalf("township of %s is %s", a.Code, town.Code)
		}
	})
}

// Cells are grouped by township, the largest group first.
func TestByTownship(t *testing.T) {
	tree := mustTree(t)
	groups := grid.ByTownship(tree, tree.Cells())
	got := make([]string, 0, len(groups))
	for _, group := range groups {
		var names []string
		for _, c := range group {
			names = append(names, c.Name)
		}
		got = append(got, tree.Name(tree.Township(group[0].Code))+":"+strings.Join(names, " "))
	}
	if len(got) < 3 || !slices.Contains(got, "碾伯街道:碾伯街道 东关社区") || got[0] != "寿乐镇:寿乐镇 土官口村 王佛寺村" {
		t.Errorf("%q", got)
	}
}
