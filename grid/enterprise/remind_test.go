package enterprise_test

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// Before a limit it is told of on the days that are set, at its end that it is broken, and each once; a pause skips to the last.
func TestRemind(t *testing.T) {
	x := limited(t)
	told := func(on string) []enterprise.Notice {
		t.Helper()
		after, _, notices := x.w.Remind(x.e, day(on))
		x.e = after
		return notices
	}
	if next := x.w.Next(x.e, day("2026-06-10")); !next.Equal(day("2026-06-24").Add(-10 * 60 * 60 * 1e9)) {
		t.Errorf("next %v", next)
	}
	if n := told("2026-06-23"); len(n) != 0 {
		t.Errorf("too early: %+v", n)
	}
	if n := told("2026-06-24"); len(n) != 1 || n[0].Clock.Name != enterprise.PlanClock || n[0].Before != 7 || n[0].Broken {
		t.Errorf("a week before: %+v", n)
	}
	if n := told("2026-06-24"); len(n) != 0 {
		t.Errorf("again: %+v", n)
	}
	if n := told("2026-07-02"); len(n) != 1 || !n[0].Broken { // the day before was skipped by a pause
		t.Errorf("broken: %+v", n)
	}
	if n := told("2026-07-03"); len(n) != 0 {
		t.Errorf("broken again: %+v", n)
	}
	n := told("2026-09-20")
	if len(n) != 1 || n[0].Clock.Name != enterprise.LimitClock || !n[0].Broken {
		t.Errorf("limited production over: %+v", n)
	}
	x.state(1, enterprise.Expired).lasts(1, enterprise.CheckClock, "2026-10-12")
}

// A period that is not disclosed in time is late, and told of once; one that was disclosed late stays late.
func TestDisclosure(t *testing.T) {
	x := newTale(t)
	x.e.Duty = quarterly
	states := func(on string) string {
		var out strings.Builder
		for _, d := range x.w.Disclosed(x.e, day(on)) {
			out.WriteString(d.Period)
			switch {
			case d.Made != nil && d.Late:
				out.WriteString("(late) ")
			case d.Made != nil:
				out.WriteString("(made) ")
			case d.Late:
				out.WriteString("(owed) ")
			default:
				out.WriteString("(open) ")
			}
		}
		return out.String()
	}
	if got := states("2026-03-31"); got != "" {
		t.Errorf("not over: %s", got)
	}
	if got := states("2026-04-15"); got != "2026Q1(open) " {
		t.Errorf("due on the 15th: %s", got)
	}
	publish := enterprise.Act{Action: enterprise.Disclose, Period: "2026Q1", Where: "https://example.org"}
	x.does("2026-04-10", publish).does("2026-04-11", publish, "error.enterprise.period")
	publish.Period = "2026Q2"
	x.does("2026-06-30", publish, "error.enterprise.period")
	if got := states("2026-07-16"); got != "2026Q1(made) 2026Q2(owed) " {
		t.Errorf("the second is owed: %s", got)
	}
	after, _, notices := x.w.Remind(x.e, day("2026-07-16"))
	if _, _, again := x.w.Remind(after, day("2026-07-17")); len(notices) != 1 || notices[0].Period != "2026Q2" || len(again) != 0 {
		t.Errorf("told %+v, again %+v", notices, again)
	}
	x.does("2026-07-20", publish)
	if got := states("2026-07-21"); got != "2026Q1(made) 2026Q2(late) " {
		t.Errorf("published late: %s", got)
	}
}

// Two quarters running lead to the proposal of open pressing, once.
func TestTwoQuarters(t *testing.T) {
	x := newTale(t).exceeds("2026-02-10")
	press := enterprise.Act{Action: enterprise.Press, Doc: "No 7"}
	x.does("2026-05-01", press, "error.enterprise.quarters").exceeds("2026-05-20")
	if q := x.w.TwoQuarters(x.e, day("2026-05-21")); q != "2026Q2" {
		t.Errorf("quarter %q", q)
	}
	x.does("2026-07-03", press).does("2026-07-04", press, "error.enterprise.quarters")
	if p := x.e.Pressings; len(p) != 1 || p[0].Quarter != "2026Q2" {
		t.Errorf("proposed %+v", p)
	}
}
