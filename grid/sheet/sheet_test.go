package sheet_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

var (
	now  = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	long = time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
)

func drawTable(t *rapid.T, k sheet.Kind, label string) sheet.Table {
	table := sheet.Table{Kind: k}
	ids := rapid.SliceOfNDistinct(rapid.IntRange(0, 12), 0, 8, rapid.ID).Draw(t, label)
	for _, id := range ids {
		v := map[string]string{}
		for i, c := range sheet.Columns(k) {
			v[c.Name] = rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, c.Name)
			if i == 0 {
				v[c.Name] = fmt.Sprint("id", id)
			}
		}
		table.Rows = append(table.Rows, sheet.Row{Values: v})
	}
	return table.Identify()
}

// What an import changed, its undoing changes back, order included.
func TestUndoingGivesTheStateBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(sheet.Kinds()).Draw(t, "kind")
		before, wanted := drawTable(t, k, "before"), drawTable(t, k, "after")
		edits := sheet.Diff(before, wanted)
		if stale := sheet.Stale(before, edits); len(stale) > 0 {
			t.Fatalf("fresh edits are stale: %+v", stale)
		}
		after := sheet.Apply(before, edits)
		if left := sheet.Diff(after, wanted); len(left) > 0 {
			t.Fatalf("something is left to do: %+v", left)
		}
		if len(edits) > 0 && len(sheet.Stale(after, edits)) != len(edits) {
			t.Fatal("edits that were made can be made again")
		}
		back := sheet.Apply(after, sheet.Invert(edits))
		if !reflect.DeepEqual(order(back), order(before)) || len(sheet.Diff(before, back)) > 0 {
			t.Fatalf("before %+v, back %+v", before, back)
		}
	})
}

func order(t sheet.Table) []string {
	out := []string{}
	for _, r := range t.Rows {
		out = append(out, r.ID)
	}
	return out
}

// The same is true of the people on the roster, however they came there; and nobody's past is ever lost.
func TestUndoingGivesTheRosterBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRoster(t)
		before := sheet.FromRoster(r, now, time.UTC)
		wanted := edited(t, before)
		edits := sheet.Diff(before, wanted)
		after := replaced(r, sheet.Officers(r, edits, now, time.UTC))
		if left := sheet.Diff(sheet.FromRoster(after, now, time.UTC), wanted); len(left) > 0 {
			t.Fatalf("something is left to do: %+v", left)
		}
		for _, o := range r.Officers() {
			kept, _ := after.Officer(o.ID)
			if err := grid.KeepsHistory(o, kept, now); err != nil || kept.Person != o.Person {
				t.Fatalf("%+v became %+v: %v", o, kept, err)
			}
		}
		later := now.Add(time.Minute)
		inverse := sheet.Restore(sheet.Invert(edits), later, time.UTC)
		if faults := sheet.History(after, inverse, later, time.UTC); len(faults) > 0 {
			t.Fatalf("undoing would rewrite: %+v", faults)
		}
		back := replaced(after, sheet.Officers(after, inverse, later, time.UTC))
		for _, o := range after.Officers() {
			kept, _ := back.Officer(o.ID)
			if err := grid.KeepsHistory(o, kept, later); err != nil {
				t.Fatalf("%+v became %+v: %v", o, kept, err)
			}
		}
		if left := sheet.Diff(timeless(before), timeless(sheet.FromRoster(back, later, time.UTC))); len(left) > 0 {
			t.Fatalf("undoing leaves %+v", left)
		}
	})
}

// timeless is a roster without the days on which appointments began: one that was ended and restored began anew.
func timeless(t sheet.Table) sheet.Table {
	out := sheet.Table{Kind: t.Kind}
	for _, r := range t.Rows {
		v := maps.Clone(r.Values)
		delete(v, "from")
		out.Rows = append(out.Rows, sheet.Row{Values: v})
	}
	return out.Identify()
}

func drawRoster(t *rapid.T) *grid.Roster {
	officers := make([]grid.Officer, 0, 4)
	for i := range rapid.IntRange(1, 4).Draw(t, "officers") {
		o := grid.Officer{ID: grid.OfficerID(fmt.Sprint("o", i)), Name: fmt.Sprint("n", i), Person: grid.PersonID(fmt.Sprint("p", i))}
		for j := range rapid.IntRange(0, 3).Draw(t, "appointments") {
			a := grid.Appointment{Role: grid.Roles()[j], Cell: "99", From: long.AddDate(0, 0, i)}
			if rapid.Bool().Draw(t, "ended") {
				a.Until = now.AddDate(0, 0, rapid.SampledFrom([]int{-3, -1, 5}).Draw(t, "until")).Truncate(24 * time.Hour)
			}
			o.Appointments = append(o.Appointments, a)
		}
		officers = append(officers, o)
	}
	return grid.NewRoster(1, officers)
}

