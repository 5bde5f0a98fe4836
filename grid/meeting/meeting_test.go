package meeting_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/meeting"
)

var (
	rules = meeting.Rules{Ahead: 24 * time.Hour, Before: 3, Again: 7, Location: time.UTC}
	ten   = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
)

func day(d int) calendar.Date { return calendar.Date{Year: 2026, Month: time.November, Day: d} }

// TestLife goes through a meeting from its agenda to its last decision, and tries at each stage what is not open there.
func TestLife(t *testing.T) {
	m := meeting.Meeting{State: meeting.Drafting, Points: []meeting.Point{{Source: meeting.Late, Title: "a", Lead: "water"}, {Source: meeting.Overdue, Cell: "1", Lead: "water"}}}
	do := func(a meeting.Act, code grid.Code) {
		t.Helper()
		after, e, err := m.Apply(a, ten)
		if grid.CodeOf(err) != code || err == nil && e.Did != a.Action {
			t.Fatalf("%+v: %v, event %+v", a, err, e)
		}
		m = after
	}
	if u := m.Units(); !slices.Equal(u, []meeting.Unit{{Department: "water"}, {Cell: "1"}}) {
		t.Errorf("units %+v", u)
	}
	guests := []meeting.Guest{{Unit: meeting.Unit{Department: "water"}}}
	do(meeting.Act{Action: meeting.DropPoint, Index: 7}, grid.NotFound)
	do(meeting.Act{Action: meeting.DropPoint, Index: 1}, "")
	do(meeting.Act{Action: meeting.AddPoint, Words: "b"}, "")
	do(meeting.Act{Action: meeting.Decide, Words: "too early"}, grid.Conflict)
	do(meeting.Act{Action: meeting.Invite, Units: guests}, grid.Invalid)
	do(meeting.Act{Action: meeting.Set, Words: "hall"}, "")
	do(meeting.Act{Action: meeting.Set, When: ten.Add(-time.Hour)}, "")
	do(meeting.Act{Action: meeting.Invite, Units: guests}, grid.Invalid)
	do(meeting.Act{Action: meeting.Set, When: ten.Add(48 * time.Hour)}, "")
	do(meeting.Act{Action: meeting.Invite}, grid.Invalid)
	do(meeting.Act{Action: meeting.Invite, Units: guests}, "")
	do(meeting.Act{Action: meeting.AddPoint, Words: "too late"}, grid.Conflict)
	do(meeting.Act{Action: meeting.Reply, Index: -1, Answer: meeting.Comes}, grid.Forbidden)
	do(meeting.Act{Action: meeting.Reply, Answer: meeting.Sends}, grid.Invalid)
	do(meeting.Act{Action: meeting.Reply, Answer: meeting.Sends, Words: "Li"}, "")
	do(meeting.Act{Action: meeting.Reply, Answer: meeting.Comes}, "")
	do(meeting.Act{Action: meeting.Minute}, grid.Invalid)
	do(meeting.Act{Action: meeting.Decide, Words: "x"}, "")
	do(meeting.Act{Action: meeting.Decide, Words: "y"}, "")
	do(meeting.Act{Action: meeting.Undecide, Index: 1}, "")
	do(meeting.Act{Action: meeting.Assign, Unit: guests[0].Unit}, "")
	do(meeting.Act{Action: meeting.Minute}, grid.Invalid)
	do(meeting.Act{Action: meeting.Fix, Day: day(1)}, grid.Invalid)
	do(meeting.Act{Action: meeting.Fix, Day: day(20)}, "")
	do(meeting.Act{Action: meeting.ReportDone, Words: "not yet a task"}, grid.Conflict)
	do(meeting.Act{Action: meeting.Minute}, "")
	do(meeting.Act{Action: meeting.Drop}, grid.Conflict)
	do(meeting.Act{Action: meeting.AcceptDone}, grid.Conflict)
	do(meeting.Act{Action: meeting.ReportDone}, grid.Invalid)
	do(meeting.Act{Action: meeting.ReportDone, Words: "done"}, "")
	do(meeting.Act{Action: meeting.ReportDone, Words: "again"}, grid.Conflict)
	do(meeting.Act{Action: meeting.ReturnDone, Words: "why"}, "")
	do(meeting.Act{Action: meeting.ReportDone, Words: "done"}, "")
	do(meeting.Act{Action: meeting.AcceptDone}, "")
	if m.State != meeting.Over || m.Running() || len(m.Points) != 2 || len(m.Decisions) != 1 {
		t.Errorf("ends as %+v", m)
	}
}

// TestReminders: a decision is told of before its last day, on it, and every week after it, at nine; a pause says only the last.
func TestReminders(t *testing.T) {
	m := meeting.Meeting{State: meeting.Minuted, Decisions: []meeting.Decision{{Words: "x", Owner: meeting.Unit{Department: "water"}, Due: day(20)}}}
	var said []string
	for now := ten; now.Before(ten.AddDate(0, 0, 35)); now = now.Add(time.Hour) {
		after, out, events := m.Remind(rules, now)
		if len(out.Decisions) != len(events) {
			t.Fatalf("%v: %v, %v", now, out, events)
		}
		if len(out.Decisions) > 0 {
			said = append(said, now.Format("01-02 15:04"))
		}
		m = after
	}
	if want := []string{"11-17 09:00", "11-20 09:00", "11-21 09:00", "11-28 09:00", "12-05 09:00"}; !slices.Equal(said, want) {
		t.Errorf("reminded at %v", said)
	}
	m.Decisions[0].Stages = 0
	m, out, _ := m.Remind(rules, ten.AddDate(0, 0, 35))
	if next, ok := m.Next(rules); len(out.Decisions) != 1 || !ok || next.Format("01-02") != "12-12" {
		t.Errorf("after a pause %v, next %v", out, next)
	}
}

// TestNextAndRemindAgree: whatever is open when, Remind says something exactly when Next is over, and Next moves on.
func TestNextAndRemindAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := meeting.Meeting{State: rapid.SampledFrom([]meeting.State{meeting.Drafting, meeting.Called, meeting.Minuted, meeting.Over}).Draw(t, "state"), When: ten.AddDate(0, 0, 3)}
		for range rapid.IntRange(0, 3).Draw(t, "decisions") {
			d := meeting.Decision{Due: day(rapid.IntRange(1, 30).Draw(t, "due"))}
			if rapid.Bool().Draw(t, "done") {
				d.Done = ten
			}
			m.Decisions = append(m.Decisions, d)
		}
		m = m.Started(rules, ten)
		for now := ten; now.Before(ten.AddDate(0, 2, 0)); now = now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour) {
			due, open := m.Next(rules)
			after, out, events := m.Remind(rules, now)
			if (len(events) > 0) != (open && !due.After(now)) || out.Guests && m.State != meeting.Called {
				t.Fatalf("%v: next %v %v, events %v", now, due, open, events)
			}
			if next, ok := after.Next(rules); ok && !next.After(now) {
				t.Fatalf("%v: next is still %v", now, next)
			}
			m = after
		}
	})
}
