package grid

import (
	"cmp"
	"slices"
	"time"
)

// Roster is one state of all officers: a value to ask, never changed in place.
type Roster struct {
	Version  int64
	officers []Officer
	byID     map[OfficerID]int
	byPerson map[PersonID]int
	leavers  []int // those who have ever been absent
}

// NewRoster builds a roster. The version grows with every change in the store.
func NewRoster(version int64, officers []Officer) *Roster {
	r := &Roster{
		Version:  version,
		officers: slices.Clone(officers),
		byID:     make(map[OfficerID]int, len(officers)),
		byPerson: make(map[PersonID]int, len(officers)),
	}
	slices.SortFunc(r.officers, func(a, b Officer) int { return cmp.Compare(a.ID, b.ID) })
	for i, o := range r.officers {
		r.byID[o.ID] = i
		if o.Person != "" {
			r.byPerson[o.Person] = i
		}
		if len(o.Absences) > 0 {
			r.leavers = append(r.leavers, i)
		}
	}
	return r
}

// Officers lists everybody by ID. The slice is shared: do not write to it.
func (r *Roster) Officers() []Officer { return r.officers }

// Officer returns the entry of that ID.
func (r *Roster) Officer(id OfficerID) (Officer, bool) {
	if i, ok := r.byID[id]; ok {
		return r.officers[i], true
	}
	return Officer{}, false
}

// ByPerson returns the officer that this person is; false for a citizen.
func (r *Roster) ByPerson(p PersonID) (Officer, bool) {
	if i, ok := r.byPerson[p]; ok {
		return r.officers[i], true
	}
	return Officer{}, false
}

// Holders lists who has the role in that very cell at that moment, by ID.
func (r *Roster) Holders(role Role, cell CellCode, at time.Time) []Officer {
	var out []Officer
	for _, o := range r.officers {
		if o.Holds(role, cell, at) {
			out = append(out, o)
		}
	}
	return out
}

// Held tells whether anybody with an account has the role in that very cell at that moment, reachable or not.
func (r *Roster) Held(role Role, cell CellCode, at time.Time) bool {
	return slices.ContainsFunc(r.Holders(role, cell, at), func(o Officer) bool { return o.Person != "" })
}

// Responsible lists who sees to the duties of those with any of the roles in the cell, or, when nobody there is left who
// can, in the nearest cell above it; and says which cell that was. For somebody who is away or out of reach whoever
// stands in is named. Nobody at all gives an empty list and the root; only when nobody is there for the whole district
// either are those named who are away but can be reached.
func (r *Roster) Responsible(t *Tree, cell CellCode, at time.Time, roles ...Role) ([]Officer, CellCode) {
	path := t.Path(cell)
	found, where := r.nearest(path, at, roles, func(o Officer) (Officer, bool) { return r.StandIn(o, at) })
	if len(found) == 0 && !r.manned(t.Root().Code, at) {
		found, where = r.nearest(path, at, roles, func(o Officer) (Officer, bool) { return o, o.Reachable() })
	}
	if len(found) == 0 {
		return nil, t.Root().Code
	}
	return found, where
}

// nearest lists who stands for the holders of the roles in the lowest cell of the path in which anybody does.
func (r *Roster) nearest(
	path []Cell, at time.Time, roles []Role, reach func(Officer) (Officer, bool),
) (found []Officer, where CellCode) {
	for i := len(path) - 1; i >= 0 && len(found) == 0; i-- {
		where = path[i].Code
		for _, o := range r.officers {
			if !slices.ContainsFunc(roles, func(role Role) bool { return o.Holds(role, where, at) }) {
				continue
			}
			if who, ok := reach(o); ok && !slices.ContainsFunc(found, func(x Officer) bool { return x.ID == who.ID }) {
				found = append(found, who)
			}
		}
	}
	return found, where
}

// manned tells whether anybody is there for the district as a whole.
func (r *Roster) manned(root CellCode, at time.Time) bool {
	return slices.ContainsFunc(r.officers, func(o Officer) bool {
		if !slices.Contains(o.Areas(at, Desk, Supervisor, Admin), root) {
			return false
		}
		_, ok := r.StandIn(o, at)
		return ok
	})
}

// Can tells whether the person has one of the roles in the cell or above it at that moment, or stands in for somebody
// absent who has. Every action asks this when it is done: a button, however old or forged, proves nothing.
func (r *Roster) Can(t *Tree, p PersonID, cell CellCode, at time.Time, roles ...Role) bool {
	_, ok := r.As(t, p, cell, at, roles...)
	return ok
}

// Areas lists the cells in which the officer has one of the roles at that moment, each once.
func (o Officer) Areas(at time.Time, roles ...Role) []CellCode {
	var out []CellCode
	for _, a := range o.Appointments {
		if a.Active(at) && slices.Contains(roles, a.Role) && !slices.Contains(out, a.Cell) {
			out = append(out, a.Cell)
		}
	}
	return out
}

// BlindSpots lists the cells (盲区) in which nobody is chief or inspector at that moment, or all who are, are away and
// nobody stands in: plan item 41 wants none. It goes by dates alone, so that it can be asked for any day.
func (r *Roster) BlindSpots(t *Tree, at time.Time) []Cell {
	watched := make(map[CellCode]bool)
	for _, o := range r.officers {
		if _, ok := r.Deputised(o, at); !ok {
			continue
		}
		for _, c := range o.Areas(at, Chief, Inspector) {
			watched[c] = true
		}
	}
	var out []Cell
	for _, c := range t.Cells() {
		if !watched[c.Code] && c.Kind != UnassignedKind {
			out = append(out, c)
		}
	}
	return out
}
