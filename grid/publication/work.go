package publication

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Work is the duties of a district together with those who do them.
type Work struct {
	Book

	Rules  Rules
	Tree   *grid.Tree
	Memory *Memory // of what is out; nil: all of it is read each time
}

// Act is what somebody does to an issue.
type Act struct {
	Action Action
	Person grid.PersonID
	Via    string
	At     time.Time

	Content  Content // Draft
	Corrects string  // Draft of a correction: the issue that is out
	Why      string  // of a correction, of a return
	Chain    Chain   // Publish: how far it goes
	Last     *Sheet  // Publish: what it is compared with; nil for the first of its duty
}

// Apply does the act and returns the issue as it is then, with the event that says so. Conflict when the table has no such row
// for the state; Forbidden when the person has not that part, or drew up what is to be approved; Invalid without a reason where
// one is due. The issue that is given is not changed.
func (w Work) Apply(o Occasion, i Issue, act Act, roster *grid.Roster) (Issue, Event, error) {
	rule, ok := RuleOf(act.Action)
	if !ok || !slices.Contains(rule.From, i.State) {
		return i, Event{}, grid.Fail(grid.Conflict, "error.publication.state")
	}
	me, _ := roster.ByPerson(act.Person)
	if me.ID == "" || !w.serves(o.Duty, rule.By, act.Person, roster, act.At) {
		return i, Event{}, grid.Fail(grid.Forbidden, "error.role")
	}
	if act.Action == Approve && me.ID == i.By {
		return i, Event{}, grid.Fail(grid.Forbidden, "error.publication.own")
	}
	after := i
	after.State, after.Due = rule.To, o.Due
	e := Event{At: act.At, By: me.ID, Via: act.Via, Did: act.Action, To: rule.To, Why: act.Why}
	if err := after.effect(o, act, me.ID); err != nil {
		return i, Event{}, err
	}
	e.Hash = after.Hash
	return after, e, nil
}

// effect writes into the issue what the act brings with it, beyond the state.
func (i *Issue) effect(o Occasion, act Act, me grid.OfficerID) error {
	switch act.Action {
	case Draft:
		if act.Corrects != "" && i.Corrects == "" {
			i.Corrects, i.Why = act.Corrects, act.Why
		}
		if i.Corrects != "" && i.Why == "" {
			return grid.Fail(grid.Invalid, "error.publication.why")
		}
		i.Content, i.By, i.At, i.OkBy, i.OkAt = act.Content, me, act.At, "", time.Time{}
	case Approve:
		i.OkBy, i.OkAt, i.Back = me, act.At, ""
	case Return:
		if act.Why == "" {
			return grid.Fail(grid.Invalid, "error.publication.why")
		}
		i.Back, i.Content, i.By, i.At, i.OkBy, i.OkAt = act.Why, Content{}, "", time.Time{}, "", time.Time{}
	case Publish:
		i.Out, i.OutBy = act.At, me
		i.seal(o, act)
	case Remind: // no row of the table: the calendar tells, and alters nothing else
	}
	return nil
}

// seal freezes what is published, for good.
func (i *Issue) seal(o Occasion, act Act) {
	loc := o.Due.Location()
	s := Sheet{
		Form: SheetForm, Number: act.Chain.Number + 1, ID: i.ID, Duty: o.Duty.ID, Names: o.Duty.Names, Period: o.Period.Name,
		From: o.Period.From.In(loc).Format(time.DateOnly), To: o.Period.To.Add(-time.Nanosecond).In(loc).Format(time.DateOnly),
		Due: o.Last().String(), Published: act.At.In(loc).Truncate(time.Second), Corrects: i.Corrects, Why: i.Why, Before: act.Chain.Hash,
		Content: i.Content,
	}
	if i.Corrects == "" {
		s.Late = o.Late(act.At)
	}
	if act.Last != nil {
		changes := Compare(act.Last.Content, i.Content)
		s.Since, s.Changes = act.Last.ID, &changes
	}
	sealed := s.Bytes()
	i.Content, i.Sealed, i.Hash = Content{}, string(sealed), Sum(sealed)
}

// May tells whether the person may do that to the issue now, as far as state and roles go.
func (w Work) May(o Occasion, i Issue, action Action, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	rule, ok := RuleOf(action)
	if !ok || !slices.Contains(rule.From, i.State) || !w.serves(o.Duty, rule.By, person, roster, now) {
		return false
	}
	me, ok := roster.ByPerson(person)
	return ok && (action != Approve || me.ID != i.By)
}

// Serves tells whether the person has any part in the duty.
func (w Work) Serves(d Duty, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	return slices.ContainsFunc([]Party{Drafter, Approver, Releaser}, func(p Party) bool { return w.serves(d, p, person, roster, now) })
}

func (w Work) serves(d Duty, by Party, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	return slices.ContainsFunc(posts(d, by), func(p Post) bool { return w.holds(p, person, roster, now) })
}

// posts are those that play a part in a duty.
func posts(d Duty, by Party) []Post {
	publisher := Post{Role: grid.Publisher}
	switch by {
	case Drafter:
		return []Post{d.Drafts, publisher}
	case Approver:
		return []Post{d.Approve}
	case Releaser:
		return []Post{publisher, d.Approve}
	case TheSystem: // no post is the calendar's
	}
	return nil
}

// holds tells whether the person has a post or stands in for somebody absent who has.
func (w Work) holds(p Post, person grid.PersonID, roster *grid.Roster, now time.Time) bool {
	if p.Department == "" {
		return p.Role != grid.Clerk && roster.Can(w.Tree, person, w.Tree.Root().Code, now, p.Role)
	}
	me, ok := roster.ByPerson(person)
	if !ok {
		return false
	}
	return slices.ContainsFunc(append([]grid.Officer{me}, roster.Principals(me.ID, now)...), func(o grid.Officer) bool {
		return slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
			return a.Role == grid.Clerk && a.Department == p.Department && a.Active(now)
		})
	})
}

// Officers are whose turn an issue is and who can be reached: who drafts what is open, who approves what is drafted, who publishes
// what is approved. Where a department has no clerk, whoever publishes for the district drafts.
func (w Work) Officers(d Duty, s State, roster *grid.Roster, now time.Time) []grid.Officer {
	by := map[State]Party{Open: Drafter, Drafted: Approver, Approved: Releaser}[s]
	for _, p := range posts(d, by) {
		if found := w.Holders(p, roster, now); len(found) > 0 {
			return found
		}
	}
	return nil
}

// Holders are who has a post and can be reached.
func (w Work) Holders(p Post, roster *grid.Roster, now time.Time) []grid.Officer {
	if p.Department != "" {
		return casework.Clerks(roster, p.Department, now)
	}
	found, _ := roster.Responsible(w.Tree, w.Tree.Root().Code, now, p.Role)
	return found
}
