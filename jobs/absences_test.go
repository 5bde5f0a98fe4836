package jobs

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// edit changes one officer of the store's roster.
func (s *fakeStore) edit(id grid.OfficerID, change func(*grid.Officer)) {
	all := slices.Clone(s.roster.Officers())
	for i := range all {
		if all[i].ID == id {
			all[i].Appointments, all[i].Absences = slices.Clone(all[i].Appointments), slices.Clone(all[i].Absences)
			change(&all[i])
		}
	}
	s.roster = grid.NewRoster(s.roster.Version+1, all)
}

// leave enters an absence of whole days of November.
func (s *fakeStore) leave(id grid.OfficerID, first, last int, deputy grid.OfficerID, set time.Time) {
	s.edit(id, func(o *grid.Officer) {
		o.Absences = append(o.Absences, grid.Absence{From: at(11, first, 0), Until: at(11, last+1, 0), Deputy: deputy, Set: set})
	})
}

// The morning an absence begins its deputy is told, once, with a way to what lies on the desk; the morning after it ends
// both are told; on every other day nobody is.
func TestAbsences(t *testing.T) {
	s, d := world(t)
	s.file(t, "case", at(11, 2, 10))
	c := s.cases["case"]
	c.Handler = "ivan"
	s.cases["case"] = c
	s.leave("ivan", 10, 12, "vera", at(11, 3, 9))
	for day := 4; day <= 20; day++ {
		before := len(s.sent)
		for range 2 { // a second run of the same day says nothing
			if _, err := d.absences(t.Context(), at(11, day, 8)); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, m := range s.sent[before:] {
			got = append(got, string(m.To)+" "+m.Kind)
			if !m.Once || m.Priority != ledger.Reminder {
				t.Errorf("sent as %+v", m)
			}
			if m.Kind == "job.absence_began" && (!strings.Contains(m.Text, "n=1") || !strings.Contains(m.Text, "until=2026-11-12") ||
				len(m.Rows) != 1 || m.Rows[0][0].Data != "c:open:case") {
				t.Errorf("said %+v", m)
			}
		}
		slices.Sort(got)
		want := map[int][]string{10: {"vera job.absence_began"}, 13: {"ivan job.absence_over", "vera job.deputy_over"}}[day]
		if !slices.Equal(got, want) {
			t.Errorf("day %d: %q, want %q", day, got, want)
		}
	}
}

// What was told at once is not told again: an absence from that moment on, one taken back, one that ended early.
func TestAbsences_toldAtOnce(t *testing.T) {
	s, d := world(t)
	s.edit("ivan", func(o *grid.Officer) {
		now := at(11, 9, 15)
		o.Absences = []grid.Absence{
			{From: now, Until: at(11, 10, 0), Deputy: "vera", Set: now, Ended: now.Add(time.Hour)},
			{From: at(11, 10, 0), Until: at(11, 12, 0), Deputy: "vera", Set: now, Ended: now.Add(time.Hour)},
			{From: now, Until: at(11, 13, 0), Deputy: "vera", Set: now},
		}
	})
	for day := 9; day <= 12; day++ {
		if res, err := d.absences(t.Context(), at(11, day, 8)); err != nil || res["messages"] != 0 || len(s.sent) != 0 {
			t.Errorf("day %d: %v, %v, %v", day, res, err, s.told())
		}
	}
}

// The deputy's own deputy is told when the deputy is away, and nobody when nobody stands in; who is away again is not
// welcomed.
func TestAbsences_chain(t *testing.T) {
	s, d := world(t)
	s.leave("ivan", 10, 10, "vera", at(11, 3, 9))
	s.leave("vera", 9, 11, "dora", at(11, 3, 9))
	s.leave("ivan", 11, 12, "", at(11, 4, 9))
	if _, err := d.absences(t.Context(), at(11, 10, 8)); err != nil || !slices.Equal(s.told(), []string{"job.absence_began  dora"}) {
		t.Errorf("%v, %v", s.told(), err)
	}
	if _, err := d.absences(t.Context(), at(11, 11, 8)); err != nil || !slices.Equal(s.told(), []string{"job.absence_began  dora", "job.deputy_over  dora"}) {
		t.Errorf("%v, %v", s.told(), err)
	}
}

// Somebody whose last post ends by its date is told of like somebody who was dismissed, and not again when they were.
func TestAbsences_left(t *testing.T) {
	for name, dismissed := range map[string]bool{"by date": false, "dismissed": true} {
		t.Run(name, func(t *testing.T) {
			s, d := world(t)
			s.file(t, "case", at(11, 2, 10))
			end := at(11, 10, 0)
			s.edit("ivan", func(o *grid.Officer) { o.Appointments[0].Until, o.Deputy = end, "vera" })
			s.edit("dora", func(o *grid.Officer) {
				o.Appointments = append(o.Appointments, grid.Appointment{Role: grid.Admin, Cell: "630202"})
			})
			if dismissed {
				s.marks[ledger.LeftMark("ivan", end)] = true
			}
			for day := 9; day <= 12; day++ {
				if _, err := d.absences(t.Context(), at(11, day, 8)); err != nil {
					t.Fatal(err)
				}
			}
			want := []string{"job.left  dora", "job.left  vera"}
			if dismissed {
				want = []string{}
			}
			if got := s.told(); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

// Blind spots are told of on the morning after they changed and on Mondays, by township, and else not.
func TestDailyDigest_blindSpots(t *testing.T) {
	s, d := world(t)
	s.leave("vera", 1, 30, "", at(10, 1, 9))
	s.leave("ivan", 18, 19, "", at(10, 1, 9)) // Wednesday and Thursday
	for day, want := range map[int]string{
		16: "blind=en:job.blind n=2 towns=en:job.blind_town cell=乐都区 n=1en:list.separatoren:job.blind_town cell=碾伯街道 n=1", // Monday
		17: "blind= ",
		18: "blind=en:job.blind n=3",
		19: "blind= ",
		20: "blind=en:job.blind n=2",
		21: "blind= ",
	} {
		before := len(s.sent)
		if _, err := d.dailyDigest(t.Context(), at(11, day, 8)); err != nil {
			t.Fatal(err)
		}
		m := s.sent[before]
		if !strings.Contains(m.Text+" ", want) {
			t.Errorf("day %d: %q does not say %q", day, m.Text, want)
		}
		button := slices.ContainsFunc(m.Rows, func(row []ledger.Button) bool { return row[0].Data == "b:0:" })
		if button == (want == "blind= ") {
			t.Errorf("day %d: the way to the list is there: %v", day, button)
		}
	}
	s.roster = grid.NewRoster(9, append(slices.Clone(s.roster.Officers()), grid.Officer{ID: "all", Appointments: []grid.Appointment{
		{Role: grid.Chief, Cell: "630202", From: at(11, 24, 20)}, {Role: grid.Chief, Cell: "630202100", From: at(11, 24, 20)},
	}}))
	if _, err := d.dailyDigest(t.Context(), at(11, 25, 8)); err != nil || !strings.Contains(s.sent[len(s.sent)-1].Text, "blind=en:job.blind_none") {
		t.Errorf("%q, %v", s.sent[len(s.sent)-1].Text, err)
	}
}
