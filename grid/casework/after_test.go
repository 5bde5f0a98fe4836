package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// What the reporter objects to goes one level up, with its clocks anew, and is not closed by whoever closed it, nor by the
// desk alone.
func TestObject_NeverToTheSameDeskAlone(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Answered, monday)
	later := monday.AddDate(0, 0, 3)
	c = mustApply(t, w, c, filled(casework.Object, "citizen"), later)
	if c.Seat() != town || c.Cell != village || c.Reopened != 1 || !c.ClosedAt.IsZero() || c.Handler != "" {
		t.Fatalf("reopened %+v", c)
	}
	_, _, err := w.Apply(c, filled(casework.Take, "p-ivan"), roster(), later)
	wantCode(t, "the same cell takes it again", err, grid.Forbidden)
	for _, step := range []struct {
		action casework.Action
		who    grid.PersonID
	}{{casework.HandOn, ""}, {casework.Take, "p-tom"}, {casework.HandIn, "p-tom"}} {
		c = mustApply(t, w, c, filled(step.action, step.who), later)
	}
	_, _, err = w.Apply(c, filled(casework.Close, "p-dora"), roster(), later)
	wantCode(t, "the same desk closes it", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.Close, "p-sven"), later)
	c = mustApply(t, w, c, filled(casework.Object, "citizen"), later)
	if c.Seat() != root {
		t.Errorf("the second time it goes to %s", c.Seat())
	}
	c.State, c.Clocks = casework.Answered, nil
	_, _, err = w.Apply(c, filled(casework.Object, "citizen"), roster(), later)
	wantCode(t, "a third time", err, grid.Conflict)
}

// Silence leads to a second look by somebody else, by itself.
func TestConfirm_SilenceIsNoConsent(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Answered, monday)
	due, _ := c.Due()
	if c.Late(due.AddDate(0, 1, 0)) {
		t.Error("the office is late because the reporter is silent")
	}
	night, _ := w.NextStage(c)
	c, events, reminders := w.Fire(c, roster(), night)
	if c.State != casework.SpotCheck || len(events) != 2 || events[1].Action != casework.Lapse || len(reminders) != 1 {
		t.Fatalf("%s, %v, %v", c.State, events, told(reminders))
	}
	if got := running(c); !slices.Equal(got, []casework.ClockName{casework.SpotClock}) {
		t.Errorf("%v run", got)
	}
}

// 信访工作条例 Art 35, 36: thirty days to ask, once for review and once for re-review, and then it is at an end.
func TestReview_ThirtyDaysTwice(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Closed, monday) // closed 8 June: until 8 July, 24:00
	ask := filled(casework.AskReview, "citizen")
	_, _, err := w.Apply(c, ask, roster(), at(7, 9, 0))
	wantCode(t, "too late", err, grid.Expired)
	c = mustApply(t, w, c, ask, at(7, 8, 23))
	k, _ := c.Clock(casework.ReviewClock)
	if want := at(8, 8, 0); !k.Due.Equal(want) {
		t.Errorf("review is due %s", k.Due)
	}
	_, _, err = w.Apply(c, filled(casework.Uphold, "p-dora"), roster(), at(7, 9, 9))
	wantCode(t, "the desk reviews itself", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.Uphold, "p-sven"), at(7, 20, 9))
	c = mustApply(t, w, c, ask, at(8, 18, 9))
	c = mustApply(t, w, c, filled(casework.Uphold, "p-otto"), at(8, 20, 9))
	_, _, err = w.Apply(c, ask, roster(), at(8, 21, 9))
	wantCode(t, "after the re-review", err, grid.Conflict)
	if _, more := w.ReviewUntil(c); more || len(c.Reviews) != 2 || !c.Reviews[1].Upheld {
		t.Errorf("reviews %+v", c.Reviews)
	}
}

// Whoever handed in a result does not approve it; a violation needs two certified officers (环境行政处罚办法 Art 28).
func TestClose_IsEarned(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	act := filled(casework.HandIn, "p-ivan")
	act.Violation = true
	c = mustApply(t, w, c, act, monday)
	_, _, err := w.Apply(c, filled(casework.Close, "p-dora"), roster(), monday)
	wantCode(t, "without certified officers", err, grid.Conflict)
	_, _, err = w.Apply(c, filled(casework.Investigate, "p-ivan"), roster(), monday)
	wantCode(t, "a grid worker investigates", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.Investigate, "p-cert"), monday)
	_, _, err = w.Apply(c, filled(casework.Investigate, "p-cert"), roster(), monday)
	wantCode(t, "the same one twice", err, grid.Conflict)
	_, _, err = w.Apply(c, filled(casework.Close, "p-dora"), roster(), monday)
	wantCode(t, "with one", err, grid.Conflict)
	c = mustApply(t, w, c, filled(casework.Investigate, "p-cole"), monday)
	own := c
	own.Handler = "dora"
	_, _, err = w.Apply(own, filled(casework.Close, "p-dora"), roster(), monday)
	wantCode(t, "one's own", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.ApproveFinding, "p-dora"), monday)
	if k, ok := c.Clock(casework.ReplyClock); !ok || !k.Running() {
		t.Error("an approved finding has no limit to be told")
	}
	c = mustApply(t, w, c, filled(casework.Close, "p-sven"), monday)
	if c.FindingBy != "dora" || c.ClosedBy != "sven" {
		t.Errorf("approved by %s and %s", c.FindingBy, c.ClosedBy)
	}
	_, _, err = w.Apply(mustApply(t, w, c, filled(casework.DraftNotice, "p-sven"), monday), filled(casework.PublishNotice, "p-sven"), roster(), monday)
	wantCode(t, "publishing one's own text", err, grid.Forbidden)
}

