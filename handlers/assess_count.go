package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// assessedUnits are all who are assessed: the townships, and the departments that the plan names.
func (s *scene) assessedUnits() []assess.Unit {
	towns, departments := s.Work.Tree.Level(2), s.Book.Departments()
	out := make([]assess.Unit, 0, len(towns)+len(departments))
	for _, c := range towns {
		if c.Kind != grid.UnassignedKind {
			out = append(out, assess.OfTownship(c.Code, c.Name))
		}
	}
	for _, d := range departments {
		out = append(out, assess.OfDepartment(d))
	}
	return out
}

// computeAssessment counts everything that is on record about a period and shows the draft; again, as long as it is one. What
// was entered by hand stays.
func (s *scene) computeAssessment(span figures.Span, a assess.Assessment, d ledger.Dossier) error {
	if len(s.Rules.Assess.Scheme.Indicators) == 0 {
		return grid.Fail(grid.Conflict, "error.assess.scheme")
	}
	s.answerNow("assess.working")
	told := func(n int) error {
		return s.progress("assess.progress", texts.Args{"period": texts.Period(span.Name), "n": n})
	}
	facts, err := s.assessFacts(span, told)
	if err != nil {
		return err
	}
	scheme := s.Rules.Assess.Scheme
	after, err := s.assessAct(a, d, assess.Act{Action: assess.Compute, Fresh: &assess.Assessment{
		Period: span.Name, From: span.From, To: span.To, Scheme: scheme, Results: facts.Score(scheme, s.assessedUnits(), a.Entries),
	}})
	if err != nil {
		return err
	}
	s.say(s.assessCard(after))
	return nil
}

// assessFacts gathers what the figures of a period are counted from.
func (s *scene) assessFacts(span figures.Span, progress func(n int) error) (*assess.Facts, error) {
	f := assess.NewFacts(span, s.now, s.Work, s.Plan.Rules.Own)
	states, err := s.Plan.States(s.ctx, s.Store, s.now)
	if err != nil {
		return nil, err
	}
	for _, o := range s.Plan.Occurrences(s.now) {
		f.AddMilestone(s.Plan.Line(o, states[o.ID()], 0, s.now))
	}
	stands, err := s.standings([]grid.CellCode{s.Work.Tree.Root().Code})
	if err != nil {
		return nil, err
	}
	end := span.To
	if s.now.Before(end) {
		end = s.now
	}
	for _, x := range stands {
		if days, of := x.Covered(span.From, end); of > 0 {
			f.AddPatrols(x.Cell, x.Duty.Object, days, of)
		}
	}
	if err := s.addSections(f, span); err != nil {
		return nil, err
	}
	return f, s.everyCase(f.AddCase, progress)
}

// addSections adds for each section and month that can be judged whether it reached its target, by the readings. The number says
// which section and month.
func (s *scene) addSections(f *assess.Facts, span figures.Span) error {
	for _, x := range s.Water.Of(water.OfRiver) {
		readings, err := s.Water.Readings(s.ctx, s.Store, x.ID, span.From, span.To)
		if err != nil {
			return err
		}
		for p := publication.Monthly.At(span.From, s.Rules.Location); p.From.Before(span.To); p = publication.Monthly.Next(p) {
			if j := s.Water.Rules.Over(x, p, readings); j.Standing() != water.Unjudged {
				f.AddSection(x.Cell, water.ReadingID(x.ID, p.Name), j.Standing() == water.Met)
			}
		}
	}
	return nil
}

// assessAct does something to an assessment in the person's name and makes it part of the change.
func (s *scene) assessAct(a assess.Assessment, d ledger.Dossier, act assess.Act) (assess.Assessment, error) {
	act.By, act.Via = s.officer.ID, s.via()
	if act.At.IsZero() {
		act.At = s.now
	}
	after, event, err := a.Apply(act)
	if err != nil {
		return a, err
	}
	if err := s.shelve(assess.Write(d, after, event)); err != nil {
		return a, err
	}
	return after, nil
}
