package casework

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// Act is something that somebody wants to do to a case.
type Act struct {
	Action  Action
	Person  grid.PersonID  // who does it
	Officer grid.OfficerID // and as which officer: Apply asks the roster, where a role is needed; nobody reports as one
	For     grid.OfficerID // the absent officer for whom they stand in: Apply asks the roster
	Via     string         // the way it came: Event.Via
	At      time.Time      // when their message was written; the clock goes by now, when it arrived

	Cell        grid.CellCode    // Reassign, NotMine: where to
	Reason      string           // NotMine (ObjectionReasons), Supervise: a code; Return, AskMore, AskExtension, DenyExtension, Pass, Reopen: words
	Disposition Disposition      // Refuse
	Onward      string           // Refuse: another authority, or the number of the same matter
	Finding     string           // HandIn
	Verdict     Verdict          // HandIn
	Violation   bool             // HandIn: what was found needs certified officers
	Reply       string           // Refuse, Close, AnswerTask, Uphold, DraftNotice: the text
	Words       string           // AddWords, Object, AskReview
	Evidence    []Evidence       // AddEvidence, HandIn, Investigate, AnswerTask, Object
	Days        int              // AskExtension; Extend: fewer than were asked for
	Score       int              // Confirm, Pass: 1 to 5, 0 without
	Barred      []Exclusion      // Bar
	Lead        grid.Department  // Assign; Reassign: to this department instead of a cell
	Tasks       []Task           // Assign: who supports
	Department  grid.Department  // AnswerTask, DeclineTask: in whose name; KeepTask, DropTask: which; NotMine: who should lead instead
	Other       CaseID           // Merge, Adopt, Release
	Letter      *Letter          // MoveOut, ReportUp, WriteLetter, Issue: to whom, and its text
	Step        int              // Issue: of the ladder, counted from 1
	Point       *geo.Point       // AddWords: where it is, by the reporter of what is not decided; Cell goes with it
	Whom        grid.PersonID    // ForgetPerson: who is forgotten; Forget forgets Person
	As          grid.PersonID    // Forget, ForgetPerson: what stands in their place
	Alarm       incident.Alarm   // Raise
	Grading     incident.Grading // Grade
	Report      incident.Report  // ReportUp
	Told        string           // WriteLetter: the neighbour
	Tier        string           // ProposeReward
	Same        []CaseID         // ProposeReward: cases of the same act or target
	Kin         []Case           // ProposeReward, ApproveReward: all other cases of the same act, as they are now
	Codes       []string         // ClaimReward, PayReward: hashes of codes
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
	act.Officer, act.For = "", "" // who acts is what the roster says, not what the caller says; an officer who reports is a citizen
	if !act.Action.Public() && act.Person != "" {
		o, _ := roster.ByPerson(act.Person)
		act.Officer, act.For = o.ID, w.principal(c, act, rule, roster, now)
	}
	act.Evidence = sentBy(act.Evidence, act.Officer)
	if err := standing(&c, act.Action); err != nil {
		return c, Event{}, err
	}
	next := c.clone()
	if c.State == None { // what a report begins with is by whoever brings it
		next.Evidence = sentBy(c.Evidence, act.Officer)
	}
	back := c.Was
	act.moveNote(&c)
	note := act.note(func(put func(k, v string)) { w.noteReward(&c, act, put) })
	if err := w.effect(&next, act, roster, now); err != nil {
		return c, Event{}, err
	}
	w.move(&next, rule, back, now)
	w.owe(&next, now)
	e := Event{
		At: act.At, Arrived: now, Action: act.Action, By: actor(c, act), From: c.State, To: next.State, Via: act.Via,
		Note: note,
	}
	if e.At.IsZero() {
		e.At = now
	}
	next.record(&e)
	return next, e, nil
}

// move takes the case to its new state: clocks stop before others start.
func (w *Work) move(c *Case, rule Rule, back State, now time.Time) {
	switch {
	case rule.Back:
		c.State = back
	case rule.To != None:
		c.State = rule.To
	}
	for _, name := range rule.Stops {
		w.stop(c, name, now)
	}
	for _, name := range rule.Starts {
		w.start(c, name, now)
	}
	answered := c.State == Answered || c.State.Final()
	if answered && c.ClosedAt.IsZero() {
		c.ClosedAt = now
	}
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
	return err == nil && standing(&c, action) == nil && w.authorise(c, Act{Action: action, Person: person}, rule, roster, now) == nil
}

func (w *Work) authorise(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) error {
	if !w.allowed(c, act, rule, roster, now) {
		return grid.Fail(grid.Forbidden, "error.case.forbidden", "action", string(act.Action))
	}
	return nil
}

func (w *Work) allowed(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) bool {
	if act.Person == "" {
		return rule.System || rule.Who == TheSystem || rule.Who == Anybody
	}
	switch rule.Who {
	case Anybody:
		return true
	case TheSystem:
		return false
	case TheReporter:
		follows := (act.Action == AddWords || act.Action == Raise || act.Action == Forget) && slices.Contains(c.Followers, act.Person)
		return act.Person == c.Reporter || follows
	default:
	}
	_, ok := w.as(c, act, rule, roster, now)
	return ok
}

