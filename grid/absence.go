package grid

import "time"

// Absence (外出) is a time in which an officer is not to be counted on, and who stands in. It is entered once and stays:
// coming back earlier, or taking it back, only sets Ended, so that who stood in on a given day is answerable later.
type Absence struct {
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`            // exclusive
	Deputy OfficerID `json:"deputy,omitempty"` // empty: nobody; the next cell above is told instead
	By     OfficerID `json:"by,omitempty"`     // who entered it for the officer; empty: they did themselves
	Set    time.Time `json:"set"`              // when it was entered
	Ended  time.Time `json:"ended,omitzero"`   // from then on it does not hold
}

// Active tells whether the absence holds at that moment.
func (a Absence) Active(at time.Time) bool { return !at.Before(a.From) && at.Before(a.End()) }

// End is when the absence ends or ended, exclusive. One that was taken back before it began ends before it begins.
func (a Absence) End() time.Time {
	if !a.Ended.IsZero() && a.Ended.Before(a.Until) {
		return a.Ended
	}
	return a.Until
}

// Overlaps tells whether the absence holds at any moment from from until to, exclusive.
func (a Absence) Overlaps(from, to time.Time) bool {
	return a.From.Before(a.End()) && a.From.Before(to) && from.Before(a.End())
}

// Away returns the absence that holds at that moment, the one entered last when several do; false when none does.
func (o Officer) Away(at time.Time) (Absence, bool) {
	for i := len(o.Absences) - 1; i >= 0; i-- {
		if o.Absences[i].Active(at) {
			return o.Absences[i], true
		}
	}
	return Absence{}, false
}

// InService tells whether the officer has any appointment at that moment.
func (o Officer) InService(at time.Time) bool {
	for _, a := range o.Appointments {
		if a.Active(at) {
			return true
		}
	}
	return false
}

// Available tells whether the officer can be counted on at that moment: in service, within reach and not away.
func (o Officer) Available(at time.Time) bool {
	_, away := o.Away(at)
	return !away && o.Reachable() && o.InService(at)
}
