package casework

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Act is something that somebody wants to do to a case.
type Act struct {
	Action  Action
	Person  grid.PersonID  // who does it
	Officer grid.OfficerID // and as which officer: Apply asks the roster, where a role is needed; nobody reports as one
	Via     string         // the way it came: Event.Via
	At      time.Time      // when their message was written; the clock goes by now, when it arrived

	Cell        grid.CellCode // Reassign, NotMine: where to
	Reason      string        // NotMine: a code; Return, Refuse: words
	Disposition Disposition   // Refuse
	Finding     string        // HandIn
	Reply       string        // Refuse, Close
	Words       string        // AddWords
	Evidence    []Evidence    // AddEvidence, HandIn
	Note        map[string]string
}

// Apply does act to c at now and returns the case as it is then, with the event for its history. The roster is asked
// who may act at this moment. Forbidden when the person may not, Conflict when the state does not allow it, Invalid
// when something that the action needs is missing; the case is then returned as it was.
func (w *Work) Apply(c Case, act Act, roster *grid.Roster, now time.Time) (Case, Event, error) {
	rule, err := w.ruleFor(act.Action, c.State)
	if err != nil {
		return c, Event{}, err
	}
	if err := w.authorise(c, act, rule, roster, now); err != nil {
		return c, Event{}, err
	}
	act.Officer = "" // who acts is what the roster says, not what the caller says; an officer who reports is a citizen
	if len(rule.Roles) > 0 {
		o, _ := roster.ByPerson(act.Person)
		act.Officer = o.ID
	}
	act.Evidence = sentBy(act.Evidence, act.Officer)
	next := c
	next.Clocks = slices.Clone(c.Clocks)
	next.Evidence = slices.Clone(c.Evidence)
	if c.State == None { // what a report begins with is by whoever brings it
		next.Evidence = sentBy(c.Evidence, act.Officer)
	}
	next.Followers = slices.Clone(c.Followers)
	if err := w.effect(&next, act, now); err != nil {
		return c, Event{}, err
	}
	if rule.To != None {
		next.State = rule.To
	}
	for _, name := range rule.Stops {
		w.stop(&next, name, now)
	}
	for _, name := range rule.Starts {
		w.start(&next, name, now)
	}
	if !next.State.Open() && next.ClosedAt.IsZero() {
		next.ClosedAt = now
	}
	e := Event{
		At: act.At, Arrived: now, Action: act.Action, By: actor(c, act, rule), From: c.State, To: next.State, Via: act.Via,
		Note: act.note(),
	}
	if e.At.IsZero() {
		e.At = now
	}
	next.record(&e)
	return next, e, nil
}

func (w *Work) ruleFor(a Action, s State) (Rule, error) {
	for _, r := range w.table {
		if r.Action == a && slices.Contains(r.From, s) {
			return r, nil
		}
	}
	return Rule{}, grid.Fail(grid.Conflict, "error.case.state", "action", string(a), "state", string(s))
}

// May tells whether the person could do the action now: it decides which buttons are offered, and is asked again when
// one is pressed.
func (w *Work) May(c Case, action Action, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	rule, err := w.ruleFor(action, c.State)
	return err == nil && w.authorise(c, Act{Action: action, Person: person}, rule, roster, now) == nil
}

func (w *Work) authorise(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) error {
	if !w.allowed(c, act, rule, roster, now) {
		return grid.Fail(grid.Forbidden, "error.case.forbidden", "action", string(act.Action))
	}
	return nil
}

func (w *Work) allowed(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) bool {
	switch rule.Who {
	case Anybody:
		return true
	case TheSystem:
		return act.Person == ""
	case TheReporter:
		follows := act.Action == AddWords && slices.Contains(c.Followers, act.Person)
		return act.Person != "" && (act.Person == c.Reporter || follows)
	case AnOfficer:
		o, ok := roster.ByPerson(act.Person)
		return ok && len(o.Areas(now, rule.Roles...)) > 0
	}
	// A case may be given only to a cell that one answers for, too: to others' cells goes an objection, and the desk decides.
	elsewhere := act.Action == Reassign && act.Cell != ""
	return roster.Can(w.Tree, act.Person, c.Cell, now, rule.Roles...) &&
		(!elsewhere || !w.known(act.Cell) || roster.Can(w.Tree, act.Person, act.Cell, now, rule.Roles...))
}

func (w *Work) known(cell grid.CellCode) bool { _, ok := w.Tree.Cell(cell); return ok }

// actor is how the history calls whoever acted: officers by their ID, the public by the part they play.
func actor(c Case, act Act, rule Rule) string {
	switch {
	case act.Officer != "":
		return string(act.Officer)
	case rule.Who == TheSystem:
		return "system"
	case act.Action == Follow, act.Person != c.Reporter:
		return "follower"
	default:
		return "reporter"
	}
}

func (a Act) note() map[string]string {
	note := make(map[string]string, len(a.Note)+3)
	maps.Copy(note, a.Note)
	put := func(k, v string) {
		if v != "" {
			note[k] = v
		}
	}
	put("cell", string(a.Cell))
	put("reason", a.Reason)
	put("disposition", string(a.Disposition))
	put("finding", a.Finding)
	put("reply", a.Reply)
	put("words", a.Words)
	files := make([]string, 0, len(a.Evidence))
	for _, e := range a.Evidence {
		files = append(files, e.File)
		put("stage", string(e.Stage))
	}
	put("files", strings.Join(files, " "))
	if len(note) == 0 {
		return nil
	}
	return note
}
