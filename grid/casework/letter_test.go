package casework_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Rules §3, §12.16: what is not ours is moved, and that it arrived is on record; by their clerk, or by the desk that was told.
func TestMoveOut_IsALetterWithAReceipt(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Refused, monday)
	c, e, err := w.Apply(c, filled(casework.MoveOut, "p-dora"), roster(), monday)
	if err != nil {
		t.Fatal(err)
	}
	events = append(events, e)
	if !w.Sees(c, "p-wong", roster(), monday) || w.Sees(c, "p-carl", roster(), monday) {
		t.Error("the department that it was moved to, and no other, may open it")
	}
	_, _, err = w.Apply(c, casework.Act{Action: casework.Receipt, Person: "p-carl"}, roster(), monday)
	wantCode(t, "another department's clerk", err, grid.Forbidden)
	c, e, err = w.Apply(c, casework.Act{Action: casework.Receipt, Person: "p-wong"}, roster(), monday)
	if err != nil {
		t.Fatal(err)
	}
	events = append(events, e)
	l, ok := c.LetterOf(casework.MoveSeries)
	if !ok || l.By != "dora" || l.ReceivedBy != "wong" || !l.Received.Equal(monday) {
		t.Errorf("letter %+v", l)
	}
	_, _, err = w.Apply(c, casework.Act{Action: casework.Receipt, Person: "p-wong"}, roster(), monday)
	wantCode(t, "received twice", err, grid.Conflict)
	_, _, err = w.Apply(c, filled(casework.MoveOut, "p-dora"), roster(), monday)
	wantCode(t, "moved twice", err, grid.Conflict)
	if err := casework.Verify(c, events); err != nil {
		t.Error(err)
	}
}

// The number of a letter is the store's: the history holds with whatever number, and with no other word changed.
func TestLetter_NumberIsNotHashed(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Refused, monday)
	c, e, err := w.Apply(c, filled(casework.MoveOut, "p-dora"), roster(), monday)
	if err != nil {
		t.Fatal(err)
	}
	events = append(events, e)
	c.Letters[0].No = "12"
	if err := casework.Verify(c, events); err != nil {
		t.Errorf("numbered by the store: %v", err)
	}
	c.Letters[0].Text = "something else"
	if casework.Verify(c, events) == nil {
		t.Error("an altered letter is not noticed")
	}
}

// What is refused for another reason is nobody else's to have.
func TestMoveOut_OnlyWhatIsNotOurs(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Registered, monday)
	c = mustApply(t, w, c, casework.Act{Action: casework.Refuse, Person: "p-dora", Disposition: casework.InCourt, Reply: "go to court"}, monday)
	_, _, err := w.Apply(c, filled(casework.MoveOut, "p-dora"), roster(), monday)
	wantCode(t, "a court's matter", err, grid.Conflict)
}

// While it is asked for what is missing, it is not refused for lacking it.
func TestAskMore_HoldsItsPromise(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Asked, monday)
	_, _, err := w.Apply(c, casework.Act{Action: casework.Refuse, Person: "p-dora", Disposition: casework.TooUnclear, Reply: "unclear"}, roster(), monday)
	wantCode(t, "before the day that the reporter was given", err, grid.Conflict)
}

// Whoever was asked where it is answers with a location: the case lies there then. A follower's point moves nothing.
func TestAskMore_AnsweredByALocation(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Asked, monday)
	c.Followers = []grid.PersonID{"another"}
	p := &geo.Point{Lat: 36.6, Lon: 102.4}
	act := casework.Act{Action: casework.AddWords, Person: "citizen", Point: p, Cell: neighbour}
	answered := mustApply(t, w, c, act, monday)
	if answered.State != casework.Registered || answered.Point == nil || *answered.Point != *p || answered.Cell != neighbour {
		t.Errorf("answered: %s %v %s", answered.State, answered.Point, answered.Cell)
	}
	act.Person = "another"
	if followed := mustApply(t, w, c, act, monday); followed.Point != nil || followed.Cell != village {
		t.Errorf("a follower moved it to %v %s", followed.Point, followed.Cell)
	}
	accepted, _ := in(t, w, casework.Accepted, monday)
	act.Person = "citizen"
	if later := mustApply(t, w, accepted, act, monday); later.Point != nil || later.Cell != village {
		t.Errorf("what was decided was moved to %v %s", later.Point, later.Cell)
	}
}

// A re-review is not answered by whoever answered the review (信访工作条例 Art 36).
func TestReview_SecondBySomebodyElse(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Reviewing, monday)
	uphold := casework.Act{Action: casework.Uphold, Person: "p-sven", Reply: "it stands"}
	c = mustApply(t, w, c, uphold, monday)
	c = mustApply(t, w, c, filled(casework.AskReview, "citizen"), monday)
	_, _, err := w.Apply(c, uphold, roster(), monday)
	wantCode(t, "the same reviewer", err, grid.Forbidden)
	_, _, err = w.Apply(c, casework.Act{Action: casework.Reopen, Person: "p-sven", Reason: "wrong"}, roster(), monday)
	wantCode(t, "the same reviewer", err, grid.Forbidden)
	uphold.Person = "p-otto"
	c = mustApply(t, w, c, uphold, monday)
	if _, more := w.ReviewUntil(c); more {
		t.Error("after the re-review it is final")
	}
}

// The public is told once that the office is late, also when the program slept through the hour; and only who reported.
func TestReporterHearsOfLatenessOnce(t *testing.T) {
	w := work(t)
	stages := w.Rules.Stages[casework.FinishClock]
	w.Rules.Stages[casework.FinishClock] = append([]casework.StageRule(nil), stages...)
	w.Rules.Stages[casework.FinishClock][2].Tell = []casework.Audience{casework.TellHandler, casework.TellReporter}
	public := func(reminders []casework.Reminder) (n int) {
		for _, r := range reminders {
			if r.Public {
				n++
				if r.Stage.Name != "overdue" {
					t.Errorf("told at %s", r.Stage.Name)
				}
			}
		}
		return n
	}
	c, _ := in(t, w, casework.Handling, monday)
	slept, _, late := w.Fire(c, roster(), monday.AddDate(0, 2, 0))
	if n := public(late); n != 1 {
		t.Errorf("after a long sleep told %d times", n)
	}
	if _, _, again := w.Fire(slept, roster(), monday.AddDate(0, 3, 0)); public(again) != 0 {
		t.Error("told again")
	}
	c.Source = casework.FromInspector
	if _, _, late = w.Fire(c, roster(), monday.AddDate(0, 2, 0)); public(late) != 0 {
		t.Error("an inspector's own report has no public reporter")
	}
}
