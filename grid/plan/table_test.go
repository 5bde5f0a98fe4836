package plan_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// The lead reports and finishes, whoever supports adds, a supervisor decides, and nobody on their own report. Everything is in the
// history.
func TestApply_FromTheFirstReportToAcceptance(t *testing.T) {
	w, roster := work(t), people()
	o := of(t, w, "22-1", "2017-12-20")
	now := morning("2017-12-20")
	var p plan.Progress
	do := func(who grid.PersonID, act plan.Act, want grid.Code) plan.Event {
		t.Helper()
		act.Person, act.Via = who, "update/1"
		next, e, err := w.Apply(o, p, act, roster, now)
		if grid.CodeOf(err) != want {
			t.Fatalf("%s by %s: %v, want %q", act.Action, who, err, want)
		}
		p = next
		return e
	}
	file := plan.File{Unique: "u1", ID: "i1", Kind: "photo"}
	do("p-clerk-water", plan.Act{Action: plan.Report, Percent: 10, Words: "dug"}, grid.Forbidden)
	do("p-desk", plan.Act{Action: plan.Report, Percent: 10, Words: "dug"}, grid.Forbidden)
	do("p-clerk-housing", plan.Act{Action: plan.Report, Percent: 100, Words: "dug"}, grid.Invalid)
	do("p-clerk-housing", plan.Act{Action: plan.Report, Percent: 40}, grid.Invalid)
	do("p-boss", plan.Act{Action: plan.Accept}, grid.Conflict)
	do("p-clerk-housing", plan.Act{Action: plan.Report, Percent: 40, Words: "dug", Files: []plan.File{file}}, "")
	e := do("p-clerk-water", plan.Act{Action: plan.Contribute, Words: "measured", Files: []plan.File{{Unique: "u2"}}}, "")
	if p.State != plan.Underway || e.Department != water || e.By != "clerk-water" || e.Via != "update/1" || !e.At.Equal(now) {
		t.Errorf("%+v, %+v", p, e)
	}
	do("p-both", plan.Act{Action: plan.Finish, Words: "no black water"}, "")
	if p.State != plan.Reported || p.Percent != 100 || !p.Claimed.Equal(now) {
		t.Errorf("%+v", p)
	}
	do("p-both", plan.Act{Action: plan.Accept}, grid.Forbidden)
	do("p-boss", plan.Act{Action: plan.Return}, grid.Invalid)
	do("p-boss", plan.Act{Action: plan.Return, Words: "show it"}, "")
	if p.State != plan.Underway || p.Returns != "show it" || p.Percent != 99 {
		t.Errorf("%+v", p)
	}
	do("p-clerk-housing", plan.Act{Action: plan.Finish, Words: "shown"}, "")
	e = do("p-boss", plan.Act{Action: plan.Accept, Cases: 2, Files: []plan.File{{Unique: "u1", SHA256: "aa"}, {Unique: "u2", SHA256: "bb"}}}, "")
	if p.State != plan.Accepted || p.Returns != "" || p.RuledBy != "boss" || p.Files[0].SHA256 != "aa" || p.Shares[0].Files[0].SHA256 != "bb" || e.Cases != 2 {
		t.Errorf("%+v, %+v", p, e)
	}
	do("p-clerk-housing", plan.Act{Action: plan.Report, Percent: 50, Words: "again"}, grid.Conflict)
	do("p-boss", plan.Act{Action: plan.Return, Words: "it smells"}, "")
}

// The district's desk acts for the grid's own bureau, and a deputy for an absent clerk, on record.
func TestApply_ForTheOwnBureauAndForTheAbsent(t *testing.T) {
	w := work(t)
	now := morning("2017-12-20")
	if !w.May(of(t, w, "23-1", "2017-12-20"), plan.Progress{}, plan.Report, "p-desk", people(), now) {
		t.Error("the desk may not report for its own bureau")
	}
	all := append([]grid.Officer(nil), people().Officers()...)
	for i := range all {
		if all[i].ID == "clerk-housing" {
			all[i].Absences = []grid.Absence{{From: now.AddDate(0, 0, -1), Until: now.AddDate(0, 0, 5), Deputy: "chief"}}
		}
	}
	_, e, err := w.Apply(of(t, w, "22-1", "2017-12-20"), plan.Progress{}, plan.Act{
		Action: plan.Report, Person: "p-chief", Percent: 5, Words: "begun",
	}, grid.NewRoster(1, all), now)
	if err != nil || e.By != "chief" || e.For != "clerk-housing" || e.Department != housing {
		t.Errorf("%+v, %v", e, err)
	}
}

// Only the program chases, only who was pressed says "received", and no row leads from one action into two states.
func TestTable(t *testing.T) {
	w, roster := work(t), people()
	o, now := of(t, w, "22-1", "2018-01-11"), morning("2018-01-11")
	s, ok := w.Reached(o, plan.Progress{}, day("2018-01-11"))
	if !ok || s.Rung != casework.UrgeOrder {
		t.Fatalf("%+v", s)
	}
	clerk, _ := roster.Officer("clerk-housing")
	act := plan.Act{Action: plan.Remind, Stage: s, To: []grid.Officer{clerk}, Letter: &casework.Letter{Series: casework.OrderSeries}}
	p, _, err := w.Apply(o, plan.Progress{}, act, roster, now)
	if err != nil || len(p.Ladder) != 1 || p.Ladder[0].Doc != 1 || len(p.Owes("clerk-housing")) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	act.Person = "p-boss"
	if _, _, err = w.Apply(o, plan.Progress{}, act, roster, now); grid.CodeOf(err) != grid.Forbidden {
		t.Errorf("a person reminds: %v", err)
	}
	if len(w.Silent(p, now.AddDate(0, 0, 1))) != 1 || len(w.Silent(p, now)) != 0 {
		t.Error("silence is not told after a day")
	}
	if w.May(o, p, plan.Acknowledge, "p-boss", roster, now) {
		t.Error("somebody else says received")
	}
	p, _, err = w.Apply(o, p, plan.Act{Action: plan.Acknowledge, Person: "p-clerk-housing"}, roster, now)
	if err != nil || len(p.Owes("clerk-housing")) != 0 || len(w.Silent(p, now.AddDate(0, 0, 1))) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	seen := make(map[string]bool)
	for _, r := range plan.Table() {
		for _, from := range r.From {
			if key := string(r.Action) + " " + string(from); seen[key] {
				t.Errorf("two rows for %s", key)
			} else {
				seen[key] = true
			}
		}
	}
}
