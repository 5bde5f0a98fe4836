package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// absent is the roster of the tests in which ivan and dora are away for three days and somebody stands in.
func absent() *grid.Roster {
	all := officers()
	for i := range all {
		switch all[i].ID {
		case "ivan":
			all[i].Absences = []grid.Absence{{From: monday, Until: monday.AddDate(0, 0, 3), Deputy: "nina", Set: monday}}
		case "dora":
			all[i].Absences = []grid.Absence{{From: monday, Until: monday.AddDate(0, 0, 3), Deputy: "carl", Set: monday}}
		}
	}
	return grid.NewRoster(1, all)
}

// The history says who acted for whom; whoever has the authority acts in their own name.
func TestApply_saysWhoActedForWhom(t *testing.T) {
	w := work(t)
	handled, _ := in(t, w, casework.Handling, monday)
	accepted, _ := in(t, w, casework.Accepted, monday)
	registered, _ := in(t, w, casework.Registered, monday)
	tests := []struct {
		name   string
		c      casework.Case
		action casework.Action
		who    grid.OfficerID
		days   int
		as     string
		code   grid.Code
	}{
		{"deputy takes", accepted, casework.Take, "nina", 1, "ivan", ""},
		{"deputy hands in", handled, casework.HandIn, "nina", 1, "ivan", ""},
		{"deputy of the desk accepts", registered, casework.Accept, "carl", 1, "dora", ""},
		{"deputy files from the field in the own name", casework.Case{ID: "f", Number: "R", Reporter: person("nina"), Cell: village}, casework.File, "nina", 1, "", ""},
		{"absent acts all the same", handled, casework.HandIn, "ivan", 1, "", ""},
		{"chief acts with the own authority", handled, casework.HandIn, "tom", 1, "", ""},
		{"not before", handled, casework.HandIn, "nina", -1, "", grid.Forbidden},
		{"not when it is over", handled, casework.HandIn, "nina", 3, "", grid.Forbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			act := filled(tt.action, person(tt.who))
			act.For = "adam" // what a caller says counts for nothing
			c, e, err := w.Apply(tt.c, act, absent(), monday.AddDate(0, 0, tt.days))
			if grid.CodeOf(err) != tt.code {
				t.Fatal(err)
			}
			if err == nil && (e.By != string(tt.who) || e.Note["for"] != tt.as || c.Events != e.Seq) {
				t.Errorf("by %q for %q, want %q for %q", e.By, e.Note["for"], tt.who, tt.as)
			}
		})
	}
}

// Whoever is kept from a case lends no authority for it, and a certificate is not lent at all.
func TestAs_lendsNoMoreThanOneHas(t *testing.T) {
	w := work(t)
	handled, _ := in(t, w, casework.Handling, monday)
	barred := handled
	barred.Barred = []casework.Exclusion{{Officer: "ivan"}}
	later := monday.Add(time.Hour)
	if !w.May(handled, casework.HandIn, person("nina"), absent(), later) || !w.Sees(handled, person("nina"), absent(), later) {
		t.Error("the deputy may not act for who is absent")
	}
	if w.May(barred, casework.HandIn, person("nina"), absent(), later) || w.Sees(barred, person("nina"), absent(), later) {
		t.Error("the deputy acts for somebody who is kept from the case")
	}
	all := slices.Clone(absent().Officers())
	for i := range all {
		if all[i].ID == "ivan" {
			all[i].Certificate = "QH-1"
		}
	}
	if lent := grid.NewRoster(2, all); w.May(handled, casework.Investigate, person("nina"), lent, later) || !w.May(handled, casework.Investigate, person("ivan"), lent, later) {
		t.Error("a certificate was lent")
	}
}

// A reminder goes to whoever works on the case, to who stands in for them, and to the people of the cell when the one who
// took it has left it, moved elsewhere or stood in for somebody who is back.
func TestFire_tellsWhoIsAtWork(t *testing.T) {
	w := work(t)
	handled, _ := in(t, w, casework.Handling, monday)
	left := officers()
	left[0].Appointments[0].Until = monday.Add(time.Hour)
	left[0].Appointments = append(left[0].Appointments, grid.Appointment{Role: grid.Inspector, Cell: otherTown})
	stoodIn := handled
	stoodIn.Handler = "nina"
	early := officers()
	early[0].Absences = []grid.Absence{{From: monday, Until: monday.AddDate(0, 0, 30), Deputy: "nina", Set: monday}}
	for name, tt := range map[string]struct {
		c      casework.Case
		roster *grid.Roster
		want   []grid.OfficerID
	}{
		"handler":             {handled, roster(), []grid.OfficerID{"ivan"}},
		"deputy":              {handled, grid.NewRoster(1, early), []grid.OfficerID{"nina"}},
		"left for other cell": {handled, grid.NewRoster(1, left), []grid.OfficerID{"vera"}},
		"deputy who began it": {stoodIn, grid.NewRoster(1, early), []grid.OfficerID{"nina"}},
		"former deputy":       {stoodIn, absent(), []grid.OfficerID{"ivan", "vera"}},
	} {
		_, _, reminders := w.Fire(tt.c, tt.roster, monday.AddDate(0, 0, 29))
		var got []grid.OfficerID
		for _, r := range reminders {
			for _, o := range r.To {
				got = append(got, o.ID)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v are told, want %v", name, got, tt.want)
		}
	}
}