// mayServe tells whether the authority of o, which is the person's own or that of an absent officer for whom they stand in,
// suffices.
//
//nolint:cyclop // a flat list, one line for each
func (w *Work) mayServe(c Case, act Act, rule Rule, roster *grid.Roster, o grid.Officer, now time.Time) bool {
	seated := o.May(w.Tree, c.Seat(), now, rule.Roles...)
	switch rule.Who {
	case AnOfficer:
		return len(o.Areas(now, rule.Roles...)) > 0
	case TheDepartment: // which of those that were asked is not known yet when a button is offered
		return slices.ContainsFunc(c.Waiting(), func(d grid.Department) bool { return act.mayMean(d) && clerkOf(o, d, now) })
	case AtDistrict:
		return o.May(w.Tree, w.Tree.Root().Code, now, rule.Roles...) && !w.worksOn(c, act.Person, roster, now)
	case TheAddressee:
		return o.Person == act.Person && len(c.Owes(o.ID)) > 0
	case TheLead:
		return seated || clerkOf(o, c.Lead, now)
	case ThePayer:
		pays := clerkOf(o, w.Rules.Reward.Payer, now) || o.May(w.Tree, w.Tree.Root().Code, now, rule.Roles...)
		return pays && !w.worksOn(c, act.Person, roster, now)
	case TheReceiver:
		return seated || clerkOf(o, c.movedTo(), now)
	case Certified: // a certificate is its holder's and is not lent
		me, _ := roster.ByPerson(act.Person)
		return me.Certificate != "" && (seated || clerkOf(o, c.Lead, now))
	default:
		return w.mayWork(c, act, rule, o, now, seated)
	}
}

// mayWork is mayServe for rows that ask for a role only. The lead department works on a case, too.
func (w *Work) mayWork(c Case, act Act, rule Rule, o grid.Officer, now time.Time, seated bool) bool {
	if act.Action == Reassign {
		return seated && w.mayMove(c, act, rule, o, now)
	}
	return seated || slices.Contains(rule.Roles, grid.Inspector) && clerkOf(o, c.Lead, now)
}

// mayMean tells whether the act is in that department's name, as far as it says.
func (a Act) mayMean(d grid.Department) bool { return a.Department == "" || a.Department == d }

// mayMove tells whether the person may give the case to that cell. It may be given only to a cell that one answers for, too:
// to others' cells goes an objection, and the desk decides; the desk lets a department lead, too. When there were too many
// moves, the common superior does.
func (w *Work) mayMove(c Case, act Act, rule Rule, o grid.Officer, now time.Time) bool {
	if d := c.Dispute; d != nil && d.Superior != "" {
		return o.May(w.Tree, d.Superior, now, grid.Chief, grid.Supervisor)
	}
	if act.Lead != "" {
		return o.May(w.Tree, c.Seat(), now, desk...)
	}
	return act.Cell == "" || !w.known(act.Cell) || o.May(w.Tree, act.Cell, now, rule.Roles...)
}

func (w *Work) known(cell grid.CellCode) bool { _, ok := w.Tree.Cell(cell); return ok }

// actor is how the history calls whoever acted: officers by their ID, the public by the part they play.
func actor(c Case, act Act) string {
	switch {
	case act.Officer != "":
		return string(act.Officer)
	case act.Person == "" && !act.Action.Public():
		return "system"
	case act.Action == Follow, act.Action == Unfollow, act.Person != c.Reporter:
		return "follower"
	default:
		return "reporter"
	}
}

func (a Act) note(more func(put func(k, v string))) map[string]string {
	note := make(map[string]string, len(a.Note)+3)
	maps.Copy(note, a.Note)
	put := func(k, v string) {
		if v != "" {
			note[k] = v
		}
	}
	put("cell", string(a.Cell))
	put("for", string(a.For))
	put("reason", a.Reason)
	put("disposition", string(a.Disposition))
	put("onward", a.Onward)
	put("finding", a.Finding)
	put("verdict", string(a.Verdict))
	put("reply", a.Reply)
	put("words", a.Words)
	a.noteIncident(put)
	a.noteStep(put)
	more(put)
	put("days", count(a.Days))
	put("score", count(a.Score))
	put("lead", string(a.Lead))
	put("department", string(a.Department))
	put("other", string(a.Other))
	if a.Letter != nil {
		put("to", a.Letter.To)
	}
	if a.Point != nil {
		put("point", fmt.Sprintf("%.5f,%.5f", a.Point.Lat, a.Point.Lon))
	}
	if a.Violation {
		put("violation", "1")
	}
	for _, t := range a.Tasks {
		note["tasks"] = strings.TrimSpace(note["tasks"] + " " + string(t.Department))
	}
	for _, x := range a.Barred {
		note["barred"] = strings.TrimSpace(note["barred"] + " " + string(x.Officer) + string(x.Unit))
	}
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

// count writes a number unless it is none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
