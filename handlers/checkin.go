package handlers

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// checkIn records where an inspector was and when. Outside the own cell, or late, is recorded and shown like anything
// else; nothing is refused and nothing is hidden.
func (s *scene) checkIn(c flow.CheckIn) error {
	areas := s.roster.Areas(s.officer.ID, s.now, grid.Inspector, grid.Chief)
	if len(areas) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	answer := s.Book.Route(routing.Query{Point: &c.Point, Accuracy: c.Accuracy})
	in := ledger.CheckIn{
		Officer: s.officer.ID, Point: c.Point, Accuracy: c.Accuracy, Live: c.Live, At: c.At, Arrived: s.msg.Arrived,
	}
	for _, candidate := range answer.Candidates {
		own := slices.ContainsFunc(areas, func(a grid.CellCode) bool {
			return s.Work.Tree.Within(candidate.Cell, a) || s.Work.Tree.Within(a, candidate.Cell)
		})
		if in.Cell == "" || own && !in.Own {
			in.Cell, in.Own = candidate.Cell, own
		}
	}
	s.change.CheckIns = append(s.change.CheckIns, in)
	if c.Site != "" {
		if err := s.atSite(c); err != nil {
			return err
		}
	}
	if err := s.visitedHere(in, c.Site); err != nil {
		return err
	}
	underWay, err := s.checkedIn()
	if err != nil {
		return err
	}
	where := "checkin.outside"
	if in.Own {
		where = "checkin.inside"
	}
	var cell any = s.Work.Tree.PathName(in.Cell)
	if in.Cell == "" {
		cell = name("checkin", "no_cell")
	}
	args := texts.Args{"cell": cell, "at": s.moment(c.At), "late": lateText(c.Late), "accuracy": int(c.Accuracy)}
	if underWay {
		key := "patrol.here"
		if s.msg.Picked {
			key = "patrol.here_picked"
		}
		args["at"] = s.clockTime(c.At)
		s.say(flow.Reply{Key: key, Args: args, Ask: patrolKeys()})
		return nil
	}
	s.say(flow.Reply{Key: where, Args: args, Rows: [][]flow.Choice{{{Key: "button.work", Data: "w:work:0"}}}, Hide: true})
	return nil
}

// longLate is a delay that is told in hours.
const longLate = 3 * time.Hour

// lateText says that a check-in arrived long after it was made; nothing when it came at once.
func lateText(late time.Duration) texts.Text {
	switch {
	case late >= longLate:
		return textOf("checkin.late_long", "time", lastsText(late))
	case late > 0:
		return texts.Text{Key: "checkin.late", Args: texts.Args{"minutes": int(late.Minutes())}}
	}
	return texts.Text{}
}
