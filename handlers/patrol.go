package handlers

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// PatrolBook is what patrols are judged by.
type PatrolBook interface {
	// PatrolRules are the rules for officers of a level of the grid.
	PatrolRules(level int) patrol.Rules
	// PatrolNumbers are the other numbers of patrols.
	PatrolNumbers() PatrolNumbers
	// Coverage makes what has to be visited.
	Coverage() coverage.Book
	// Land is the line of the cell, or of the nearest cell above that has one, and how far beyond it still counts, in
	// metres.
	Land(cell grid.CellCode) (land geo.MultiPolygon, slack float64)
	// OwnLand is the land of that very cell; false when its line is not known.
	OwnLand(cell grid.CellCode) (geo.MultiPolygon, bool)
}

// PatrolNumbers are the numbers of patrols and visits; they come from the settings of the district, with their sources.
type PatrolNumbers struct {
	Limits    patrol.Limits // when a patrol that nobody ends is over
	Every     time.Duration // between two fixes of a live location that are kept
	ShotsKept time.Duration // that a photo is known again
	ShotBits  int           // in which two hashes of the same photo may differ
	RiverNear float64       // metres; who comes so near was at the river
	RiverSlip float64       // the same where the river's line is approximate
	Backdated time.Duration // between an act and our hearing of it: marked
	Remind    int           // days ahead of the last day, from which it is reminded of
}

// patrolling is a patrol as this turn reads and writes it.
type patrolling struct {
	dossier ledger.Dossier
	patrol.Patrol
}

// patrolAt finds the officer's patrol to which something written at that time belongs.
func (s *scene) patrolAt(at time.Time) (*patrolling, error) {
	all, err := s.patrolsSince(at.Add(-s.Patrols.PatrolNumbers().Limits.Longest), at)
	for i := len(all) - 1; i >= 0 && err == nil; i-- {
		if all[i].Covers(at, s.Patrols.PatrolNumbers().Limits) {
			return &all[i], nil
		}
	}
	return nil, err
}

// underWay is the officer's patrol that nobody had ended when the message was written; nil when there is none.
func (s *scene) underWay() (*patrolling, error) {
	all, err := s.patrolsSince(s.msg.At.Add(-s.Patrols.PatrolNumbers().Limits.Longest), s.msg.At)
	for i := len(all) - 1; i >= 0 && err == nil; i-- {
		if !all[i].Ended() {
			return &all[i], nil
		}
	}
	return nil, err
}

// patrolsSince reads the officer's patrols that began between two moments, the first first.
func (s *scene) patrolsSince(from, to time.Time) ([]patrolling, error) {
	const most = 100
	ids, err := s.Store.Shelf(s.ctx, patrol.Kind, patrol.By(s.officer.ID), float64(from.Unix()), float64(to.Unix()), most)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	found, err := s.Store.Dossiers(s.ctx, patrol.Kind, ids)
	if err != nil {
		return nil, err
	}
	return openPatrols(found)
}

