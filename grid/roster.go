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

// Responsible lists who has any of the roles in the cell and can be reached, or, when nobody there can, the same in the
// nearest cell above it; and says which cell that was. For somebody who cannot be reached the deputy stands in. Nobody
// at all gives an empty list and the root.
func (r *Roster) Responsible(t *Tree, cell CellCode, at time.Time, roles ...Role) ([]Officer, CellCode) {
	path := t.Path(cell)
	for i := len(path) - 1; i >= 0; i-- {
		var found []Officer
		for _, o := range r.officers {
			if !slices.ContainsFunc(roles, func(role Role) bool { return o.Holds(role, path[i].Code, at) }) {
				continue
			}
			if who, ok := r.reach(o); ok && !slices.ContainsFunc(found, func(x Officer) bool { return x.ID == who.ID }) {
				found = append(found, who)
			}
		}
		if len(found) > 0 {
			return found, path[i].Code
		}
	}
	return nil, t.Root().Code
}

// reach returns the officer, or the deputy when the officer has no account with us or blocked the bot.
func (r *Roster) reach(o Officer) (Officer, bool) {
	if o.Reachable() {
		return o, true
	}
	deputy, ok := r.Officer(o.Deputy)
	return deputy, ok && deputy.Reachable()
}

// Can tells whether the person has one of the roles in the cell or above it at that moment. Every action asks this
// when it is done: a button, however old or forged, proves nothing.
func (r *Roster) Can(t *Tree, p PersonID, cell CellCode, at time.Time, roles ...Role) bool {
	o, ok := r.ByPerson(p)
	if !ok {
		return false
	}
	for _, a := range o.Appointments {
		if a.Active(at) && slices.Contains(roles, a.Role) && t.Within(cell, a.Cell) {
			return true
		}
	}
	return false
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

// BlindSpots lists the cells (盲区) in which nobody is chief or inspector at that moment: plan item 41 wants none.
func (r *Roster) BlindSpots(t *Tree, at time.Time) []Cell {
	watched := make(map[CellCode]bool)
	for _, o := range r.officers {
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
