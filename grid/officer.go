package grid

import (
	"slices"
	"strings"
	"time"
)

// PersonID is the pseudonym of somebody on Telegram: a keyed hash of their number there. It tells nothing by itself;
// who it is lies sealed in the store.
type PersonID string

// gone begins the names that stand in the place of people who were forgotten. No pseudonym has a dash.
const gone = "gone-"

// Gone is what stands in the place of somebody who was forgotten; random must be fresh each time, so that nothing links
// two of them.
func Gone(random string) PersonID { return PersonID(gone + random) }

// IsGone tells whether nobody can be found by that name any more.
func (p PersonID) IsGone() bool { return strings.HasPrefix(string(p), gone) }

// OfficerID names an entry of the roster. It is not secret and says nothing about the person's account.
type OfficerID string

// Department is the short name of a bureau as the plan writes it: 区水务局.
type Department string

// Role is what an officer may do in a cell.
type Role string

// The roles (责任人). A role held in a cell holds in every cell below it.
const (
	Chief      Role = "chief"      // 网格长: first responsible for the cell
	Inspector  Role = "inspector"  // 网格员: finds, stops, reports; has no power to punish
	Desk       Role = "desk"       // 受理员: decides what is accepted
	Clerk      Role = "clerk"      // 部门经办: works for a department
	Supervisor Role = "supervisor" // 监督员: sees, presses, closes
	Publisher  Role = "publisher"  // 公开员: publishes what the public may see
	Admin      Role = "admin"      // keeps the roster and the machine
)

// Roles lists every role in the order in which people are shown them.
func Roles() []Role { return []Role{Chief, Inspector, Desk, Clerk, Supervisor, Publisher, Admin} }

// ParseRole reads a role as seeds and invitations write it. Invalid for anything else.
func ParseRole(s string) (Role, error) {
	if r := Role(s); slices.Contains(Roles(), r) {
		return r, nil
	}
	return "", Fail(Invalid, "error.role", "role", s)
}

// Appointment is one role of one officer in one cell (and, for clerks, one department), for a time: who was responsible
// on a given day must be answerable later.
type Appointment struct {
	Role       Role       `json:"role"`
	Cell       CellCode   `json:"cell"`
	Department Department `json:"dept,omitempty"`
	From       time.Time  `json:"from"`
	Until      time.Time  `json:"until,omitzero"` // exclusive; zero while it lasts
}

// Active tells whether the appointment holds at that moment.
func (a Appointment) Active(at time.Time) bool {
	return !at.Before(a.From) && (a.Until.IsZero() || at.Before(a.Until))
}

// Officer is a named responsible person (责任人).
type Officer struct {
	ID           OfficerID     `json:"id"`
	Name         string        `json:"name"`
	Title        string        `json:"title,omitempty"`
	Sample       bool          `json:"sample,omitempty"` // invented, from a sample roster
	Person       PersonID      `json:"person,omitempty"` // set once an invitation was taken up
	Deputy       OfficerID     `json:"deputy,omitempty"` // the standing one: is told when this officer cannot be reached
	Blocked      bool          `json:"blocked,omitempty"`
	Certificate  string        `json:"cert,omitempty"` // number of the certificate of enforcement (执法证); a grid worker has none
	Appointments []Appointment `json:"appointments"`
	Absences     []Absence     `json:"absences,omitempty"` // in the order in which they were entered
}

// Holds tells whether the officer has the role in that very cell at that moment.
func (o Officer) Holds(role Role, cell CellCode, at time.Time) bool {
	for _, a := range o.Appointments {
		if a.Role == role && a.Cell == cell && a.Active(at) {
			return true
		}
	}
	return false
}

// Reachable tells whether a message can reach the officer: an invitation was taken up and the bot is not blocked.
func (o Officer) Reachable() bool { return o.Person != "" && !o.Blocked }