func openPatrols(found []ledger.Dossier) ([]patrolling, error) {
	out := make([]patrolling, len(found))
	for i, d := range found {
		out[i].dossier = d
		if err := d.Into(&out[i].Patrol); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// writePatrol makes the patrol part of the change, with what was done to it.
func (s *scene) writePatrol(p *patrolling, events ...any) error {
	w, err := ledger.WriteDossier(p.dossier, p.Patrol, events...)
	if err != nil {
		return err
	}
	for _, shot := range p.Shots {
		w.Files = append(w.Files, shot.File)
	}
	start := float64(p.Start.Unix())
	w.On = map[ledger.Shelf]float64{patrol.By(p.Officer): start}
	if p.Ended() {
		w.Off = []ledger.Shelf{patrol.Running}
		w.On[patrol.In(p.Cell)] = start
	} else {
		w.On[patrol.Running] = float64(p.Due(s.Patrols.PatrolNumbers().Limits).Unix())
	}
	return s.shelve(w, nil)
}

// patrolEvent is an event of this turn in a patrol's history.
func (s *scene) patrolEvent(did string) patrol.Event {
	e := patrol.Event{At: s.now, Via: s.via(), Did: did}
	if s.msg.Kind != "" { // not the program by itself
		e.By = s.officer.ID
	}
	return e
}

// arrivedLate is when the message reached us, if that was so much later than it was written that it is told.
func (s *scene) arrivedLate() time.Time {
	if s.msg.Arrived.Sub(s.msg.At) > s.Book.Rules().LateArrival {
		return s.msg.Arrived
	}
	return time.Time{}
}

// patrolKeys are the two keys that gloves can hit: they take the place of the keyboard for as long as the patrol lasts.
func patrolKeys() [][]flow.Request {
	return [][]flow.Request{{{Key: "button.patrol_here", Location: true}}, {{Key: "button.patrol_end"}}}
}

// startPatrol begins a patrol, or ends the one under way: /patrol. Who presses twice, or whose message a weak network sends
// twice, has not ended it.
func (s *scene) startPatrol() error {
	if !s.mayFile() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	p, err := s.underWay()
	if err != nil {
		return err
	}
	const twice = time.Minute
	switch {
	case p != nil && len(p.Track) == 0 && s.msg.At.Sub(p.Start) < twice:
		s.say(flow.Reply{Key: "patrol.already", Args: map[string]any{"at": s.clockTime(p.Start)}, Ask: patrolKeys()})
		return nil
	case p != nil:
		return s.finishPatrol(p, s.msg.At)
	}
	p = &patrolling{Patrol: patrol.Patrol{
		ID: fmt.Sprintf("%s-%s", s.officer.ID, strconv.FormatInt(s.msg.Update, 36)), Officer: s.officer.ID,
		Start: s.msg.At, Arrived: s.arrivedLate(),
	}}
	p.dossier = ledger.Dossier{Kind: patrol.Kind, ID: p.ID}
	s.count("patrols_begun", s.ownAreas()[0])
	s.say(flow.Reply{Key: "patrol.begun", Args: map[string]any{"at": s.clockTime(p.Start), "asked": s.patrolAsked()}, Ask: patrolKeys()})
	return s.writePatrol(p, s.patrolEvent("start"))
}

// endPatrol ends the patrol under way: the key, the button, the words.
func (s *scene) endPatrol() error {
	if !s.mayFile() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	p, err := s.underWay()
	if err != nil {
		return err
	}
	if p == nil {
		s.say(flow.Reply{Key: "patrol.none", Hide: true})
		return nil
	}
	return s.finishPatrol(p, s.msg.At)
}

// ownAreas are the cells in which the officer works, those of whom they stand in for among them.
func (s *scene) ownAreas() []grid.CellCode {
	return s.roster.Areas(s.officer.ID, s.now, grid.Inspector, grid.Chief)
}

// clockTime is the time of day.
func (s *scene) clockTime(t time.Time) string { return t.In(s.Rules.Location).Format("15:04") }

// patrolAsked tells what makes the patrol count, by the strictest of the officer's areas.
func (s *scene) patrolAsked() any {
	var way float64
	var lasts time.Duration
	for _, a := range s.ownAreas() {
		r := s.patrolRules(a)
		way, lasts = max(way, r.MinWay), max(lasts, r.MinTime)
	}
	switch {
	case way > 0 && lasts > 0:
		return textOf("patrol.asked_both", "way", wayText(way), "minutes", minutesOf(lasts))
	case lasts > 0:
		return textOf("patrol.asked_time", "minutes", minutesOf(lasts))
	}
	return textOf("patrol.asked_nothing")
}

func (s *scene) patrolRules(cell grid.CellCode) patrol.Rules {
	c, _ := s.Work.Tree.Cell(cell)
	return s.Patrols.PatrolRules(c.Level)
}

// minutesOf is a length of time in full minutes, begun ones included: who is told that one is missing is not sent away after
// half of it.
func minutesOf(d time.Duration) int { return int(math.Ceil(d.Minutes())) }
