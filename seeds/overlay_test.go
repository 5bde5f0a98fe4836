package seeds_test

import (
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/seeds"
)

var tableKinds = []sheet.Kind{sheet.Cells, sheet.Categories, sheet.Settings, sheet.Roster}

// A table that is written as a file and loaded again says the same, and so does the district that it is part of.
func TestLoadWith_ItsOwnTablesChangeNothing(t *testing.T) {
	now := time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)
	for name, fsys := range map[string]fs.FS{"ledu": seeds.Ledu, "tiny": os.DirFS("testdata/tiny")} {
		before, err := seeds.Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		var all []sheet.Table
		for _, k := range tableKinds {
			all = append(all, before.Table(k, now))
		}
		after, faults := seeds.LoadWith(fsys, all...)
		if len(faults) > 0 {
			t.Fatalf("%s: %+v", name, faults)
		}
		for i, k := range tableKinds {
			if len(all[i].Rows) == 0 {
				t.Errorf("%s: no rows of %s", name, k)
			}
			if edits := sheet.Diff(all[i], after.Table(k, now)); len(edits) > 0 {
				t.Errorf("%s: %s differs after a round: %+v", name, k, edits)
			}
		}
		if !reflect.DeepEqual(before.Tree, after.Tree) || !reflect.DeepEqual(before.Categories, after.Categories) {
			t.Errorf("%s: another tree or other categories", name)
		}
		if !reflect.DeepEqual(before.Settings.Casework(), after.Settings.Casework()) {
			t.Errorf("%s: other rules", name)
		}
	}
}

// Every fault names the row and the column in which whoever filled the sheet finds it.
func TestLoadWith_FaultsNameRowAndColumn(t *testing.T) {
	now := time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, k := range []struct {
		name   string
		kind   sheet.Kind
		row    int
		column string
		value  string
		rule   sheet.Rule
		at     string // the column that the fault names
	}{
		{"role", sheet.Roster, 0, "role", "boss", sheet.RuleColumn, "role"},
		{"cell", sheet.Roster, 0, "cell", "9909", sheet.RuleColumn, "cell"},
		{"no name", sheet.Roster, 0, "name", "", sheet.RuleColumn, "name"},
		{"id", sheet.Roster, 0, "officer", "A 1", sheet.RuleColumn, "officer"},
		{"deputy", sheet.Roster, 0, "deputy", "nobody", sheet.RuleColumn, "deputy"},
		{"day", sheet.Roster, 0, "from", "2020-02-30", sheet.RuleColumn, "from"},
		{"end before beginning", sheet.Roster, 0, "until", "2019-01-01", sheet.RuleColumn, "until"},
		{"department", sheet.Roster, 0, "department", "水务局", sheet.RuleColumn, "department"},
		{"clerk of nothing", sheet.Roster, 0, "role", "clerk", sheet.RuleColumn, "department"},
		{"code", sheet.Cells, 1, "code", "x1", sheet.RuleColumn, "code"},
		{"parent", sheet.Cells, 1, "parent", "98", sheet.RuleColumn, "parent"},
		{"level", sheet.Cells, 1, "level", "two", sheet.RuleColumn, "level"},
		{"cell without a name", sheet.Cells, 1, "name", "", sheet.RuleColumn, "name"},
		{"half a point", sheet.Cells, 1, "lat", "", sheet.RuleColumn, "lon"},
		{"centre", sheet.Cells, 1, "centre", "about", sheet.RuleColumn, "centre"},
		{"category", sheet.Categories, 0, "code", "fire", sheet.RuleColumn, "code"},
		{"lead", sheet.Categories, 0, "lead", "环保局", sheet.RuleColumn, "lead"},
		{"evidence", sheet.Categories, 0, "evidence", "after;later", sheet.RuleColumn, "evidence"},
		{"orphan", sheet.Categories, 0, "parent", "fire", sheet.RuleColumn, "parent"},
		{"limit", sheet.Settings, 1, "value", "two", sheet.RuleColumn, "value"},
		{"no source", sheet.Settings, 1, "source", "", sheet.RuleColumn, "source"},
		{"unit", sheet.Settings, 1, "unit", "m", sheet.RuleColumn, "unit"},
		{"status", sheet.Settings, 1, "status", "sure", sheet.RuleColumn, "status"},
		{"setting", sheet.Settings, 1, "name", "decide_limits", sheet.RuleColumn, "name"},
	} {
		t.Run(k.name, func(t *testing.T) {
			d, err := seeds.Load(os.DirFS("testdata/tiny"))
			if err != nil {
				t.Fatal(err)
			}
			table := d.Table(k.kind, now)
			for i := range table.Rows {
				table.Rows[i].Line = i + 2
			}
			table.Rows[k.row].Values[k.column] = k.value
			_, faults := seeds.LoadWith(os.DirFS("testdata/tiny"), table.Identify())
			for _, f := range faults {
				if f.Rule == k.rule && f.Kind == k.kind && f.Column == k.at && f.Line == k.row+2 {
					return
				}
			}
			t.Errorf("got %+v", faults)
		})
	}
}

// What other files say of a cell keeps it from being taken away.
func TestLoadWith_NamesTheFileThatRefers(t *testing.T) {
	d, err := seeds.Load(os.DirFS("testdata/tiny"))
	if err != nil {
		t.Fatal(err)
	}
	table := d.Table(sheet.Cells, time.Now())
	table.Rows = append(table.Rows[:1:1], table.Rows[2:]...)
	_, faults := seeds.LoadWith(os.DirFS("testdata/tiny"), table)
	var details strings.Builder
	for _, f := range faults {
		details.WriteString(f.Detail + "\n")
	}
	if !strings.Contains(details.String(), "cells.geojson") || !strings.Contains(details.String(), "roster.yaml") {
		t.Errorf("got %s", details.String())
	}
}

// A cell may be called otherwise than its outline was drawn for.
func TestLoadWith_RenamesTheLandOfACell(t *testing.T) {
	d, err := seeds.Load(os.DirFS("testdata/tiny"))
	if err != nil {
		t.Fatal(err)
	}
	table := d.Table(sheet.Cells, time.Now())
	table.Rows[1].Values["name"] = "新名"
	after, faults := seeds.LoadWith(os.DirFS("testdata/tiny"), table)
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	if got := after.Tree.Name("9901"); got != "新名" {
		t.Errorf("the cell is called %s", got)
	}
	if len(after.Shapes) != len(d.Shapes) {
		t.Errorf("%d shapes, there were %d", len(after.Shapes), len(d.Shapes))
	}
}
