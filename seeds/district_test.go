package seeds_test

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/seeds"
)

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
	if got := d.Tree.PathName("630202102200"); got != "寿乐镇土官口村" {
		t.Errorf("PathName = %s", got)
	}
	if got := d.Tree.LevelName(2); got != "二级网格" {
		t.Errorf("LevelName(2) = %s", got)
	}
	for code, full := range map[grid.CellCode]string{
		"630202203": "下营藏族乡", "630202208": "中坝藏族乡", "630202211": "达拉土族乡", "630202102200": "土官口村委会",
	} {
		if c, _ := d.Tree.Cell(code); c.FullName != full {
			t.Errorf("full name of %s is %q, want %s", code, c.FullName, full)
		}
	}
}

// What was one unit in 2016 may live on in several cells: both are found by its former name and code.
func TestLedu_Former(t *testing.T) {
	d := mustLedu(t)
	heirs := func(name string, code grid.CellCode) (out []grid.CellCode) {
		for _, c := range d.Tree.Cells() {
			if slices.Contains(c.Former, name) || slices.Contains(c.FormerCodes, code) {
				out = append(out, c.Code)
			}
		}
		return out
	}
	for _, k := range []struct {
		name string
		code grid.CellCode
		want []grid.CellCode
	}{
		{"碾伯镇", "630202100", []grid.CellCode{"630202001", "630202002"}},
		{"芦化乡", "-", []grid.CellCode{"630202204"}},
		{"老牙村", "-", []grid.CellCode{"630202103219"}},
		{"-", "630202100237", []grid.CellCode{"630202002209"}},
		{"乐都县", "632123", []grid.CellCode{"630202"}},
	} {
		if got := heirs(k.name, k.code); !slices.Equal(got, k.want) {
			t.Errorf("%s %s lives on in %v, want %v", k.name, k.code, got, k.want)
		}
	}
}

// Every township has land, marked as approximate, but the industrial park; guessed places are marked as such.
func TestLedu_Land(t *testing.T) {
	d := mustLedu(t)
	index, err := geo.NewIndex(d.Shapes)
	if err != nil {
		t.Fatal(err)
	}
	outline, err := geo.NewOutline(d.Outline)
	if err != nil {
		t.Fatal(err)
	}
	guessed := 0
	for _, c := range d.Tree.Level(2) {
		i := slices.IndexFunc(d.Shapes, func(s geo.Shape) bool { return s.ID == string(c.Code) })
		drawn := i >= 0
		if want := c.Kind != "park" && c.Kind != grid.UnassignedKind; drawn != want || c.Approximate != want {
			t.Errorf("%s has land: %v, approximate: %v, want %v", c.Name, drawn, c.Approximate, want)
		}
		if d.Guessed[c.Code] {
			guessed++
		}
		if c.Centre == nil {
			continue
		}
		if found, ok := index.Find(*c.Centre); !ok || d.Shapes[found].ID != string(c.Code) || !outline.Contains(*c.Centre) {
			t.Errorf("the centre of %s does not lie in its own land", c.Name)
		}
	}
	if guessed != 4 || len(d.Shapes) != 20 {
		t.Errorf("%d guessed, %d with land, want 4 and 20", guessed, len(d.Shapes))
	}
}

// Rivers touch the townships along them; what is named twice in the gazetteer is ambiguous only where it has to be.
func TestLedu_Places(t *testing.T) {
	d := mustLedu(t)
	cells := make(map[string][]grid.CellCode)
	names := make(map[string]string)
	for _, p := range d.Places {
		cells[p.Name] = p.Cells
		for _, n := range append([]string{p.Name}, p.Aliases...) {
			names[n] = p.Name
		}
	}
	for _, n := range []string{"湟水河", "湟河", "引胜河", "大通河", "老鸦峡口", "入湟口", "土官口断面", "乐都南站", "瞿昙寺"} {
		if len(cells[names[n]]) == 0 {
			t.Errorf("%s is not known, or in no cell", n)
		}
	}
	for _, code := range []grid.CellCode{"630202105", "630202101", "630202001", "630202103"} {
		if !slices.Contains(cells["湟水"], code) {
			t.Errorf("湟水 touches %v, want %s among them", cells["湟水"], d.Tree.Name(code))
		}
	}
	for _, n := range d.Neighbours {
		for _, name := range append([]string{n.Name}, n.Aliases...) {
			if p, ours := names[name]; ours {
				t.Errorf("%s is both the neighbour %s and the place %s", name, n.Name, p)
			}
			for _, c := range d.Tree.Cells() {
				if c.Name == name {
					t.Errorf("%s is both the neighbour %s and the cell %s", name, n.Name, c.Code)
				}
			}
		}
	}
}

// Every item of the plan has one department in the lead; 47 is missing in the original.
func TestLedu_Departments(t *testing.T) {
	d := mustLedu(t)
	leads := make(map[int]string)
	known := make(map[string]seeds.Department)
	for _, dep := range d.Departments {
		known[dep.Name] = dep
		for _, item := range dep.Leads {
			leads[item] = dep.Name
		}
	}
	for item := 1; item <= 48; item++ {
		if (leads[item] == "") != (item == 47) {
			t.Errorf("item %d is led by %q", item, leads[item])
		}
	}
	for item, want := range map[int]string{6: "区农牧局", 8: "区市场监督管理局", 22: "区住房和规划建设局", 31: "区水务局", 41: "区环境保护局"} {
		if leads[item] != want {
			t.Errorf("item %d is led by %s, want %s", item, leads[item], want)
		}
	}
	if got := known["区水务局"].Supports; !slices.Contains(got, 22) || slices.Contains(got, 31) {
		t.Errorf("区水务局 supports %v, want 22 and not 31, which it leads", got)
	}
}

// The roster is a sample and says so; two inspectors look after every cell that has any.
func TestLedu_Roster(t *testing.T) {
	d := mustLedu(t)
	roles := make(map[grid.Role]int)
	for _, o := range d.Officers {
		if !o.Sample || len(o.Appointments) == 0 {
			t.Errorf("officer %+v: want an invented one with an appointment", o)
		}
		for _, a := range o.Appointments {
			roles[a.Role]++
		}
	}
	for _, role := range []grid.Role{grid.Chief, grid.Inspector, grid.Desk, grid.Clerk, grid.Supervisor, grid.Publisher} {
		if roles[role] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	if roles[grid.Admin] != 0 {
		t.Error("an admin comes by a code, not from a file")
	}
}
