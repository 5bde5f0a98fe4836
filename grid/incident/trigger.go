package incident

// Words are a district's words of alarm, from its data. Texts are folded before they are searched, and of two words
// that begin at the same place the longer one counts, so that a harmless longer word hides a telling one within it.
type Words struct {
	Within    int      // words that only tell something together may stand so many characters apart
	Harmless  []string // that only hide what they contain
	Denying   []string // directly before a word, they deny it
	Unreal    []string // anywhere in a clause, they say that nothing happened: drills, lessons, last year
	Sensitive []SensitiveWords
	Triggers  []Trigger
}

// SensitiveWords are words that add a case of Art 4 to an alarm. They raise none by themselves: a water source that is
// named is not a water source in danger.
type SensitiveWords struct {
	Case  Sensitive
	Words []string
}

// Trigger is one thing that people tell of which raises an alarm.
type Trigger struct {
	Code     string
	Names    map[string]string // by language tag, as the duty officers read it
	Calls    bool              // the duty officers are called at once; else the person is only told whom to call
	Cases    []Sensitive       // of Art 4 that it hits by itself
	Words    []string          // one of them is enough
	Together [][]string        // or one of each list, near each other
	Kinds    []string          // or the report is of one of these kinds of pollution
}

// Alarm is what a text hits.
type Alarm struct {
	Triggers []string    // codes, in the order of the data
	Cases    []Sensitive // in the article's order
	Calls    bool        // whether the duty officers are called
}

// Hit tells whether anything was hit.
func (a Alarm) Hit() bool { return len(a.Triggers) > 0 }
