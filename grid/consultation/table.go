package consultation

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Action is something that can be done to a consultation.
type Action string

// The actions.
const (
	Begin    Action = "begin"
	Title    Action = "title"
	Text     Action = "text"
	Attach   Action = "attach"
	Ask      Action = "ask" // a question is added
	Unask    Action = "unask"
	Switch   Action = "switch" // between one and several options
	OpenAt   Action = "open_at"
	CloseAt  Action = "close_at"
	Approve  Action = "approve"
	Drop     Action = "drop"
	AddGroup Action = "add_group"
	Reply    Action = "reply"   // the office answers a group of opinions
	Publish  Action = "publish" // the results
	Use      Action = "use"     // how they were used
	Tell     Action = "tell"    // a notice or reminder went out
)

// table says at which stages a consultation allows what. What is approved is not changed any more: people answer what they read.
var table = map[Action][]Stage{
	Title: {Drafting}, Text: {Drafting}, Attach: {Drafting}, Ask: {Drafting}, Unask: {Drafting}, Switch: {Drafting},
	OpenAt: {Drafting}, CloseAt: {Drafting}, Approve: {Drafting},
	Drop:     {Drafting, Waiting, Open},
	AddGroup: {Closed}, Publish: {Closed},
	Reply: {Closed, Results}, Use: {Results},
}

// Rules are the numbers of consultations; settings of the district.
type Rules struct {
	Least    int            // days that answers should be taken; fewer are pointed out to whoever approves
	Ahead    time.Duration  // before the closing the office is reminded
	Results  calendar.Limit // from the closing, to publish the results
	Use      calendar.Limit // from the results, to publish how they were used
	Again    time.Duration  // between two reminders of what is overdue
	Times    int
	Calendar *calendar.Calendar
}

// Act is something that an officer wants to do. Whether they may is asked by whoever calls Apply.
type Act struct {
	Action Action
	By     grid.OfficerID
	Via    string
	Words  string
	Index  int // of the question or the group, counted from 0
	At     time.Time
	File   File
	Found  *Findings // Publish
}

// maxQuestions and maxOptions are how many fit into a talk that people finish; maxGroups likewise for the officials.
const (
	maxQuestions = 10
	maxOptions   = 10
	maxGroups    = 20
	maxFiles     = 5
)

// Apply does act to the consultation at now and returns it as it is then, with the event for its history. Conflict: not at this stage;
// Invalid: something is missing or too much; Forbidden: nobody approves a draft of which they wrote
// any part.
func (c Consultation) Apply(a Act, r Rules, now time.Time) (Consultation, Event, error) {
	if !slices.Contains(table[a.Action], c.Stage(now)) {
		return c, Event{}, grid.Fail(grid.Conflict, "error.consult.stage")
	}
	before := c
	c = c.clone()
	e := Event{At: now, By: a.By, Via: a.Via, Did: a.Action, Words: a.Words}
	err := c.draft(a, &e, now)
	if err == nil {
		err = c.decide(a, &e, r, now)
	}
	if a.Action != Approve && before.Stage(now) == Drafting && !slices.Contains(c.Writers, a.By) {
		c.Writers = append(slices.Clip(c.Writers), a.By)
	}
	if err != nil {
		return before, Event{}, err
	}
	return c, e, nil
}

// draft is the effect of what makes the draft.
func (c *Consultation) draft(a Act, e *Event, now time.Time) error {
	switch a.Action {
	case Title:
		c.Title = a.Words
	case Text:
		c.Text = a.Words
	case Attach:
		if len(c.Files) >= maxFiles {
			return grid.Fail(grid.Invalid, "error.consult.full")
		}
		c.Files, e.Words = append(c.Files, a.File), a.File.Name
	case Ask:
		q, err := ReadQuestion(a.Words)
		if err != nil {
			return err
		}
		if len(c.Questions) >= maxQuestions {
			return grid.Fail(grid.Invalid, "error.consult.full")
		}
		c.Questions = append(c.Questions, q)
		e.N = len(c.Questions)
	case Unask, Switch:
		return c.question(a, e)
	case OpenAt, CloseAt:
		return c.set(a, now)
	default: // decide
	}
	return nil
}

