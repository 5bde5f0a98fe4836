package incident

// Level of an incident, the gravest first (the rule's Art 2). Zero means that nobody graded it, or that the level is
// unclear for the time being (Art 4).
type Level int

// The levels.
const (
	NoLevel  Level = iota
	LevelI         // 特别重大
	LevelII        // 重大
	LevelIII       // 较大
	LevelIV        // 一般
)

// Levels lists the levels, the gravest first.
func Levels() []Level { return []Level{LevelI, LevelII, LevelIII, LevelIV} }

// String writes the level as the rule does; "unclear" for NoLevel.
func (l Level) String() string {
	if l < LevelI || l > LevelIV {
		return "unclear"
	}
	return [...]string{"I", "II", "III", "IV"}[l-1]
}

// ParseLevel reads what String writes of a level; false for everything else, "unclear" too.
func ParseLevel(s string) (Level, bool) {
	for _, l := range Levels() {
		if l.String() == s {
			return l, true
		}
	}
	return NoLevel, false
}

// Graver tells whether the level is above the other. Any level is graver than none.
func (l Level) Graver(than Level) bool {
	return l != NoLevel && (than == NoLevel || l < than)
}

// Sensitive is one of the six cases of the rule's Art 4: an incident of unclear level is reported like level II or I
// when one of them holds.
type Sensitive string

// The six cases, in the article's order.
const (
	WaterSource Sensitive = "water_source" // (1) a protected drinking-water source is affected, or may be
	People      Sensitive = "people"       // (2) homes, schools, hospitals and the like
	HeavyMetal  Sensitive = "heavy_metal"  // (3) heavy metals or metalloids
	Border      Sensitive = "border"       // (4) may reach another province or country
	Crowd       Sensitive = "crowd"        // (5) stirs up a crowd, or society at large
	BureauSays  Sensitive = "bureau"       // (6) the bureau holds it necessary
)

// SensitiveCases lists the six cases in the article's order.
func SensitiveCases() []Sensitive {
	return []Sensitive{WaterSource, People, HeavyMetal, Border, Crowd, BureauSays}
}

// Grading is one decision on the level: a level, or none because it is unclear, then with the cases of Art 4 that hold.
type Grading struct {
	Level   Level       `json:"l,omitzero"`
	Reasons []string    `json:"r,omitempty"` // codes of criteria that hold
	Cases   []Sensitive `json:"c,omitempty"`
}

// Grave tells whether the incident is reported like level II or I (Art 3 and 4): within the shorter limit, to province
// and ministry.
func (g Grading) Grave() bool {
	if g.Level == NoLevel {
		return len(g.Cases) > 0
	}
	return g.Level <= LevelII
}

// Rises tells whether going from before to g is going up: a graver level, or from the longer limit to the shorter.
func (g Grading) Rises(before Grading) bool {
	if g.Level != NoLevel && before.Level != NoLevel {
		return g.Level.Graver(before.Level)
	}
	return g.Grave() && !before.Grave()
}

// Changes tells whether g is another level than before, or as good as one.
func (g Grading) Changes(before Grading) bool {
	return g.Level != before.Level || g.Grave() != before.Grave()
}