func edited(t *rapid.T, before sheet.Table) sheet.Table {
	out := sheet.Table{Kind: sheet.Roster}
	for _, r := range before.Rows {
		v := maps.Clone(r.Values)
		switch rapid.IntRange(0, 3).Draw(t, "do") {
		case 0:
			continue
		case 1:
			v["until"] = "2027-01-01"
		case 2:
			v["cell"] = "9901"
		}
		out.Rows = append(out.Rows, sheet.Row{Values: v})
	}
	if rapid.Bool().Draw(t, "add") {
		out.Rows = append(out.Rows, sheet.Row{Values: map[string]string{"officer": "new", "name": "N", "role": "desk", "cell": "99", "from": "2026-11-02"}})
	}
	return out.Identify()
}

func replaced(r *grid.Roster, changed []grid.Officer) *grid.Roster {
	all := slices.Clone(changed)
	for _, o := range r.Officers() {
		if !slices.ContainsFunc(changed, func(c grid.Officer) bool { return c.ID == o.ID }) {
			all = append(all, o)
		}
	}
	return grid.NewRoster(r.Version+1, all)
}

// Who has no number yet gets one that follows from the name, and a namesake of somebody is asked for.
func TestNewPeopleGetANumber(t *testing.T) {
	r := grid.NewRoster(1, []grid.Officer{{ID: "li", Name: "李某"}})
	table := sheet.Table{Kind: sheet.Roster, Rows: []sheet.Row{
		{Line: 2, Values: map[string]string{"name": "王某", "role": "desk"}},
		{Line: 3, Values: map[string]string{"name": "王某", "role": "chief"}},
		{Line: 4, Values: map[string]string{"name": "李某"}},
	}}
	named, faults := sheet.NameNew(table, r)
	if a, b := named.Rows[0].Values["officer"], named.Rows[1].Values["officer"]; a == "" || a != b {
		t.Errorf("the same new person is %q and %q", a, b)
	}
	if len(faults) != 1 || faults[0].Line != 4 || faults[0].Rule != sheet.RuleNamesake {
		t.Errorf("faults %+v", faults)
	}
	if table.Rows[0].Values["officer"] != "" {
		t.Error("the table that was given has changed")
	}
}

func TestRowsOfOnePersonAgree(t *testing.T) {
	table := sheet.Table{Kind: sheet.Roster, Rows: []sheet.Row{
		{Line: 2, Values: map[string]string{"officer": "li", "name": "李某"}}, {Line: 3, Values: map[string]string{"officer": "li", "name": "李四"}},
	}}
	faults := sheet.OnePerson(table)
	if len(faults) != 1 || faults[0].Line != 3 || faults[0].Column != "name" {
		t.Errorf("faults %+v", faults)
	}
}

func TestRowsOfFixedKindsNeitherComeNorGo(t *testing.T) {
	row := func(line int, name string) sheet.Row {
		return sheet.Row{Line: line, ID: name, Values: map[string]string{"name": name}}
	}
	before := sheet.Table{Kind: sheet.Settings, Rows: []sheet.Row{row(0, "a"), row(0, "b")}}
	after := sheet.Table{Kind: sheet.Settings, Rows: []sheet.Row{row(2, "a"), row(3, "a"), row(4, "c")}}
	got := make([]sheet.Rule, 0, 3)
	for _, f := range sheet.Check(before, after) {
		got = append(got, f.Rule)
	}
	if want := []sheet.Rule{sheet.RuleTwice, sheet.RuleUnknown, sheet.RuleMissing}; !slices.Equal(got, want) {
		t.Errorf("rules %v, want %v", got, want)
	}
}

// What was is not rewritten: neither an end that is over nor a beginning in a time that the roster knows.
func TestHistoryIsNotRewritten(t *testing.T) {
	over := grid.Appointment{Role: grid.Desk, Cell: "99", From: long, Until: now.AddDate(0, 0, -10)}
	lasts := grid.Appointment{Role: grid.Chief, Cell: "99", From: long}
	r := grid.NewRoster(1, []grid.Officer{{ID: "li", Name: "李某", Appointments: []grid.Appointment{over, lasts}}})
	before := sheet.FromRoster(r, now, time.UTC)
	for name, k := range map[string]struct{ role, from, until, column string }{
		"begins before the former ended": {"desk", "2020-01-01", "", "from"},
		"begins after it":                {"desk", "2026-11-01", "", ""},
		"end is over":                    {"chief", "2017-01-01", "2026-11-01", "until"},
		"end is to come":                 {"chief", "2017-01-01", "2026-11-03", ""},
	} {
		t.Run(name, func(t *testing.T) {
			row := sheet.Row{Values: map[string]string{"officer": "li", "name": "李某", "role": k.role, "cell": "99", "from": k.from, "until": k.until}}
			rows := []sheet.Row{row}
			if k.role != "chief" {
				rows = append(rows, before.Rows...)
			}
			faults := sheet.History(r, sheet.Diff(before, sheet.Table{Kind: sheet.Roster, Rows: rows}.Identify()), now, time.UTC)
			got := ""
			if len(faults) > 0 {
				got = faults[0].Column
			}
			if got != k.column {
				t.Errorf("fault in %q, want %q", got, k.column)
			}
		})
	}
}