// A category asks for photos, and they have to be an officer's.
func TestHandIn_ShowsWhatTheCategoryAsksFor(t *testing.T) {
	w := work(t)
	w.Rules.Evidence = map[string][]casework.Stage{"water": {casework.Before, casework.After}}
	c, _ := in(t, w, casework.Handling, monday)
	c.Categories = []string{"water"}
	c.Evidence = []casework.Evidence{{File: "f0", Stage: casework.Before}} // the reporter's
	act := filled(casework.HandIn, "p-ivan")
	act.Evidence = []casework.Evidence{{File: "f1", Stage: casework.After}}
	_, _, err := w.Apply(c, act, roster(), monday)
	wantCode(t, "nobody of the office shows it before", err, grid.Invalid)
	act.Evidence = append(act.Evidence, casework.Evidence{File: "f2", Stage: casework.Before})
	c = mustApply(t, w, c, act, monday)
	if len(w.Unshown(c)) != 0 {
		t.Errorf("not shown: %v", w.Unshown(c))
	}
}

// What was reopened is shown anew: photos from before do not tell how it is now.
func TestHandIn_ShowsAnewWhatWasReopened(t *testing.T) {
	w := work(t)
	w.Rules.Evidence = map[string][]casework.Stage{"water": {casework.After}}
	c, _ := in(t, w, casework.Handling, monday)
	c.Categories = []string{"water"}
	act := filled(casework.HandIn, "p-ivan")
	act.Evidence = []casework.Evidence{{File: "f1", Stage: casework.After, Arrived: monday}}
	c = mustApply(t, w, mustApply(t, w, c, act, monday), filled(casework.Close, "p-dora"), monday)
	higher := c
	higher.Handler = "tom" // who serves above the cell
	for seat, people := range map[grid.CellCode][]grid.Officer{
		root: append(officers(), officer("rita", grid.Chief, root)), town: officers(), // there, the township's others
	} {
		got, _, err := w.Apply(higher, filled(casework.Object, "citizen"), grid.NewRoster(1, people), at(6, 9, 9))
		if err != nil || got.Seat() != seat {
			t.Errorf("it went to %s, want %s: %v", got.Seat(), seat, err)
		}
	}
	c = mustApply(t, w, c, filled(casework.Object, "citizen"), at(6, 9, 9))
	if c.Seat() != town {
		t.Errorf("it went to %s", c.Seat())
	}
	if missing := w.Unshown(c); len(missing) != 1 {
		t.Errorf("the old photo still counts: %v", missing)
	}
}

// Of what proved unfounded there is nothing before and after, but somebody has to have been there.
func TestHandIn_UnfoundedNeedsAVisit(t *testing.T) {
	w := work(t)
	w.Rules.Evidence = map[string][]casework.Stage{"water": {casework.Before, casework.After}}
	c, _ := in(t, w, casework.Handling, monday)
	c.Categories = []string{"water"}
	act := filled(casework.HandIn, "p-ivan")
	act.Verdict = casework.Unfounded
	_, _, err := w.Apply(c, act, roster(), monday)
	wantCode(t, "from the desk chair", err, grid.Invalid)
	mustApply(t, w, mustApply(t, w, c, filled(casework.Investigate, "p-cert"), monday), act, monday)
	act.Evidence = []casework.Evidence{{File: "f1", Stage: casework.OnSite}}
	mustApply(t, w, c, act, monday)
}

// A lead closes only when all supporting departments have answered, each within its own limit.
func TestDepartments_LeadWaitsForAll(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	c = mustApply(t, w, c, filled(casework.Assign, "p-dora"), monday)
	if got := c.Waiting(); !slices.Equal(got, []grid.Department{housing}) || c.Lead != water {
		t.Fatalf("waits for %v, led by %s", got, c.Lead)
	}
	c = mustApply(t, w, c, filled(casework.Take, "p-carl"), monday) // a clerk of the lead
	_, _, err := w.Apply(c, filled(casework.HandIn, "p-carl"), roster(), monday)
	wantCode(t, "before all answered", err, grid.Conflict)
	_, _, err = w.Apply(c, filled(casework.AnswerTask, "p-carl"), roster(), monday)
	wantCode(t, "in another department's name", err, grid.Forbidden)
	c = mustApply(t, w, c, filled(casework.AnswerTask, "p-wong"), monday)
	if k, _ := c.ClockOf(casework.TaskClock, string(housing)); k.Running() {
		t.Error("its clock still runs")
	}
	_, _, err = w.Apply(c, filled(casework.AnswerTask, "p-wong"), roster(), monday)
	wantCode(t, "twice", err, grid.Forbidden)
	mustApply(t, w, c, filled(casework.HandIn, "p-carl"), monday)
}

