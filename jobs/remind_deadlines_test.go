package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// ladderOf is what one case on which nobody works leads to within a week: the start clock's ladder.
func ladderOf(id string) []string {
	return []string{
		"job.reminder.due " + id + " ivan", "job.reminder.due " + id + " vera",
		"job.reminder.order " + id + " sven",
		"job.reminder.overdue " + id + " ivan", "job.reminder.overdue " + id + " vera",
	}
}

// A week, minute by minute or so: one message for each recipient and stage.
func TestRemind_aWeek(t *testing.T) {
	s, d := world(t)
	monday := at(6, 8, 10)
	s.file(t, "a", monday)
	for now := monday; now.Before(monday.AddDate(0, 0, 7)); now = now.Add(7 * time.Minute) {
		if _, err := d.remindDeadlines(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.told(); !slices.Equal(got, ladderOf("a")) {
		t.Errorf("told %v", got)
	}
	if err := casework.Verify(s.cases["a"], s.events["a"]); err != nil {
		t.Error(err)
	}
	m := s.sent[0]
	for _, want := range []string{"zh-CN:job.reminder.due", "number=R-a", "due=2026-06-10", "clock=zh-CN:clock.start", "cell=寿乐镇"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%q does not say %q", m.Text, want)
		}
	}
	if !m.Once || m.Priority != ledger.Reminder || m.Rows[0][0].Data != "c:open:a" {
		t.Errorf("message %+v", m)
	}
}

// A commit whose answer was lost, a restart in between and a second replica at the same time repeat nothing.
func TestRemind_neverTwice(t *testing.T) {
	s, d := world(t)
	monday := at(6, 8, 10)
	for i := range 20 {
		s.file(t, casework.CaseID(fmt.Sprint("c", i)), monday)
	}
	s.lose = true
	now := at(6, 10, 9)
	if _, err := d.remindDeadlines(t.Context(), now); err == nil {
		t.Error("the lost answer is no error")
	}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 3 {
				if _, err := d.remindDeadlines(t.Context(), now); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]int{}
	for _, line := range s.told() {
		seen[line]++
	}
	if len(seen) != 40 {
		t.Errorf("%d different messages, want 40", len(seen))
	}
	for line, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d times", line, n)
		}
	}
}

// Somebody else is faster between reading and committing: nothing is sent in vain, and the next run sees the case again.
func TestRemind_conflict(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(6, 8, 10))
	s.between = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		c := s.cases["a"]
		c.Version++
		s.cases["a"] = c
	}
	now := at(6, 10, 9)
	res, err := d.remindDeadlines(t.Context(), now)
	if err != nil || res["conflicts"] != 1 || len(s.sent) != 0 {
		t.Errorf("%v, %v, %d sent", res, err, len(s.sent))
	}
	s.between = nil
	if res, err = d.remindDeadlines(t.Context(), now); err != nil || res["messages"] != 2 {
		t.Errorf("%v, %v", res, err)
	}
}

// More cases than fit into a batch that conflict for ever, or cannot be read: the run ends, and those behind them are
// reached.
func TestRemind_thoseBehindAreReached(t *testing.T) {
	for name, fault := range map[string]error{"conflict": ledger.ErrConflict, "broken": errors.New("cannot be read")} {
		t.Run(name, func(t *testing.T) {
			s, d := world(t)
			for i := range sweepBatch + 7 {
				id := casework.CaseID(fmt.Sprintf("%05d", i))
				s.file(t, id, at(6, 8, 10))
				s.spoil[id] = fault
			}
			s.file(t, "z", at(6, 8, 11)) // due at the same time, named last
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			res, err := d.remindDeadlines(ctx, at(6, 10, 9))
			if ctx.Err() != nil {
				t.Fatal("the run does not end")
			}
			if (err != nil) != (name == "broken") {
				t.Errorf("error %v", err)
			}
			if got := s.told(); !slices.Equal(got, []string{"job.reminder.due z ivan", "job.reminder.due z vera"}) {
				t.Errorf("told %v", got)
			}
			if res[map[string]string{"conflict": "conflicts", "broken": "failed"}[name]] != sweepBatch+7 || s.asked > 10 {
				t.Errorf("%v after asking %d times", res, s.asked)
			}
		})
	}
}

// A limit that nobody can be told of is counted, and on record.
func TestRemind_unheard(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(6, 8, 10))
	s.roster = grid.NewRoster(2, nil)
	res, err := d.remindDeadlines(t.Context(), at(6, 10, 9))
	if err != nil || res["unheard"] != 1 || res["messages"] != 0 || len(s.events["a"]) != 3 {
		t.Errorf("%v, %v, %d events", res, err, len(s.events["a"]))
	}
}

// An emergency's reminder goes first.
func TestRemind_urgent(t *testing.T) {
	s, d := world(t)
	s.file(t, "a", at(6, 8, 10))
	c := s.cases["a"]
	c.Urgent = true
	s.cases["a"] = c
	if _, err := d.remindDeadlines(t.Context(), at(6, 11, 0)); err != nil { // midnight
		t.Fatal(err)
	}
	if len(s.sent) == 0 || s.sent[0].Priority != ledger.Emergency {
		t.Errorf("sent %+v", s.sent)
	}
}

func TestDay(t *testing.T) {
	_, d := world(t)
	if got := d.day(at(6, 11, 0)); got != "2026-06-10" {
		t.Errorf("a limit in days: %s", got)
	}
	if got := d.day(at(6, 11, 14)); got != "2026-06-11 14:00" {
		t.Errorf("a limit in hours: %s", got)
	}
}
