package incident

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Incident is what a case carries from its alarm on. The zero Incident has no level and no report.
type Incident struct {
	Known    time.Time        `json:"k"`           // 得知: when the first message that hit a trigger arrived
	Triggers []string         `json:"t,omitempty"` // codes of triggers that were hit
	Cases    []Sensitive      `json:"c,omitempty"` // of Art 4 that the words hit
	Called   []grid.OfficerID `json:"o,omitempty"` // who was called so far, in order
	Heard    *Told            `json:"h,omitempty"` // who on duty has it
	Off      *Told            `json:"x,omitempty"` // who decided that it is no incident
	Graded   []Graded         `json:"g,omitempty"` // every decision on the level, oldest first
	Reports  []Report         `json:"r,omitempty"` // the chain: first, further …, final
	Notices  []Notice         `json:"n,omitempty"` // to neighbours
}

// Graded is a decision on the level with who made it and when.
type Graded struct {
	Grading

	By grid.OfficerID `json:"b"`
	At time.Time      `json:"a"`
}

// Notice is a letter to a neighbouring area that an incident reaches or may reach (Art 8). The program cannot deliver
// it: it keeps who told whom, when and how.
type Notice struct {
	Doc int       `json:"n"`  // its place among the letters of the case
	To  string    `json:"to"` // the neighbour's name
	At  time.Time `json:"a"`  // when it was drawn up

	Told *Told `json:"t,omitempty"` // nil until somebody says that they told them
}

// Told is the record of somebody who said that they did it: heard the alarm, stood it down, told the neighbour.
type Told struct {
	By  grid.OfficerID `json:"b"`
	How string         `json:"h,omitzero"` // by phone to whom, by fax …
	At  time.Time      `json:"a"`
}

// Level is the level that the incident has now. Before anybody decides, it is unclear, with the cases of Art 4 that the
// words hit.
func (i *Incident) Level() Grading {
	if n := len(i.Graded); n > 0 {
		return i.Graded[n-1].Grading
	}
	return Grading{Cases: i.Cases}
}

// Stands tells whether somebody still has to do something about the incident: it is neither stood down nor ended.
func (i *Incident) Stands() bool { return i != nil && i.Off == nil && !i.Ended() }

// Clone copies everything that may be written to.
func (i *Incident) Clone() *Incident {
	if i == nil {
		return nil
	}
	c := *i
	c.Triggers, c.Cases, c.Called = slices.Clone(i.Triggers), slices.Clone(i.Cases), slices.Clone(i.Called)
	c.Graded, c.Reports, c.Notices = slices.Clone(i.Graded), slices.Clone(i.Reports), slices.Clone(i.Notices)
	return &c
}

// Call keeps who was called.
func (i *Incident) Call(officers []grid.Officer) {
	for _, o := range officers {
		if !slices.Contains(i.Called, o.ID) {
			i.Called = append(i.Called, o.ID)
		}
	}
}

// Untold is the place of the first letter to a neighbour of which nobody said yet that it was given; negative when there
// is none.
func (i *Incident) Untold() int {
	if i == nil {
		return -1
	}
	return slices.IndexFunc(i.Notices, func(n Notice) bool { return n.Told == nil })
}

// Ended tells whether the final report was made.
func (i *Incident) Ended() bool {
	return slices.ContainsFunc(i.Reports, func(r Report) bool { return r.Kind == Final })
}

// Kinds lists the kinds of report that may follow now (Art 12): the first begins the chain and the final ends it.
func (i *Incident) Kinds() []Kind {
	switch {
	case !i.Stands():
		return nil
	case len(i.Reports) == 0:
		return []Kind{First}
	default:
		return []Kind{Further, Final}
	}
}

// Limits are the two limits of the rule's Art 3.
type Limits struct {
	Plain calendar.Limit // levels IV and III
	Grave calendar.Limit // levels II and I, and unclear ones of Art 4
}

// For is the limit of a level.
func (l Limits) For(g Grading) calendar.Limit {
	if g.Grave() {
		return l.Grave
	}
	return l.Plain
}

// Owed is a report that must be made: which, and the instant from which its limit runs.
type Owed struct {
	Kind Kind
	From time.Time
}

// Owes tells which report the bureau owes now; false when it owes none. The first report's limit runs from the moment
// of knowing, the strictest reading of Art 3 ("在发现或者得知…后"), whatever level is decided later. When the level changes
// after a report was made, a report at the new level is owed (Art 3), and its limit runs from the change.
func (i *Incident) Owes() (Owed, bool) {
	switch n := len(i.Reports); {
	case !i.Stands():
		return Owed{}, false
	case n == 0:
		return Owed{First, i.Known}, true
	case len(i.Graded) > 0 && i.Level().Changes(i.Reports[n-1].Level):
		return Owed{Further, i.changed(i.Reports[n-1])}, true
	default:
		return Owed{}, false
	}
}

// changed is the earliest decision since the report by which its level changed to one with the present limit.
func (i *Incident) changed(last Report) time.Time {
	at := i.Graded[len(i.Graded)-1].At
	for k := len(i.Graded) - 1; k >= 0 && i.Graded[k].Changes(last.Level); k-- {
		if i.Graded[k].Grave() == i.Level().Grave() {
			at = i.Graded[k].At
		}
	}
	return at
}

// Recipient is a body that is told of incidents, from the district's data.
type Recipient struct {
	Code  string
	Names map[string]string // by language tag
	Plain bool              // is told of levels IV and III
	Grave bool              // is told of levels II and I
	Phone string            // of the body's duty desk, where known
}

// Recipients lists who is told at the incident's level: those of the level, and whoever was told before, for who heard
// of a graver level must hear that it fell.
func (i *Incident) Recipients(all []Recipient) []Recipient {
	grave := i.Level().Grave()
	return slices.DeleteFunc(slices.Clone(all), func(r Recipient) bool {
		if grave && r.Grave || !grave && r.Plain {
			return false
		}
		return !slices.ContainsFunc(i.Reports, func(p Report) bool { return slices.Contains(p.To, r.Code) })
	})
}
