package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// shoot notes a photo of the patrol. One that was forwarded, or that was sent before, is marked and kept; when it was taken
// is known once it was fetched.
func (s *scene) shoot(p *patrolling) error {
	events := make([]any, 0, len(s.msg.Files))
	var marks texts.List
	for _, f := range s.msg.Files {
		shot := patrol.Shot{File: f.Unique, At: s.msg.At, Arrived: s.arrivedLate(), Words: excerpt(s.msg.Text, 200)}
		if s.msg.Forward {
			shot.Marks = append(shot.Marks, patrol.Forwarded)
		}
		if _, err := s.Store.File(s.ctx, f.Unique); err == nil {
			shot.Marks = append(shot.Marks, patrol.Seen)
		} else if grid.CodeOf(err) != grid.NotFound {
			return err
		}
		if !p.Shoot(shot) {
			continue
		}
		if s.shots == nil {
			s.shots = make(map[string]string)
		}
		s.shots[f.Unique] = p.ID
		e := s.patrolEvent("photo")
		e.File = f.Unique
		events = append(events, e)
		for _, m := range shot.Marks {
			marks = append(marks, name("shot", string(m)))
		}
	}
	if len(events) == 0 {
		return nil // the same once more
	}
	switch {
	case len(marks) > 0:
		s.say(flow.Reply{Key: "patrol.photo_marked", Args: texts.Args{"n": len(p.Shots), "marks": marks}})
	case s.msg.Album == "":
		s.say(flow.Reply{Key: "patrol.photo", Args: texts.Args{"n": len(p.Shots)}})
	}
	if p.Ended() {
		return s.rejudge(p, events)
	}
	return s.writePatrol(p, events...)
}

// shotFetched learns what a photo of a patrol was found to hold: when and where it was taken, and whether it looks like one
// that was sent before.
func (s *scene) shotFetched(f *FetchedFile) error {
	d, err := s.dossier(patrol.Kind, f.Patrol)
	if err != nil || d.Version == 0 {
		return err
	}
	all, err := openPatrols([]ledger.Dossier{d})
	if err != nil {
		return err
	}
	p := &all[0]
	marks, err := s.shotMarks(p, f)
	if err != nil {
		return err
	}
	var events []any
	var told texts.List
	for _, m := range marks {
		if p.MarkShot(f.Unique, m) {
			e := s.patrolEvent("mark")
			e.File, e.Mark = f.Unique, m
			events = append(events, e)
			told = append(told, name("shot", string(m)))
		}
	}
	if len(told) > 0 {
		s.say(flow.Reply{Key: "patrol.photo_marked", Args: texts.Args{"n": len(p.Shots), "marks": told}})
	}
	if e, ok := s.shotPlace(p, f); ok {
		events = append(events, e)
	}
	switch {
	case len(events) == 0:
		return nil
	case p.Ended():
		return s.rejudge(p, events)
	}
	return s.writePatrol(p, events...)
}

// shotMarks is what speaks against a photo. What it looks like is remembered for the next ones.
func (s *scene) shotMarks(p *patrolling, f *FetchedFile) ([]patrol.Mark, error) {
	var out []patrol.Mark
	if !f.Taken.IsZero() && f.Taken.Before(p.Start.Add(-s.Book.Rules().LateArrival)) {
		out = append(out, patrol.Old)
	}
	if f.PHash == 0 {
		return out, nil // too plain to be told from others
	}
	const most = 100_000
	since := float64(s.now.Add(-s.Patrols.PatrolNumbers().ShotsKept).Unix())
	ids, err := s.Store.Shelf(s.ctx, patrol.ShotKind, patrol.AllShots, since, float64(s.now.Unix()), most)
	if err != nil {
		return nil, err
	}
	id := patrol.ShotID(f.PHash, f.Unique)
	if slices.Contains(ids, id) {
		return out, nil // this very photo was looked at before
	}
	ids = slices.DeleteFunc(ids, func(other string) bool { return !patrol.LooksLike(other, f.PHash, s.Patrols.PatrolNumbers().ShotBits) })
	alike, err := s.Store.Dossiers(s.ctx, patrol.ShotKind, ids)
	if err != nil {
		return nil, err
	}
	for _, d := range alike { // two photos of one place on one patrol are two photos
		var sight patrol.Sight
		if bad := d.Into(&sight); bad != nil {
			return nil, bad
		}
		if sight.Patrol != p.ID {
			out = append(out, patrol.Seen)
			break
		}
	}
	w, err := ledger.WriteDossier(ledger.Dossier{Kind: patrol.ShotKind, ID: id}, patrol.Sight{Patrol: p.ID, At: s.now})
	w.On = map[ledger.Shelf]float64{patrol.AllShots: float64(s.now.Unix())}
	return out, s.shelve(w, err)
}

// shotPlace makes the place that a photo says part of the way, when it says that it was taken during the patrol.
func (s *scene) shotPlace(p *patrolling, f *FetchedFile) (patrol.Event, bool) {
	e := s.patrolEvent("fix")
	if f.GPS == nil || f.Taken.IsZero() || f.GPS.Valid() != nil || !p.Covers(f.Taken, s.Patrols.PatrolNumbers().Limits) {
		return e, false
	}
	p.PlaceShot(f.Unique, *f.GPS)
	fix := patrol.Fix{At: f.Taken, Point: *f.GPS, Source: patrol.Photo}
	track, kept := p.Track.Add(fix, s.Patrols.PatrolNumbers().Every)
	p.Track, e.Fix, e.File = track, &fix, f.Unique
	return e, kept
}
