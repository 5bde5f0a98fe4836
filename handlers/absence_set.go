package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// away enters an absence, or ends it: /away 2026-11-10 2026-11-20 [DEPUTY], /away off; without anything it asks. The admin
// does the same for somebody else: /away OFFICER 2026-11-10 2026-11-20 [DEPUTY].
func (s *scene) away() error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	words := strings.Fields(s.msg.Args)
	who := s.officer
	span, rest, ok := flow.ReadSpan(words, s.local())
	if len(words) > 0 && !ok && !flow.Returns(s.msg.Args) {
		o, err := s.absentee(words[0])
		if err != nil {
			return err
		}
		who, words = o, words[1:]
		span, rest, ok = flow.ReadSpan(words, s.local())
	}
	switch {
	case len(words) == 0 && who.ID == s.officer.ID:
		return s.askAway()
	case !ok && len(words) > 0 && flow.Returns(strings.Join(words, " ")):
		return s.back(who)
	case !ok, len(rest) > 1:
		return grid.Fail(grid.Invalid, "error.away.usage")
	}
	deputy, err := s.deputyNamed(who, rest)
	if err != nil {
		return err
	}
	return s.absent(who, span, deputy)
}

// absentee is somebody else for whom the admin enters an absence.
func (s *scene) absentee(id string) (grid.Officer, error) {
	if !s.admin() {
		return grid.Officer{}, grid.Fail(grid.Invalid, "error.away.usage")
	}
	if o, ok := s.officerNamed(id); ok {
		return o, nil
	}
	return grid.Officer{}, grid.Fail(grid.NotFound, "error.dismiss.unknown", "id", id)
}

// officerNamed finds somebody in service by ID, or by a name that only one has.
func (s *scene) officerNamed(text string) (grid.Officer, bool) {
	if o, ok := s.roster.Officer(grid.OfficerID(text)); ok {
		return o, true
	}
	var found []grid.Officer
	for _, o := range s.roster.Officers() {
		if o.Name == text && o.InService(s.now) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		return grid.Officer{}, false
	}
	return found[0], true
}

// deputyNamed is who was named to stand in, or the standing deputy when nobody was and that one can.
func (s *scene) deputyNamed(who grid.Officer, words []string) (grid.OfficerID, error) {
	if len(words) == 0 {
		if d, ok := s.roster.Officer(who.Deputy); ok && d.ID != who.ID && d.Available(s.now) {
			return d.ID, nil
		}
		return "", nil
	}
	if d, ok := s.officerNamed(words[0]); ok {
		return d.ID, nil
	}
	return "", grid.Fail(grid.NotFound, "error.away.deputy_unknown", "name", words[0])
}

// setAway enters what the conversation gathered.
func (s *scene) setAway(c flow.SetAway) error {
	from, errFrom := time.ParseInLocation(time.DateOnly, c.From, s.Rules.Location)
	until, errUntil := time.ParseInLocation(time.DateOnly, c.Until, s.Rules.Location)
	if s.officer.ID == "" || errFrom != nil || errUntil != nil {
		return grid.Fail(grid.Invalid, "error.away.usage")
	}
	return s.absent(s.officer, flow.Span{From: from, Until: until}, c.Deputy)
}

// absent enters that the officer is away on these days. One that begins today begins now: the past is not rewritten.
func (s *scene) absent(o grid.Officer, days flow.Span, deputy grid.OfficerID) error {
	if err := s.checkDays(days); err != nil {
		return err
	}
	a := grid.Absence{From: days.From, Until: days.Until.AddDate(0, 0, 1), Deputy: deputy, Set: s.now}
	if a.From.Before(s.now) {
		a.From = s.now
	}
	if o.ID != s.officer.ID {
		a.By = s.officer.ID
	}
	if deputy != "" {
		if err := s.mayStandIn(o, a); err != nil {
			return err
		}
	}
	o.Absences = append(slices.Clone(o.Absences), a)
	o.Blocked = o.Blocked && o.ID != s.officer.ID // whoever writes can be reached
	s.enter(o)
	return s.tellAbsence(o, a)
}

func (s *scene) checkDays(days flow.Span) error {
	today := s.local()
	switch midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, today.Location()); {
	case days.From.Before(midnight):
		return grid.Fail(grid.Invalid, "error.away.past")
	case days.Until.Before(days.From):
		return grid.Fail(grid.Invalid, "error.away.order")
	case days.Until.After(days.From.AddDate(0, 0, s.Rules.AbsenceLongest-1)), days.From.After(midnight.AddDate(0, 0, s.Rules.AbsenceLongest)):
		return grid.Fail(grid.Invalid, "error.away.long")
	}
	return nil
}

