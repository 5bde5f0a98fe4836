package water

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/publication"
)

// Judged is what the readings of a section say of a period.
type Judged struct {
	Section   Section
	Period    publication.Period
	Readings  []Reading
	Verdict   Verdict // of amounts
	Tested    int     // of counts: samples
	Passed    int
	Corrected bool // one of its readings was corrected
}

// Over judges a section's readings of a period; those of other days and those whose entry was undone do not count.
func (r Rules) Over(s Section, p publication.Period, readings []Reading) Judged {
	j := Judged{Section: s, Period: p}
	var samples []Sample
	for _, x := range readings {
		if day, err := time.ParseInLocation(time.DateOnly, x.Day, p.From.Location()); err != nil || x.Gone || x.Section != s.ID || !p.Holds(day) {
			continue
		}
		j.Readings = append(j.Readings, x)
		j.Corrected = j.Corrected || x.Corrected()
		if c := x.Now.Check; c != nil {
			j.Tested, j.Passed = j.Tested+c.Tested, j.Passed+c.Passed
		}
		if x.Now.Values != nil {
			samples = append(samples, x.Now.Values)
		}
	}
	j.Verdict = r.Judge(s.Body, samples)
	return j
}

// One judges one reading by itself; the period bears the name of its day.
func (r Rules) One(s Section, day string, g Given) Judged {
	j := Judged{Section: s, Period: publication.Period{Name: day}, Readings: []Reading{{Section: s.ID, Day: day, Now: g}}}
	if c := g.Check; c != nil {
		j.Tested, j.Passed = c.Tested, c.Passed
	}
	if g.Values != nil {
		j.Verdict = r.Judge(s.Body, []Sample{g.Values})
	}
	return j
}

// Standing is whether the period reached the section's own target: its class, or all samples passed.
func (j Judged) Standing() Standing {
	if !j.Section.Counted() {
		return j.Verdict.Meets(j.Section.Target)
	}
	switch {
	case j.Tested == 0:
		return Unjudged
	case j.Passed == j.Tested:
		return Met
	}
	return NotMet
}

// Empty tells whether nothing was read in the period.
func (j Judged) Empty() bool { return len(j.Readings) == 0 }

// Failed counts how many of the newest periods in a row missed the target for certain, of periods given the oldest first. One
// that cannot be judged ends the row: nobody is held to what is not known.
func Failed(periods []Judged) int {
	n := 0
	for i := len(periods) - 1; i >= 0 && periods[i].Standing() == NotMet; i-- {
		n++
	}
	return n
}

// Rate is how many of some places reach their target, of those that can be judged.
type Rate struct {
	All, Judged, Met int
}

// RateOf counts them.
func RateOf(all []Judged) Rate {
	r := Rate{All: len(all)}
	for _, j := range all {
		switch j.Standing() {
		case Met:
			r.Judged, r.Met = r.Judged+1, r.Met+1
		case NotMet:
			r.Judged++
		case Unjudged:
		}
	}
	return r
}

// Reaches tells whether the rate reaches a share in percent. A place that cannot be judged has not reached it; without places
// there is nothing to reach.
func (r Rate) Reaches(percent int) bool {
	const whole = 100
	return r.All > 0 && whole*r.Met >= percent*r.All
}
