package casework_test

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// both is the roster of the tests in which sven supervises the district and is its chief, too: he may work on a case and judge it.
func both() *grid.Roster {
	all := officers()
	for i := range all {
		if all[i].ID == "sven" {
			all[i].Appointments = append(all[i].Appointments, grid.Appointment{Role: grid.Chief, Cell: root})
		}
	}
	return grid.NewRoster(1, all)
}

// Nobody judges their own work in whatever part: who handed a result in does not approve it although another had begun the work,
// and neither passes a spot check of it nor answers a review against it.
func TestNobodyJudgesWhatTheyHandedIn(t *testing.T) {
	w := work(t)
	do := func(c casework.Case, action casework.Action, who grid.PersonID) casework.Case {
		t.Helper()
		next, _, err := w.Apply(c, filled(action, who), both(), monday)
		if err != nil {
			t.Fatalf("%s by %s: %v", action, who, err)
		}
		return next
	}
	refused := func(what string, c casework.Case, action casework.Action) {
		t.Helper()
		_, _, err := w.Apply(c, filled(action, "p-sven"), both(), monday)
		wantCode(t, what, err, grid.Forbidden)
	}
	c, _ := in(t, w, casework.Handling, monday) // ivan began
	c = do(c, casework.HandIn, "p-sven")
	refused("approves the finding", c, casework.ApproveFinding)
	refused("closes it", c, casework.Close)
	c = do(c, casework.Close, "p-dora")
	spot := do(c, casework.Lapse, "")
	refused("looks after it", spot, casework.Pass)
	review := do(do(c, casework.Confirm, "citizen"), casework.AskReview, "citizen")
	refused("reviews it", review, casework.Uphold)
	do(spot, casework.Pass, "p-otto")
	do(review, casework.Uphold, "p-otto")
}

// A merged report ends by the work and the word of those who ended the main case: they do not review it, and when its reporter
// objects it goes above them.
func TestMerge_EndsByTheSameHands(t *testing.T) {
	w := work(t)
	parent, _ := in(t, w, casework.HandedIn, monday)
	parent.Handler, parent.Children = "tom", []casework.CaseID{"c2"} // the township's chief had the main case
	child, _ := in(t, w, casework.Registered, monday)
	child.ID, child.Number, child.Reporter = "c2", "R2", "another"
	child = mustApply(t, w, child, casework.Act{Action: casework.Merge, Person: "p-dora", Other: "c1"}, monday)
	parent = mustApply(t, w, parent, filled(casework.Close, "p-sven"), monday)
	child, _, err := w.EndWith(parent, child, "", roster(), monday)
	if err != nil {
		t.Fatal(err)
	}
	review := mustApply(t, w, child, filled(casework.AskReview, "another"), monday)
	_, _, err = w.Apply(review, filled(casework.Uphold, "p-sven"), roster(), monday)
	wantCode(t, "reviews what they closed", err, grid.Forbidden)
	chief := append(officers(), officer("rita", grid.Chief, root))
	anew, _, err := w.Apply(child, filled(casework.Object, "another"), grid.NewRoster(1, chief), monday)
	if err != nil || anew.Seat() != root {
		t.Errorf("it goes to %s, where whoever had it decides: %v", anew.Seat(), err)
	}
}

// An objection ends with what it was about: no limit to decide it runs, and nobody has it on the list, once the case was handed in
// or given to the level above.
func TestDispute_EndsWithItsCause(t *testing.T) {
	w := work(t)
	for name, act := range map[string]casework.Act{
		"handed in": filled(casework.HandIn, "p-ivan"), "kept from somebody": filled(casework.Bar, "p-dora"), "recused": filled(casework.Recuse, "p-ivan"),
	} {
		c, _ := in(t, w, casework.Handling, monday)
		c = mustApply(t, w, c, filled(casework.NotMine, "p-ivan"), monday)
		c = mustApply(t, w, c, act, monday)
		if c.Dispute != nil || slices.Contains(running(c), casework.AdjudicateClock) || slices.Contains(c.Queues(), casework.DisputeQueue) {
			t.Errorf("%s: %+v, %v run, in %v", name, c.Dispute, running(c), c.Queues())
		}
	}
}

// Nobody can keep the whole district from a case: it would be nobody's.
func TestBar_NeverTheDistrict(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	_, _, err := w.Apply(c, casework.Act{Action: casework.Bar, Person: "p-dora", Barred: []casework.Exclusion{{Unit: root, Reason: "named"}}}, roster(), monday)
	wantCode(t, "the district is kept from it", err, grid.Invalid)
}

// The answer after a review that found the case wrong is a new answer in writing: the thirty days for the re-review count from it.
func TestReview_ReworkedAnswerGivesTheWholeTime(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	c = mustApply(t, w, c, filled(casework.AskReview, "citizen"), monday)
	c = mustApply(t, w, c, filled(casework.Reopen, "p-otto"), monday)
	later := monday.AddDate(0, 0, 29)
	for _, step := range []struct {
		action casework.Action
		who    grid.PersonID
	}{{casework.HandOn, ""}, {casework.Take, "p-tom"}, {casework.HandIn, "p-tom"}, {casework.Close, "p-sven"}, {casework.Confirm, "citizen"}} {
		c = mustApply(t, w, c, filled(step.action, step.who), later)
	}
	until, ok := w.ReviewUntil(c)
	if want := at(8, 7, 0); !ok || !until.Equal(want) { // 7 July + 30 days
		t.Errorf("until %s (%v), want %s", until, ok, want)
	}
	mustApply(t, w, c, filled(casework.AskReview, "citizen"), later.AddDate(0, 0, 20))
}

// What somebody shows with the request for a review is part of the case.
func TestReview_KeepsWhatIsShown(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday)
	act := filled(casework.AskReview, "citizen")
	act.Evidence = []casework.Evidence{{File: "f9", Kind: "photo", Stage: casework.AsReported}}
	c = mustApply(t, w, c, act, monday)
	if !slices.ContainsFunc(c.Evidence, func(e casework.Evidence) bool { return e.File == "f9" }) {
		t.Errorf("the photo is gone: %+v", c.Evidence)
	}
}

// What went on alone, because its reporter was not satisfied, can be merged into the same case again when that is worked on anew.
func TestMerge_Again(t *testing.T) {
	w := work(t)
	parent, _ := in(t, w, casework.Accepted, monday)
	child, _ := in(t, w, casework.Accepted, monday)
	child.ID, child.Reporter, parent.Children = "c2", "another", []casework.CaseID{"c2"} // as it was before
	mustApply(t, w, child, casework.Act{Action: casework.Merge, Person: "p-dora", Other: "c1"}, monday)
	parent = mustApply(t, w, parent, casework.Act{Action: casework.Adopt, Person: "p-dora", Other: "c2"}, monday)
	if len(parent.Children) != 1 {
		t.Errorf("listed as %v", parent.Children)
	}
}
