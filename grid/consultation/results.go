package consultation

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Findings are the results as they are published: frozen, whatever happens to an answer later.
type Findings struct {
	By        grid.OfficerID `json:"by"`
	At        time.Time      `json:"at"`
	People    Tally          `json:"people"` // who answered anything
	Questions []Finding      `json:"questions"`
}

// Tally counts by door.
type Tally map[Door]int

// All is the sum of both doors.
func (t Tally) All() int { return t[Chat] + t[Web] + t[Both] }

// InChat and OnWeb are the two doors, for templates.
func (t Tally) InChat() int { return t[Chat] }

// OnWeb is how many came by the site.
func (t Tally) OnWeb() int { return t[Web] }

// Finding is what was answered to one question.
type Finding struct {
	Answered Tally     `json:"answered"`
	Options  []Tally   `json:"options,omitempty"`
	Groups   []int     `json:"groups,omitempty"`   // opinions in each group
	Others   int       `json:"others,omitempty"`   // in none
	Opinions []Opinion `json:"opinions,omitempty"` // that the public may read
}

// Opinion is a free answer that the public may read.
type Opinion struct {
	Group int    `json:"g,omitempty"` // counted from 1; 0: none
	Words string `json:"w"`
}

// Count counts the answers: who answered what, by which door, and the opinions that were approved, by group.
func (c Consultation) Count(answers []Answer) Findings {
	f := Findings{People: Tally{}, Questions: make([]Finding, len(c.Questions))}
	for i, q := range c.Questions {
		x := Finding{Answered: Tally{}}
		for range q.Options {
			x.Options = append(x.Options, Tally{})
		}
		if q.Form == Free {
			x.Groups = make([]int, len(c.Groups))
		}
		f.Questions[i] = x
	}
	for _, a := range answers {
		if a.Empty() {
			continue
		}
		f.People[a.Door]++
		for i := range c.Questions {
			f.Questions[i].add(a, i)
		}
	}
	for i := range f.Questions {
		slices.SortFunc(f.Questions[i].Opinions, byGroup)
	}
	return f
}

// Merge puts the doors together where fewer than least answered anything, or any one question, by one of them: the few that came by it
// could be told what they chose.
func (f Findings) Merge(least int) Findings {
	few := func(t Tally) bool { return t[Chat] > 0 && t[Chat] < least || t[Web] > 0 && t[Web] < least }
	if !few(f.People) && !slices.ContainsFunc(f.Questions, func(x Finding) bool { return few(x.Answered) }) {
		return f
	}
	both := func(t Tally) Tally { return Tally{Both: t.All()} }
	f.People, f.Questions = both(f.People), slices.Clone(f.Questions)
	for i, x := range f.Questions {
		x.Answered, x.Options = both(x.Answered), slices.Clone(x.Options)
		for o := range x.Options {
			x.Options[o] = both(x.Options[o])
		}
		f.Questions[i] = x
	}
	return f
}

// Merged tells whether the doors are not counted apart.
func (f Findings) Merged() bool { return f.People[Both] > 0 }

// byGroup puts opinions of a group together, those of none last.
func byGroup(a, b Opinion) int {
	switch {
	case a.Group == b.Group:
		return 0
	case a.Group == 0 || b.Group != 0 && b.Group < a.Group:
		return 1
	}
	return -1
}

// add counts what an answer says to question i.
func (x *Finding) add(a Answer, i int) {
	words := a.Words[i]
	if len(a.Choices[i]) == 0 && words == "" {
		return
	}
	x.Answered[a.Door]++
	for _, o := range a.Choices[i] {
		if o < len(x.Options) {
			x.Options[o][a.Door]++
		}
	}
	if words == "" {
		return
	}
	s := a.Sorted[i]
	if s.Group > 0 && s.Group <= len(x.Groups) {
		x.Groups[s.Group-1]++
	} else {
		x.Others++
	}
	if s.Public {
		x.Opinions = append(x.Opinions, Opinion{Group: s.Group, Words: words})
	}
}

// Public is what everybody may see of a consultation. Officers do not stand in it.
type Public struct {
	ID, Title, Text string
	Stage           Stage
	Files           []File
	Questions       []Question
	Opens, Closes   time.Time
	Found           *Findings
	Groups          []Group
	Summary         string
	ResultsBy       time.Time
	UseBy           time.Time
	UsedAt          time.Time
	Late            bool // results or use should have been published
}

// Public is the public part at now; false while there is none: before the opening, and of what was dropped before it opened. Groups
// are shown with the results, and their answers with the use.
func (c Consultation) Public(now time.Time) (Public, bool) {
	stage := c.Stage(now)
	shown := c.Approved != nil && !now.Before(c.Opens) && (c.Dropped == nil || c.Dropped.At.After(c.Opens))
	if !shown {
		return Public{}, false
	}
	p := Public{
		ID: c.ID, Title: c.Title, Text: c.Text, Stage: stage, Files: c.Files, Questions: c.Questions, Opens: c.Opens, Closes: c.Closes,
		ResultsBy: c.ResultsBy, UseBy: c.UseBy,
	}
	if c.Found != nil {
		f := *c.Found
		f.By = ""
		p.Found = &f
		for _, g := range c.Groups {
			if stage != Used {
				g.Answer = ""
			}
			p.Groups = append(p.Groups, g)
		}
	}
	if stage == Used {
		p.Summary, p.UsedAt = c.Summary, c.Used.At
	}
	p.Late = stage == Closed && !now.Before(c.ResultsBy) || stage == Results && !now.Before(c.UseBy)
	return p, true
}
