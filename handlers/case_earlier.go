package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// How many earlier reports are looked at, kept for a conversation, and named on a card.
const (
	earlierRead  = 50
	earlierKept  = 20
	earlierNamed = 5
)

// What the reporter of an answered case may still ask for.
const (
	nextObject   = "object"
	nextReview   = "review"
	nextRereview = "rereview"
)

// earlier are the other reports of whoever made this one, those that look like the same matter first, then the newest. The
// desk is shown their numbers, never who.
func (s *scene) earlier(c casework.Case) ([]casework.Case, error) {
	if !c.Source.Public() || c.Reporter.IsGone() {
		return nil, nil
	}
	ids, err := s.Store.ByPerson(s.ctx, c.Reporter)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id casework.CaseID) bool { return id == c.ID })
	cases, err := s.Store.Cases(s.ctx, ids[:min(len(ids), earlierRead)])
	cases = slices.DeleteFunc(cases, func(o casework.Case) bool { return o.Reporter != c.Reporter })
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		switch x, y := s.Work.Alike(c, a), s.Work.Alike(c, b); {
		case x && !y:
			return -1
		case y && !x:
			return 1
		}
		return b.CreatedAt.Compare(a.CreatedAt)
	})
	return cases[:min(len(cases), earlierKept)], err
}

// asEarlier is an earlier report as the desk's conversation knows it, with what comes next.
func (s *scene) asEarlier(c casework.Case) flow.Earlier {
	e := flow.Earlier{Case: c.ID, Number: c.Shown(), State: c.State}
	switch c.State {
	case casework.Answered, casework.SpotCheck:
		e.Next, e.Day = nextObject, s.dueDay(c)
	case casework.Closed:
		e.Next, e.Day = s.reviewable(c)
	default:
		if k, ok := nextLimit(c); ok {
			e.Next, e.Day = string(k.Name), s.lastDay(k.Due)
		}
	}
	return e
}

// reviewable tells which review can still be asked for, and until which day; empty when none can.
func (s *scene) reviewable(c casework.Case) (which, day string) {
	until, ok := s.Work.ReviewUntil(c)
	switch {
	case !ok || !s.now.Before(until):
		return "", ""
	case len(c.Reviews) > 0:
		return nextRereview, s.lastDay(until)
	}
	return nextReview, s.lastDay(until)
}

// nextLimit is the running clock that ends first.
func nextLimit(c casework.Case) (casework.Clock, bool) {
	var next casework.Clock
	for _, k := range c.Clocks {
		if k.Running() && !k.Name.Theirs() && (next.Name == "" || k.Due.Before(next.Due)) {
			next = k
		}
	}
	return next, next.Name != ""
}

// knowEarlier puts a line about earlier reports of the same person on the cards of this turn, for the desk.
func (s *scene) knowEarlier(c casework.Case) error {
	cases, err := s.earlier(c)
	if err != nil || len(cases) == 0 {
		return err
	}
	var said texts.List
	for _, o := range cases[:min(len(cases), earlierNamed)] {
		key := "card.earlier_one"
		if s.Work.Alike(c, o) {
			key = "card.earlier_alike"
		}
		said = append(said, texts.Text{Key: key, Args: texts.Args{"number": o.Shown(), "state": name("state", string(o.State))}})
	}
	s.told = append(s.told, knownEarlier{c.ID, texts.Text{Key: "card.earlier", Args: texts.Args{"n": len(cases), "list": said}}})
	return nil
}

// knownEarlier is what a card says of earlier reports.
type knownEarlier struct {
	id   casework.CaseID
	line texts.Text
}

// earlierLine is that line, if this turn knows one.
func (s *scene) earlierLine(c casework.Case) texts.Text {
	for _, b := range s.told {
		if b.id == c.ID && c.Undecided() {
			return b.line
		}
	}
	return texts.Text{}
}

// ownAlike are the person's own reports under way that look like what they are about to report again.
func (s *scene) ownAlike(f flow.FindSimilar) ([]flow.Similar, error) {
	ids, err := s.Store.ByPerson(s.ctx, s.reporter)
	if err != nil {
		return nil, err
	}
	cases, err := s.Store.Cases(s.ctx, ids[:min(len(ids), earlierRead)])
	if err != nil {
		return nil, err
	}
	draft := casework.Case{Categories: f.Categories, Point: f.Point, Cell: f.Cell, Text: f.Text}
	var out []flow.Similar
	for _, c := range cases {
		own := c.Reporter == s.reporter && c.State.Underway() && s.Work.May(c, casework.AddWords, s.reporter, s.roster, s.now)
		if len(out) < 2 && own && s.Work.Alike(c, draft) {
			out = append(out, flow.Similar{
				Case: c.ID, Own: c.Shown(), Categories: c.Categories, Cell: c.Cell, State: c.State, At: c.CreatedAt,
			})
		}
	}
	return out, nil
}

// lettersLine tells on a card where a matter was moved.
func (s *scene) lettersLine(c casework.Case) texts.Text {
	l, ok := c.LetterOf(casework.MoveSeries)
	if !ok {
		return texts.Text{}
	}
	key := "card.moved"
	if !l.Received.IsZero() {
		key = "card.moved_received"
	}
	return texts.Text{Key: key, Args: texts.Args{"to": l.To, "no": s.letterNo(l), "at": s.moment(l.Received)}}
}

// reviewButton asks for a review of the case, or for the re-review.
func reviewButton(id casework.CaseID, which string) flow.Choice {
	key := "button.ask_review"
	if which == nextRereview {
		key = "button.ask_rereview"
	}
	return flow.Choice{Key: key, Data: flow.Press{Verb: flow.PressReview, Arg: string(id)}.Data()}
}

// namedEarlier are the earlier reports for the desk's conversation.
func (s *scene) namedEarlier(c casework.Case) ([]flow.Earlier, error) {
	cases, err := s.earlier(c)
	out := make([]flow.Earlier, 0, len(cases))
	for _, o := range cases {
		out = append(out, s.asEarlier(o))
	}
	return out, err
}
