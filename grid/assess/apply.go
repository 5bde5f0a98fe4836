package assess

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// Act is what somebody does to an assessment. Whether they may is asked before: Apply looks at what is done, not at who.
type Act struct {
	Action Action
	By     grid.OfficerID
	Via    string
	At     time.Time

	Fresh     *Assessment // Compute: period, span, scheme and results
	Until     time.Time   // Ask
	Unit      string      // key
	Indicator string      // Enter, Correct
	Value     Amount      // likewise
	Words     string      // the document, the reason, the comment, the answer
	Files     []plan.File // Comment
	N         int         // of the comment that is answered, or that a correction answers
	Proposal  Proposal    // Propose: remedy and letter
}

// Apply does the act and returns the assessment as it is then, with the event that says so. Conflict when the table has no
// such row for the state, or when it is too early or too late; Invalid when something is missing; NotFound for a unit,
// indicator or comment that is not there. The receiver is not changed.
func (a Assessment) Apply(act Act) (Assessment, Event, error) {
	rule, ok := RuleOf(act.Action)
	if !ok || !slices.Contains(rule.From, a.State) {
		return a, Event{}, grid.Fail(grid.Conflict, "error.assess.state")
	}
	e := Event{At: act.At, By: act.By, Via: act.Via, Did: act.Action, Unit: act.Unit, Why: act.Words}
	after := a
	after.Results, after.Entries = slices.Clone(a.Results), slices.Clone(a.Entries)
	after.Comments, after.Corrections, after.Proposals = slices.Clone(a.Comments), slices.Clone(a.Corrections), slices.Clone(a.Proposals)
	if rule.To != "" {
		after.State = rule.To
	}
	if err := after.do(act, &e); err != nil {
		return a, Event{}, err
	}
	e.To = after.State
	return after, e, nil
}

func (a *Assessment) do(act Act, e *Event) error {
	switch act.Action {
	case Compute:
		f := act.Fresh
		a.Period, a.From, a.To, a.Scheme, a.Results, a.Computed = f.Period, f.From, f.To, f.Scheme, slices.Clone(f.Results), act.At
	case Enter:
		return a.enter(act, e)
	case Ask:
		return a.ask(act)
	case Comment:
		return a.comment(act, e)
	case Answer:
		return a.answer(act, e)
	case Correct:
		return a.correct(act, e)
	case Finish:
		return a.finish(act, e)
	case Publish:
		return a.publish(act)
	case Propose:
		return a.propose(act, e)
	}
	return nil
}

// figure finds what a unit is judged by for an indicator.
func (a *Assessment) figure(unit, indicator string) (at int, f Figure, err error) {
	at = slices.IndexFunc(a.Results, func(r Result) bool { return r.Unit.Key() == unit })
	if at >= 0 {
		m, known := a.Results[at].Mark(indicator)
		if known {
			return at, m.Figure, nil
		}
	}
	return 0, Figure{}, grid.Fail(grid.NotFound, "error.assess.figure")
}

// give lets a value hold for a unit and judges everybody anew.
func (a *Assessment) give(at int, indicator string, g *Given) {
	r := a.Results[at]
	figures := make([]Figure, 0, len(r.Marks))
	for _, m := range r.Marks {
		figures = append(figures, m.Figure)
	}
	a.Results[at] = a.Scheme.Score(r.Unit, a.Scheme.with(figures, indicator, g))
	Rank(a.Results)
}

// enter takes a figure by hand where nothing was counted; what was counted is put right by Correct, in the open.
func (a *Assessment) enter(act Act, e *Event) error {
	at, f, err := a.figure(act.Unit, act.Indicator)
	switch {
	case err != nil:
		return err
	case f.N > 0:
		return grid.Fail(grid.Conflict, "error.assess.counted")
	case strings.TrimSpace(act.Words) == "":
		return grid.Fail(grid.Invalid, "error.assess.source")
	}
	g := Given{Value: act.Value, Source: act.Words, By: act.By, At: act.At}
	a.Entries = slices.DeleteFunc(a.Entries, func(x Entry) bool { return x.Unit == act.Unit && x.Indicator == act.Indicator })
	a.Entries = append(a.Entries, Entry{Unit: act.Unit, Indicator: act.Indicator, Given: g})
	a.give(at, act.Indicator, &g)
	e.Of, e.Now = act.Indicator, act.Value.String()
	if f.Given != nil {
		e.Was = f.Value.String()
	}
	return nil
}

