package casework_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Rules §12.10, §12.16: after too many moves the common superior decides, the clock never stops, and then it is decided.
func TestDispute_CannotPingPong(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	finish, _ := c.Clock(casework.FinishClock)
	object := func(who grid.PersonID, to grid.CellCode) {
		c = mustApply(t, w, c, casework.Act{Action: casework.NotMine, Person: who, Cell: to, Reason: "boundary"}, monday)
	}
	move := func(who grid.PersonID, to grid.CellCode) {
		c = mustApply(t, w, c, casework.Act{Action: casework.Reassign, Person: who, Cell: to}, monday)
		c = mustApply(t, w, c, casework.Act{Action: casework.HandOn}, monday)
	}
	object("p-ivan", neighbour)
	if k, ok := c.Clock(casework.AdjudicateClock); !ok || !k.Running() {
		t.Error("nobody has a limit to decide")
	}
	move("p-dora", neighbour)
	object("p-nina", village)
	move("p-dora", village)
	object("p-ivan", neighbour)
	if c.Dispute.Superior != town || c.Bounces != 2 {
		t.Fatalf("after two moves: %+v, %d", c.Dispute, c.Bounces)
	}
	_, _, err := w.Apply(c, casework.Act{Action: casework.Reassign, Person: "p-dora", Cell: neighbour}, roster(), monday)
	wantCode(t, "the desk moves it a third time", err, grid.Forbidden)
	_, _, err = w.Apply(c, casework.Act{Action: casework.Reassign, Person: "p-vera", Cell: village}, roster(), monday)
	wantCode(t, "a party decides", err, grid.Forbidden)
	move("p-tom", village)
	_, _, err = w.Apply(c, casework.Act{Action: casework.NotMine, Person: "p-ivan", Cell: neighbour, Reason: "boundary"}, roster(), monday)
	wantCode(t, "objecting to the superior", err, grid.Conflict)
	if k, _ := c.Clock(casework.FinishClock); k != finish {
		t.Errorf("the finish clock %+v became %+v", finish, k)
	}
}

// 信访工作条例 Art 23: five working days to object, from when it came.
func TestDispute_FiveWorkingDays(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	_, _, err := w.Apply(c, filled(casework.NotMine, "p-ivan"), roster(), at(6, 15, 23))
	wantCode(t, "on the last day", err, "")
	_, _, err = w.Apply(c, filled(casework.NotMine, "p-ivan"), roster(), at(6, 16, 0))
	wantCode(t, "a moment later", err, grid.Expired)
}

// Each cell has its five days from when the case came to it, though no clock begins anew.
func TestDispute_FiveDaysForEach(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	c = mustApply(t, w, c, filled(casework.NotMine, "p-ivan"), at(6, 15, 9))
	c = mustApply(t, w, c, casework.Act{Action: casework.Reassign, Person: "p-dora", Cell: neighbour}, at(6, 15, 10))
	c = mustApply(t, w, c, casework.Act{Action: casework.HandOn}, at(6, 15, 10))
	back := casework.Act{Action: casework.NotMine, Person: "p-nina", Cell: village, Reason: "boundary"}
	_, _, err := w.Apply(c, back, roster(), at(6, 23, 9))
	wantCode(t, "within the neighbour's own days", err, "")
	_, _, err = w.Apply(c, back, roster(), at(6, 24, 9))
	wantCode(t, "after them", err, grid.Expired)
}

// A department that should lead is named to the desk; between departments the district decides, and no chief of a cell
// names one.
func TestDispute_Departments(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	object := func(who grid.PersonID, d grid.Department) {
		c = mustApply(t, w, c, casework.Act{Action: casework.NotMine, Person: who, Reason: casework.OtherDepartment, Department: d}, monday)
	}
	lead := func(who grid.PersonID, d grid.Department) casework.Act {
		return casework.Act{Action: casework.Reassign, Person: who, Lead: d}
	}
	object("p-ivan", water)
	_, _, err := w.Apply(c, lead("p-vera", water), roster(), monday)
	wantCode(t, "a chief names a department", err, grid.Forbidden)
	_, _, err = w.Apply(c, casework.Act{Action: casework.Assign, Person: "p-dora", Lead: water}, roster(), monday)
	wantCode(t, "assigning past an open objection", err, grid.Conflict)
	c = mustApply(t, w, c, lead("p-dora", water), monday)
	object("p-carl", housing)
	if c.Dispute.Of != water {
		t.Errorf("raised in the name of %q", c.Dispute.Of)
	}
	c = mustApply(t, w, c, lead("p-dora", housing), monday)
	object("p-wong", water)
	if c.Dispute.Superior != root || c.Bounces != 2 {
		t.Fatalf("after two moves %+v, %d", c.Dispute, c.Bounces)
	}
	_, _, err = w.Apply(c, lead("p-dora", water), roster(), monday)
	wantCode(t, "the desk a third time", err, grid.Forbidden)
	c = mustApply(t, w, c, casework.Act{Action: casework.Reassign, Person: "p-sven", Cell: neighbour}, monday)
	if c.Lead != "" || c.Cell != neighbour || !c.Decided {
		t.Errorf("given to a cell: %q, %q, %v", c.Lead, c.Cell, c.Decided)
	}
}

func TestSuperior(t *testing.T) {
	w := work(t)
	for _, tt := range []struct{ a, b, want grid.CellCode }{
		{village, neighbour, town}, {village, otherTown, root}, {town, village, root}, {otherTown, town, root}, {village, root, root},
	} {
		if got := w.Superior(tt.a, tt.b); got != tt.want {
			t.Errorf("above %s and %s: %s, want %s", tt.a, tt.b, got, tt.want)
		}
	}
}
