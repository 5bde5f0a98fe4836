package grid_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
)

var (
	day0    = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	village = grid.CellCode("630202102201")
	town    = grid.CellCode("630202102")
	root    = grid.CellCode("630202")
)

func after(days int) time.Time { return day0.AddDate(0, 0, days) }

// officer is somebody with an account and one appointment; until 0 lasts for ever.
func officer(id string, role grid.Role, cell grid.CellCode, from, until int) grid.Officer {
	a := grid.Appointment{Role: role, Cell: cell, From: after(from)}
	if until != 0 {
		a.Until = after(until)
	}
	return grid.Officer{ID: grid.OfficerID(id), Person: grid.PersonID("p-" + id), Appointments: []grid.Appointment{a}}
}

func ids(officers []grid.Officer) []string {
	out := make([]string, 0, len(officers))
	for _, o := range officers {
		out = append(out, string(o.ID))
	}
	return out
}

// An appointment holds from its first instant to the one before its end.
func TestAppointmentActive(t *testing.T) {
	a := grid.Appointment{From: after(0), Until: after(10)}
	for days, want := range map[int]bool{-1: false, 0: true, 9: true, 10: false, 11: false} {
		if got := a.Active(after(days)); got != want {
			t.Errorf("day %d: %v, want %v", days, got, want)
		}
	}
	if !a.Active(after(10).Add(-time.Nanosecond)) {
		t.Error("not active in the last instant")
	}
	a.Until = time.Time{}
	if !a.Active(after(100000)) {
		t.Error("an open appointment ended")
	}
}

// Who was responsible on that day is answered later as it was then, and climbs to who can be reached.
func TestResponsible(t *testing.T) {
	tree := mustTree(t)
	deaf := officer("deaf", grid.Inspector, village, 0, 0)
	deaf.Person = ""
	blocked := officer("blocked", grid.Inspector, village, 0, 0)
	blocked.Blocked = true
	withDeputy := deaf
	withDeputy.Deputy = "deputy"
	alsoDeputy := blocked
	alsoDeputy.Deputy = "deputy"
	lost := deaf
	lost.Deputy = "nobody"
	deafDeputy := deaf
	deafDeputy.ID, deafDeputy.Deputy = "deaf2", "deaf"
	deputy := officer("deputy", grid.Clerk, root, 0, 0)
	boss := officer("boss", grid.Chief, town, 0, 0)
	top := officer("top", grid.Chief, root, 0, 0)

	tests := []struct {
		name     string
		officers []grid.Officer
		day      int
		roles    []grid.Role
		want     []string
		cell     grid.CellCode
	}{
		{"predecessor", []grid.Officer{officer("a", grid.Chief, village, 0, 5), officer("b", grid.Chief, village, 5, 0)}, 4, []grid.Role{grid.Chief}, []string{"a"}, village},
		{"successor", []grid.Officer{officer("a", grid.Chief, village, 0, 5), officer("b", grid.Chief, village, 5, 0)}, 5, []grid.Role{grid.Chief}, []string{"b"}, village},
		{"vacant climbs", []grid.Officer{officer("a", grid.Chief, village, 0, 5), boss}, 6, []grid.Role{grid.Chief}, []string{"boss"}, town},
		{"not yet", []grid.Officer{officer("a", grid.Chief, village, 9, 0), top}, 6, []grid.Role{grid.Chief}, []string{"top"}, root},
		{"any of the roles", []grid.Officer{officer("a", grid.Chief, village, 0, 0), officer("b", grid.Inspector, village, 0, 0)}, 1, []grid.Role{grid.Inspector, grid.Chief}, []string{"a", "b"}, village},
		{"other role", []grid.Officer{officer("a", grid.Desk, village, 0, 0)}, 1, []grid.Role{grid.Chief}, nil, root},
		{"without account climbs", []grid.Officer{deaf, boss}, 1, []grid.Role{grid.Inspector, grid.Chief}, []string{"boss"}, town},
		{"blocked climbs", []grid.Officer{blocked, boss}, 1, []grid.Role{grid.Inspector, grid.Chief}, []string{"boss"}, town},
		{"deputy stands in", []grid.Officer{withDeputy, deputy, boss}, 1, []grid.Role{grid.Inspector}, []string{"deputy"}, village},
		{"deputy of two is told once", []grid.Officer{withDeputy, alsoDeputy, deputy}, 1, []grid.Role{grid.Inspector}, []string{"deputy"}, village},
		{"deputy unknown climbs", []grid.Officer{lost, boss}, 1, []grid.Role{grid.Inspector, grid.Chief}, []string{"boss"}, town},
		{"deputy deaf too", []grid.Officer{deaf, deafDeputy}, 1, []grid.Role{grid.Inspector}, nil, root},
		{"nobody", nil, 1, []grid.Role{grid.Chief}, nil, root},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, cell := grid.NewRoster(1, tt.officers).Responsible(tree, village, after(tt.day), tt.roles...)
			if !slices.Equal(ids(got), tt.want) && len(got)+len(tt.want) > 0 || cell != tt.cell {
				t.Errorf("got %v in %s, want %v in %s", ids(got), cell, tt.want, tt.cell)
			}
		})
	}
}

