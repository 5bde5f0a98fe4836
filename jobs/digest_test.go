package jobs

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// What the daily digest says, and that it is said once a day however often the job runs.
func TestDailyDigest(t *testing.T) {
	s, d := world(t)
	s.file(t, "late", at(6, 1, 10))  // to be begun by Wednesday, 3 June, 24:00
	s.file(t, "today", at(6, 8, 10)) // by Wednesday, 10 June, 24:00
	s.file(t, "later", at(6, 10, 7)) // by Friday
	s.counts["2026-06-09"] = map[string]int64{"reported/630202102": 4, "reported/630202100": 1, "closed/630202102": 2, "accepted/630202102": 9}
	now := at(6, 10, 8)
	res, err := d.dailyDigest(t.Context(), now)
	if err != nil || res["messages"] != 1 || len(s.sent) != 1 {
		t.Fatalf("%v, %v, %d sent", res, err, len(s.sent))
	}
	m := s.sent[0]
	if m.To != "sven" || m.Priority != ledger.Digest || !m.Once || m.Kind != "job.daily" {
		t.Errorf("message %+v", m)
	}
	for _, want := range []string{
		"en:job.daily", "day=2026-06-10", "new=5", "closed=2", "decide=0", "review=0", "late=1", "today=1",
		"lines=en:job.township cell=寿乐镇 late=1 open=3",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q does not say %q", m.Text, want)
		}
	}
	var data []string
	for _, row := range m.Rows {
		for _, b := range row {
			data = append(data, b.Data)
		}
	}
	if want := []string{"w:decide:0", "w:review:0", "o:", "c:open:late", "c:open:today"}; !slices.Equal(data, want) {
		t.Errorf("buttons %v, want %v", data, want)
	}
	if res, err = d.dailyDigest(t.Context(), now); err != nil || res["repeated"] != 1 || len(s.sent) != 1 {
		t.Errorf("the second run: %v, %v, %d sent", res, err, len(s.sent))
	}
	if _, err = d.dailyDigest(t.Context(), now.AddDate(0, 0, 1)); err != nil || len(s.sent) != 2 {
		t.Errorf("the next day: %v, %d sent", err, len(s.sent))
	}
}

// At midnight of its last day a limit is late, and no longer due today.
func TestDailyDigest_midnight(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(6, 8, 10))
	for hour, want := range map[int][2]int{23: {1, 0}, 24: {0, 1}} {
		f, err := d.figures(t.Context(), at(6, 10, hour))
		if err != nil || len(f.today) != want[0] || len(f.late) != want[1] || f.byTownship[0].late != want[1] {
			t.Errorf("hour %d: today %d, late %d, by township %+v, %v", hour, len(f.today), len(f.late), f.byTownship, err)
		}
	}
}

// A case that stands in two worklists at once is counted once.
func TestDailyDigest_countsOnce(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(6, 8, 10))
	d.Store = &doubled{s}
	f, err := d.figures(t.Context(), at(6, 9, 8))
	if err != nil || f.byTownship[0].open != 1 {
		t.Errorf("%+v, %v", f.byTownship, err)
	}
}

// doubled is a store in which every case stands in two queues, as while it is moved.
type doubled struct{ *fakeStore }

func (d *doubled) Queue(ctx context.Context, q casework.Queue, offset, n int) ([]casework.CaseID, error) {
	out, err := d.fakeStore.Queue(ctx, q, offset, n)
	return append(out, out...), err
}

func TestWeeklyDigest(t *testing.T) {
	s, d := world(t)
	chart := &bars{}
	d.Charts = chart
	s.counts["2026-06-01"] = map[string]int64{"reported/630202102": 2, "accepted/630202102": 1, "refused/630202102": 1}
	s.counts["2026-06-07"] = map[string]int64{"reported/630202102": 1, "closed/630202100": 3}
	s.counts["2026-06-08"] = map[string]int64{"reported/630202102": 50} // today: the next week's
	s.counts["2026-05-31"] = map[string]int64{"reported/630202102": 50} // the week before
	kept, _, err := d.Work.Apply(casework.Case{ID: "kept", Cell: "630202102", Source: casework.FromCitizen, Reporter: "citizen", CreatedAt: at(6, 2, 10)},
		casework.Act{Action: casework.Submit, Person: "citizen"}, s.roster, at(6, 2, 10))
	if err != nil {
		t.Fatal(err)
	}
	if kept, _, err = d.Work.Apply(kept, casework.Act{Action: casework.Accept, Person: "dora", Disposition: casework.AcceptIt}, s.roster, at(6, 3, 10)); err != nil {
		t.Fatal(err)
	}
	s.cases["kept"] = kept // decided in time: the only limit that ended in the week
	d.Small = 10
	now := at(6, 8, 8)
	if res, err := d.weeklyDigest(t.Context(), now); err != nil || res["messages"] != 1 {
		t.Fatalf("%v, %v", res, err)
	}
	m := s.sent[0]
	for _, want := range []string{
		"from=2026-06-01", "to=2026-06-07", "new=3", "accepted=1", "refused=1", "closed=3",
		"decide=en:stats.rate mark=en:stats.small met=1 n=1 percent=100", "to_decide=en:stats.lasted mark=en:stats.small median=1.0 n=1 p90=1.0", "finish=en:stats.no_rate", "score=en:stats.no_rate",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q does not say %q", m.Text, want)
		}
	}
	if string(m.Image) != "picture" || !slices.Equal(chart.labels, []string{"寿乐镇", "碾伯街道"}) ||
		!slices.Equal(chart.values[0], []float64{3, 0}) || !slices.Equal(chart.values[1], []float64{0, 3}) {
		t.Errorf("picture %q of %v: %v", m.Image, chart.labels, chart.values)
	}
	if res, err := d.weeklyDigest(t.Context(), now.AddDate(0, 0, 1)); err != nil || res["repeated"] != 1 || len(s.sent) != 1 {
		t.Errorf("again on Tuesday: %v, %v", res, err)
	}
}

// Without anybody to tell nothing is written, so that the first supervisor still gets the day's digest.
func TestDigest_nobody(t *testing.T) {
	s, d := world(t)
	all := s.roster
	s.roster = grid.NewRoster(1, nil)
	if res, err := d.dailyDigest(t.Context(), at(6, 8, 8)); err != nil || res["messages"] != 0 || len(s.marks) != 0 {
		t.Errorf("%v, %v, %v", res, err, s.marks)
	}
	s.roster = all
	if _, err := d.dailyDigest(t.Context(), at(6, 8, 9)); err != nil || len(s.sent) != 1 {
		t.Errorf("%v, %d sent", err, len(s.sent))
	}
}

// When a year's holidays are loaded, provisional limits move; somebody else's change in between is not overwritten.
func TestRecompute(t *testing.T) {
	s, d := world(t)
	cal, err := calendar.New(shanghai, calendar.Year{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	final := *d.Work
	s.work.Calendar = cal
	for _, id := range []casework.CaseID{"a", "b"} {
		s.file(t, id, at(12, 30, 10))
	}
	d.Work = &final
	s.spoil["b"] = ledger.ErrConflict
	res, err := d.recomputeDeadlines(t.Context(), at(12, 31, 1))
	if err != nil || res["changed"] != 1 || res["conflicts"] != 1 {
		t.Errorf("%v, %v", res, err)
	}
	a, b := s.cases["a"], s.cases["b"]
	if k, _ := a.Clock(casework.StartClock); k.Provisional {
		t.Error("a is still provisional")
	}
	if k, _ := b.Clock(casework.StartClock); !k.Provisional {
		t.Error("b was overwritten")
	}
}
