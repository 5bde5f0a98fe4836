package grid_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
)

// away is a copy of the officer who is absent from one day to another, exclusive.
func away(o grid.Officer, from, until int, deputy grid.OfficerID) grid.Officer {
	o.Absences = append(slices.Clone(o.Absences), grid.Absence{From: after(from), Until: after(until), Deputy: deputy, Set: after(from)})
	return o
}

// An absence holds from its first instant to the one before its end, or before it was ended.
func TestAbsenceActive(t *testing.T) {
	a := grid.Absence{From: after(2), Until: after(5)}
	for days, want := range map[int]bool{1: false, 2: true, 4: true, 5: false} {
		if got := a.Active(after(days)); got != want {
			t.Errorf("day %d: %v, want %v", days, got, want)
		}
	}
	a.Ended = after(3)
	if !a.Active(after(3).Add(-time.Nanosecond)) || a.Active(after(3)) {
		t.Error("an ended absence does not end there")
	}
	a.Ended = after(1)
	if a.Active(after(2)) || a.Overlaps(after(0), after(9)) {
		t.Error("an absence that was taken back before it began holds")
	}
	a.Ended = after(9)
	if a.Active(after(5)) {
		t.Error("an absence outlasts its end")
	}
}

// Of several absences that hold at once the one entered last counts.
func TestAway_lastEnteredCounts(t *testing.T) {
	o := away(away(officer("a", grid.Chief, town, 0, 0), 1, 9, "b"), 3, 5, "c")
	for days, want := range map[int]grid.OfficerID{2: "b", 3: "c", 4: "c", 5: "b"} {
		if a, ok := o.Away(after(days)); !ok || a.Deputy != want {
			t.Errorf("day %d: deputy %q, %v, want %q", days, a.Deputy, ok, want)
		}
	}
}

// Messages of the absent go to the deputy, along the chain, and up when it ends with nobody.
func TestResponsible_absent(t *testing.T) {
	tree := mustTree(t)
	li := officer("li", grid.Inspector, village, 0, 0)
	wang := officer("wang", grid.Inspector, "630202100", 0, 0)
	zhao := officer("zhao", grid.Inspector, "630202100", 0, 0)
	boss := officer("boss", grid.Chief, town, 0, 0)
	desk := officer("desk", grid.Desk, root, 0, 0)
	deaf := wang
	deaf.Blocked, deaf.Deputy = true, "zhao"
	left := officer("wang", grid.Inspector, "630202100", -9, 0)
	left.Appointments[0].Until = after(0)
	standing := away(li, 1, 5, "")
	standing.Deputy = "wang"

	tests := []struct {
		name     string
		officers []grid.Officer
		day      int
		want     []string
		cell     grid.CellCode
	}{
		{"deputy stands in", []grid.Officer{away(li, 1, 5, "wang"), wang, boss}, 1, []string{"wang"}, village},
		{"not before", []grid.Officer{away(li, 1, 5, "wang"), wang, boss}, 0, []string{"li"}, village},
		{"not after", []grid.Officer{away(li, 1, 5, "wang"), wang, boss}, 5, []string{"li"}, village},
		{"chain is followed", []grid.Officer{away(li, 1, 5, "wang"), away(wang, 1, 5, "zhao"), zhao, boss}, 2, []string{"zhao"}, village},
		{"blocked deputy's standing deputy", []grid.Officer{away(li, 1, 5, "wang"), deaf, zhao, boss}, 2, []string{"zhao"}, village},
		{"circle climbs", []grid.Officer{away(li, 1, 5, "wang"), away(wang, 1, 5, "li"), boss}, 2, []string{"boss"}, town},
		{"own deputy climbs", []grid.Officer{away(li, 1, 5, "li"), boss}, 2, []string{"boss"}, town},
		{"nobody named climbs", []grid.Officer{away(li, 1, 5, ""), wang, boss}, 2, []string{"boss"}, town},
		{"an absence says who, not the standing deputy", []grid.Officer{standing, wang, boss}, 2, []string{"boss"}, town},
		{"deputy who left climbs", []grid.Officer{away(li, 1, 5, "wang"), left, boss}, 2, []string{"boss"}, town},
		{"colleague in the cell goes on", []grid.Officer{away(li, 1, 5, ""), officer("ma", grid.Inspector, village, 0, 0), boss}, 2, []string{"ma"}, village},
		{"nobody at all while the desk is there", []grid.Officer{away(li, 1, 5, ""), desk}, 2, nil, root},
		{"rather the absent than nobody", []grid.Officer{away(li, 1, 5, ""), away(desk, 1, 5, "")}, 2, []string{"li"}, village},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, cell := grid.NewRoster(1, tt.officers).Responsible(tree, village, after(tt.day), grid.Inspector, grid.Chief)
			if !slices.Equal(ids(got), tt.want) && len(got)+len(tt.want) > 0 || cell != tt.cell {
				t.Errorf("got %v in %s, want %v in %s", ids(got), cell, tt.want, tt.cell)
			}
		})
	}
}

