package publication

import (
	"regexp"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// IDForm is what a duty may be called: buttons carry it together with a period.
var IDForm = regexp.MustCompile(`^[a-z][a-z_]{1,19}$`)

// Drafters and Approvers are the roles that may do either.
var (
	Drafters  = []grid.Role{grid.Clerk, grid.Publisher, grid.Supervisor}
	Approvers = []grid.Role{grid.Supervisor, grid.Clerk}
)

// Faults tell what is wrong with a duty: the key of the file, and what is expected there.
func (d Duty) Faults() map[string]string {
	out := make(map[string]string)
	if !IDForm.MatchString(d.ID) {
		out["id"] = "2 to 20 small letters and _"
	}
	if !slices.Contains(Rhythms(), d.Every) {
		out["every"] = "month, quarter, half or year"
	}
	if d.Due.Unit != calendar.Day && d.Due.Unit != calendar.Workday {
		out["due"] = "days or working days, such as 15d or 10wd"
	}
	if !slices.Contains(Drafters, d.Drafts.Role) || (d.Drafts.Role == grid.Clerk) != (d.Drafts.Department != "") {
		out["drafts"] = "publisher, supervisor, or clerk with a department"
	}
	if !slices.Contains(Approvers, d.Approve.Role) || (d.Approve.Role == grid.Clerk) != (d.Approve.Department != "") {
		out["approves"] = "supervisor, or clerk with a department"
	}
	return out
}
