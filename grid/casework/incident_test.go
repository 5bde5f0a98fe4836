package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// fillIncident gives an act about an incident what it needs.
func fillIncident(act *casework.Act) {
	switch act.Action {
	case casework.Raise:
		act.Alarm = incident.Alarm{Triggers: []string{"dead_fish"}, Calls: true}
	case casework.Grade:
		act.Grading = incident.Grading{Level: incident.LevelIV}
	case casework.ReportUp:
		act.Report, act.Letter = full(incident.First), &casework.Letter{To: "government", Text: "dead fish"}
	case casework.WriteLetter, casework.HandAcross:
		act.Told, act.Letter = "downstream", &casework.Letter{To: "bureau downstream", Text: "dead fish"}
	case casework.StandDown, casework.TellNeighbour:
		act.Words = "by phone"
	default:
	}
}

// full is a report that says everything.
func full(k incident.Kind) incident.Report {
	r := incident.Report{Kind: k, Says: map[incident.Field]string{}, Unit: "bureau", Signer: "sven", Contact: "duty room"}
	for _, f := range incident.Fields(k) {
		r.Says[f] = "being verified"
	}
	return r
}

// alarmed is an incident on which the action can be done.
func alarmed(a casework.Action) *incident.Incident {
	i := &incident.Incident{Known: monday}
	if a == casework.ReportUp {
		i.Graded = []incident.Graded{{Grading: incident.Grading{Level: incident.LevelIV}, At: monday}}
	}
	if a == casework.TellNeighbour {
		i.Notices = []incident.Notice{{To: "downstream", At: monday}}
	}
	return i
}

// ladders are the clocks of an incident as a district may set them.
func ladders(w *casework.Work) *casework.Work {
	stage := func(name string, after, every time.Duration, tell ...casework.Audience) casework.StageRule {
		return casework.StageRule{Name: name, After: after, Every: every, Tell: tell}
	}
	w.Rules.Limits[casework.AlarmClock] = calendar.Limit{N: 5, Unit: calendar.Minute}
	w.Rules.Limits[casework.ReportClock] = calendar.Limit{N: 4, Unit: calendar.Hour}
	w.Rules.Limits[casework.NeighbourClock] = calendar.Limit{N: 1, Unit: calendar.Hour}
	w.Rules.ReportGrave = calendar.Limit{N: 2, Unit: calendar.Hour}
	w.Rules.Stages[casework.AlarmClock] = []casework.StageRule{
		stage("call", -5*time.Minute, 0, casework.TellDesk),
		stage("call_next", 0, 0, casework.TellChief, casework.TellDistrict),
		stage("call_all", 5*time.Minute, 5*time.Minute, casework.TellAll),
	}
	w.Rules.Stages[casework.ReportClock] = []casework.StageRule{
		stage("due", -time.Hour, 0, casework.TellDesk), stage("overdue", 0, 30*time.Minute, casework.TellDistrict),
	}
	w.Rules.Stages[casework.NeighbourClock] = []casework.StageRule{stage("overdue", 0, 0, casework.TellDesk)}
	return w
}

// do lets somebody act; it must work.
func do(t *testing.T, w *casework.Work, c casework.Case, now time.Time, act casework.Act) casework.Case {
	t.Helper()
	next, _, err := w.Apply(c, act, roster(), now)
	if err != nil {
		t.Fatalf("%s: %v", act.Action, err)
	}
	return next
}

// night is 03:00 on the first day of the Dragon Boat Festival.
var night = at(6, 19, 3)

func raised(t *testing.T, w *casework.Work, cases ...incident.Sensitive) casework.Case {
	t.Helper()
	return do(t, w, fresh(), night, casework.Act{
		Action: casework.Raise, Person: "citizen", Alarm: incident.Alarm{Triggers: []string{"spill"}, Cases: cases, Calls: true},
	})
}

