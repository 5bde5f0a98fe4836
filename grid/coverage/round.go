package coverage

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Dossier is the kind under which the store keeps rounds; the ID is that of the object. Missed is the shelf of those that were
// missed, by the end of the last period missed (Unix seconds).
const (
	Dossier ledger.DossierKind = "round"
	Missed  ledger.Shelf       = "missed"
)

// Visit is that somebody was there.
type Visit struct {
	At      time.Time      `json:"t"`           // of the act
	Arrived time.Time      `json:"r,omitzero"`  // when we heard of it, where that was later
	By      grid.OfficerID `json:"o"`           // who came
	Patrol  string         `json:"p,omitempty"` // on which patrol
}

// Miss is a period in which nobody came.
type Miss struct {
	From  time.Time        `json:"f"`
	Until time.Time        `json:"u"`           // exclusive: the end of its last day
	Who   []grid.OfficerID `json:"w,omitempty"` // who would have had to, on its last day
	Late  *Visit           `json:"l,omitempty"` // a visit in it that was told of only when it was over: it stays missed
}

// Round is what is known of the visits to one object.
type Round struct {
	Object string    `json:"id"`
	Began  time.Time `json:"b,omitzero"` // of the period that runs: the last visit, or the end of the last period missed
	Visits []Visit   `json:"v,omitempty"`
	Missed []Miss    `json:"m,omitempty"`
	Misses int       `json:"n,omitempty"` // in all, those that are not kept any more included
}

// How many of the newest a round keeps; older ones stay in its history.
const (
	visitsKept = 60
	missesKept = 60
)

// Visit notes a visit, by the time of the act. One within a period that is over and was missed does not heal it. It is false when
// the visit is known already: one of the same officer on the same patrol counts once.
func (r *Round) Visit(v Visit) bool {
	for _, x := range r.Visits {
		if x.At.Equal(v.At) && x.By == v.By || v.Patrol != "" && x.Patrol == v.Patrol {
			return false
		}
	}
	i, _ := slices.BinarySearchFunc(r.Visits, v.At, func(x Visit, at time.Time) int { return x.At.Compare(at) })
	r.Visits = slices.Insert(slices.Clone(r.Visits), i, v)
	if n := len(r.Visits) - visitsKept; n > 0 {
		r.Visits = r.Visits[n:]
	}
	for i, m := range r.Missed {
		if m.Late == nil && !v.At.Before(m.From) && v.At.Before(m.Until) {
			r.Missed = slices.Clone(r.Missed)
			r.Missed[i].Late = &v
			return true
		}
	}
	if v.At.After(r.Began) {
		r.Began = v.At
	}
	return true
}

// Last is the latest visit by the time of the act; false when nobody ever came.
func (r Round) Last() (Visit, bool) {
	if len(r.Visits) == 0 {
		return Visit{}, false
	}
	return r.Visits[len(r.Visits)-1], true
}

// Close writes down the periods of the duty that ended up to now without a visit, and returns them. who names whoever is in charge
// at a moment. A round that was not followed before begins now.
func (r *Round) Close(d Duty, now time.Time, who func(at time.Time) []grid.OfficerID) []Miss {
	if r.Began.IsZero() {
		r.Began = now
	}
	if d.Seen.After(r.Began) {
		r.Began = d.Seen
	}
	var out []Miss
	for {
		due := d.Due(r.Began)
		if due.IsZero() || due.After(now) || !due.After(r.Began) {
			break
		}
		m := Miss{From: r.Began, Until: due, Who: who(due.Add(-time.Second))}
		out = append(out, m)
		r.Began = due
	}
	r.Misses += len(out)
	r.Missed = append(slices.Clone(r.Missed), out...)
	if n := len(r.Missed) - missesKept; n > 0 {
		r.Missed = r.Missed[n:]
	}
	return out
}

// Covered tells on how many days of a stretch the object was not in a period that was missed, of how many days that anything is
// known of. Nothing is known before the round began, nor before the oldest of the missed periods that it still keeps.
func (r Round) Covered(from, to time.Time) (days, of int) {
	known := r.Began
	if len(r.Visits) > 0 && r.Visits[0].At.Before(known) {
		known = r.Visits[0].At
	}
	if len(r.Missed) > 0 && (r.Misses > len(r.Missed) || r.Missed[0].From.Before(known)) {
		known = r.Missed[0].From
	}
	if known.IsZero() || !later(from, known).Before(to) {
		return 0, 0
	}
	from = later(from, known)
	all := to.Sub(from)
	left := all
	for _, m := range r.Missed {
		if lost := earlier(m.Until, to).Sub(later(m.From, from)); lost > 0 {
			left -= lost
		}
	}
	const day = 24 * time.Hour
	return int(left.Round(day) / day), int(all.Round(day) / day)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Event is a line of a round's history.
type Event struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by,omitempty"`
	Via   string         `json:"via,omitempty"`
	Did   string         `json:"did"` // visited, missed
	Visit *Visit         `json:"visit,omitempty"`
	Miss  *Miss          `json:"miss,omitempty"`
}
