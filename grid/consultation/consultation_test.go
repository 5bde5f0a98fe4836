package consultation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/consultation"
)

var nine = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func rules(t *testing.T) consultation.Rules {
	t.Helper()
	c, err := calendar.New(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return consultation.Rules{
		Ahead: 2 * day, Results: calendar.Limit{N: 10, Unit: calendar.Day}, Use: calendar.Limit{N: 20, Unit: calendar.Day}, Again: 5 * day, Times: 2, Calendar: c,
	}
}

// draft is what li drafted: one of each form, open for ten days from approval.
func draft() consultation.Consultation {
	return consultation.Consultation{
		ID: "x", Title: "T", Text: "words", Begun: consultation.Mark{By: "li", At: nine}, Closes: nine.Add(10 * day), Groups: []consultation.Group{{Name: "noise"}, {Name: "smoke"}},
		Questions: []consultation.Question{
			{Text: "a?", Form: consultation.One, Options: []string{"yes", "no"}},
			{Text: "b?", Form: consultation.Many, Options: []string{"x", "y", "z"}},
			{Text: "c?", Form: consultation.Free},
		},
	}
}

func opened(t *testing.T) consultation.Consultation {
	t.Helper()
	c, _, err := draft().Apply(consultation.Act{Action: consultation.Approve, By: "wu"}, rules(t), nine)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestStage: nobody approves their own draft; it opens and closes by itself, and what is approved is not changed any more.
func TestStage(t *testing.T) {
	r := rules(t)
	if _, _, err := draft().Apply(consultation.Act{Action: consultation.Approve, By: "li"}, r, nine); grid.CodeOf(err) != grid.Forbidden {
		t.Error(err)
	}
	later := draft()
	later.Opens = nine.Add(day)
	later, _, err := later.Apply(consultation.Act{Action: consultation.Approve, By: "wu"}, r, nine)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		after  time.Duration
		stage  consultation.Stage
		public bool
	}{
		{0, consultation.Waiting, false}, {day, consultation.Open, true}, {10*day - 1, consultation.Open, true}, {10 * day, consultation.Closed, true},
	} {
		if got := later.Stage(nine.Add(s.after)); got != s.stage {
			t.Errorf("after %v: %s", s.after, got)
		}
		if _, public := later.Public(nine.Add(s.after)); public != s.public {
			t.Errorf("after %v public: %v", s.after, public)
		}
	}
	if _, _, err := later.Apply(consultation.Act{Action: consultation.Text, Words: "other"}, r, nine); grid.CodeOf(err) != grid.Conflict {
		t.Error("changed after it was approved")
	}
}

// TestAnswer: the last choice counts, several can be taken and taken back, words are kept, and nothing is taken after the closing.
func TestAnswer(t *testing.T) {
	c, a := opened(t), consultation.Answer{}
	var err error
	for _, x := range [][2]int{{0, 0}, {0, 1}, {1, 2}, {1, 0}, {1, 2}} {
		if a, err = c.Choose(a, x[0], x[1], nine); err != nil {
			t.Fatal(err)
		}
	}
	a, err = c.Say(a, 2, "loud", nine)
	if err != nil || !slices.Equal(a.Choices[0], []int{1}) || !slices.Equal(a.Choices[1], []int{0}) || a.Words[2] != "loud" {
		t.Errorf("%+v %v", a, err)
	}
	if _, late := c.Choose(a, 0, 0, nine.Add(10*day)); grid.CodeOf(late) != grid.Conflict {
		t.Errorf("taken after the closing: %v", late)
	}
	for _, x := range [][2]int{{0, 2}, {2, 0}, {3, 0}, {-1, 0}} {
		if _, none := c.Choose(a, x[0], x[1], nine); grid.CodeOf(none) != grid.NotFound {
			t.Errorf("option %v: %v", x, none)
		}
	}
	if a, err = c.Say(a, 2, strings.Repeat("很", consultation.MaxWords), nine); err != nil {
		t.Errorf("as much as may be: %v", err)
	}
	if b, err := c.Say(a, 2, strings.Repeat("很", consultation.MaxWords+1), nine); grid.CodeOf(err) != grid.Invalid || b.Words[2] != a.Words[2] {
		t.Errorf("too much is %v, and what was kept %d characters", err, len([]rune(b.Words[2])))
	}
	if a, _ = c.Say(a, 2, "", nine); a.Words[2] != "" {
		t.Error("words are not taken back")
	}
}

// TestCount: the doors are counted apart, an empty answer is none, and the public reads only the opinions that were approved.
func TestCount(t *testing.T) {
	c := opened(t)
	answers := []consultation.Answer{
		{Door: consultation.Chat, Choices: map[int][]int{0: {0}, 1: {0, 1}}, Words: map[int]string{2: "secret"}},
		{Door: consultation.Web, Choices: map[int][]int{0: {0}}, Words: map[int]string{2: "smoke!"}, Sorted: map[int]consultation.Sorting{2: {Public: true, Group: 2}}},
		{Door: consultation.Web, Words: map[int]string{2: "noise!"}, Sorted: map[int]consultation.Sorting{2: {Public: true, Group: 1}}},
		{Door: consultation.Chat},
	}
	f := c.Count(answers)
	if f.People[consultation.Chat] != 1 || f.People[consultation.Web] != 2 || f.People.All() != 3 {
		t.Errorf("people %v", f.People)
	}
	if got := f.Questions[0].Options[0]; got[consultation.Chat] != 1 || got[consultation.Web] != 1 {
		t.Errorf("option %v", got)
	}
	q := f.Questions[2]
	want := []consultation.Opinion{{Group: 1, Words: "noise!"}, {Group: 2, Words: "smoke!"}}
	if !slices.Equal(q.Opinions, want) || q.Others != 1 || !slices.Equal(q.Groups, []int{1, 1}) {
		t.Errorf("%+v", q)
	}
}

// TestUse: every group of opinions is answered before it is said how they were used.
func TestUse(t *testing.T) {
	r, c := rules(t), opened(t)
	at := nine.Add(11 * day)
	does := func(a consultation.Act, code grid.Code) {
		t.Helper()
		next, _, err := c.Apply(a, r, at)
		if grid.CodeOf(err) != code {
			t.Fatalf("%s: %v", a.Action, err)
		}
		c = next
	}
	f := c.Count(nil)
	does(consultation.Act{Action: consultation.Publish, Found: &f}, "")
	does(consultation.Act{Action: consultation.Reply, Index: 0, Words: "quieter"}, "")
	does(consultation.Act{Action: consultation.Use, Words: "taken up"}, grid.Invalid)
	if p, _ := c.Public(at); p.Groups[0].Answer != "" || p.Stage != consultation.Results {
		t.Errorf("%+v", p)
	}
	does(consultation.Act{Action: consultation.Reply, Index: 1, Words: "a filter"}, "")
	does(consultation.Act{Action: consultation.Use, Words: "taken up"}, "")
	if p, _ := c.Public(at); p.Groups[1].Answer != "a filter" || p.Summary != "taken up" {
		t.Errorf("%+v", p)
	}
}

// TestRemind: opening, closing and what is overdue are told once each; after a pause only what still holds is.
func TestRemind(t *testing.T) {
	r, c := rules(t), opened(t)
	told := func(after time.Duration, want consultation.Notice) {
		t.Helper()
		next, n, _, ok := c.Remind(r, nine.Add(after))
		if n != want || ok != (want != "") {
			t.Errorf("after %v: %q", after, n)
		}
		c = next
	}
	told(0, consultation.ToOpen)
	told(time.Hour, "")
	told(8*day, consultation.ToClose)
	told(10*day, consultation.ToSort)
	told(21*day, "") // the last day is a Sunday
	told(22*day, consultation.LateResults)
	told(23*day, "")
	told(27*day, consultation.LateResults)
	told(60*day, "")
	c = opened(t)
	told(11*day, consultation.ToSort)
	told(11*day, "")
}

// TestReadQuestion: the first line asks, the others are options.
func TestReadQuestion(t *testing.T) {
	q, err := consultation.ReadQuestion(" a?\n\n yes \nno")
	if err != nil || q.Text != "a?" || q.Form != consultation.One || !slices.Equal(q.Options, []string{"yes", "no"}) {
		t.Errorf("%+v %v", q, err)
	}
	if q, err = consultation.ReadQuestion("why?"); err != nil || q.Form != consultation.Free {
		t.Errorf("%+v %v", q, err)
	}
	for _, bad := range []string{"", " \n", "a?\nyes", "a?\nyes\nyes"} {
		if _, err := consultation.ReadQuestion(bad); grid.CodeOf(err) != grid.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestWhoWroteAnyPartDoesNotApprove: neither who began a draft nor whoever changed anything of it.
func TestWhoWroteAnyPartDoesNotApprove(t *testing.T) {
	r := rules(t)
	for _, a := range []consultation.Act{
		{Action: consultation.Title, Words: "other"},
		{Action: consultation.Text, Words: "other"},
		{Action: consultation.Ask, Words: "d?"},
		{Action: consultation.Unask},
		{Action: consultation.Switch},
		{Action: consultation.CloseAt, At: nine.Add(5 * day)},
		{Action: consultation.OpenAt, At: nine.Add(day)},
		{Action: consultation.Attach, File: consultation.File{Name: "x"}},
	} {
		a.By = "wu"
		c, _, err := draft().Apply(a, r, nine)
		if err != nil {
			t.Fatalf("%s: %v", a.Action, err)
		}
		for by, want := range map[grid.OfficerID]grid.Code{"li": grid.Forbidden, "wu": grid.Forbidden, "zhao": ""} {
			if _, _, err := c.Apply(consultation.Act{Action: consultation.Approve, By: by}, r, nine); grid.CodeOf(err) != want {
				t.Errorf("after %s by wu, %s approves: %v", a.Action, by, err)
			}
		}
	}
}

// TestFewAreNotCountedApart: where one door has fewer answers than are needed, no figure is by door; sums stay as they are.
func TestFewAreNotCountedApart(t *testing.T) {
	c := opened(t)
	answers := []consultation.Answer{{Door: consultation.Web, Choices: map[int][]int{0: {0}}}}
	for range 3 {
		answers = append(answers, consultation.Answer{Door: consultation.Chat, Choices: map[int][]int{0: {1}}})
	}
	if f := c.Count(answers).Merge(1); f.Merged() || f.People[consultation.Web] != 1 {
		t.Errorf("enough by each door: %+v", f)
	}
	if f := c.Count(answers[1:]).Merge(3); f.Merged() {
		t.Errorf("nobody by one door: %+v", f)
	}
	f := c.Count(answers).Merge(2)
	x := f.Questions[0]
	for _, n := range append([]consultation.Tally{f.People, x.Answered}, x.Options...) {
		if n[consultation.Web] != 0 || n[consultation.Chat] != 0 {
			t.Errorf("by door: %+v", n)
		}
	}
	if !f.Merged() || f.People.All() != 4 || x.Answered.All() != 4 || x.Options[0].All() != 1 || x.Options[1].All() != 3 {
		t.Errorf("%+v", f)
	}
}