// An alarm calls the desk at once, at night and on a holiday, then the next level, then everybody again and again until
// somebody has it; each call is on record with whom it called.
func TestAlarm_CallsUntilSomebodyHasIt(t *testing.T) {
	w := work(t)
	c := raised(t, w)
	if c.State != casework.Alarm || !c.Urgent || !slices.Contains(c.Queues(), casework.IncidentQueue) {
		t.Fatalf("raised as %s, urgent %t, in %v", c.State, c.Urgent, c.Queues())
	}
	var got []string
	var events []casework.Event
	sweep := func(until time.Duration) {
		for now := night; now.Before(night.Add(until)); now = now.Add(time.Minute) {
			next, e, reminders := w.Fire(c, roster(), now)
			for _, r := range told(reminders) {
				got = append(got, now.Sub(night).String()+" "+r)
			}
			c, events = next, append(events, e...)
		}
	}
	sweep(21 * time.Minute)
	all := "adam cert cole dora ivan otto sven tom vera"
	want := []string{
		"0s alarm/call: dora", "5m0s alarm/call_next: otto sven vera", "10m0s alarm/call_all: " + all, "15m0s alarm/call_all: " + all,
		"20m0s alarm/call_all: " + all,
	}
	if !slices.Equal(got, want) {
		t.Fatalf("called\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if events[1].Note["called"] != "otto sven vera" || len(c.Incident.Called) != 9 {
		t.Errorf("on record: %v, called so far %v", events[1].Note, c.Incident.Called)
	}
	c = do(t, w, c, night.Add(22*time.Minute), casework.Act{Action: casework.Hear, Person: person("tom")})
	got = nil
	sweep(50 * time.Minute)
	if len(got) > 0 || c.Incident.Heard.By != "tom" {
		t.Errorf("after it was heard by %s: %v", c.Incident.Heard.By, got)
	}
	if _, _, err := w.Apply(c, casework.Act{Action: casework.Hear, Person: person("dora")}, roster(), night); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("heard twice: %v", err)
	}
}

// After an outage of a day nobody gets the calls of the whole day, but the last one.
func TestAlarm_OutageEndsInOneCall(t *testing.T) {
	w := work(t)
	c := raised(t, w)
	c, events, reminders := w.Fire(c, roster(), night.Add(24*time.Hour))
	calls := slices.DeleteFunc(reminders, func(r casework.Reminder) bool { return r.Clock.Name != casework.AlarmClock })
	if len(calls) != 1 || calls[0].Stage.Name != "call_all" || len(events) > 10 {
		t.Errorf("%d calls, %d events", len(calls), len(events))
	}
	if next, ok := w.NextStage(c); !ok || !next.After(night.Add(24*time.Hour)) {
		t.Errorf("the next call is at %s", next)
	}
}

// The limit of reporting runs from knowing, through night and holiday; grading changes it, and reporting ends it.
func TestIncident_ReportClock(t *testing.T) {
	w := work(t)
	due := func(c casework.Case) string {
		k, ok := c.Clock(casework.ReportClock)
		if !ok || !k.Running() {
			return "none"
		}
		return k.Due.Sub(night).String()
	}
	grade := func(c casework.Case, after time.Duration, g incident.Grading) casework.Case {
		return do(t, w, c, night.Add(after), casework.Act{Action: casework.Grade, Person: person("dora"), Grading: g})
	}
	report := func(c casework.Case, after time.Duration, k incident.Kind) casework.Case {
		return do(t, w, c, night.Add(after), casework.Act{
			Action: casework.ReportUp, Person: person("dora"), Report: full(k), Letter: &casework.Letter{To: "government", Text: string(k)},
		})
	}
	c := raised(t, w)
	sensitive := raised(t, w, incident.Border)
	if due(c) != "4h0m0s" || due(sensitive) != "2h0m0s" {
		t.Errorf("ungraded: due after %s, and %s where it may cross the border", due(c), due(sensitive))
	}
	c = grade(c, time.Hour, incident.Grading{Level: incident.LevelIV})
	if due(c) != "4h0m0s" {
		t.Errorf("IV: due after %s", due(c))
	}
	c = grade(c, 90*time.Minute, incident.Grading{Level: incident.LevelII})
	if due(c) != "2h0m0s" {
		t.Errorf("II before any report: due after %s", due(c))
	}
	c = grade(c, 100*time.Minute, incident.Grading{Level: incident.LevelIII})
	c = report(c, 3*time.Hour, incident.First)
	if due(c) != "none" {
		t.Errorf("reported: due after %s", due(c))
	}
	c = grade(c, 5*time.Hour, incident.Grading{Level: incident.LevelI})
	if due(c) != "7h0m0s" {
		t.Errorf("I after a report: due after %s", due(c))
	}
	c = report(c, 6*time.Hour, incident.Further)
	c = report(c, 9*time.Hour, incident.Final)
	if due(c) != "none" || c.Incident.Stands() || len(c.Incident.Reports) != 3 {
		t.Errorf("ended: due after %s, %d reports", due(c), len(c.Incident.Reports))
	}
	if l, ok := c.LetterOf(casework.IncidentSeries); !ok || len(c.Letters) != 3 || l.Text != "final" || c.Incident.Reports[2].Doc != 2 {
		t.Errorf("letters %+v", c.Letters)
	}
	if levels := []incident.Level{c.Incident.Reports[0].Level.Level, c.Incident.Reports[1].Level.Level}; levels[0] != incident.LevelIII || levels[1] != incident.LevelI {
		t.Errorf("reports at levels %v", levels)
	}
}

