package water_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/water"
)

var china = time.FixedZone("", 8*3600)

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, china)
	if err != nil {
		panic(err)
	}
	return t.Add(9 * time.Hour)
}

// A supervision goes from proposal to list to lifting, within its limits; what its state or the rules do not allow is refused and
// changes nothing.
func TestSupervision_TableOfWhatMayBeDone(t *testing.T) {
	r := water.ListRules{Limit: 365, Extension: 180, Ask: 30, Remind: []int{60, 7}, Silence: 30, Location: china}
	proposed := water.Supervision{ID: "a.2026-Q3", Section: "a", State: water.Proposed, Proposed: day("2026-10-01")}
	do := func(x water.Supervision, on string, a water.ListAct) (water.Supervision, grid.Code) {
		t.Helper()
		after, _, err := r.Do(x, a, day(on))
		return after, grid.CodeOf(err)
	}
	list := water.ListAct{Action: water.List, Days: 90, Unit: "housing", Words: "close the outfalls"}
	listed, code := do(proposed, "2026-10-02", list)
	if code != "" || listed.Last(china) != "2026-12-31" {
		t.Fatalf("%s, until %s", code, listed.Last(china))
	}
	asked, code := do(listed, "2026-12-01", water.ListAct{Action: water.AskExtend, Days: 180, Words: "pipes"})
	if code != "" {
		t.Fatal(code)
	}
	extended, _ := do(asked, "2026-12-05", water.ListAct{Action: water.Extend})
	lifted, _ := do(extended, "2027-01-05", water.ListAct{Action: water.Lift, Words: "two quarters"})
	if extended.Last(china) != "2027-06-29" || lifted.State != water.Lifted {
		t.Errorf("until %s, %s", extended.Last(china), lifted.State)
	}
	for what, v := range map[string]struct {
		x    water.Supervision
		on   string
		a    water.ListAct
		want grid.Code
	}{
		"longer than a year":          {proposed, "2026-10-02", water.ListAct{Action: water.List, Days: 366, Unit: "housing", Words: "x"}, grid.Invalid},
		"nobody in charge":            {proposed, "2026-10-02", water.ListAct{Action: water.List, Days: 9, Words: "x"}, grid.Invalid},
		"no words":                    {listed, "2026-10-03", water.ListAct{Action: water.Lift}, grid.Invalid},
		"listed twice":                {listed, "2026-10-03", list, grid.Conflict},
		"asked too late":              {listed, "2026-12-03", water.ListAct{Action: water.AskExtend, Days: 9, Words: "x"}, grid.Conflict},
		"asked for too much":          {listed, "2026-11-03", water.ListAct{Action: water.AskExtend, Days: 181, Words: "x"}, grid.Invalid},
		"asked twice":                 {asked, "2026-12-01", water.ListAct{Action: water.AskExtend, Days: 9, Words: "x"}, grid.Conflict},
		"extended twice":              {extended, "2027-01-01", water.ListAct{Action: water.AskExtend, Days: 9, Words: "x"}, grid.Conflict},
		"extended without a request":  {listed, "2026-12-01", water.ListAct{Action: water.Extend}, grid.Conflict},
		"something done about an end": {lifted, "2027-02-01", water.ListAct{Action: water.Report, Words: "x"}, grid.Conflict},
	} {
		if after, code := do(v.x, v.on, v.a); code != v.want || after.State != v.x.State && code == "" {
			t.Errorf("%s: %q, want %q", what, code, v.want)
		}
	}
}

// Each reminder comes once, the most pressing first; a new last day is reminded of anew.
func TestSupervision_RemindsOnce(t *testing.T) {
	r := water.ListRules{Limit: 365, Extension: 180, Ask: 30, Remind: []int{60, 7}, Silence: 30, Location: china}
	x, _, err := r.Do(water.Supervision{State: water.Proposed}, water.ListAct{Action: water.List, Days: 90, Unit: "u", Words: "w"}, day("2026-10-02"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for d := day("2026-10-02"); d.Before(day("2027-02-20")); d = d.AddDate(0, 0, 1) {
		if of := r.Reminder(x, d); of != "" {
			got = append(got, d.Format("01-02")+" "+of)
			x, _ = x.Remind(of, d)
		}
	}
	want := []string{"11-02 60/2026-12-31", "11-03 silent/2026-10-02", "12-25 7/2026-12-31", "01-01 late/2026-12-31"}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// A proposal is nobody's business but the supervisors'; what is listed shows no names of officers.
func TestSupervision_PublicPart(t *testing.T) {
	if _, ok := (water.Supervision{State: water.Proposed}).Public(); ok {
		t.Error("a proposal is public")
	}
	if _, ok := (water.Supervision{State: water.Declined}).Public(); ok {
		t.Error("what was declined is public")
	}
	p, ok := water.Supervision{State: water.Listed, Unit: "u", Reports: []water.ListReport{{By: "li", Words: "done"}}}.Public()
	if !ok || p.Unit != "u" || len(p.Reports) != 1 || p.Reports[0].Words != "done" {
		t.Errorf("%+v", p)
	}
}

// A correction needs a reason and keeps what was there; undoing brings that back, and undoing the first entry leaves nothing.
func TestReading_CorrectedAndUndone(t *testing.T) {
	given := func(v, reason string, at string) water.Given {
		got, _ := water.ParseValue(v, nil)
		return water.Given{Values: water.Sample{"nh3n": got}, Report: "1", Reason: reason, At: day(at)}
	}
	r, e, err := water.Reading{}.Enter("a", "2026-08-04", given("1", "", "2026-08-05"))
	if err != nil || e.Did != water.DidEnter || r.Corrected() {
		t.Fatal(err, e)
	}
	if _, _, again := r.Enter("a", "2026-08-04", given("1", "", "2026-08-06")); grid.CodeOf(again) != grid.Conflict {
		t.Errorf("the same again: %v", again)
	}
	if _, _, bare := r.Enter("a", "2026-08-04", given("2", "", "2026-08-06")); grid.CodeOf(bare) != grid.Invalid {
		t.Errorf("a correction without a reason: %v", bare)
	}
	c, e, err := r.Enter("a", "2026-08-04", given("2", "slip", "2026-08-06"))
	if err != nil || e.Did != water.DidCorrect || !c.Corrected() || c.Past[0].Values["nh3n"].String() != "1" {
		t.Fatal(err, c)
	}
	back, _, err := c.Undo("li", day("2026-08-07"))
	if err != nil || back.Corrected() || back.Now.Values["nh3n"].String() != "1" {
		t.Fatal(err, back)
	}
	gone, _, err := back.Undo("li", day("2026-08-07"))
	if _, public := gone.Public(); err != nil || public {
		t.Error("an undone reading is public")
	}
	if _, _, err := gone.Undo("li", day("2026-08-07")); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("undone twice: %v", err)
	}
}