// The deputy acts in the cells and roles of the absent, in their name, and in the own ones as oneself.
func TestAs(t *testing.T) {
	tree := mustTree(t)
	street := grid.CellCode("630202100")
	r := grid.NewRoster(1, []grid.Officer{
		away(officer("boss", grid.Chief, town, 0, 0), 1, 5, "wang"), officer("wang", grid.Inspector, street, 0, 0),
	})
	tests := []struct {
		name string
		cell grid.CellCode
		day  int
		role grid.Role
		want grid.OfficerID
	}{
		{"in the absent one's cell", village, 2, grid.Chief, "boss"},
		{"own", street, 2, grid.Inspector, "wang"},
		{"not with a role the absent has not", village, 2, grid.Inspector, ""},
		{"not above", root, 2, grid.Chief, ""},
		{"not before", village, 0, grid.Chief, ""},
		{"not after", village, 5, grid.Chief, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			as, ok := r.As(tree, "p-wang", tt.cell, after(tt.day), tt.role)
			if as.ID != tt.want || ok != (tt.want != "") || ok != r.Can(tree, "p-wang", tt.cell, after(tt.day), tt.role) {
				t.Errorf("acts as %q, %v, want %q", as.ID, ok, tt.want)
			}
		})
	}
	if !r.Can(tree, "p-boss", village, after(2), grid.Chief) {
		t.Error("who is absent has lost the own authority")
	}
	if got := r.Areas("wang", after(2), grid.Inspector, grid.Chief); !slices.Equal(got, []grid.CellCode{street, town}) {
		t.Errorf("areas %v", got)
	}
}

// What an officer has begun is gone on with by them or who stands in, and returns to the cell when they left it.
func TestAtWork(t *testing.T) {
	tree := mustTree(t)
	li, wang := officer("li", grid.Inspector, village, 0, 0), officer("wang", grid.Inspector, "630202100", 0, 0)
	gone := officer("li", grid.Inspector, village, -5, 0)
	gone.Appointments[0].Until = after(0)
	mute := li
	mute.Blocked, mute.Deputy = true, "wang"
	tests := []struct {
		name    string
		li      grid.Officer
		handler grid.OfficerID
		want    grid.OfficerID
	}{
		{"handler", li, "li", "li"},
		{"deputy", away(li, 1, 5, "wang"), "li", "wang"},
		{"deputy who began it", away(li, 1, 5, "wang"), "wang", "wang"},
		{"deputy whose time is over", away(li, 0, 1, "wang"), "wang", ""},
		{"absent without deputy", away(li, 1, 5, ""), "li", ""},
		{"left", gone, "li", ""},
		{"out of reach: the standing deputy may not act alone", mute, "li", ""},
		{"nobody", li, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := grid.NewRoster(1, []grid.Officer{tt.li, wang})
			if o, ok := r.AtWork(tt.handler, after(2), func(o grid.Officer) bool {
				return o.May(tree, village, after(2), grid.Inspector, grid.Chief)
			}); o.ID != tt.want || ok != (tt.want != "") {
				t.Errorf("%q, %v, want %q", o.ID, ok, tt.want)
			}
		})
	}
}

// A cell is a blind spot on the days on which all who watch it are away and nobody stands in.
func TestBlindSpots_absent(t *testing.T) {
	tree := mustTree(t)
	blind := func(officers ...grid.Officer) bool {
		return slices.ContainsFunc(grid.NewRoster(1, officers).BlindSpots(tree, after(2)), func(c grid.Cell) bool { return c.Code == village })
	}
	li, wang := officer("li", grid.Inspector, village, 0, 0), officer("wang", grid.Chief, town, 0, 0)
	switch {
	case blind(li, wang), blind(away(li, 1, 5, "wang"), wang), blind(away(li, 3, 5, ""), wang):
		t.Error("blind although somebody watches it")
	case !blind(away(li, 1, 5, ""), wang), !blind(away(li, 1, 5, "wang"), away(wang, 1, 5, "li")):
		t.Error("watched although all are away")
	}
}

