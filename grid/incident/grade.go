package incident

import "slices"

// Measure is what a criterion counts.
type Measure string

// The measures of the rule's annex. Fact is what holds or does not.
const (
	Fact     Measure = "fact"
	Dead     Measure = "dead"     // people who died of the pollution
	Poisoned Measure = "poisoned" // people
	Moved    Measure = "moved"    // people who are evacuated
	Loss     Measure = "loss"     // direct loss in yuan
)

// Measures lists what is counted, in the order in which an officer is asked.
func Measures() []Measure { return []Measure{Dead, Poisoned, Moved, Loss} }

// Criterion is one reason for a level, from the district's data.
type Criterion struct {
	Code    string
	Level   Level
	Measure Measure
	From    int               // the least number that meets it: the rule's 以上 includes the number, its 以下 does not
	Names   map[string]string // of a fact, by language tag
}

// Facts are what is known of an incident's consequences.
type Facts struct {
	Count map[Measure]int // absent: not known
	Holds []string        // codes of criteria without a number that hold
}

// Grade is the gravest level of which a criterion holds, with the codes of those of that level; level IV with none when
// nothing graver holds (the annex: IV is the rest).
func Grade(criteria []Criterion, facts Facts) Grading {
	g := Grading{Level: LevelIV}
	for _, c := range criteria {
		switch {
		case !c.holds(facts) || g.Level.Graver(c.Level):
		case c.Level == g.Level:
			g.Reasons = append(g.Reasons, c.Code)
		default:
			g.Level, g.Reasons = c.Level, []string{c.Code}
		}
	}
	return g
}

func (c Criterion) holds(facts Facts) bool {
	if c.Measure == Fact {
		return slices.Contains(facts.Holds, c.Code)
	}
	n, known := facts.Count[c.Measure]
	return known && n >= c.From
}
