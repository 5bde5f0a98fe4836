package plan

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Action is something that can be done to an occurrence of a milestone.
type Action string

// The actions.
const (
	Report      Action = "report"      // the lead tells how far it is
	Finish      Action = "finish"      // the lead says that it is done
	Contribute  Action = "contribute"  // a supporting department adds its part
	Accept      Action = "accept"      // a supervisor finds it done
	Return      Action = "return"      // or not: it goes back, with a reason
	Remind      Action = "remind"      // a stage before or after its last day was reached
	Acknowledge Action = "acknowledge" // whoever was pressed says "received"
	Raise       Action = "raise"       // nobody did: the supervisors were told
)

// Actions lists them.
func Actions() []Action {
	return []Action{Report, Finish, Contribute, Accept, Return, Remind, Acknowledge, Raise}
}

// Who may do something.
type Who string

// Those who may.
const (
	TheLead       Who = "lead"       // a clerk of the department that leads
	ASupport      Who = "support"    // a clerk of one that supports
	TheSupervisor Who = "supervisor" // of the district; nobody decides on their own report
	TheSystem     Who = "system"
	TheAddressee  Who = "addressee" // whoever was pressed
)

// Rule is one row of the state table.
type Rule struct {
	Action Action
	From   []State
	To     State // as it is when Stays
	Stays  bool
	Who    Who
}

// Table is the one state table of milestones. An action that has no row for a state is a Conflict in that state. What was
// accepted may still be returned when it proves not to be so: cases tell on it.
func Table() []Rule {
	open := []State{Untouched, Underway}
	return []Rule{
		{Action: Report, From: open, To: Underway, Who: TheLead},
		{Action: Finish, From: open, To: Reported, Who: TheLead},
		{Action: Contribute, From: []State{Untouched, Underway, Reported}, Stays: true, Who: ASupport},
		{Action: Accept, From: []State{Reported}, To: Accepted, Who: TheSupervisor},
		{Action: Return, From: []State{Reported, Accepted}, To: Underway, Who: TheSupervisor},
		{Action: Remind, From: open, Stays: true, Who: TheSystem},
		{Action: Acknowledge, From: States(), Stays: true, Who: TheAddressee},
		{Action: Raise, From: States(), Stays: true, Who: TheSystem},
	}
}

// Work applies actions to the milestones of a plan by the table and tells how they stand. It holds no state of its own.
type Work struct {
	Plan     Plan
	Rules    Rules
	Tree     *grid.Tree
	Location *time.Location
}

// Act is something that somebody wants to do.
type Act struct {
	Action  Action
	Person  grid.PersonID // who does it; empty: the program
	Via     string        // the way it came
	Percent int           // Report: 0 to 99
	Words   string        // Report, Finish, Contribute: what was done; Return: the reason
	Files   []File        // Report, Finish, Contribute; Accept: all of them, with their hashes as they are known now
	Cases   int           // Accept: open cases on the measure
	Stage   Stage         // Remind
	To      []grid.Officer
	Copy    []grid.Officer
	Letter  *casework.Letter // Remind: the document of the stage, if it brings one
}

// seat is in what function somebody acts.
type seat struct {
	officer, principal grid.OfficerID
	department         grid.Department
}

// Apply does act to p, the progress of o, at now and returns it as it is then, with the event for its history. Forbidden when
// the person may not, Conflict when the state does not allow it, Invalid when something is missing; p is then returned as it
// was.
func (w Work) Apply(o Occurrence, p Progress, act Act, roster *grid.Roster, now time.Time) (Progress, Event, error) {
	rule, ok := ruleFor(act.Action, p.State)
	if !ok {
		return p, Event{}, grid.Fail(grid.Conflict, "error.plan.state")
	}
	in, ok := w.as(o, p, act.Person, rule, roster, now)
	if !ok {
		return p, Event{}, grid.Fail(grid.Forbidden, "error.role")
	}
	next := p.clone()
	if !rule.Stays {
		next.State = rule.To
	}
	if err := next.effect(act, in, now); err != nil {
		return p, Event{}, err
	}
	return next, Event{
		At: now, By: in.officer, For: in.principal, Via: act.Via, Did: act.Action, State: next.State, Department: in.department,
		Percent: act.Percent, Words: act.Words, Files: act.Files, Stage: act.Stage.Name, Cases: act.Cases,
	}, nil
}

// May tells whether the person may do it now: whether to offer the button.
func (w Work) May(o Occurrence, p Progress, action Action, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	rule, ok := ruleFor(action, p.State)
	if !ok {
		return false
	}
	_, ok = w.as(o, p, person, rule, roster, now)
	return ok
}

func ruleFor(action Action, state State) (Rule, bool) {
	for _, r := range Table() {
		if r.Action == action && slices.Contains(r.From, state) {
			return r, true
		}
	}
	return Rule{}, false
}

// as tells in what function the person may act: as themselves, else for an absent officer for whom they stand in.
func (w Work) as(o Occurrence, p Progress, person grid.PersonID, rule Rule, roster *grid.Roster, now time.Time) (seat, bool) {
	if rule.Who == TheSystem {
		return seat{}, person == ""
	}
	me, ok := roster.ByPerson(person)
	if !ok {
		return seat{}, false
	}
	if rule.Who == TheAddressee {
		return seat{officer: me.ID}, len(p.Owes(me.ID)) > 0
	}
	if d, ok := w.serves(o, p, me, rule, now); ok {
		return seat{officer: me.ID, department: d}, true
	}
	for _, absent := range roster.Principals(me.ID, now) {
		if d, ok := w.serves(o, p, absent, rule, now); ok && (rule.Who != TheSupervisor || p.By != me.ID) {
			return seat{officer: me.ID, principal: absent.ID, department: d}, true
		}
	}
	return seat{}, false
}

