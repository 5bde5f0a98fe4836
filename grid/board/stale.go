package board

import "time"

// Fault is what is wrong with a board.
type Fault string

// The faults, the gravest first.
const (
	NoPerson  Fault = "no_person"  // nobody is appointed who answers for the reach
	NeverUp   Fault = "never_up"   // no board hangs there
	OldPerson Fault = "old_person" // it names somebody who no longer answers for it
	OldData   Fault = "old_data"   // newer readings are there for longer than allowed
	OldPaper  Fault = "old_paper"  // a newer sheet was printed and does not hang yet
)

// Faults lists them all.
func Faults() []Fault { return []Fault{NoPerson, NeverUp, OldPerson, OldData, OldPaper} }

// Limits say how long a board may say what is no longer so.
type Limits struct {
	Person time.Duration // after somebody else was appointed (河北省 2022: 15 日; 江苏省: 30 工作日)
	Data   time.Duration // after the first period measured that is not on it; those that follow do not begin it anew
	PutUp  time.Duration // after it was printed
}

// Finding is a fault and since when it is one.
type Finding struct {
	Fault Fault
	Since time.Time // the end of what is allowed; zero when there never was a board
}

// Stale lists what is wrong at now with what hangs there: face is what would have to be printed. An empty list means that the
// board may be believed.
func (r Record) Stale(face Face, l Limits, now time.Time) []Finding {
	var out []Finding
	find := func(f Fault, since time.Time) {
		if !now.Before(since) {
			out = append(out, Finding{f, since})
		}
	}
	if face.Person == "" {
		find(NoPerson, time.Time{})
	}
	switch {
	case r.Printed.IsZero():
		find(NeverUp, time.Time{})
		return out
	case r.Up.IsZero():
		find(OldPaper, r.Printed.Add(l.PutUp))
	}
	if face.Person != "" && (face.Officer != r.Face.Officer || face.Person != r.Face.Person) {
		find(OldPerson, face.Since.Add(l.Person))
	}
	if first, newer := face.Water.after(r.Face.Water.Asof); newer {
		if first.Before(r.Printed) { // it was recorded late: nobody could have printed it
			first = r.Printed
		}
		find(OldData, first.Add(l.Data))
	}
	return out
}
