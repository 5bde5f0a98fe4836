package referral

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Next is when somebody is reminded of the next step; false when nobody is any more. Of the end of the time to object it is reminded a
// day ahead: afterwards it would be no use.
func (x Referral) Next(r Rules) (time.Time, bool) {
	if !x.Running() || x.Due.IsZero() || x.Chased >= r.Times {
		return time.Time{}, false
	}
	at := x.Due.Add(time.Duration(x.Chased) * r.Again)
	if x.State == Declined {
		at = at.Add(-24 * time.Hour)
	}
	return at, true
}

// Late tells whether the next step should have been made.
func (x Referral) Late(now time.Time) bool {
	return x.Running() && !x.Due.IsZero() && !now.Before(x.Due)
}

// Chase makes the reminder that is due at now; false when none is. Reminders that a pause skipped are not made up for.
func (x Referral) Chase(r Rules, now time.Time) (Referral, Event, bool) {
	due, ok := x.Next(r)
	if !ok || now.Before(due) {
		return x, Event{}, false
	}
	x.Chased++
	if r.Again > 0 {
		x.Chased = min(x.Chased+int(now.Sub(due)/r.Again), r.Times)
	}
	return x, Event{At: now, Did: Chase}, true
}

// Write makes the write of a referral, with its events and its places.
func Write(read ledger.Dossier, x Referral, r Rules, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, x, events...)
	begun := float64(0)
	if len(x.Steps) > 0 {
		begun = float64(x.Steps[0].At.UnixMilli())
	}
	w.Stand(true, All, begun)
	w.Stand(true, Of(x.Case), begun)
	w.Stand(x.Running(), Open, begun)
	due, ok := x.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	return w, err
}

// Year counts the referrals of a year: what was handed over in it and what became of that. It is all that the public is told.
type Year struct {
	Handed, Received, Accepted, Declined, Filed, Ended int
}

// Count counts referrals by receiver for a year, by the day on which they were handed over.
func Count(all []Referral, year int) map[Receiver]Year {
	out := make(map[Receiver]Year)
	for _, x := range all {
		handed, ok := x.Of(HandOver)
		if !ok || handed.Day.Year != year {
			continue
		}
		y := out[x.Ground.To()]
		y.Handed++
		for _, c := range []struct {
			did Action
			n   *int
		}{{Receive, &y.Received}, {Accept, &y.Accepted}, {File, &y.Filed}, {Conclude, &y.Ended}} {
			if _, ok := x.Of(c.did); ok {
				*c.n++
			}
		}
		if _, declined := x.Of(Decline); declined && (x.State == Declined || x.State == Objected || x.State == Dropped) {
			y.Declined++
		}
		out[x.Ground.To()] = y
	}
	return out
}