// A case naming somebody, their unit or kin is kept from them and goes one level up (回避).
func TestBar_KeepsAndRaises(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	act := casework.Act{Action: casework.Bar, Person: "p-dora", Barred: []casework.Exclusion{{Officer: "ivan", Reason: "named"}}}
	c = mustApply(t, w, c, act, monday)
	if c.Seat() != town || c.Handler != "" || c.State != casework.Accepted {
		t.Fatalf("sits at %s, handled by %q, %s", c.Seat(), c.Handler, c.State)
	}
	if w.Sees(c, "p-ivan", roster(), monday) || !w.Sees(c, "p-vera", roster(), monday) {
		t.Error("who is named sees it, or who is not does not")
	}
	unit, _ := in(t, w, casework.Registered, monday)
	unit = mustApply(t, w, unit, casework.Act{Action: casework.Bar, Barred: []casework.Exclusion{{Unit: town, Reason: "unit"}}}, monday)
	if unit.Seat() != root {
		t.Errorf("a case against the township sits at %s", unit.Seat())
	}
	for _, who := range []grid.PersonID{"p-ivan", "p-vera", "p-tom", "p-tess"} {
		if w.Sees(unit, who, roster(), monday) || w.May(unit, casework.Accept, who, roster(), monday) {
			t.Errorf("%s sees it", who)
		}
	}
	officers, cell := w.Responsible(c, roster(), monday, grid.Inspector, grid.Chief)
	if names(officers) != "cert cole tom" || cell != town {
		t.Errorf("responsible: %s of %s", names(officers), cell)
	}
}

// Merging holds the clocks; taking apart lets them go on with their old limits.
func TestMerge_HoldsClocks(t *testing.T) {
	w := work(t)
	before, _ := in(t, w, casework.Handling, monday)
	merged := mustApply(t, w, before, filled(casework.Merge, "p-dora"), monday.Add(time.Hour))
	if len(running(merged)) != 0 || merged.Parent != "c0" || len(merged.Queues()) != 0 {
		t.Fatalf("merged: %v run, in %v", running(merged), merged.Queues())
	}
	if _, events, _ := w.Fire(merged, roster(), monday.AddDate(1, 0, 0)); len(events) != 0 {
		t.Error("a merged case's clock fired")
	}
	apart := mustApply(t, w, merged, filled(casework.Unmerge, "p-dora"), monday.AddDate(0, 0, 20))
	if apart.State != before.State || !slices.Equal(apart.Clocks, before.Clocks) {
		t.Errorf("taken apart: %s %+v, want %s %+v", apart.State, apart.Clocks, before.State, before.Clocks)
	}
	ended := mustApply(t, w, merged, filled(casework.CloseWith, ""), monday)
	if ended.State != casework.Answered || ended.Reply == "" || !slices.Equal(running(ended), []casework.ClockName{casework.ConfirmClock}) {
		t.Errorf("ended with its parent: %+v", ended)
	}
}

// What is too unclear is asked for once, before it is refused.
func TestAskMore_BeforeRefusing(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Registered, monday)
	act := casework.Act{Action: casework.Refuse, Person: "p-dora", Disposition: casework.TooUnclear, Reply: "unclear"}
	_, _, err := w.Apply(c, act, roster(), monday)
	wantCode(t, "without asking", err, grid.Conflict)
	c = mustApply(t, w, c, filled(casework.AskMore, "p-dora"), monday)
	at5, _ := w.NextStage(c)
	c, _, reminders := w.Fire(c, roster(), at5)
	if c.State != casework.Registered || len(reminders) != 1 {
		t.Fatalf("after silence: %s, %v", c.State, told(reminders))
	}
	_, _, err = w.Apply(c, filled(casework.AskMore, "p-dora"), roster(), at5)
	wantCode(t, "asking again", err, grid.Conflict)
	mustApply(t, w, c, act, at5)
}

// Who is pressed says "received", and who has not is known.
func TestSupervise_IsAcknowledged(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	c = mustApply(t, w, c, filled(casework.Supervise, "p-sven"), monday)
	if got := c.Ladder[0].Unacknowledged(); !slices.Equal(got, []grid.OfficerID{"ivan", "vera"}) {
		t.Fatalf("pressed: %v", got)
	}
	c = mustApply(t, w, c, filled(casework.Acknowledge, "p-ivan"), monday)
	if got := c.Ladder[0].Unacknowledged(); !slices.Equal(got, []grid.OfficerID{"vera"}) {
		t.Errorf("not acknowledged: %v", got)
	}
	_, _, err := w.Apply(c, filled(casework.Acknowledge, "p-ivan"), roster(), monday)
	wantCode(t, "twice", err, grid.Forbidden)
}
