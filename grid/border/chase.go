package border

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// missing is until when what is missing now was expected.
func (h Handover) missing() time.Time {
	if h.State() == Sent {
		return h.Until.Receipt
	}
	return h.Until.Answer
}

// Late tells whether what is missing now should be here.
func (h Handover) Late(now time.Time) bool { return h.Open() && !now.Before(h.missing()) }

// Next is when the office is reminded to ask the neighbour; false when it is not any more. A receipt that never came is not asked for
// beyond the day of the answer: then the answer is.
func (h Handover) Next(r Rules) (time.Time, bool) {
	if !h.Open() || h.Chased >= r.Times {
		return time.Time{}, false
	}
	return h.missing().Add(time.Duration(h.Chased) * r.Again), true
}

// Chase makes the reminder that is due at now; false when none is. Reminders that a pause skipped are not made up for.
func (h Handover) Chase(r Rules, now time.Time) (Handover, Event, bool) {
	due, ok := h.Next(r)
	if !ok || now.Before(due) {
		return h, Event{}, false
	}
	h.Chased++
	if r.Again > 0 {
		h.Chased = min(max(h.Chased, int(now.Sub(h.missing())/r.Again)+1), r.Times)
	}
	return h, Event{At: now, Did: DidChase, Who: h.To}, true
}

// Write makes the write of a handover, with its events and its places.
func Write(read ledger.Dossier, h Handover, r Rules, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, h, events...)
	sent := float64(h.Letter.At.UnixMilli())
	w.Stand(true, All, sent)
	w.Stand(true, About(h.Subject), sent)
	w.Stand(h.Open(), Open, sent)
	due, ok := h.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	return w, err
}

// Year counts what was handed over in a year.
type Year struct {
	Sent, Received, Answered int
	Late                     int // answered after the day, or not answered though it is over
	Cases, Sections          int
}

// Count counts handovers as they stand at now.
func Count(all []Handover, now time.Time) Year {
	var y Year
	for _, h := range all {
		y.Sent++
		if h.State() != Sent {
			y.Received++
		}
		if h.Answer != nil {
			y.Answered++
		}
		if answered := h.Answer; answered != nil && !answered.At.Before(h.Until.Answer) || answered == nil && !now.Before(h.Until.Answer) {
			y.Late++
		}
		if h.Subject.Kind == Section {
			y.Sections++
		} else {
			y.Cases++
		}
	}
	return y
}
