package enterprise

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Act is one thing that somebody does to an enterprise. What an action does not need is left empty.
type Act struct {
	Action Action
	Card   int       // its number; 0 for Tell and for what is not done to a card
	Day    time.Time // when it happened; zero: now. Nothing happens before what came before it, or after now

	Measure Measure
	Ground  Ground
	Facts   []int  // Tell: that it rests on
	Fact    Fact   // Record
	N       int    // Strike: which fact
	Months  int    // Extend
	Doc     string // number of a document
	Body    string // Close, Decline: which government
	Words   string
	Where   string // FilePlan, Disclose: where it is public
	Period  string // Disclose, Press, Rate, Object, Answer, Publish
	Fields  []site.Field
	Cases   []casework.CaseID

	By  grid.OfficerID
	Via string
}

// Apply does an act by the table. Whoever may do it was asked before. Conflict: the card is not in a state for it, or the law does not
// allow it as things stand on record; Invalid: something is missing, or a day cannot be.
func (w Work) Apply(e Enterprise, act Act, now time.Time) (Enterprise, []Event, error) {
	e = e.clone()
	if act.Day.IsZero() {
		act.Day = now
	}
	if act.Day.After(now) {
		return e, nil, grid.Fail(grid.Invalid, "error.enterprise.day")
	}
	events := w.lapse(&e, now)
	do := w.applyCard
	if _, other := others[act.Action]; other {
		do = w.applyOther
	}
	more, err := do(&e, act, now)
	events = append(events, more...)
	events = append(events, w.lapse(&e, now)...) // what was served long ago and recorded today may be over already
	return e, events, err
}

// event is the line that an act leaves in the history.
func (act Act) event(now time.Time) Event {
	return Event{At: now, By: act.By, Via: act.Via, Did: act.Action, Card: act.Card, Day: act.Day, Doc: act.Doc, Words: act.Words, Period: act.Period, Fields: act.Fields}
}

// applyCard does what is done to a card.
func (w Work) applyCard(e *Enterprise, act Act, now time.Time) ([]Event, error) {
	c := Card{N: len(e.Cards) + 1, Measure: act.Measure, By: act.By}
	if act.Action != Tell {
		known, ok := e.Card(act.Card)
		if !ok {
			return nil, grid.Fail(grid.NotFound, "error.card.unknown")
		}
		c = known
	}
	r, ok := rule(act.Action, c.State, c.Measure)
	if !ok {
		return nil, grid.Fail(grid.Conflict, "error.card.state", "cardstate", string(c.State))
	}
	if n := len(c.Steps); n > 0 && w.date(act.Day).Compare(w.date(c.Steps[n-1].Day)) < 0 {
		return nil, grid.Fail(grid.Invalid, "error.card.order", "day", w.date(c.Steps[n-1].Day).String())
	}
	act.Card = c.N
	if err := w.allowed(*e, c, act); err != nil {
		return nil, err
	}
	events, err := w.effect(e, &c, act, now)
	if err != nil {
		return nil, err
	}
	w.move(&c, r, act)
	if act.Action == Tell {
		e.Cards = append(e.Cards, c)
	} else {
		e.Cards[c.N-1] = c
	}
	event := act.event(now)
	event.State = c.State
	return append([]Event{event}, events...), nil
}

// move brings the card where the row says: its state, its clocks, its timeline.
func (w Work) move(c *Card, r Rule, act Act) {
	for _, name := range r.Stops {
		met := time.Time{}
		if meets[act.Action] == name {
			met = act.Day
		}
		stop(c, name, met)
	}
	switch {
	case r.Back:
		c.State = c.Before
	case !r.Stays:
		c.Before, c.State = c.State, r.To
	}
	for _, name := range r.Starts {
		w.start(c, name, act.Day)
	}
	c.Steps = append(c.Steps, Step{Did: act.Action, Day: act.Day})
}

// meets says which limit an action keeps, or breaks when it comes too late.
var meets = map[Action]ClockName{
	Hear: HearClock, Serve: ServeClock, FilePlan: PlanClock, File: FileClock, Pass: CheckClock, Fail: CheckClock,
}

// effect writes into the card what the action brings with it, beyond the state.
func (w Work) effect(e *Enterprise, c *Card, act Act, now time.Time) ([]Event, error) {
	switch act.Action {
	case Tell:
		c.Measure, c.Ground, c.Facts, c.Told = act.Measure, act.Ground, act.Facts, act.Day
	case Hear:
		c.Heard = act.Words
	case Drop:
		c.Result = act.Words
	case Decide:
		c.Decided, c.Doc = act.Day, act.Doc
	case Serve:
		c.Served = act.Day
		return w.replace(e, *c, act, now)
	case FilePlan:
		c.Plan, c.PlanAt, c.Planned = act.Words, act.Where, act.Day
	case Extend:
		w.extend(c, act)
	case Finish:
		c.Finished = act.Day
	case File:
		c.Filed, c.Lifted = act.Words, act.Day
	case Pass, Fail:
		return w.check(e, c, act, now)
	case Propose:
		c.Red = &RedCard{Ground: act.Ground, Words: act.Words, Doc: act.Doc, Proposed: act.Day}
	case Close, Decline:
		red := *c.Red
		red.Body, red.GovDoc, red.Ruled, red.Closed = act.Body, act.Doc, act.Day, act.Action == Close
		c.Red = &red
	default:
	}
	return nil, nil
}

