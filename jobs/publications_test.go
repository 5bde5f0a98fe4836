package jobs

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// quarterlyCards is one duty that the desk drafts and a supervisor approves.
func quarterlyCards(d Deps) publication.Work {
	return publication.Work{
		Tree: d.Work.Tree, Rules: publication.Rules{Before: []int{14, 7, 1}, Order: 7, Press: 14},
		Book: publication.Book{Calendar: d.Work.Calendar, Since: calendar.Date{Year: 2026, Month: 4, Day: 1}, Duties: []publication.Duty{{
			ID: "cards", Names: publication.Same("cards"), Every: publication.Quarterly, Due: calendar.Limit{N: 15, Unit: calendar.Day},
			Drafts: publication.Post{Role: grid.Desk}, Approve: publication.Post{Role: grid.Supervisor},
		}}},
	}
}

// TestPublications_eachStageOnce: ahead of the last day nobody hears of it but whose turn it is, after it the supervisors do, each stage
// once however often the job runs.
func TestPublications_eachStageOnce(t *testing.T) {
	s, d := world(t)
	d.Publications = quarterlyCards(d)
	last := d.Publications.Occasions(d.Publications.Duties[0], at(6, 1, 8))[0].Last()
	run := func(days int) (told []string) {
		t.Helper()
		s.sent = nil
		now := last.AddDays(days).In(shanghai).Add(8*time.Hour + 40*time.Minute)
		if _, err := d.publications(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		once := len(s.sent)
		if _, err := d.publications(t.Context(), now.Add(time.Minute)); err != nil || len(s.sent) != once {
			t.Fatalf("on day %d a second run says it again: %d messages, %v", days, len(s.sent), err)
		}
		for _, m := range s.sent {
			told = append(told, string(m.To))
		}
		return told
	}
	drafter, both := []string{"dora"}, []string{"dora", "sven"}
	for _, day := range []struct {
		days int
		told []string
	}{{-20, nil}, {-14, drafter}, {-13, nil}, {-6, drafter}, {-1, drafter}, {0, nil}, {1, both}, {3, nil}, {7, both}, {14, both}, {40, nil}} {
		if told := run(day.days); !slices.Equal(told, day.told) {
			t.Errorf("%d days after the last day it is told to %v, want %v", day.days, told, day.told)
		}
	}
}

// TestPublications_aLostReplyIsNoSecondReminder: when it is not known whether a run was committed, the next finds out.
func TestPublications_aLostReplyIsNoSecondReminder(t *testing.T) {
	s, d := world(t)
	d.Publications = quarterlyCards(d)
	now := d.Publications.Occasions(d.Publications.Duties[0], at(6, 1, 8))[0].Last().In(shanghai)
	s.lose = true
	if _, err := d.publications(t.Context(), now); err == nil {
		t.Fatal("a lost reply is no success")
	}
	if _, err := d.publications(t.Context(), now.Add(time.Hour)); err != nil || len(s.sent) != 1 {
		t.Errorf("%d messages, %v", len(s.sent), err)
	}
}
