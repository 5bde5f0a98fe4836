package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Series is a kind of letter: each has its own numbers, which begin anew every year.
type Series string

// MoveSeries are letters that give a matter to whoever is in charge of it (移送函).
const MoveSeries Series = "move"

// IncidentSeries are the reports of incidents (突发环境事件信息报告), NeighbourSeries the letters to areas that one may reach.
const (
	IncidentSeries  Series = "incident"
	NeighbourSeries Series = "neighbour"
)

// Letter is a numbered document (文书) that left the office about a case. The store gives its number when it commits, in
// place of a marker; so the history covers everything of a letter but its number (see Matter).
type Letter struct {
	Series     Series         `json:"s"`
	No         string         `json:"n"`
	To         string         `json:"t"`          // the department or authority, by name
	Text       string         `json:"x"`          // without the number; never who reported
	Copy       string         `json:"c,omitzero"` // who else got it (抄送), by name
	At         time.Time      `json:"a"`
	By         grid.OfficerID `json:"b,omitzero"`
	Received   time.Time      `json:"r,omitzero"`
	ReceivedBy grid.OfficerID `json:"rb,omitzero"` // their clerk, or the desk that was told
}

// LetterOf is the last letter of that series; false when the case has none.
func (c *Case) LetterOf(s Series) (Letter, bool) {
	for _, l := range slices.Backward(c.Letters) {
		if l.Series == s {
			return l, true
		}
	}
	return Letter{}, false
}

// unnumbered are the letters without what the store gives.
func unnumbered(letters []Letter) []Letter {
	out := slices.Clone(letters)
	for i := range out {
		out[i].No = ""
	}
	return out
}

// AcrossSeries are the letters that hand a matter at the district's edge to the neighbour, who has a part in it.
const AcrossSeries Series = "across"

// HandAcross gives a neighbour a letter about a case at the district's edge. The case goes on here.
const HandAcross Action = "hand_across"

// The actions by which a matter that is not ours reaches whoever is in charge.
const (
	MoveOut Action = "move_out" // it is given to another authority (移送), which is told by letter
	Receipt Action = "receipt"  // and that it arrived
)

// TheReceiver is a clerk of the department that a letter went to, or whoever has one of the rule's roles and was told.
const TheReceiver Who = "receiver"

// letterRows: what is not ours is moved and not only turned away (噪声污染防治法 Art 31: moved, and the reporter told).
func letterRows() []Rule {
	refused := []State{Refused}
	decided := []State{Accepted, Handling, HandedIn, Answered, SpotCheck, Reviewing, Closed}
	return []Rule{
		{Action: HandAcross, From: decided, Roles: desk},
		{Action: MoveOut, From: refused, Roles: desk},
		{Action: Receipt, From: refused, Roles: desk, Who: TheReceiver},
	}
}

// moveOut keeps the letter that goes to the other authority; one is enough.
func moveOut(c *Case, act Act, now time.Time) error {
	_, moved := c.LetterOf(MoveSeries)
	switch {
	case c.Disposition != NotEnvironment && c.Disposition != OtherArea:
		return grid.Fail(grid.Conflict, "error.case.ours")
	case moved:
		return grid.Fail(grid.Conflict, "error.case.moved")
	case act.Letter == nil || act.Letter.To == "" || act.Letter.Text == "":
		return grid.Fail(grid.Invalid, "error.case.no_letter")
	}
	l := *act.Letter
	l.Series, l.At, l.By = MoveSeries, now, act.Officer
	c.Letters = append(c.Letters, l)
	return nil
}

// receipt records that the letter arrived.
func receipt(c *Case, act Act, now time.Time) error {
	for i := range slices.Backward(c.Letters) {
		l := &c.Letters[i]
		if l.Series != MoveSeries {
			continue
		}
		if !l.Received.IsZero() {
			return grid.Fail(grid.Conflict, "error.case.received")
		}
		l.Received, l.ReceivedBy = now, act.Officer
		return nil
	}
	return grid.Fail(grid.Conflict, "error.case.no_letter")
}

// movedTo is the department that the case was moved to; none when it was not.
func (c *Case) movedTo() grid.Department {
	l, _ := c.LetterOf(MoveSeries)
	return grid.Department(l.To)
}
