package handlers

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// onPatrol takes what belongs to the officer's patrol and to nothing else: live locations always, single locations and photos
// while no conversation waits for them. What a photo of it was found to hold comes here, too. Whatever tells of pollution
// goes on to become a report.
func (s *scene) onPatrol() (taken bool, err error) {
	m := s.msg
	switch {
	case m.Fetch != nil && m.Fetch.Patrol != "":
		return true, s.shotFetched(m.Fetch)
	case !s.fitsPatrol():
		return false, nil
	case len(m.Files) > 0 && s.reportsMatter():
		return false, s.standsAt()
	}
	p, err := s.patrolAt(m.At)
	if p == nil || err != nil {
		return false, err
	}
	switch {
	case len(m.Files) > 0:
		return true, s.shoot(p)
	case m.Live:
		return true, s.followLive(p)
	}
	return true, s.single()
}

// fitsPatrol tells whether the message can be part of a patrol by its form, its sender and what is being talked about.
func (s *scene) fitsPatrol() bool {
	m := s.msg
	switch {
	case m.Kind == Button, m.Point == nil && len(m.Files) == 0, !s.mayFile():
		return false
	case m.Point != nil && m.Live:
		return true
	}
	return !m.Edited && !m.ReplyBot && s.state.Story == flow.Idle
}

// reportsMatter tells whether the photo begins a report, or belongs to an album that did.
func (s *scene) reportsMatter() bool {
	if l := s.state.Last; l != nil && s.msg.Album != "" && slices.Contains(l.Groups, s.msg.Album) {
		return true
	}
	return s.msg.Text != "" && s.Book.Classify(s.msg.Text).Scope == category.Environment
}

// standsAt gives a report that begins on a patrol the place where the officer is, if that was heard a moment ago.
func (s *scene) standsAt() error {
	p, err := s.patrolAt(s.msg.At)
	if p == nil || err != nil || len(p.Track) == 0 {
		return err
	}
	last := p.Track[len(p.Track)-1]
	if ago := s.msg.At.Sub(last.At); ago >= 0 && ago <= freshFix {
		s.msg.Point, s.msg.Accuracy = &last.Point, last.Accuracy
	}
	return nil
}

// freshFix is how long somebody on foot is still where they were heard: for a report, whose place can be corrected.
const freshFix = 3 * time.Minute

// followLive takes the beginning of a live location, or where it has moved to.
func (s *scene) followLive(p *patrolling) error {
	if s.msg.Forward {
		s.say(flow.Reply{Key: "checkin.not_forwarded", Ask: patrolKeys()})
		return nil
	}
	if !s.msg.Edited {
		s.say(flow.Reply{Key: "patrol.following"})
	}
	return s.heard(p, patrol.Live)
}

// single takes one location as a check-in; checkIn makes it part of the patrol.
func (s *scene) single() error {
	switch {
	case s.msg.Forward:
		s.say(flow.Reply{Key: "checkin.not_forwarded", Ask: patrolKeys()})
		return nil
	case s.msg.Venue != "":
		s.say(flow.Reply{Key: "checkin.not_venue", Ask: patrolKeys()})
		return nil
	}
	c := flow.CheckIn{Point: *s.msg.Point, Accuracy: s.msg.Accuracy, At: s.msg.At}
	if late := s.arrivedLate(); !late.IsZero() {
		c.Late = late.Sub(s.msg.At)
	}
	return s.checkIn(c)
}

// checkedIn makes a check-in part of the patrol that it belongs to, and tells whether that is under way. What was picked on a
// map proves nothing of the way.
func (s *scene) checkedIn() (underWay bool, err error) {
	p, err := s.patrolAt(s.msg.At)
	if p == nil || err != nil {
		return false, err
	}
	if !s.msg.Picked {
		err = s.heard(p, patrol.Single)
	}
	return !p.Ended(), err
}

// heard adds where the officer was. A fix that arrives after the end of the patrol lets it be judged anew, and is told when that
// changes anything.
func (s *scene) heard(p *patrolling, source patrol.Source) error {
	f := patrol.Fix{At: s.msg.At, Arrived: s.arrivedLate(), Point: *s.msg.Point, Accuracy: s.msg.Accuracy, Source: source}
	return s.track(p, f)
}

func (s *scene) track(p *patrolling, f patrol.Fix) error {
	before := p.Last()
	track, kept := p.Track.Add(f, s.Patrols.PatrolNumbers().Every)
	if !kept && len(track) == len(p.Track) && p.Last().Equal(lastOf(track, before)) {
		return nil
	}
	p.Track = track
	var events []any
	if kept {
		e := s.patrolEvent("fix")
		e.Fix = &f
		events = append(events, e)
	}
	if !p.Ended() {
		return s.writePatrol(p, events...)
	}
	return s.rejudge(p, events)
}

func lastOf(t patrol.Track, at time.Time) time.Time {
	if n := len(t); n > 0 && t[n-1].At.After(at) {
		return t[n-1].At
	}
	return at
}
