package enterprise_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// A grade follows from what is on record by the scheme; every reason has its day, what was struck counts no more, and what counts for
// longer counts from the year before, too.
func TestCompute(t *testing.T) {
	x := newTale(t).fact("2025-03-01", enterprise.Fact{Kind: enterprise.Punished, Doc: "No 5"}).exceeds("2025-03-02")
	x = limitedOf(x, 3)
	x.exceeds("2026-07-01").fact("2026-07-02", enterprise.Fact{Kind: enterprise.Commended, Doc: "No 8"})
	x.e.Duty = quarterly
	r := x.w.Compute(x.e, 2026, day("2026-08-01"))
	// 100 - 10 (punished) - 5 - 3 (exceeded twice, 8 at most) - 20 (limited) - 3 - 3 (two quarters) + 4
	if r.Score != 60 || r.Grade != "yellow" || len(r.Reasons) != 7 {
		t.Errorf("%+v", r)
	}
	for i, reason := range r.Reasons {
		if reason.Day.IsZero() || i > 0 && reason.Day.Before(r.Reasons[i-1].Day) {
			t.Errorf("reason %d: %+v", i, reason)
		}
	}
	x.does("2026-08-02", enterprise.Act{Action: enterprise.Strike, N: 1, Words: "annulled by a court"})
	if r := x.w.Compute(x.e, 2026, day("2026-08-03")); r.Score != 70 || r.Grade != "blue" {
		t.Errorf("after the strike %+v", r)
	}
}

// limitedOf has production limited on a new fact of that number.
func limitedOf(x *tale, n int) *tale {
	x.Helper()
	return x.exceeds("2026-05-20").does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, n)).
		does("2026-06-03", on(1, enterprise.Hear)).does("2026-06-04", on(1, enterprise.Decide)).does("2026-06-10", on(1, enterprise.Serve)).
		does("2026-06-20", on(1, enterprise.FilePlan))
}

// A grade is published when the time to object is over and every objection was answered, and is settled then.
func TestGradeIsPublished(t *testing.T) {
	act := func(a enterprise.Action) enterprise.Act {
		return enterprise.Act{Action: a, Period: "2026", Words: "words"}
	}
	x := newTale(t).exceeds("2026-05-20").does("2026-08-03", act(enterprise.Publish), "error.credit.none").
		does("2026-08-03", act(enterprise.Rate)).does("2026-08-04", act(enterprise.Publish), "error.credit.early").
		does("2026-08-05", act(enterprise.Object)).does("2026-08-20", act(enterprise.Publish), "error.credit.objection").
		does("2026-08-20", act(enterprise.Answer)).does("2026-08-20", act(enterprise.Publish))
	if r, _ := x.e.Rating(2026); r.Published.IsZero() || r.Objections[0].Answer != "words" {
		t.Errorf("%+v", r)
	}
	x.does("2026-08-21", act(enterprise.Rate), "error.credit.published").does("2026-08-21", act(enterprise.Object), "error.credit.published")
	ahead := act(enterprise.Rate)
	ahead.Period = "2027"
	x.does("2026-08-21", ahead, "error.credit.year")
}

// A grade that comes out otherwise gives the enterprise the whole time anew; one that does not, does not.
func TestGradeComputedAgain(t *testing.T) {
	rate := enterprise.Act{Action: enterprise.Rate, Period: "2026"}
	x := newTale(t).exceeds("2026-05-20").does("2026-08-03", rate)
	first, _ := x.e.Rating(2026)
	x.does("2026-08-10", rate)
	if again, _ := x.e.Rating(2026); !again.Until.Equal(first.Until) {
		t.Error("the same grade, and another time")
	}
	x.exceeds("2026-08-11").does("2026-08-12", rate)
	if again, _ := x.e.Rating(2026); !again.Until.After(first.Until) {
		t.Error("another grade, and the same time")
	}
}

// The public sees decisions, extensions, lifting, values and published grades, and nothing that was said inside.
func TestPublic(t *testing.T) {
	x := limitedOf(newTale(t), 1).does("2026-08-03", enterprise.Act{Action: enterprise.Rate, Period: "2026"})
	p, ok := x.w.Public(x.e, day("2026-08-03"))
	if !ok || len(p.Cards) != 1 || p.Cards[0].Doc != "No 1" || p.Cards[0].Plan == "" || len(p.Exceeded) != 1 || p.Exceeded[0].Multiple != 3.6 || len(p.Grades) != 0 {
		t.Errorf("%+v", p)
	}
	told := newTale(t).exceeds("2026-05-20").does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1))
	if p, _ := told.w.Public(told.e, day("2026-06-02")); len(p.Cards) != 0 || p.Colour != "" {
		t.Errorf("nothing is decided, and public: %+v", p)
	}
}