// mayStandIn refuses a deputy who could not stand in: oneself, somebody without an account or a post, somebody who is away
// then too; and, unless the admin names them, somebody who has no post where the absent one has, or above.
func (s *scene) mayStandIn(o grid.Officer, a grid.Absence) error {
	d, ok := s.roster.Officer(a.Deputy)
	name := d.Name
	switch {
	case !ok, !d.InService(s.now):
		return grid.Fail(grid.NotFound, "error.away.deputy_unknown", "name", orDash(name))
	case d.ID == o.ID:
		return grid.Fail(grid.Invalid, "error.away.deputy_self")
	case !d.Reachable():
		return grid.Fail(grid.Conflict, "error.away.deputy_unreachable", "name", name)
	case awayIn(d, a):
		return grid.Fail(grid.Conflict, "error.away.deputy_away", "name", name)
	case !s.colleague(o, d) && !s.admin():
		return grid.Fail(grid.Conflict, "error.away.deputy_elsewhere", "name", name)
	}
	return nil
}

// awayIn tells whether the officer is absent at any time of the absence.
func awayIn(o grid.Officer, a grid.Absence) bool {
	return slices.ContainsFunc(o.Absences, func(own grid.Absence) bool { return own.Overlaps(a.From, a.Until) })
}

// colleague tells whether the other one has a post in a cell of the officer or above it.
func (s *scene) colleague(o, other grid.Officer) bool {
	for _, cell := range o.Areas(s.now, grid.Roles()...) {
		for _, area := range other.Areas(s.now, grid.Roles()...) {
			if s.Work.Tree.Within(cell, area) {
				return true
			}
		}
	}
	return false
}

// enter makes an officer's changed entry part of the change, and of the roster as this turn goes on to see it.
func (s *scene) enter(o grid.Officer) {
	if o.ID == s.officer.ID {
		s.officer = o
	}
	s.change.Roster = &ledger.RosterWrite{Version: s.roster.Version, Officers: []grid.Officer{o}}
	all := slices.Clone(s.roster.Officers())
	for i := range all {
		if all[i].ID == o.ID {
			all[i] = o
		}
	}
	s.roster = grid.NewRoster(s.roster.Version, all)
}

// back ends the absence that holds now or, when none does, takes back those that were entered for later.
func (s *scene) back(o grid.Officer) error {
	var over []grid.Absence
	_, isAway := o.Away(s.now)
	heir, _ := s.roster.StandIn(o, s.now)
	o.Absences = slices.Clone(o.Absences)
	for i, a := range o.Absences {
		if a.Active(s.now) || !isAway && a.Overlaps(s.now, a.Until) {
			over = append(over, a)
			o.Absences[i].Ended = s.now
		}
	}
	if len(over) == 0 {
		return grid.Fail(grid.Conflict, "error.away.none", "name", o.Name)
	}
	o.Blocked = o.Blocked && o.ID != s.officer.ID
	s.enter(o)
	return s.tellBack(o, over, heir.ID)
}

// returned is "I am back", said in words.
func (s *scene) returned() error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return s.back(s.officer)
}

// askAway shows what is entered already, or begins the conversation that asks for everything.
func (s *scene) askAway() error {
	var coming texts.List
	for _, a := range s.officer.Absences {
		if a.Overlaps(s.now, a.Until) {
			coming = append(coming, s.absenceText(a))
		}
	}
	if len(coming) == 0 {
		return s.askLeave()
	}
	s.say(flow.Reply{Key: "away.entered", Args: texts.Args{"list": coming}, Rows: [][]flow.Choice{
		{{Key: "button.away_off", Data: "v:off:"}, {Key: "button.away_new", Data: "v:new:"}},
	}})
	return nil
}

func (s *scene) askLeave() error {
	t := flow.Task{Story: flow.Leaving}
	for _, o := range s.roster.Officers() {
		if o.ID != s.officer.ID && o.Available(s.now) && s.colleague(s.officer, o) && len(t.Colleagues) < colleaguesOffered {
			t.Colleagues = append(t.Colleagues, flow.Colleague{ID: o.ID, Name: o.Name})
		}
	}
	return s.begin(t)
}

// colleaguesOffered is how many buttons one can look through on a phone.
const colleaguesOffered = 24

// pressAway does what the buttons under an absence say.
func (s *scene) pressAway(verb string) error {
	switch verb {
	case "off":
		return s.returned()
	case "new":
		return s.askLeave()
	}
	return s.forged(s.msg.Data)
}

// local is now where the district is.
func (s *scene) local() time.Time { return s.now.In(s.Rules.Location) }
