package casework

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// ClockName names a running limit (时限).
type ClockName string

// The clocks. Their limits are settings with their sources.
const (
	DecideClock ClockName = "decide" // accept or refuse
	StartClock  ClockName = "start"  // the cell begins
	FinishClock ClockName = "finish" // closed and answered
)

// ClockNames lists every clock.
func ClockNames() []ClockName { return []ClockName{DecideClock, StartClock, FinishClock} }

// Clock is one limit running, or stopped, on one case. Starting, every stage and stopping are events of the history.
type Clock struct {
	Name        ClockName      `json:"n"`
	Limit       calendar.Limit `json:"l"`
	Started     time.Time      `json:"s"`
	Due         time.Time      `json:"d"`          // the first instant that is too late
	Provisional bool           `json:"p,omitzero"` // a year's holidays are not published yet
	Stopped     time.Time      `json:"x,omitzero"` // zero while it runs
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
	TellHandler  Audience = "handler"  // who works on it, or the cell's inspectors
	TellChief    Audience = "chief"    // first responsible for the cell
	TellDistrict Audience = "district" // the district's supervisors
	TellDesk     Audience = "desk"
)

// StageRule is one step of a clock's ladder: when, relative to the limit, and who is told.
type StageRule struct {
	Name  string        // before, due, overdue, escalate_chief, escalate_district
	After time.Duration // after the limit; negative: before it
	Tell  []Audience
}

// Clock returns the case's last clock of that name; false when it never had one.
func (c *Case) Clock(name ClockName) (Clock, bool) {
	for i := len(c.Clocks) - 1; i >= 0; i-- {
		if c.Clocks[i].Name == name {
			return c.Clocks[i], true
		}
	}
	return Clock{}, false
}

// Due is the earliest limit still running; false when none runs.
func (c *Case) Due() (time.Time, bool) {
	var due time.Time
	for _, k := range c.Clocks {
		if k.Running() && (due.IsZero() || k.Due.Before(due)) {
			due = k.Due
		}
	}
	return due, !due.IsZero()
}

// Late tells whether the limit of a running clock has run out at now; see Clock.Late.
func (c *Case) Late(now time.Time) bool {
	due, ok := c.Due()
	return ok && !now.Before(due)
}
