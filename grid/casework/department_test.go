package casework_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// "Not my department" needs a reason and lets nobody go by itself: a supervisor does, the desk may insist.
func TestDepartments_AskedByMistake(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	c = mustApply(t, w, c, filled(casework.Assign, "p-dora"), monday)
	bare := filled(casework.DeclineTask, "p-wong")
	bare.Reason = ""
	_, _, err := w.Apply(c, bare, roster(), monday)
	wantCode(t, "without a reason", err, grid.Invalid)
	c = mustApply(t, w, c, filled(casework.DeclineTask, "p-wong"), monday)
	if k, _ := c.ClockOf(casework.TaskClock, string(housing)); !k.Running() || len(c.Waiting()) != 1 {
		t.Error("declining let it go by itself")
	}
	kept := mustApply(t, w, c, filled(casework.KeepTask, "p-dora"), monday)
	if kept.Tasks[0].Declined != "" || len(kept.Waiting()) != 1 {
		t.Errorf("kept: %+v", kept.Tasks)
	}
	_, _, err = w.Apply(c, filled(casework.DropTask, "p-dora"), roster(), monday)
	wantCode(t, "the desk lets it go", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.DropTask, "p-sven"), monday)
	if k, _ := c.ClockOf(casework.TaskClock, string(housing)); k.Running() || len(c.Tasks) != 0 {
		t.Errorf("dropped: %+v, clock %+v", c.Tasks, k)
	}
	mustApply(t, w, c, filled(casework.HandIn, "p-carl"), monday)
}

// A department that leads is not waited for as one that supports.
func TestDepartments_LeadIsNotItsOwnHelper(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	c = mustApply(t, w, c, filled(casework.Assign, "p-dora"), monday)
	c = mustApply(t, w, c, casework.Act{Action: casework.Assign, Person: "p-dora", Lead: housing}, monday)
	if c.Lead != housing || len(c.Waiting()) != 0 {
		t.Errorf("lead %s, waiting for %v", c.Lead, c.Waiting())
	}
}

// A department that leads and has not begun is reminded of its limits itself, and not the cell that gave the case away.
func TestFire_RemindsTheLead(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	c = mustApply(t, w, c, casework.Act{Action: casework.Assign, Person: "p-dora", Lead: water}, monday)
	start, _ := c.Clock(casework.StartClock)
	_, _, reminders := w.Fire(c, roster(), start.Due.Add(-15*time.Hour))
	if len(reminders) != 1 || names(reminders[0].To) != "carl" {
		t.Errorf("reminded: %v", told(reminders))
	}
}
