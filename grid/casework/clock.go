package casework

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// ClockName names a running limit (时限).
type ClockName string

// The clocks. Their limits are settings with their sources.
const (
	DecideClock     ClockName = "decide"     // accept or refuse, as the office promises
	NotifyClock     ClockName = "notify"     // tell the reporter which, as the regulation binds it
	AnswerClock     ClockName = "answer"     // the reporter says what was missing
	TransferClock   ClockName = "transfer"   // hand on to whoever is responsible
	StartClock      ClockName = "start"      // the cell begins
	FinishClock     ClockName = "finish"     // closed and answered
	AdjudicateClock ClockName = "adjudicate" // whose it is, when somebody objected
	TaskClock       ClockName = "task"       // one supporting department answers
	ReplyClock      ClockName = "reply"      // the reporter is told what the approved finding is
	ConfirmClock    ClockName = "confirm"    // the reporter agrees or objects
	SpotClock       ClockName = "spot"       // a supervisor looks again
	ReviewClock     ClockName = "review"     // review or re-review is answered
	AlarmClock      ClockName = "alarm"      // somebody on duty has the alarm
	ReportClock     ClockName = "report_up"  // the incident is reported upwards, from the moment of knowing
	NeighbourClock  ClockName = "neighbour"  // a neighbour whom an incident may reach is told
)

// ClockNames lists every clock, in the order of a case's life.
func ClockNames() []ClockName {
	return []ClockName{
		DecideClock, NotifyClock, AnswerClock, TransferClock, StartClock, FinishClock, AdjudicateClock, TaskClock, ReplyClock,
		ConfirmClock, SpotClock, ReviewClock, AlarmClock, ReportClock, NeighbourClock,
	}
}

// Theirs tells whether the limit is the reporter's and not the office's: nobody is late when it runs out.
func (n ClockName) Theirs() bool { return n == AnswerClock || n == ConfirmClock }

// Clock is one limit running, or stopped, on one case. Starting, every stage and stopping are events of the history.
type Clock struct {
	Name        ClockName      `json:"n"`
	Of          string         `json:"o,omitzero"` // the department whose task it is
	Limit       calendar.Limit `json:"l"`
	Started     time.Time      `json:"s"`
	Due         time.Time      `json:"d"`          // the first instant that is too late
	Extended    int            `json:"e,omitzero"` // days that were granted beyond the limit, in all
	Provisional bool           `json:"p,omitzero"` // a year's holidays are not published yet
	Stopped     time.Time      `json:"x,omitzero"` // zero while it runs
	Replaced    bool           `json:"r,omitzero"` // it was stopped because an extension gave another limit
	Held        bool           `json:"h,omitzero"` // it was stopped by merging, and goes on if that is undone
	Fired       int            `json:"f,omitzero"` // how many of its stages are over
}

// Running tells whether the clock still counts.
func (c Clock) Running() bool { return c.Stopped.IsZero() }

// Late tells whether a running clock's limit has run out at now, or a stopped one was stopped too late. Due is the first
// instant that is too late, as everywhere in calendar: a limit in days ends with its last day, at 24:00.
func (c Clock) Late(now time.Time) bool {
	if !c.Running() {
		now = c.Stopped
	}
	return !now.Before(c.Due)
}

// Audience of a reminder.
type Audience string

// Audiences, one level up each.
const (
	TellHandler    Audience = "handler"    // who works on it, or the cell's inspectors
	TellChief      Audience = "chief"      // first responsible for the cell
	TellDistrict   Audience = "district"   // the district's supervisors
	TellDesk       Audience = "desk"       // the district's desk
	TellDepartment Audience = "department" // the clerks of the department whose task it is
	TellLeader     Audience = "leader"     // first responsible for the whole district
	TellAll        Audience = "all"        // everybody who answers for the place, up to the district
	TellSuperior   Audience = "superior"   // whoever decides between the two cells of a dispute
	TellReporter   Audience = "reporter"   // who reported it and who follows it: the office missed its own date
)

// StageRule is one step of a clock's ladder: when, relative to the limit, who is told, and what happens by itself.
type StageRule struct {
	Name  string         // before, due, overdue, order, press, circulate, summon, lapse …
	After time.Duration  // after the limit; negative: before it
	Later calendar.Limit // instead of After: days or working days beyond the last day of the limit
	Tell  []Audience
	Copy  []Audience    // who gets a copy (抄送): the leader in charge
	Rung  Rung          // of the ladder of pressing; from urging on it is to be acknowledged
	Does  Action        // what the program does then
	Every time.Duration // the last stage of a ladder may come again so often until the clock is stopped
}

// Clock returns the case's last clock of that name; false when it never had one.
func (c *Case) Clock(name ClockName) (Clock, bool) { return c.ClockOf(name, "") }

// ClockOf is Clock for one department's task.
func (c *Case) ClockOf(name ClockName, of string) (Clock, bool) {
	for i := len(c.Clocks) - 1; i >= 0; i-- {
		if c.Clocks[i].Name == name && (of == "" || c.Clocks[i].Of == of) {
			return c.Clocks[i], true
		}
	}
	return Clock{}, false
}

// Due is the earliest limit still running: the office's, or the reporter's when the office has none; false when none runs.
func (c *Case) Due() (time.Time, bool) {
	if due, ok := c.earliest(false); ok {
		return due, true
	}
	return c.earliest(true)
}

func (c *Case) earliest(theirs bool) (time.Time, bool) {
	var due time.Time
	for _, k := range c.Clocks {
		if k.Running() && k.Name.Theirs() == theirs && (due.IsZero() || k.Due.Before(due)) {
			due = k.Due
		}
	}
	return due, !due.IsZero()
}

// Late tells whether the limit of a running clock of the office has run out at now; see Clock.Late.
func (c *Case) Late(now time.Time) bool {
	due, ok := c.earliest(false)
	return ok && !now.Before(due)
}
