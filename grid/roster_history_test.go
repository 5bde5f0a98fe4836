package grid_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
)

// Who was responsible on a day is answered later as it was: predecessor and successor on the day of the change, and who
// was away.
func TestServed(t *testing.T) {
	r := grid.NewRoster(1, []grid.Officer{
		officer("a", grid.Chief, village, 0, 5), away(officer("b", grid.Chief, village, 5, 0), 7, 9, "a"),
		officer("c", grid.Inspector, village, 0, 0), officer("d", grid.Chief, town, 0, 0),
	})
	for day, want := range map[int][]string{-1: {}, 0: {"a", "c"}, 4: {"a", "c"}, 5: {"b", "c"}, 8: {"b", "c"}} {
		var got []string
		for _, s := range r.Served(village, after(day), after(day+1), grid.Chief, grid.Inspector) {
			got = append(got, string(s.Officer.ID))
			if absent := len(s.Absences) > 0; absent != (day == 8 && s.Officer.ID == "b") {
				t.Errorf("day %d: %s absent %v", day, s.Officer.ID, absent)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
	noon := after(5).Add(-12 * time.Hour)
	if got := r.Served(village, noon, noon.Add(24*time.Hour), grid.Chief); len(got) != 2 {
		t.Errorf("on the day of the change: %v", got)
	}
}

// Roster edits end and add, and never rewrite.
func TestKeepsHistory(t *testing.T) {
	now := after(4)
	base := func() grid.Officer {
		o := away(away(officer("a", grid.Chief, village, 0, 0), 1, 3, "b"), 4, 9, "b")
		o.Appointments = append(o.Appointments, grid.Appointment{Role: grid.Desk, Cell: root, From: after(-9), Until: after(1)})
		return o
	}
	tests := []struct {
		name string
		edit func(*grid.Officer)
		want bool
	}{
		{"nothing", func(*grid.Officer) {}, true},
		{"other name", func(o *grid.Officer) { o.Name = "b" }, true},
		{"appointed", func(o *grid.Officer) { o.Appointments = append(o.Appointments, o.Appointments[0]) }, true},
		{"ended now", func(o *grid.Officer) { o.Appointments[0].Until = now }, true},
		{"ended later", func(o *grid.Officer) { o.Appointments[0].Until = after(9) }, true},
		{"ended in the past", func(o *grid.Officer) { o.Appointments[0].Until = after(3) }, false},
		{"revived", func(o *grid.Officer) { o.Appointments[1].Until = time.Time{} }, false},
		{"dropped", func(o *grid.Officer) { o.Appointments = o.Appointments[:1] }, false},
		{"other role", func(o *grid.Officer) { o.Appointments[0].Role = grid.Inspector }, false},
		{"other cell", func(o *grid.Officer) { o.Appointments[0].Cell = town }, false},
		{"other department", func(o *grid.Officer) { o.Appointments[0].Department = "x" }, false},
		{"other beginning", func(o *grid.Officer) { o.Appointments[0].From = after(1) }, false},
		{"back early", func(o *grid.Officer) { o.Absences[1].Ended = now }, true},
		{"back in the past", func(o *grid.Officer) { o.Absences[1].Ended = after(2) }, false},
		{"other deputy", func(o *grid.Officer) { o.Absences[0].Deputy = "c" }, false},
		{"longer", func(o *grid.Officer) { o.Absences[1].Until = after(30) }, false},
		{"absence dropped", func(o *grid.Officer) { o.Absences = nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := base()
			o.Appointments, o.Absences = slices.Clone(o.Appointments), slices.Clone(o.Absences)
			tt.edit(&o)
			if err := grid.KeepsHistory(base(), o, now); (err == nil) != tt.want {
				t.Errorf("%v, want it kept: %v", err, tt.want)
			} else if err != nil && grid.CodeOf(err) != grid.Conflict {
				t.Errorf("%v is no conflict", err)
			}
		})
	}
}

// An edit that keeps history changes nobody's answer for a moment that is past.
func TestKeepsHistory_pastStays(t *testing.T) {
	tree := mustTree(t)
	ends := rapid.SampledFrom([]int{-1, 0, 2, 4, 5, 8})
	rapid.Check(t, func(rt *rapid.T) {
		r := draw(rt, tree)
		if len(r.Officers()) == 0 {
			return
		}
		before := rapid.SampledFrom(r.Officers()).Draw(rt, "who")
		now := after(rapid.IntRange(1, 9).Draw(rt, "now"))
		edited := before
		edited.Appointments, edited.Absences = slices.Clone(before.Appointments), slices.Clone(before.Absences)
		edited.Appointments[0].Until = after(ends.Draw(rt, "until"))
		for i := range edited.Absences {
			edited.Absences[i].Ended = after(ends.Draw(rt, "ended"))
		}
		if grid.KeepsHistory(before, edited, now) != nil {
			return
		}
		past := now.Add(-time.Duration(rapid.IntRange(1, 200).Draw(rt, "ago")) * time.Hour)
		a, was := before.Away(past)
		b, is := edited.Away(past)
		if before.InService(past) != edited.InService(past) || was != is || a.Deputy != b.Deputy {
			rt.Fatalf("at %v: in service %v, away %v; before %v, %v", past, edited.InService(past), is, before.InService(past), was)
		}
	})
}