// question drops a question, or switches it between one and several options.
func (c *Consultation) question(a Act, e *Event) error {
	if a.Index < 0 || a.Index >= len(c.Questions) {
		return grid.Fail(grid.NotFound, "error.consult.gone")
	}
	e.N, e.Words = a.Index+1, c.Questions[a.Index].Text
	q := &c.Questions[a.Index]
	switch {
	case a.Action == Unask:
		c.Questions = slices.Delete(c.Questions, a.Index, a.Index+1)
	case q.Form == One:
		q.Form = Many
	case q.Form == Many:
		q.Form = One
	}
	return nil
}

// set sets opening or closing.
func (c *Consultation) set(a Act, now time.Time) error {
	if !a.At.After(now) {
		return grid.Fail(grid.Invalid, "moment.past")
	}
	if a.Action == OpenAt {
		c.Opens = a.At
	} else {
		c.Closes = a.At
	}
	if !c.Opens.IsZero() && !c.Closes.IsZero() && !c.Closes.After(c.Opens) {
		return grid.Fail(grid.Invalid, "error.consult.order")
	}
	return nil
}

// decide is the effect of everything else.
func (c *Consultation) decide(a Act, e *Event, r Rules, now time.Time) error {
	mark := &Mark{By: a.By, At: now}
	switch a.Action {
	case Approve:
		return c.approve(mark, r)
	case Drop:
		if a.Words == "" {
			return grid.Fail(grid.Invalid, "error.consult.words")
		}
		c.Dropped = mark
	case AddGroup:
		if len(c.Groups) >= maxGroups {
			return grid.Fail(grid.Invalid, "error.consult.full")
		}
		c.Groups = append(c.Groups, Group{Name: a.Words})
		e.N = len(c.Groups)
	case Reply:
		if a.Index < 0 || a.Index >= len(c.Groups) {
			return grid.Fail(grid.NotFound, "error.consult.gone")
		}
		c.Groups[a.Index].Answer, e.N = a.Words, a.Index+1
	case Publish:
		if a.Found == nil {
			return grid.Fail(grid.Invalid, "error.consult.words")
		}
		f := *a.Found
		f.By, f.At = a.By, now
		c.Found, c.Chased, c.UseBy = &f, 0, r.Calendar.Deadline(now, r.Use).At
	case Use:
		return c.use(a, mark)
	default: // draft
	}
	return nil
}

// approve lets it begin at its opening, or at once where none was set.
func (c *Consultation) approve(mark *Mark, r Rules) error {
	switch {
	case mark.By == c.Begun.By || slices.Contains(c.Writers, mark.By):
		return grid.Fail(grid.Forbidden, "error.case.own")
	case c.Title == "" || c.Text == "" || len(c.Questions) == 0:
		return grid.Fail(grid.Invalid, "error.consult.incomplete")
	case c.Closes.IsZero() || !c.Closes.After(mark.At):
		return grid.Fail(grid.Invalid, "error.consult.no_end")
	}
	if c.Opens.Before(mark.At) {
		c.Opens = mark.At
	}
	if !c.Closes.After(c.Opens) {
		return grid.Fail(grid.Invalid, "error.consult.order")
	}
	c.Approved, c.ResultsBy = mark, r.Calendar.Deadline(c.Closes, r.Results).At
	return nil
}

// use says how the answers were used: every group of opinions has its answer first.
func (c *Consultation) use(a Act, mark *Mark) error {
	for _, g := range c.Groups {
		if g.Answer == "" {
			return grid.Fail(grid.Invalid, "error.consult.unanswered", "group", g.Name)
		}
	}
	if a.Words == "" {
		return grid.Fail(grid.Invalid, "error.consult.words")
	}
	c.Used, c.Summary, c.Chased = mark, a.Words, 0
	return nil
}

// ReadQuestion reads a question as officials write it: the question on the first line, one option on each line after it. Without
// options it is answered in words. Invalid: no question, one option, too many, or the same twice.
func ReadQuestion(text string) (Question, error) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return Question{}, grid.Fail(grid.Invalid, "error.consult.question")
	}
	q := Question{Text: lines[0], Form: Free, Options: lines[1:]}
	if len(q.Options) == 0 {
		q.Options = nil
		return q, nil
	}
	q.Form = One
	once := slices.Compact(slices.Sorted(slices.Values(q.Options)))
	if len(q.Options) < 2 || len(q.Options) > maxOptions || len(once) < len(q.Options) {
		return Question{}, grid.Fail(grid.Invalid, "error.consult.options")
	}
	return q, nil
}