// serves tells whether the officer has the function that the rule asks for, and for which department.
func (w Work) serves(o Occurrence, p Progress, officer grid.Officer, rule Rule, now time.Time) (grid.Department, bool) {
	root := w.Tree.Root().Code
	switch rule.Who {
	case TheLead:
		for _, d := range o.Measure.Leads() {
			own := d == w.Rules.Own && officer.May(w.Tree, root, now, grid.Desk)
			if own || clerkOf(officer, d, now) {
				return d, true
			}
		}
	case ASupport:
		for _, d := range o.Measure.Supports {
			if clerkOf(officer, d, now) {
				return d, true
			}
		}
	case TheSupervisor:
		return "", officer.May(w.Tree, root, now, grid.Supervisor) && p.By != officer.ID
	default:
	}
	return "", false
}

// Clerks are the clerks of whoever leads a measure, as far as they can be reached; for the grid's own bureau, when it has none,
// the district's desk.
func (w Work) Clerks(m Measure, roster *grid.Roster, now time.Time) []grid.Officer {
	var out []grid.Officer
	for _, d := range m.Leads() {
		found := casework.Clerks(roster, d, now)
		if len(found) == 0 && d == w.Rules.Own {
			found, _ = roster.Responsible(w.Tree, w.Tree.Root().Code, now, grid.Desk)
		}
		for _, o := range found {
			if !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == o.ID }) {
				out = append(out, o)
			}
		}
	}
	return out
}

func clerkOf(o grid.Officer, d grid.Department, at time.Time) bool {
	return d != "" && slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
		return a.Role == grid.Clerk && a.Department == d && a.Active(at)
	})
}

// effect writes into the progress what the action brings with it, beyond the state.
func (p *Progress) effect(act Act, in seat, now time.Time) error {
	switch act.Action {
	case Report, Finish, Contribute, Return:
		if act.Words == "" {
			return grid.Fail(grid.Invalid, "error.plan.words")
		}
	default:
	}
	switch act.Action {
	case Report, Finish:
		return p.report(act, in, now)
	case Contribute:
		p.contribute(act, in, now)
	case Accept, Return:
		p.rule(act, in, now)
	case Remind:
		p.remind(act, now)
	case Acknowledge:
		for _, i := range p.Owes(in.officer) {
			p.Ladder[i].Acks = append(p.Ladder[i].Acks, casework.Ack{By: in.officer, At: now})
		}
	case Raise:
		for i, s := range p.Ladder {
			if s.Raised.IsZero() && len(s.Unacknowledged()) > 0 {
				p.Ladder[i].Raised = now
			}
		}
	}
	return nil
}

func (p *Progress) report(act Act, in seat, now time.Time) error {
	percent := act.Percent
	if act.Action == Finish {
		percent, p.Claimed = 100, now
	}
	if percent < 0 || act.Action == Report && percent > 99 {
		return grid.Fail(grid.Invalid, "error.plan.percent")
	}
	p.Percent, p.Words, p.By, p.At = percent, act.Words, in.officer, now
	p.Files = append(p.Files, act.Files...)
	return nil
}

func (p *Progress) contribute(act Act, in seat, now time.Time) {
	i := p.share(in.department)
	if i < 0 {
		i = len(p.Shares)
		p.Shares = append(p.Shares, Share{Department: in.department})
	}
	s := &p.Shares[i]
	s.Words, s.By, s.At = act.Words, in.officer, now
	s.Files = append(s.Files, act.Files...)
}

// rule accepts or returns; hashes of files that became known meanwhile are taken over.
func (p *Progress) rule(act Act, in seat, now time.Time) {
	p.Ruled, p.RuledBy, p.Returns = now, in.officer, ""
	if act.Action == Return {
		p.Returns = act.Words
		p.Percent = min(p.Percent, 99)
		return
	}
	known := make(map[string]string, len(act.Files))
	for _, f := range act.Files {
		known[f.Unique] = f.SHA256
	}
	learn := func(files []File) {
		for i, f := range files {
			if f.SHA256 == "" {
				files[i].SHA256 = known[f.Unique]
			}
		}
	}
	learn(p.Files)
	for i := range p.Shares {
		learn(p.Shares[i].Files)
	}
}

// remind notes that a stage is over; a rung goes into the ladder, with its document.
func (p *Progress) remind(act Act, now time.Time) {
	p.Told = append(p.Told, act.Stage.Name)
	if act.Stage.Rung == "" {
		return
	}
	step := casework.Step{Rung: act.Stage.Rung, Due: act.Stage.Due, Reason: "late", At: now}
	for _, o := range act.To {
		step.To = append(step.To, o.ID)
	}
	for _, o := range act.Copy {
		step.Copy = append(step.Copy, o.ID)
	}
	if act.Letter != nil {
		p.Letters = append(p.Letters, *act.Letter)
		step.Doc = len(p.Letters)
	}
	p.Ladder = append(p.Ladder, step)
}