// What is missing, unsigned, ungraded or out of order is not given out.
func TestIncident_RefusesReports(t *testing.T) {
	w := work(t)
	c := raised(t, w)
	graded := do(t, w, c, night, filled(casework.Grade, person("dora")))
	short, unsigned := full(incident.First), full(incident.First)
	delete(short.Says, incident.Victims)
	unsigned.Signer = ""
	for name, k := range map[string]struct {
		c    casework.Case
		r    incident.Report
		code grid.Code
	}{
		"ungraded":          {c, full(incident.First), grid.Conflict},
		"final comes first": {graded, full(incident.Final), grid.Conflict},
		"victims missing":   {graded, short, grid.Invalid},
		"unsigned":          {graded, unsigned, grid.Invalid},
	} {
		_, _, err := w.Apply(k.c, casework.Act{Action: casework.ReportUp, Person: person("dora"), Report: k.r}, roster(), night)
		wantCode(t, name, err, k.code)
	}
	reported := do(t, w, graded, night, filled(casework.ReportUp, person("dora")))
	_, _, err := w.Apply(reported, filled(casework.StandDown, person("dora")), roster(), night)
	wantCode(t, "stood down after a report", err, grid.Conflict)
	_, _, err = w.Apply(c, casework.Act{Action: casework.Grade, Person: person("dora")}, roster(), night)
	wantCode(t, "unclear without a case of article 4", err, grid.Invalid)
}

// While an alarm stands its case is not withdrawn, refused, merged or closed from under it; stood down, it may be.
func TestIncident_StandsUntilDecided(t *testing.T) {
	w := work(t)
	c := do(t, w, raised(t, w), night, casework.Act{Action: casework.Submit, Person: "citizen"})
	for _, act := range []casework.Act{
		filled(casework.Withdraw, "citizen"), filled(casework.Refuse, person("dora")), filled(casework.Merge, person("dora")),
	} {
		_, _, err := w.Apply(c, act, roster(), night)
		wantCode(t, string(act.Action), err, grid.Conflict)
	}
	c = do(t, w, c, night, filled(casework.StandDown, person("dora")))
	if c.Urgent || slices.Contains(c.Queues(), casework.IncidentQueue) || c.State != casework.Registered {
		t.Errorf("stood down: %s, urgent %t, in %v", c.State, c.Urgent, c.Queues())
	}
	if next, ok := w.NextStage(c); ok && next.Before(night.Add(5*time.Hour)) {
		t.Errorf("stood down, but a stage comes at %s", next)
	}
	do(t, w, c, night, filled(casework.Withdraw, "citizen"))
}

// The submitted report keeps number, incident and history of the alarm; the limit of deciding runs from the alarm on.
func TestAlarm_BecomesTheReport(t *testing.T) {
	w := work(t)
	c := do(t, w, raised(t, w), night.Add(time.Hour), casework.Act{Action: casework.Submit, Person: "citizen"})
	k, _ := c.Clock(casework.DecideClock)
	if c.State != casework.Registered || c.Number != "R1" || c.Incident == nil || !k.Started.Equal(night) || c.Events != 2 {
		t.Errorf("%s %s, decide since %s, %d events", c.State, c.Number, k.Started, c.Events)
	}
	if _, _, err := w.Apply(raised(t, w), casework.Act{Action: casework.Submit, Person: "another"}, roster(), night); grid.CodeOf(err) != grid.Forbidden {
		t.Errorf("another submits it: %v", err)
	}
}

// A letter to a neighbour is chased until somebody says who was told, and how.
func TestIncident_NeighbourClock(t *testing.T) {
	w := work(t)
	c := do(t, w, raised(t, w), night, filled(casework.WriteLetter, person("dora")))
	if k, ok := c.Clock(casework.NeighbourClock); !ok || !k.Running() || !k.Due.Equal(night.Add(time.Hour)) {
		t.Errorf("clock %+v", k)
	}
	_, _, err := w.Apply(c, casework.Act{Action: casework.TellNeighbour, Person: person("dora")}, roster(), night)
	wantCode(t, "without how", err, grid.Invalid)
	c = do(t, w, c, night, filled(casework.TellNeighbour, person("dora")))
	if k, _ := c.Clock(casework.NeighbourClock); k.Running() || c.Incident.Notices[0].Told.How != "by phone" {
		t.Errorf("told: %+v, clock %+v", c.Incident.Notices[0], k)
	}
}
