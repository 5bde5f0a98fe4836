package jobs

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// planned is the world with a plan: housing has a clerk, water has none, and one milestone is long past.
func planned(t *testing.T) (*fakeStore, Deps) {
	t.Helper()
	s, d := world(t)
	clerk := grid.Officer{ID: "hana", Person: "hana", Appointments: []grid.Appointment{{Role: grid.Clerk, Cell: "630202", Department: "housing"}}}
	s.roster = grid.NewRoster(2, append(slices.Clone(s.roster.Officers()), clerk))
	by := func(month time.Month, day int) calendar.Date {
		return calendar.Date{Year: 2026, Month: month, Day: day}
	}
	d.Plan = plan.Work{
		Tree: d.Work.Tree, Location: shanghai,
		Rules: plan.Rules{Regularly: plan.Quarterly, Soon: 30, Before: []int{30, 7}, Urge: 1, Order: 10, Press: 30, CatchUp: 7, Receipt: 24 * time.Hour},
		Plan: plan.Plan{Number: "125", Measures: []plan.Measure{
			{Item: 22, Lead: "housing", Supports: []grid.Department{"water"}, Milestones: []plan.Milestone{{ID: "22-1", By: by(6, 30)}, {ID: "22-2", By: by(6, 30)}, {ID: "22-3"}}},
			{Item: 14, Lead: "water", Milestones: []plan.Milestone{{ID: "14-1", By: by(6, 30)}, {ID: "14-2", By: by(1, 31)}}},
		}},
	}
	return s, d
}

// chased does the job of a morning and returns what was said, as "to:key".
func (s *fakeStore) chased(t *testing.T, d Deps, month time.Month, day int) []string {
	t.Helper()
	s.sent = nil
	if _, err := d.remindMilestones(t.Context(), time.Date(2026, month, day, 8, 40, 0, 0, shanghai)); err != nil {
		t.Fatal(err)
	}
	out := make([]string, 0, len(s.sent))
	for _, m := range s.sent {
		out = append(out, string(m.To)+":"+m.Kind)
	}
	slices.Sort(out)
	return out
}

// Each stage is told once, in one message however many milestones reach it; who has nobody to tell is told of to the supervisor,
// and what is long past once in all.
func TestRemindMilestones(t *testing.T) {
	s, d := planned(t)
	for _, tt := range []struct {
		month time.Month
		day   int
		want  []string
	}{
		{5, 31, []string{"hana:job.milestones", "sven:job.milestones.boss", "sven:job.milestones.past"}},
		{5, 31, nil},
		{6, 1, nil},
		{6, 25, []string{"hana:job.milestones", "sven:job.milestones.boss"}}, // the program stood still for two days
		{6, 26, nil},
		{7, 1, []string{"hana:job.milestones.urge", "sven:job.milestones.boss"}},
		{7, 2, []string{"sven:job.milestones.boss"}}, // nobody said "received"
		{7, 3, nil},
		{7, 9, nil},
	} {
		if got := s.chased(t, d, tt.month, tt.day); !slices.Equal(got, tt.want) {
			t.Errorf("on %d-%d: %v, want %v", tt.month, tt.day, got, tt.want)
		}
	}
}

// A reminder names both milestones, with a button to the list; what was reported as done is not spoken of.
func TestRemindMilestones_NamesWhatIsDue(t *testing.T) {
	s, d := planned(t)
	l, _ := d.Plan.Overview(nil, nil, at(5, 31, 9)).Line("22-1")
	write, err := d.onMilestone(t.Context(), l, plan.Act{Action: plan.Finish, Person: "hana", Words: "done"}, s.roster, at(5, 30, 9))
	if err != nil {
		t.Fatal(err)
	}
	s.keep([]ledger.DossierWrite{write})
	s.chased(t, d, 5, 31)
	i := slices.IndexFunc(s.sent, func(m ledger.Message) bool { return m.Kind == "job.milestones" })
	if i < 0 || strings.Contains(s.sent[i].Text, "22-1") || !strings.Contains(s.sent[i].Text, "22-2") || s.sent[i].Rows[0][0].Data != "n:open:22-2" || !s.sent[i].Once {
		t.Errorf("%+v", s.sent)
	}
}

// When the answer of the store is lost the next run repeats nothing.
func TestRemindMilestones_AfterALostAnswer(t *testing.T) {
	s, d := planned(t)
	s.lose = true
	now := time.Date(2026, 5, 31, 8, 40, 0, 0, shanghai)
	if _, err := d.remindMilestones(t.Context(), now); err == nil {
		t.Fatal("no error")
	}
	heard := len(s.sent)
	if _, err := d.remindMilestones(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	for _, m := range s.sent {
		seen[string(m.To)+m.Kind]++
	}
	for key, n := range seen {
		if n > 1 {
			t.Errorf("%s was sent %d times (%d before)", key, n, heard)
		}
	}
}
