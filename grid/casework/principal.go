package casework

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// as tells as which officer the person may act: as themselves, else as an absent one for whom they stand in. Whoever is
// kept from the case neither acts nor lends authority for it.
func (w *Work) as(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) (grid.OfficerID, bool) {
	me, ok := roster.ByPerson(act.Person)
	if !ok || w.Excluded(c, me, now) {
		return "", false
	}
	if w.mayServe(c, act, rule, roster, me, now) {
		return me.ID, true
	}
	for _, p := range roster.Principals(me.ID, now) {
		if !w.Excluded(c, p, now) && w.mayServe(c, act, rule, roster, p, now) {
			return p.ID, true
		}
	}
	return "", false
}

// principal is the absent officer with whose authority somebody acts, for the history says who acted for whom; empty for
// whoever acts with their own.
func (w *Work) principal(c Case, act Act, rule Rule, roster *grid.Roster, now time.Time) grid.OfficerID {
	id, ok := w.as(c, act, rule, roster, now)
	if me, _ := roster.ByPerson(act.Person); !ok || id == me.ID {
		return ""
	}
	return id
}
