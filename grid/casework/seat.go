package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Exclusion keeps somebody from a case that names them, their unit or their kin (回避: 信访工作条例 Art 28).
type Exclusion struct {
	Officer grid.OfficerID `json:"o,omitzero"`
	Unit    grid.CellCode  `json:"u,omitzero"` // everybody appointed in it or below
	Reason  string         `json:"r,omitzero"` // a code: named, unit, kin, self
}

// Seat is the cell whose people act on the case: its own, or one above it when it was raised.
func (c *Case) Seat() grid.CellCode {
	if c.Raised != "" {
		return c.Raised
	}
	return c.Cell
}

// raise moves the seat one level up; above the district there is nobody.
func (w *Work) raise(c *Case) {
	if cell, ok := w.Tree.Cell(c.Seat()); ok && cell.Parent != "" {
		c.Raised, c.Came = cell.Parent, time.Time{}
	}
}

// Excluded tells whether the officer is kept from the case at that moment.
func (w *Work) Excluded(c Case, o grid.Officer, at time.Time) bool {
	return slices.ContainsFunc(c.Barred, func(x Exclusion) bool {
		if x.Unit == "" {
			return x.Officer == o.ID
		}
		return slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
			return a.Active(at) && w.Tree.Within(a.Cell, x.Unit)
		})
	})
}

// Responsible lists who has any of the roles for the case and can be reached, as Roster.Responsible does from its seat up,
// without those who are kept from it.
func (w *Work) Responsible(c Case, roster *grid.Roster, at time.Time, roles ...grid.Role) ([]grid.Officer, grid.CellCode) {
	seat := c.Seat()
	for {
		found, cell := roster.Responsible(w.Tree, seat, at, roles...)
		found = slices.DeleteFunc(found, func(o grid.Officer) bool { return w.Excluded(c, o, at) })
		above, _ := w.Tree.Cell(cell)
		if len(found) > 0 || above.Parent == "" {
			return found, cell
		}
		seat = above.Parent
	}
}

// Sees tells whether the person may know of the case as an officer: by a role in its cell or above it, or as a clerk of a
// department that has to do with it, their own or that of an absent one for whom they stand in; unless they, or that one,
// are kept from it.
func (w *Work) Sees(c Case, person grid.PersonID, roster *grid.Roster, at time.Time) bool {
	o, ok := roster.ByPerson(person)
	if !ok || w.Excluded(c, o, at) {
		return false
	}
	local := slices.DeleteFunc(grid.Roles(), func(r grid.Role) bool { return r == grid.Clerk }) // a clerk's cell says nothing
	concerns := func(a grid.Appointment) bool {
		return a.Role == grid.Clerk && a.Active(at) && a.Department != "" && (a.Department == c.Lead || a.Department == c.movedTo() || c.task(a.Department) >= 0)
	}
	return slices.ContainsFunc(append([]grid.Officer{o}, roster.Principals(o.ID, at)...), func(o grid.Officer) bool {
		return !w.Excluded(c, o, at) && (o.May(w.Tree, c.Cell, at, local...) || slices.ContainsFunc(o.Appointments, concerns))
	})
}

// clerkOf tells whether the officer works for the department at that moment.
func clerkOf(o grid.Officer, d grid.Department, at time.Time) bool {
	return d != "" && slices.ContainsFunc(o.Appointments, func(a grid.Appointment) bool {
		return a.Role == grid.Clerk && a.Department == d && a.Active(at)
	})
}

// bar keeps somebody from the case and gives it to the level above.
func (w *Work) bar(c *Case, act Act) error {
	if len(act.Barred) == 0 {
		return grid.Fail(grid.Invalid, "error.case.nobody_barred")
	}
	for _, x := range act.Barred {
		if x.Unit != "" && (!w.known(x.Unit) || x.Unit == w.Tree.Root().Code) { // the whole district: it would be nobody's
			return grid.Fail(grid.Invalid, "error.case.target", "cell", string(x.Unit))
		}
		if !slices.Contains(c.Barred, x) {
			c.Barred = append(c.Barred, x)
		}
	}
	w.raise(c)
	for w.seatedIn(c) {
		w.raise(c)
	}
	c.Handler, c.Dispute = "", nil
	return nil
}

// seatedIn tells whether the case still sits in a unit that is kept from it, below the district.
func (w *Work) seatedIn(c *Case) bool {
	return c.Seat() != w.Tree.Root().Code && slices.ContainsFunc(c.Barred, func(x Exclusion) bool {
		return x.Unit != "" && w.Tree.Within(c.Seat(), x.Unit)
	})
}
