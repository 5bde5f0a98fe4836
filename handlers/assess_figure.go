package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// beginFigure asks a supervisor for the number of a figure, and where it comes from or why it is another.
func (s *scene) beginFigure(story flow.Story) func(pressedAssess) error {
	return func(p pressedAssess) error {
		r, i, m, err := p.figure()
		switch {
		case err != nil:
			return err
		case story == flow.Entering && p.a.State != assess.Draft, story == flow.Correcting && p.a.State != assess.Commenting:
			return grid.Fail(grid.Conflict, "error.assess.state")
		case story == flow.Entering && m.N > 0:
			return grid.Fail(grid.Conflict, "error.assess.counted")
		}
		return s.begin(flow.Task{Story: story, Assess: &flow.Assessed{
			Period: p.a.Period, Unit: r.Unit.Key(), Name: r.Unit.Name, Indicator: i.Code, Label: texts.Names(i.Names),
			Remark: openRemark(p.a, r.Unit),
		}})
	}
}

// openRemark is the first comment of a unit that waits for an answer: a correction answers it. 0 without one.
func openRemark(a assess.Assessment, u assess.Unit) int {
	open := a.Unanswered()
	at := slices.IndexFunc(open, func(x assess.Remark) bool { return x.Unit == u.Key() })
	if at < 0 {
		return 0
	}
	return open[at].N
}

// setFigure enters a figure by hand, or corrects one and tells the unit.
func (s *scene) setFigure(c flow.SetFigure) error {
	if !s.assessor() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	a, d, err := s.assessment(c.Period)
	if err != nil {
		return err
	}
	act := assess.Act{Action: assess.Enter, Unit: c.Unit, Indicator: c.Indicator, Value: c.Value, Words: c.Words}
	if c.Correct {
		act.Action, act.N = assess.Correct, c.Remark
	}
	after, err := s.assessAct(a, d, act)
	if err != nil {
		return err
	}
	r, _ := after.Result(c.Unit)
	if !c.Correct {
		s.say(flow.Reply{Key: "assess.entered", Args: s.figureArgs(after, r, c), Rows: s.figureRows(after, r), Hide: true})
		return nil
	}
	s.say(flow.Reply{Key: "assess.corrected.done", Args: s.figureArgs(after, r, c), Rows: s.figureRows(after, r), Hide: true})
	return s.tellEach(s.unitOfficers(r.Unit), casework.Case{}, func(grid.Officer) flow.Reply {
		return flow.Reply{Key: "assess.notice.corrected", Args: s.figureArgs(after, r, c), Rows: s.figureRows(after, r)}
	})
}

func (s *scene) figureArgs(a assess.Assessment, r assess.Result, c flow.SetFigure) texts.Args {
	return texts.Args{
		"period": texts.Period(a.Period), "unit": r.Unit.Name, "indicator": letterhead.IndicatorName(a.Scheme, c.Indicator), "value": c.Value.String(),
		"words": c.Words, "standing": s.unitStanding(a, r),
	}
}

func (s *scene) figureRows(a assess.Assessment, r assess.Result) [][]flow.Choice {
	return [][]flow.Choice{{{Key: "button.assess.unit", Data: assessData("unit", a.Period, r.Unit.Key())}, {Key: "button.assess.show", Data: assessData("show", a.Period)}}}
}