// draw makes a roster in which anybody may be away, blocked, gone, and named as a deputy by anybody.
func draw(rt *rapid.T, tree *grid.Tree) *grid.Roster {
	cells := rapid.SampledFrom(tree.Cells())
	deputies := rapid.SampledFrom([]grid.OfficerID{"", "a", "b", "c", "d", "nobody"})
	n := rapid.IntRange(0, 7).Draw(rt, "officers")
	officers := make([]grid.Officer, 0, n)
	for i := range n {
		o := officer(string(rune('a'+i)), rapid.SampledFrom(grid.Roles()).Draw(rt, "role"), cells.Draw(rt, "cell").Code,
			rapid.IntRange(0, 3).Draw(rt, "from"), rapid.SampledFrom([]int{0, 6, 9}).Draw(rt, "until"))
		o.Blocked = rapid.Bool().Draw(rt, "blocked")
		o.Deputy = deputies.Draw(rt, "deputy")
		for range rapid.IntRange(0, 3).Draw(rt, "absences") {
			from := rapid.IntRange(0, 9).Draw(rt, "away")
			o = away(o, from, from+rapid.IntRange(1, 5).Draw(rt, "days"), deputies.Draw(rt, "stands in"))
			if rapid.Bool().Draw(rt, "returned") {
				o.Absences[len(o.Absences)-1].Ended = after(from + rapid.IntRange(-1, 6).Draw(rt, "back"))
			}
		}
		officers = append(officers, o)
	}
	return grid.NewRoster(1, officers)
}

// Nobody who is absent or out of reach is named as responsible while anybody is there; only when nobody is there for the
// district are the absent named, and those out of reach never.
func TestResponsible_neverTheAbsent(t *testing.T) {
	tree := mustTree(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := draw(rt, tree)
		cell, at := rapid.SampledFrom(tree.Cells()).Draw(rt, "asked").Code, after(rapid.IntRange(0, 12).Draw(rt, "day"))
		roles := []grid.Role{grid.Inspector, grid.Chief, grid.Desk, grid.Supervisor, grid.Admin}
		got, where := r.Responsible(tree, cell, at, roles...)
		there := false // anybody at all, for these roles
		for _, c := range tree.Path(cell) {
			for _, role := range roles {
				there = there || slices.ContainsFunc(r.Holders(role, c.Code, at), func(o grid.Officer) bool {
					_, ok := r.StandIn(o, at)
					return ok
				})
			}
		}
		if there && len(got) == 0 {
			rt.Fatal("somebody is there, and nobody is named")
		}
		for _, o := range got {
			if !o.Reachable() || there && !o.Available(at) {
				rt.Fatalf("%+v is named for %s", o, where)
			}
		}
	})
}

// A deputy has exactly the authority of the absent while standing in: nothing of it at any moment outside the absence.
func TestAs_exactlyTheAbsence(t *testing.T) {
	tree := mustTree(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := draw(rt, tree)
		cell := rapid.SampledFrom(tree.Cells()).Draw(rt, "asked").Code
		role := rapid.SampledFrom(grid.Roles()).Draw(rt, "with")
		at := after(rapid.IntRange(0, 12).Draw(rt, "day"))
		holds := func(o grid.Officer) bool {
			return slices.ContainsFunc(o.Areas(at, role), func(a grid.CellCode) bool { return tree.Within(cell, a) })
		}
		for _, me := range r.Officers() {
			want := holds(me)
			for _, o := range r.Officers() {
				absence, is := o.Away(at)
				if who, ok := r.StandIn(o, at); is && ok && who.ID == me.ID && holds(o) && absence.Deputy != "" {
					want = true
				}
			}
			if got := r.Can(tree, me.Person, cell, at, role); got != want {
				rt.Fatalf("%s as %s in %s: %v, want %v", me.ID, role, cell, got, want)
			}
			if as, ok := r.As(tree, me.Person, cell, at, role); ok && !holds(as) {
				rt.Fatalf("%s acts as %s, who has no such role", me.ID, as.ID)
			}
		}
	})
}

// Whoever stands in is available, whatever circles the deputies make.
func TestStandIn_isAvailable(t *testing.T) {
	tree := mustTree(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := draw(rt, tree)
		at := after(rapid.IntRange(0, 12).Draw(rt, "day"))
		for _, o := range r.Officers() {
			who, ok := r.StandIn(o, at)
			if ok != who.Available(at) || ok && o.Available(at) && who.ID != o.ID {
				rt.Fatalf("%s stands in for %s, %v", who.ID, o.ID, ok)
			}
		}
	})
}
