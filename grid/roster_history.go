package grid

import "time"

// Service is an appointment of an officer within some time, and their absences in it.
type Service struct {
	Officer     Officer
	Appointment Appointment
	Absences    []Absence
}

// Served lists who had one of the roles in that very cell at any moment from from until to, exclusive, in the order of the
// roles: the answer to "who was responsible there on that day?" (rules: person changes must keep history).
func (r *Roster) Served(cell CellCode, from, to time.Time, roles ...Role) []Service {
	var out []Service
	for _, role := range roles {
		for _, o := range r.officers {
			for _, a := range o.Appointments {
				if a.Role == role && a.Cell == cell && a.overlaps(from, to) {
					out = append(out, Service{Officer: o, Appointment: a, Absences: o.absences(from, to)})
				}
			}
		}
	}
	return out
}

func (a Appointment) overlaps(from, to time.Time) bool {
	if a.Until.IsZero() {
		return a.From.Before(to)
	}
	return a.From.Before(a.Until) && a.From.Before(to) && from.Before(a.Until)
}

func (o Officer) absences(from, to time.Time) []Absence {
	var out []Absence
	for _, a := range o.Absences {
		if a.Overlaps(from, to) {
			out = append(out, a)
		}
	}
	return out
}

// KeepsHistory tells whether the officer after an edit at now still tells the past as before did: no appointment and no
// absence is lost or altered, but for the end of one that has not ended, which may be set to now or later. Conflict
// otherwise: what was wrong is ended and entered anew, not rewritten.
func KeepsHistory(before, after Officer, now time.Time) error {
	fault := Fail(Conflict, "error.roster.history", "id", string(before.ID))
	if len(after.Appointments) < len(before.Appointments) || len(after.Absences) < len(before.Absences) {
		return fault
	}
	for i, was := range before.Appointments {
		if is := after.Appointments[i]; !was.sameButEnd(is) || !endKept(was.Until, is.Until, now) {
			return fault
		}
	}
	for i, was := range before.Absences {
		if is := after.Absences[i]; !was.sameButEnd(is) || !endKept(was.Ended, is.Ended, now) {
			return fault
		}
	}
	return nil
}

// sameButEnd tells whether both are the same appointment, their ends left aside.
func (a Appointment) sameButEnd(b Appointment) bool {
	return a.Role == b.Role && a.Cell == b.Cell && a.Department == b.Department && a.From.Equal(b.From)
}

// sameButEnd tells whether both are the same absence, an early end left aside.
func (a Absence) sameButEnd(b Absence) bool {
	return a.From.Equal(b.From) && a.Until.Equal(b.Until) && a.Set.Equal(b.Set) && a.Deputy == b.Deputy && a.By == b.By
}

// endKept tells whether an end may be what it is now: the same, or another while the former was still to come.
func endKept(was, is, now time.Time) bool {
	if is.Equal(was) {
		return true
	}
	return (was.IsZero() || was.After(now)) && (is.IsZero() || !is.Before(now))
}
