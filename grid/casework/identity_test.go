package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestWhoWorksOnTheMatterUnsealsNothing, whatever else they are.
func TestWhoWorksOnTheMatterUnsealsNothing(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	for name, tc := range map[string]struct {
		more grid.Appointment
		who  grid.OfficerID
		may  bool
	}{
		"desk of the district":               {who: "dora", may: true},
		"and chief of the cell":              {grid.Appointment{Role: grid.Chief, Cell: village}, "dora", false},
		"and inspector above it":             {grid.Appointment{Role: grid.Inspector, Cell: town}, "dora", false},
		"and inspector of another cell":      {grid.Appointment{Role: grid.Inspector, Cell: neighbour}, "dora", true},
		"desk of the township":               {who: "tess"},
		"the handler, made supervisor since": {grid.Appointment{Role: grid.Supervisor, Cell: root}, "ivan", false},
		"admin":                              {who: "adam"},
	} {
		all := officers()
		i := slices.IndexFunc(all, func(o grid.Officer) bool { return o.ID == tc.who })
		if tc.more.Role != "" {
			all[i].Appointments = append(all[i].Appointments, tc.more)
		}
		r := grid.NewRoster(2, all)
		_, e, err := w.Apply(c, filled(casework.Unseal, person(tc.who)), r, monday)
		if (err == nil) != tc.may || w.May(c, casework.Unseal, person(tc.who), r, monday) != tc.may {
			t.Errorf("%s: %v", name, err)
		}
		if tc.may && (e.By != string(tc.who) || e.Note["reason"] != casework.ToCallBack || e.Note["words"] == "") {
			t.Errorf("%s: on record as %+v", name, e)
		}
	}
	for _, bad := range []casework.Act{{Reason: "curiosity", Words: "line was bad"}, {Reason: casework.InDanger, Words: "so"}} {
		bad.Action, bad.Person = casework.Unseal, "p-dora"
		_, _, err := w.Apply(c, bad, roster(), monday)
		if grid.CodeOf(err) != grid.Invalid {
			t.Errorf("%s: %v", bad.Reason, err)
		}
	}
}

// TestForgotten: nothing in the case names the person, who follows is still counted, others may follow as before.
func TestForgotten(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Handling, monday)
	step := func(act casework.Act) {
		t.Helper()
		next, e, err := w.Apply(c, act, roster(), monday)
		if err != nil {
			t.Fatal(err)
		}
		c, events = next, append(events, e)
	}
	step(casework.Act{Action: casework.Follow, Person: "another"})
	step(casework.Act{Action: casework.Forget, Person: "citizen", As: grid.Gone("1")})
	step(casework.Act{Action: casework.Forget, Person: "another", As: grid.Gone("2")})
	if c.Reporter != "gone-1" || len(c.Followers) != 1 || c.Followers[0] != "gone-2" || c.RealName {
		t.Errorf("%+v", c)
	}
	if events[len(events)-2].By != "reporter" || events[len(events)-1].By != "follower" {
		t.Errorf("by %s and %s", events[len(events)-2].By, events[len(events)-1].By)
	}
	step(casework.Act{Action: casework.Follow, Person: "citizen"})
	_, _, err := w.Apply(c, casework.Act{Action: casework.AddWords, Person: "another", Words: "x"}, roster(), monday)
	wantCode(t, "who was forgotten", err, grid.Forbidden)
	for name, act := range map[string]casework.Act{
		"by a name that leads somewhere": {Action: casework.ForgetPerson, Whom: "citizen", As: "somebody"},
		"who is not in it":               {Action: casework.ForgetPerson, Whom: "stranger", As: grid.Gone("3")},
	} {
		closed := c
		closed.State = casework.Closed
		if _, _, err := w.Apply(closed, act, roster(), monday); err == nil {
			t.Errorf("%s: done", name)
		}
	}
	if err := casework.Verify(c, events); err != nil {
		t.Error(err)
	}
}

// TestRemovedFiles keep their hash; what is not on record yet stays.
func TestRemovedFiles(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	c.Evidence = []casework.Evidence{{File: "a", ID: "1", SHA256: "aa"}, {File: "b", ID: "2"}, {File: "c", ID: "3", Lost: "not_kept"}}
	later := monday.Add(time.Hour)
	next, _, err := w.Apply(c, casework.Act{Action: casework.RemoveFiles}, roster(), later)
	if err != nil {
		t.Fatal(err)
	}
	a, b := next.Evidence[0], next.Evidence[1]
	if !a.Removed.Equal(later) || a.ID != "" || a.SHA256 != "aa" || !b.Removed.IsZero() || b.ID != "2" || next.Evidence[2].Removed.IsZero() {
		t.Errorf("%+v", next.Evidence)
	}
	if c.Evidence[0].ID != "1" {
		t.Error("the case before was changed")
	}
	_, _, err = w.Apply(next, casework.Act{Action: casework.RemoveFiles}, roster(), later)
	wantCode(t, "twice", err, grid.Conflict)
}
