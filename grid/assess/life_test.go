package assess_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
)

var (
	start = time.Date(2017, 10, 9, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	until = start.AddDate(0, 0, 7)
)

// drawn is a draft of two townships: one that did well and one that failed.
func drawn(t *testing.T) (assess.Assessment, []assess.Event) {
	t.Helper()
	s := scheme()
	results := []assess.Result{s.Score(town("1"), []assess.Figure{finish(5, 5)}), s.Score(town("2"), []assess.Figure{finish(3, 5)})}
	assess.Rank(results)
	return do(t, assess.Assessment{}, nil, assess.Act{Action: assess.Compute, At: start, By: "sup", Fresh: &assess.Assessment{
		Period: "2017-Q3", From: start.AddDate(0, -3, 0), To: start, Scheme: s, Results: results,
	}})
}

func do(t *testing.T, a assess.Assessment, history []assess.Event, act assess.Act) (assess.Assessment, []assess.Event) {
	t.Helper()
	after, e, err := a.Apply(act)
	if err != nil {
		t.Fatalf("%s: %v", act.Action, err)
	}
	return after, append(slices.Clone(history), e)
}

func refused(t *testing.T, a assess.Assessment, act assess.Act, code grid.Code, key string) {
	t.Helper()
	after, _, err := a.Apply(act)
	var told *grid.Error
	if !errors.As(err, &told) || told.Code != code || told.Key != key {
		t.Errorf("%s gives %v, want %s", act.Action, err, key)
	}
	if x, y := string(a.Content()), string(after.Content()); x != y {
		t.Errorf("%s was refused and changed the assessment", act.Action)
	}
}

// sealed is one that went the whole way, with a comment that led to a correction.
func sealed(t *testing.T) (assess.Assessment, []assess.Event) {
	t.Helper()
	a, h := drawn(t)
	a, h = do(t, a, h, assess.Act{Action: assess.Ask, At: start, By: "sup", Until: until})
	a, h = do(t, a, h, assess.Act{Action: assess.Comment, At: start.Add(time.Hour), By: "chief", Unit: "t2", Words: "one of them was extended"})
	a, h = do(t, a, h, assess.Act{
		Action: assess.Correct, At: start.Add(2 * time.Hour), By: "sup", Unit: "t2", Indicator: "finish", Value: 70 * one, Words: "extended on paper", N: 1,
	})
	return do(t, a, h, assess.Act{Action: assess.Finish, At: until, By: "sup"})
}

func TestACorrectionKeepsWhatItReplaces(t *testing.T) {
	a, _ := sealed(t)
	r, _ := a.Result("t2")
	m, _ := r.Mark("finish")
	if m.Value != 70*one || m.Given.Source != "extended on paper" || len(m.Refs) != 5 {
		t.Errorf("the corrected figure is %+v", m.Figure)
	}
	c := a.Corrections[0]
	if c.Was.Value != 60*one || c.Was.Given != nil || c.Now != 70*one || len(c.Was.Refs) != 5 {
		t.Errorf("the correction is %+v", c)
	}
	if a.Comments[0].Answer != "extended on paper" || len(a.Unanswered()) != 0 {
		t.Errorf("the comment stands as %+v", a.Comments[0])
	}
}

func TestNothingIsDoneOutOfTurn(t *testing.T) {
	draft, h := drawn(t)
	asked, _ := do(t, draft, h, assess.Act{Action: assess.Ask, At: start, By: "sup", Until: until})
	final, _ := sealed(t)
	states := map[assess.State]assess.Assessment{assess.None: {}, assess.Draft: draft, assess.Commenting: asked, assess.Final: final}
	for _, rule := range assess.Table() {
		for state, a := range states {
			if !slices.Contains(rule.From, state) {
				refused(t, a, assess.Act{Action: rule.Action, At: until, By: "sup", Unit: "t2"}, grid.Conflict, "error.assess.state")
			}
		}
	}
}

func TestWhatWasCountedIsNotEnteredByHand(t *testing.T) {
	a, h := drawn(t)
	act := assess.Act{Action: assess.Enter, At: start, By: "sup", Unit: "t2", Indicator: "finish", Value: 100 * one, Words: "I say so"}
	refused(t, a, act, grid.Conflict, "error.assess.counted")
	act.Indicator, act.Words = "breaches", " "
	refused(t, a, act, grid.Invalid, "error.assess.source")
	act.Words = "report 12 of the water bureau"
	a, h = do(t, a, h, act)
	r, _ := a.Result("t2")
	if m, _ := r.Mark("breaches"); m.Standing != assess.Counts || m.Given.Source != act.Words || r.Counted != 70 {
		t.Errorf("the entered figure stands as %+v", m)
	}
	act.Value = 5 * one
	a, h = do(t, a, h, act)
	if e := h[len(h)-1]; len(a.Entries) != 1 || e.Was != "100" || e.Now != "5" {
		t.Errorf("entered twice it is %+v, with the event %+v", a.Entries, e)
	}
}

func TestCommentsEndAndAreAnsweredBeforeTheSeal(t *testing.T) {
	a, h := drawn(t)
	a, h = do(t, a, h, assess.Act{Action: assess.Ask, At: start, By: "sup", Until: until})
	comment := assess.Act{Action: assess.Comment, At: until.Add(-time.Second), By: "chief", Unit: "t2", Words: "no"}
	refused(t, a, assess.Act{Action: assess.Comment, At: until, By: "chief", Unit: "t2", Words: "no"}, grid.Conflict, "error.assess.over")
	refused(t, a, assess.Act{Action: assess.Comment, At: start, By: "chief", Unit: "t9", Words: "no"}, grid.NotFound, "error.assess.figure")
	refused(t, a, assess.Act{Action: assess.Finish, At: until.Add(-time.Second), By: "sup"}, grid.Conflict, "error.assess.early")
	a, h = do(t, a, h, comment)
	refused(t, a, assess.Act{Action: assess.Finish, At: until, By: "sup"}, grid.Conflict, "error.assess.unanswered")
	a, h = do(t, a, h, assess.Act{Action: assess.Answer, At: until, By: "sup", N: 1, Words: "it stays"})
	refused(t, a, assess.Act{Action: assess.Answer, At: until, By: "sup", N: 1, Words: "again"}, grid.Conflict, "error.assess.answered")
	refused(t, a, assess.Act{Action: assess.Answer, At: until, By: "sup", N: 2, Words: "again"}, grid.NotFound, "error.assess.comment")
	a, _ = do(t, a, h, assess.Act{Action: assess.Finish, At: until, By: "sup"})
	if a.State != assess.Final || len(a.Seal.Hash) != 64 {
		t.Errorf("it ends as %s with the seal %+v", a.State, a.Seal)
	}
}

func TestAnEmptyDraftIsNotSentOut(t *testing.T) {
	s := scheme()
	a, _ := do(t, assess.Assessment{}, nil, assess.Act{Action: assess.Compute, At: start, Fresh: &assess.Assessment{
		Period: "2017", Scheme: s, Results: []assess.Result{s.Score(town("1"), nil)},
	}})
	refused(t, a, assess.Act{Action: assess.Ask, At: start, Until: until}, grid.Conflict, "error.assess.empty")
}

func TestTheSealHoldsThroughTheStoreAndBreaksWithAnyChange(t *testing.T) {
	a, h := sealed(t)
	a, h = do(t, a, h, assess.Act{Action: assess.Publish, At: until, By: "sup"})
	var read assess.Assessment
	stored, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(stored, &read); err != nil {
		t.Fatal(err)
	}
	if err := assess.Verify(read, h); err != nil {
		t.Fatalf("what was stored is refused: %v", err)
	}
	for name, c := range map[string]struct {
		spoil func(*assess.Assessment)
		want  error
	}{
		"a score":          {func(a *assess.Assessment) { a.Results[0].Score++ }, assess.ErrAltered},
		"a case left out":  {func(a *assess.Assessment) { a.Results[0].Marks[0].Refs = a.Results[0].Marks[0].Refs[1:] }, assess.ErrAltered},
		"a comment":        {func(a *assess.Assessment) { a.Comments[0].Words = "all is well" }, assess.ErrAltered},
		"the seal":         {func(a *assess.Assessment) { a.Seal = nil }, assess.ErrUnsealed},
		"the state":        {func(a *assess.Assessment) { a.State = assess.Draft }, assess.ErrUnsealed},
		"sealed once more": {func(a *assess.Assessment) { a.Results[0].Score++; a.Seal.Hash = a.Sum() }, assess.ErrUnsealed},
	} {
		var b assess.Assessment
		if err := json.Unmarshal(stored, &b); err != nil {
			t.Fatal(err)
		}
		c.spoil(&b)
		if err := assess.Verify(b, h); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAScoreThatDoesNotFollowIsFoundEvenUnsealed(t *testing.T) {
	a, h := drawn(t)
	if err := assess.Verify(a, h); err != nil {
		t.Fatal(err)
	}
	a.Results[1].Score = 90 * one
	if err := assess.Verify(a, h); !errors.Is(err, assess.ErrWrongSum) {
		t.Errorf("a score without figures is found as %v", err)
	}
}

func TestOnlyWhoFailedIsProposedForARemedyAndOnce(t *testing.T) {
	a, h := sealed(t)
	act := assess.Act{Action: assess.Propose, At: until, By: "sup", Unit: "t2", Proposal: assess.Proposal{Remedy: assess.Suspend, Text: "…"}}
	a, _ = do(t, a, h, act)
	if p := a.Proposals[0]; p.Unit != "t2" || p.By != "sup" || !p.At.Equal(until) {
		t.Errorf("the proposal is %+v", p)
	}
	refused(t, a, act, grid.Conflict, "error.assess.proposed")
	act.Unit = "t1"
	refused(t, a, act, grid.NotFound, "error.assess.passed")
	d := assess.Result{Unit: assess.OfDepartment("d"), Judged: true, Failed: true}
	if got := d.Remedies(); !slices.Equal(got, []assess.Remedy{assess.Talk}) {
		t.Errorf("an office may be proposed for %v", got)
	}
}

func TestThePublicSeesFiguresAndNothingOfPeopleOrCases(t *testing.T) {
	a, h := sealed(t)
	if _, ok := a.Public(); ok {
		t.Error("what is not published has a public text")
	}
	a, _ = do(t, a, h, assess.Act{Action: assess.Publish, At: until, By: "sup"})
	p, ok := a.Public()
	text, err := json.Marshal(p)
	if !ok || err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"sup", "chief", "extended", `"refs"`} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the public text holds %q: %s", secret, text)
		}
	}
	if u := p.Units[1]; u.Code != "2" || *u.Passed || u.Score.String() != "40" || u.Figures[1].Value != nil {
		t.Errorf("the unit reads %s", text)
	}
}
