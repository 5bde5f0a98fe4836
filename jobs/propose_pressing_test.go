package jobs

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Each reason to press is proposed once for each occasion: the same silence never again, a second reopening anew.
func TestProposePressing_OncePerOccasion(t *testing.T) {
	s, d := world(t)
	d.Press = PressAfter{Silence: 10 * 24 * time.Hour, Bounces: 2, Reopened: 1, Returned: 2}
	s.file(t, "a", at(6, 8, 10))
	c := s.cases["a"]
	c.State, c.Bounces, c.Reopened = casework.Handling, 1, 0
	s.cases["a"] = c
	s.events["a"] = []casework.Event{
		{Action: casework.Take, By: "ivan", Arrived: at(6, 9, 10)},
		{Action: casework.Remind, By: "system", Arrived: at(6, 15, 10)},
		{Action: casework.AddWords, By: "reporter", Arrived: at(6, 16, 10)}, // who waits is no sign of work
	}
	told := func(day int) (out []string) {
		before := len(s.sent)
		if _, err := d.proposePressing(t.Context(), at(6, day, 8)); err != nil {
			t.Fatal(err)
		}
		for _, m := range s.sent[before:] {
			out = append(out, m.Rows[0][0].Data)
		}
		return out
	}
	for _, k := range []struct {
		day    int
		change func(*casework.Case)
		want   []string
	}{
		{19, func(*casework.Case) {}, nil}, // nine days and some hours
		{20, func(*casework.Case) {}, []string{"c:press_no_feedback:a"}},
		{21, func(*casework.Case) {}, nil},
		{22, func(c *casework.Case) { c.Bounces = 2 }, []string{"c:press_shirking:a"}},
		{23, func(c *casework.Case) { c.Reopened = 1 }, []string{"c:press_not_done:a"}},
		{24, func(c *casework.Case) { c.Reopened = 2 }, []string{"c:press_not_done:a"}},
		{25, func(*casework.Case) {
			s.events["a"] = append(s.events["a"], casework.Event{Action: casework.Return, By: "dora", Arrived: at(6, 24, 10)},
				casework.Event{Action: casework.Return, By: "dora", Arrived: at(6, 24, 11)})
		}, []string{"c:press_procedure:a"}},
		{26, func(c *casework.Case) { c.State = casework.HandedIn }, nil},
	} {
		c := s.cases["a"]
		k.change(&c)
		s.cases["a"] = c
		if got := told(k.day); !slices.Equal(got, k.want) {
			t.Errorf("on the %dth: %v, want %v", k.day, got, k.want)
		}
	}
}
