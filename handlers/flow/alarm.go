package flow

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// heard is what of a draft the officers on duty were told last: they are told more when any of it changes.
type heard struct {
	Words int        `json:"w,omitempty"`
	Files int        `json:"f,omitempty"`
	Point *geo.Point `json:"p,omitempty"`
}

func (d *Draft) heard() heard {
	return heard{Words: length(d.Words), Files: len(d.Files), Point: d.point()}
}

func (h heard) equal(o heard) bool {
	same := h.Point == nil && o.Point == nil || h.Point != nil && o.Point != nil && *h.Point == *o.Point
	return same && h.Words == o.Words && h.Files == o.Files
}

// alarm lets a draft that hits a sensitive trigger reach the officers on duty now, before it is finished (令第17号 Art 3, 4),
// and tells them whatever is added to it. The conversation goes on as if nothing had happened.
func (t *turn) alarm() {
	d := t.s.Draft
	now := d.heard()
	switch {
	case d.Alarm == "" && t.hit.Calls && d.Heard == nil:
		t.do(RaiseAlarm{Draft: *d, Alarm: t.hit})
	case d.Alarm != "" && d.Heard != nil && !d.Heard.equal(now):
		t.do(TellAlarm{Case: d.Alarm, Draft: *d})
	default:
		return
	}
	d.Heard = &now
}

// raised keeps which alarm the words belong to: the draft's, or those that are held.
func (t *turn) raised() {
	if d := t.s.Draft; d != nil && d.Heard != nil && d.Alarm == "" {
		d.Alarm = t.e.Case
		return
	}
	t.s.Raised = t.e.Case
}

// alarmHeld lets what is held reach the officers on duty when it cannot wait for the answer where it belongs.
func (t *turn) alarmHeld() {
	d := &Draft{Field: t.e.Field}
	for _, e := range t.s.Held {
		d.keep(e, t.rules)
	}
	a := t.book.Alarm(d.Text(), nil)
	if !a.Calls || t.s.Raised != "" || t.s.Draft != nil && t.s.Draft.Alarm != "" {
		return
	}
	if t.s.Draft != nil { // it is probably more of the draft that was left
		h := t.s.Draft.heard()
		t.s.Draft.Heard = &h
		d.Pin, d.Cell = t.s.Draft.Pin, t.s.Draft.Cell
	}
	t.do(RaiseAlarm{Draft: *d, Alarm: a})
	t.sayOnce("report.alarm_sent", nil)
}

// leaveAlarm tells the officers on duty that the form will not be finished; the alarm stands.
func (t *turn) leaveAlarm(d *Draft) {
	if d.Alarm != "" {
		t.do(LeaveAlarm{Case: d.Alarm})
	}
}

// standDownMessage takes why it is no incident.
func (t *turn) standDownMessage() {
	if !enough(t.e.Text, t.rules) {
		t.askAgain()
		return
	}
	t.do(StandDown{Case: t.s.Task.Case, Words: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
	t.endStory()
}

type (
	// RaiseAlarm calls the officers on duty with what was said so far. It is answered by an Event of kind Raised.
	RaiseAlarm struct {
		Draft Draft
		Alarm incident.Alarm
	}

	// TellAlarm tells them what was added.
	TellAlarm struct {
		Case  casework.CaseID
		Draft Draft
	}

	// StandDown decides that it is no incident, with the reason.
	StandDown struct {
		Case  casework.CaseID
		Words string
		At    time.Time
	}

	// LeaveAlarm tells them that the form will not be finished.
	LeaveAlarm struct{ Case casework.CaseID }
)

func (RaiseAlarm) command() {}
func (TellAlarm) command()  {}
func (LeaveAlarm) command() {}
func (StandDown) command()  {}