// ask opens the time for comments; not before the period is over, for until then every figure may still change.
func (a *Assessment) ask(act Act) error {
	if act.At.Before(a.To) {
		return grid.Fail(grid.Conflict, "error.assess.running")
	}
	if !slices.ContainsFunc(a.Results, func(r Result) bool { return !r.Empty() }) {
		return grid.Fail(grid.Conflict, "error.assess.empty")
	}
	a.Until = act.Until
	return nil
}

func (a *Assessment) comment(act Act, e *Event) error {
	_, known := a.Result(act.Unit)
	switch {
	case !known:
		return grid.Fail(grid.NotFound, "error.assess.figure")
	case !act.At.Before(a.Until):
		return grid.Fail(grid.Conflict, "error.assess.over")
	case strings.TrimSpace(act.Words) == "":
		return grid.Fail(grid.Invalid, "error.assess.words")
	}
	n := len(a.Comments) + 1
	a.Comments = append(a.Comments, Remark{N: n, Unit: act.Unit, By: act.By, Words: act.Words, Files: act.Files, At: act.At})
	e.Of = strconv.Itoa(n)
	return nil
}

func (a *Assessment) answer(act Act, e *Event) error {
	if act.N < 1 || act.N > len(a.Comments) {
		return grid.Fail(grid.NotFound, "error.assess.comment")
	}
	c := &a.Comments[act.N-1]
	switch {
	case !c.Answered.IsZero():
		return grid.Fail(grid.Conflict, "error.assess.answered")
	case strings.TrimSpace(act.Words) == "":
		return grid.Fail(grid.Invalid, "error.assess.words")
	}
	c.Answer, c.AnsweredBy, c.Answered = act.Words, act.By, act.At
	e.Unit, e.Of = c.Unit, strconv.Itoa(act.N)
	return nil
}

// correct puts a figure right. With the number of a comment it answers that comment, too, which must be of the same unit.
func (a *Assessment) correct(act Act, e *Event) error {
	at, was, err := a.figure(act.Unit, act.Indicator)
	switch {
	case err != nil:
		return err
	case strings.TrimSpace(act.Words) == "":
		return grid.Fail(grid.Invalid, "error.assess.reason")
	}
	if act.N > 0 {
		if act.N > len(a.Comments) || a.Comments[act.N-1].Unit != act.Unit {
			return grid.Fail(grid.NotFound, "error.assess.comment")
		}
		if err := a.answer(act, e); err != nil {
			return err
		}
	}
	a.Corrections = append(a.Corrections, Correction{Unit: act.Unit, Was: was, Now: act.Value, Reason: act.Words, By: act.By, At: act.At})
	a.give(at, act.Indicator, &Given{Value: act.Value, Source: act.Words, By: act.By, At: act.At})
	e.Of, e.Was, e.Now = act.Indicator, was.Value.String(), act.Value.String()
	return nil
}

// finish seals it when the time to comment is over and everybody was answered.
func (a *Assessment) finish(act Act, e *Event) error {
	if act.At.Before(a.Until) {
		return grid.Fail(grid.Conflict, "error.assess.early")
	}
	if n := len(a.Unanswered()); n > 0 {
		return grid.Fail(grid.Conflict, "error.assess.unanswered", "n", strconv.Itoa(n))
	}
	a.Seal = &Seal{At: act.At, By: act.By}
	a.Seal.Hash = a.Sum()
	e.Hash = a.Seal.Hash
	return nil
}

func (a *Assessment) publish(act Act) error {
	if !a.Published.IsZero() {
		return grid.Fail(grid.Conflict, "error.assess.published")
	}
	a.Published, a.PublishedBy = act.At, act.By
	return nil
}

// propose adds the proposal of a remedy for a unit that did not pass. What suspends approvals is proposed for an area, not for
// an office.
func (a *Assessment) propose(act Act, e *Event) error {
	p := act.Proposal
	r, known := a.Result(act.Unit)
	switch {
	case !known || !slices.Contains(r.Remedies(), p.Remedy):
		return grid.Fail(grid.NotFound, "error.assess.passed")
	case a.Proposed(act.Unit, p.Remedy):
		return grid.Fail(grid.Conflict, "error.assess.proposed")
	}
	p.Unit, p.By, p.At = act.Unit, act.By, act.At
	a.Proposals = append(a.Proposals, p)
	e.Of = string(p.Remedy)
	return nil
}

// Remedies are what may be proposed about the unit; nothing when it passed or could not be judged.
func (r Result) Remedies() []Remedy {
	switch {
	case !r.Failed:
		return nil
	case r.Unit.Kind == Department:
		return []Remedy{Talk}
	}
	return Remedies()
}