// A role holds in its cell and below, while the appointment lasts, for that person only.
func TestCan(t *testing.T) {
	tree := mustTree(t)
	r := grid.NewRoster(1, []grid.Officer{officer("boss", grid.Chief, town, 0, 10)})
	tests := []struct {
		name   string
		person grid.PersonID
		cell   grid.CellCode
		day    int
		role   grid.Role
		want   bool
	}{
		{"own cell", "p-boss", town, 1, grid.Chief, true},
		{"below", "p-boss", village, 1, grid.Chief, true},
		{"above", "p-boss", root, 1, grid.Chief, false},
		{"beside", "p-boss", "630202100", 1, grid.Chief, false},
		{"unknown cell", "p-boss", "999", 1, grid.Chief, false},
		{"other role", "p-boss", town, 1, grid.Desk, false},
		{"before", "p-boss", town, -1, grid.Chief, false},
		{"over", "p-boss", town, 10, grid.Chief, false},
		{"stranger", "p-x", town, 1, grid.Chief, false},
		{"nobody", "", town, 1, grid.Chief, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := r.Can(tree, tt.person, tt.cell, after(tt.day), tt.role); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// Somebody without an account is nobody's person: the empty pseudonym opens nothing.
func TestRosterWithoutAccounts(t *testing.T) {
	o := officer("a", grid.Admin, root, 0, 0)
	o.Person = ""
	r := grid.NewRoster(7, []grid.Officer{o})
	if _, ok := r.ByPerson(""); ok {
		t.Error("the empty pseudonym is an officer")
	}
	if got, ok := r.Officer("a"); !ok || got.Reachable() || r.Version != 7 {
		t.Errorf("officer %v, %v, version %d", got, ok, r.Version)
	}
}

// A cell is watched on the days on which somebody is its chief or inspector, and on no other.
func TestBlindSpots(t *testing.T) {
	tree := mustTree(t)
	r := grid.NewRoster(1, []grid.Officer{
		officer("v", grid.Inspector, village, 0, 5),
		officer("t", grid.Chief, town, 0, 0),
		officer("d", grid.Desk, "630202100", 0, 0), // a desk watches nothing
	})
	names := func(at time.Time) []string {
		var out []string
		for _, c := range r.BlindSpots(tree, at) {
			out = append(out, c.Name)
		}
		return out
	}
	if got, want := names(after(1)), []string{"乐都区", "王佛寺村", "碾伯街道", "东关社区"}; !slices.Equal(got, want) {
		t.Errorf("day 1: %v, want %v", got, want)
	}
	if got, want := names(after(5)), []string{"乐都区", "土官口村", "王佛寺村", "碾伯街道", "东关社区"}; !slices.Equal(got, want) {
		t.Errorf("day 5: %v, want %v", got, want)
	}
}

func TestAreas(t *testing.T) {
	o := officer("a", grid.Chief, town, 0, 0)
	o.Appointments = append(o.Appointments,
		grid.Appointment{Role: grid.Inspector, Cell: town, From: after(0)},
		grid.Appointment{Role: grid.Inspector, Cell: village, From: after(3)})
	if got := o.Areas(after(1), grid.Chief, grid.Inspector); !slices.Equal(got, []grid.CellCode{town}) {
		t.Errorf("day 1: %v", got)
	}
	if got := o.Areas(after(3), grid.Inspector); !slices.Equal(got, []grid.CellCode{town, village}) {
		t.Errorf("day 3: %v", got)
	}
}

// Whoever is responsible can be reached, and is a holder in the cell that is named or the deputy of one; and nobody
// nearer could have been.
func TestResponsibleIsNearest(t *testing.T) {
	tree := mustTree(t)
	rapid.Check(t, func(rt *rapid.T) {
		cells := rapid.SampledFrom(tree.Cells())
		var officers []grid.Officer
		for i := range rapid.IntRange(0, 8).Draw(rt, "officers") {
			o := officer(string(rune('a'+i)), rapid.SampledFrom(grid.Roles()).Draw(rt, "role"), cells.Draw(rt, "cell").Code,
				rapid.IntRange(0, 5).Draw(rt, "from"), rapid.SampledFrom([]int{0, 6, 9}).Draw(rt, "until"))
			o.Blocked = rapid.Bool().Draw(rt, "blocked")
			o.Deputy = rapid.SampledFrom([]grid.OfficerID{"", "a", "b"}).Draw(rt, "deputy")
			officers = append(officers, o)
		}
		r := grid.NewRoster(1, rapid.Permutation(officers).Draw(rt, "order"))
		cell, at := cells.Draw(rt, "asked").Code, after(rapid.IntRange(0, 10).Draw(rt, "day"))
		got, where := r.Responsible(tree, cell, at, grid.Chief)
		if !tree.Within(cell, where) {
			rt.Fatalf("%s is not on the way up from %s", where, cell)
		}
		seen := map[grid.OfficerID]bool{}
		for _, o := range got {
			stands := slices.ContainsFunc(r.Holders(grid.Chief, where, at), func(h grid.Officer) bool {
				who, ok := r.StandIn(h, at)
				return ok && who.ID == o.ID
			})
			if !o.Reachable() || seen[o.ID] || !stands {
				rt.Fatalf("%v is told for %s", o, where)
			}
			seen[o.ID] = true
		}
		for c, _ := tree.Cell(cell); c.Code != where; c, _ = tree.Cell(c.Parent) {
			for _, h := range r.Holders(grid.Chief, c.Code, at) {
				if h.Reachable() {
					rt.Fatalf("%s in %s was nearer than %s", h.ID, c.Code, where)
				}
			}
		}
	})
}

func TestParseRole(t *testing.T) {
	for _, role := range grid.Roles() {
		if got, err := grid.ParseRole(string(role)); err != nil || got != role {
			t.Errorf("%s: %v, %v", role, got, err)
		}
	}
	for _, s := range []string{"", "Chief", "boss", " desk"} {
		if _, err := grid.ParseRole(s); grid.CodeOf(err) != grid.Invalid {
			t.Errorf("%q: %v, want Invalid", s, err)
		}
	}
}