// extend moves the end of limited production. The months count from the day after which it would have ended.
func (w Work) extend(c *Card, act Act) {
	c.Extended, c.ExtDoc, c.ExtDay = act.Months, act.Doc, act.Day
	c.Until = w.months(c.Until.Add(-time.Second), act.Months)
	if i := c.running(LimitClock); i >= 0 {
		c.Clocks[i].Due, c.Clocks[i].Told = c.Until, nil
	}
}

// check keeps what the check after lifting found; the same again is a fact of its own.
func (w Work) check(e *Enterprise, c *Card, act Act, now time.Time) ([]Event, error) {
	c.Checked, c.Result = act.Day, act.Words
	if act.Action == Pass {
		return nil, nil
	}
	n, err := w.addFact(e, Fact{Kind: Relapse, Day: act.Day, Source: Enforcement, Words: act.Words, Doc: act.Doc}, act, now)
	if err != nil {
		return nil, err
	}
	return []Event{{At: now, By: act.By, Via: act.Via, Did: Record, Fact: n, Day: act.Day, Words: act.Words}}, nil
}

// replace ends the card that a stop takes the place of.
func (w Work) replace(e *Enterprise, by Card, act Act, now time.Time) ([]Event, error) {
	out := make([]Event, 0, len(e.Cards))
	for i, c := range e.Cards {
		if c.N == by.N || !c.State.Open() {
			continue
		}
		r, ok := rule(Replace, c.State, c.Measure)
		if !ok {
			return nil, grid.Fail(grid.Conflict, "error.card.running", "card", number(float64(c.N)))
		}
		w.move(&c, r, Act{Action: Replace, Day: act.Day})
		e.Cards[i] = c
		out = append(out, Event{At: now, Via: act.Via, Did: Replace, Card: c.N, State: c.State, Day: act.Day})
	}
	return out, nil
}

// lapse ends limited production of which the longest time is over, whoever looks first.
func (w Work) lapse(e *Enterprise, now time.Time) []Event {
	out := make([]Event, 0, len(e.Cards))
	for i, c := range e.Cards {
		r, ok := rule(Lapse, c.State, c.Measure)
		if !ok || c.running(LimitClock) < 0 || now.Before(c.Until) {
			continue
		}
		if c.State == Proposed {
			c.Before = Expired
		}
		c.Lapsed = c.Until
		w.move(&c, r, Act{Action: Lapse, Day: c.Until})
		e.Cards[i] = c
		out = append(out, Event{At: now, Did: Lapse, Card: c.N, State: c.State, Day: c.Until, Clock: LimitClock})
	}
	return out
}

// applyOther does what is not done to a card.
func (w Work) applyOther(e *Enterprise, act Act, now time.Time) ([]Event, error) {
	event := act.event(now)
	var err error
	switch act.Action {
	case Record:
		event.Fact, err = w.addFact(e, act.Fact, act, now)
		event.Day, event.Doc, event.Words = act.Fact.Day, act.Fact.Doc, act.Fact.Words
	case Strike:
		event.Fact = act.N
		err = w.strike(e, act, now)
	case Disclose:
		err = w.disclose(e, act, now)
	case Press:
		err = w.press(e, act, now)
	case Rate, Object, Answer, Publish:
		err = w.grade(e, act, now)
	default:
		err = grid.Fail(grid.Invalid, "error.enterprise.act")
	}
	return []Event{event}, err
}

// strike takes a fact back that was wrong. What a card that was decided rests on stays: that is for review and courts.
func (w Work) strike(e *Enterprise, act Act, now time.Time) error {
	if _, ok := e.Fact(act.N); !ok {
		return grid.Fail(grid.NotFound, "error.enterprise.no_fact")
	}
	if act.Words == "" {
		return grid.Fail(grid.Invalid, "error.enterprise.words")
	}
	for _, c := range e.Cards {
		if c.State != Dropped && c.rests(act.N) {
			return grid.Fail(grid.Conflict, "error.enterprise.fact_used", "card", number(float64(c.N)))
		}
	}
	f := &e.Facts[act.N-1]
	f.Struck, f.StruckBy, f.StruckWhy = now, act.By, act.Words
	return nil
}

// press keeps that open pressing was proposed. Conflict: there were no two quarters running.
func (w Work) press(e *Enterprise, act Act, now time.Time) error {
	q := w.TwoQuarters(*e, now)
	switch {
	case q == "":
		return grid.Fail(grid.Conflict, "error.enterprise.quarters")
	case act.Doc == "":
		return grid.Fail(grid.Invalid, "error.enterprise.doc")
	}
	e.Pressings = append(e.Pressings, Pressing{Quarter: q, Doc: act.Doc, By: act.By, At: now})
	return nil
}
