package handlers

import (
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// pointWords is how many characters of a milestone's words stand on an agenda.
const pointWords = 60

// drawMilestones adds the milestones of the plan that are late, or contested. A district without a plan has none.
func (s *scene) drawMilestones(points map[meeting.Source][]meeting.Point) error {
	if len(s.Plan.Plan.Measures) == 0 {
		return nil
	}
	v, err := s.look()
	if err != nil {
		return err
	}
	for _, l := range v.Lines {
		p := meeting.Point{Ref: l.ID(), Title: excerpt(l.Milestone.Words, pointWords), Lead: l.Measure.Lead, Cases: l.Cases}
		switch {
		case l.Contested:
			p.Source = meeting.Contested
		case l.Standing == plan.Overdue:
			p.Source, p.Days = meeting.Late, -l.Days
		default:
			continue
		}
		points[p.Source] = append(points[p.Source], p)
	}
	return nil
}
