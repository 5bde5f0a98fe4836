package grid

import (
	"slices"
	"time"
)

// StandIn is who sees to an officer's duties at that moment: the officer when available; else the deputy, of the absence
// while there is one and else the standing one, and that one's deputy in turn. False when this ends with nobody, with
// somebody who left, or in a circle.
func (r *Roster) StandIn(o Officer, at time.Time) (Officer, bool) {
	var seen []OfficerID
	for o.InService(at) && !slices.Contains(seen, o.ID) {
		absence, away := o.Away(at)
		if !away && o.Reachable() {
			return o, true
		}
		seen = append(seen, o.ID)
		next := o.Deputy
		if away {
			next = absence.Deputy
		}
		var ok bool
		if o, ok = r.Officer(next); !ok {
			break
		}
	}
	return Officer{}, false
}

// Deputised is who was to see to an officer's duties at that moment as far as dates tell: the officer, or while away the
// deputy, and that one's deputy in turn. It is the answer for days that are past, for who could be reached then is not
// recorded. False when this ends with nobody, with somebody who left, or in a circle.
func (r *Roster) Deputised(o Officer, at time.Time) (Officer, bool) {
	var seen []OfficerID
	for o.InService(at) && !slices.Contains(seen, o.ID) {
		absence, away := o.Away(at)
		if !away {
			return o, true
		}
		seen = append(seen, o.ID)
		var ok bool
		if o, ok = r.Officer(absence.Deputy); !ok {
			break
		}
	}
	return Officer{}, false
}

// Principals lists the absent officers for whom this one stands in at that moment, by ID. That somebody cannot be reached
// does not make a principal of them: authority goes with an absence, which has dates, and ends with it.
func (r *Roster) Principals(id OfficerID, at time.Time) []Officer {
	var out []Officer
	for _, i := range r.leavers {
		o := r.officers[i]
		if _, away := o.Away(at); !away || o.ID == id {
			continue
		}
		if who, ok := r.StandIn(o, at); ok && who.ID == id {
			out = append(out, o)
		}
	}
	return out
}

// As tells as which officer the person may act with one of the roles in the cell at that moment: as themselves when they
// have it there or above, else as an absent officer who has and for whom they stand in. False when they may not.
func (r *Roster) As(t *Tree, p PersonID, cell CellCode, at time.Time, roles ...Role) (Officer, bool) {
	me, ok := r.ByPerson(p)
	if !ok {
		return Officer{}, false
	}
	if me.May(t, cell, at, roles...) {
		return me, true
	}
	for _, o := range r.Principals(me.ID, at) {
		if o.May(t, cell, at, roles...) {
			return o, true
		}
	}
	return Officer{}, false
}

// May tells whether the officer has one of the roles in the cell or above it at that moment.
func (o Officer) May(t *Tree, cell CellCode, at time.Time, roles ...Role) bool {
	for _, a := range o.Appointments {
		if a.Active(at) && slices.Contains(roles, a.Role) && t.Within(cell, a.Cell) {
			return true
		}
	}
	return false
}

// Areas lists the cells in which the officer may act with one of the roles at that moment, the own ones first, then those
// of the absent for whom they stand in; each once.
func (r *Roster) Areas(id OfficerID, at time.Time, roles ...Role) []CellCode {
	o, ok := r.Officer(id)
	if !ok {
		return nil
	}
	out := o.Areas(at, roles...)
	for _, p := range r.Principals(id, at) {
		for _, c := range p.Areas(at, roles...) {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// AtWork is who goes on with what the officer has begun: the officer, or who stands in while they are away. serves tells
// whose duty it is. False when the officer cannot be reached, or it is no duty of theirs any more, nor of anybody for whom
// they stand in: they have left the post, or whom they stood in for is back.
func (r *Roster) AtWork(id OfficerID, at time.Time, serves func(Officer) bool) (Officer, bool) {
	o, ok := r.Officer(id)
	if _, away := o.Away(at); !ok || !away && !o.Reachable() {
		return Officer{}, false
	}
	if !serves(o) && !slices.ContainsFunc(r.Principals(id, at), serves) {
		return Officer{}, false
	}
	return r.StandIn(o, at)
}
