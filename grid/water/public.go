package water

import "time"

// PublicSection is what anybody may see of a section and its readings: where it is, what it should reach, and what was measured,
// without who entered it.
type PublicSection struct {
	Section Section
	Periods []PublicPeriod // the oldest first
}

// PublicPeriod is what was measured in a period, and what that means.
type PublicPeriod struct {
	Name      string
	Days      []string // of sampling
	Class     Class    // 0: cannot be judged
	Standing  Standing
	Main      []Finding
	Failing   []Finding // of the section's own target
	Vague     []Finding
	Findings  []Finding
	Tested    int
	Passed    int
	Failed    []string // items that did not pass, in words
	Corrected bool
}

// Public is the public part of what the readings of a period say; false for a period without any.
func (j Judged) Public() (PublicPeriod, bool) {
	if j.Empty() {
		return PublicPeriod{}, false
	}
	p := PublicPeriod{
		Name: j.Period.Name, Standing: j.Standing(), Main: j.Verdict.Main(), Failing: j.Verdict.Failing(j.Section.Target),
		Vague: j.Verdict.Vague(j.Section.Target), Findings: j.Verdict.Findings, Tested: j.Tested, Passed: j.Passed, Corrected: j.Corrected,
	}
	p.Class, _ = j.Verdict.Class()
	for _, r := range j.Readings {
		p.Days = append(p.Days, r.Day)
		if c := r.Now.Check; c != nil && c.Failing != "" {
			p.Failed = append(p.Failed, c.Failing)
		}
	}
	return p, true
}

// Public is the public part of a reading; false for one whose entry was undone. Who entered it stays in the house.
func (r Reading) Public() (PublicReading, bool) {
	if r.Gone || r.Section == "" {
		return PublicReading{}, false
	}
	p := PublicReading{Section: r.Section, Day: r.Day, Values: r.Now.Values, Check: r.Now.Check, Entered: r.Now.At, Corrected: r.Corrected()}
	for _, g := range r.Past {
		p.Before = append(p.Before, g.Values)
	}
	return p, true
}

// PublicReading is what anybody may see of a reading: what it says now and what it said before.
type PublicReading struct {
	Section   string
	Day       string
	Values    Sample
	Check     *Check
	Entered   time.Time
	Corrected bool
	Before    []Sample
}
