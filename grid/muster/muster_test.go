package muster_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/muster"
)

var nine = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func tree(t *testing.T) *grid.Tree {
	t.Helper()
	tr, err := grid.NewTree([]string{"1", "2", "3"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "D"},
		{Code: "630202102", Parent: "630202", Level: 2, Name: "A"},
		{Code: "630202103", Parent: "630202", Level: 2, Name: "B"},
		{Code: "630202999", Parent: "630202", Level: 2, Name: "Q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func officer(id grid.OfficerID, role grid.Role, cell grid.CellCode, set func(*grid.Officer)) grid.Officer {
	o := grid.Officer{ID: id, Person: grid.PersonID(id), Appointments: []grid.Appointment{{Role: role, Cell: cell}}}
	if set != nil {
		set(&o)
	}
	return o
}

func TestCallees(t *testing.T) {
	away := func(deputy grid.OfficerID) func(*grid.Officer) {
		return func(o *grid.Officer) {
			o.Absences = []grid.Absence{{From: nine.Add(-time.Hour), Until: nine.Add(time.Hour), Deputy: deputy}}
		}
	}
	r := grid.NewRoster(1, []grid.Officer{
		officer("a", grid.Inspector, "630202102", nil),
		officer("away", grid.Inspector, "630202102", away("chief")),
		officer("blocked", grid.Inspector, "630202102", func(o *grid.Officer) { o.Blocked = true }),
		officer("chief", grid.Chief, "630202102", nil),
		officer("gone", grid.Inspector, "630202102", away("")),
		officer("new", grid.Inspector, "630202102", func(o *grid.Officer) { o.Person = "" }),
		officer("other", grid.Inspector, "630202103", nil),
		officer("spare", grid.Inspector, "630202102", func(o *grid.Officer) { o.Blocked, o.Deputy = true, "a" }),
	})
	calls, missed := muster.Callees(tree(t), r, muster.Scope{Cell: "630202102", Roles: []grid.Role{grid.Inspector}}, "boss", nine)
	if len(calls) != 2 || calls[0].Officer != "a" || !slices.Equal(calls[0].For, []grid.OfficerID{"spare"}) ||
		calls[1].Officer != "chief" || !slices.Equal(calls[1].For, []grid.OfficerID{"away"}) {
		t.Errorf("called %+v", calls)
	}
	want := []muster.Missed{{Officer: "blocked", Why: muster.NoReach}, {Officer: "gone", Why: muster.Away}, {Officer: "new", Why: muster.NoReach}}
	if !slices.Equal(missed, want) {
		t.Errorf("missed %+v", missed)
	}
	all, _ := muster.Callees(tree(t), r, muster.Scope{Cell: "630202", Roles: []grid.Role{grid.Inspector, grid.Chief}}, "chief", nine)
	if slices.ContainsFunc(all, func(c muster.Call) bool { return c.Officer == "chief" }) || len(all) != 2 {
		t.Errorf("the caller is called, or others are not: %+v", all)
	}
}

// TestTake: what is said last counts, but being there and the end of the muster stand.
func TestTake(t *testing.T) {
	place := &geo.Point{Lon: 102.4, Lat: 36.5}
	m := muster.Muster{At: nine, Point: place, When: nine.Add(time.Hour), Calls: []muster.Call{{Officer: "a", State: muster.Called}}}
	take := func(a muster.Answer, code grid.Code) {
		t.Helper()
		a.By = "a"
		after, _, err := m.Take(0, a, 300, nine.Add(2*time.Hour))
		if grid.CodeOf(err) != code {
			t.Fatalf("%+v: %v", a, err)
		}
		m = after
	}
	take(muster.Answer{State: muster.Excused}, grid.Invalid)
	take(muster.Answer{State: muster.Excused, Reason: "ill"}, "")
	take(muster.Answer{State: muster.Seen}, grid.Conflict)
	take(muster.Answer{State: muster.OnWay}, "")
	take(muster.Answer{State: muster.There, Point: &geo.Point{Lon: 102.41, Lat: 36.5}}, grid.Invalid)
	take(muster.Answer{State: muster.There, Point: &geo.Point{Lon: 102.402, Lat: 36.5}}, "")
	take(muster.Answer{State: muster.Excused, Reason: "ill"}, grid.Conflict)
	c := m.Calls[0]
	if c.Proof != muster.Checked || c.Metres < 170 || c.Metres > 190 || !m.Late(c) || c.Reason != "" {
		t.Errorf("arrived as %+v", c)
	}
	m, _, err := m.End("boss", "", nine)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.End("boss", "", nine); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	if _, _, err := m.Take(0, muster.Answer{State: muster.OnWay}, 300, nine); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("answered after the end: %v", err)
	}
}

// TestRemindingEnds: whatever is answered when, nobody is reminded who answered, and never more often than the setting says.
func TestRemindingEnds(t *testing.T) {
	r := muster.Reminding{Every: 10 * time.Minute, Times: 3}
	rapid.Check(t, func(t *rapid.T) {
		m := muster.Muster{At: nine, Calls: []muster.Call{{Officer: "a", State: muster.Called}, {Officer: "b", State: muster.Called}}}
		reminded := make(map[grid.OfficerID]int)
		now := nine
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 25).Draw(t, "minutes")) * time.Minute)
			if rapid.Bool().Draw(t, "answers") {
				i := rapid.IntRange(0, 1).Draw(t, "who")
				answer := rapid.SampledFrom(muster.States()).Draw(t, "answer")
				if after, _, err := m.Take(i, muster.Answer{State: answer, By: m.Calls[i].Officer, Reason: "r"}, 300, now); err == nil {
					m = after
				}
			}
			due, open := m.Next(r)
			var silent []muster.Call
			m, _, silent = m.Remind(r, now)
			if (len(silent) > 0) != (open && !due.After(now)) {
				t.Fatalf("due %v, reminded %v", due, silent)
			}
			for _, c := range silent {
				reminded[c.Officer]++
				if c.State != muster.Called || reminded[c.Officer] > r.Times {
					t.Fatalf("reminded %+v, %d times", c, reminded[c.Officer])
				}
			}
		}
	})
}

// TestEveryStateHasItsAnswers holds the table: every state is listed, and none leads to itself or back to silence.
func TestEveryStateHasItsAnswers(t *testing.T) {
	for _, s := range muster.States() {
		for _, a := range s.Open() {
			if a == s || a == muster.Called || !slices.Contains(muster.States(), a) || s == muster.There {
				t.Errorf("%s leads to %s", s, a)
			}
		}
	}
}
