package casework

import (
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// Extension is more time that was asked for.
type Extension struct {
	By     grid.OfficerID `json:"b"`
	Days   int            `json:"n"` // calendar days
	Reason string         `json:"r"`
	At     time.Time      `json:"a"`
}

// Extendable is how many days may still be granted: the regulation caps their sum and not their number (环保部令15号;
// 信访条例 2005 Art 33).
func (w *Work) Extendable(c Case) int {
	k, _ := c.Clock(FinishClock)
	return max(0, w.Rules.Extension.N-k.Extended)
}

// MayExtend tells why no more time can be asked for now: Expired when the limit is over, Conflict when all that may be
// granted was.
func (w *Work) MayExtend(c Case, now time.Time) error { return w.extendable(&c, 1, now) }

// askExtension asks for more time: before the limit, with a reason, within what may be granted at all.
func (w *Work) askExtension(c *Case, act Act, now time.Time) error {
	if err := w.extendable(c, act.Days, now); err != nil {
		return err
	}
	if act.Reason == "" {
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	c.Extension = &Extension{By: act.Officer, Days: act.Days, Reason: act.Reason, At: now}
	return nil
}

func (w *Work) extendable(c *Case, days int, now time.Time) error {
	k, ok := c.Clock(FinishClock)
	left := w.Extendable(*c)
	switch {
	case !ok || !k.Running() || k.Late(now):
		return grid.Fail(grid.Expired, "error.case.extension_late")
	case left == 0:
		return grid.Fail(grid.Conflict, "error.case.extension_used", "max", strconv.Itoa(w.Rules.Extension.N))
	case days < 1 || days > left:
		return grid.Fail(grid.Invalid, "error.case.extension_days", "left", strconv.Itoa(left))
	}
	return nil
}

// extend grants it: the clock that ran is replaced by one with the later limit, whose ladder begins anew. Whoever asked
// does not grant.
func (w *Work) extend(c *Case, act Act, now time.Time) error {
	asked := c.Extension
	if asked == nil {
		return grid.Fail(grid.Conflict, "error.case.no_extension")
	}
	if asked.By == act.Officer {
		return grid.Fail(grid.Forbidden, "error.case.own")
	}
	days := asked.Days
	if act.Days > 0 {
		days = min(act.Days, asked.Days)
	}
	if err := w.extendable(c, days, now); err != nil {
		return err
	}
	for i := range c.Clocks {
		k := &c.Clocks[i]
		if k.Name != FinishClock || !k.Running() {
			continue
		}
		k.Stopped, k.Replaced = now, true
		next := Clock{Name: FinishClock, Limit: k.Limit, Started: k.Started, Extended: k.Extended + days}
		due := w.deadline(next)
		next.Due, next.Provisional = due.At, due.Provisional
		c.Clocks = append(c.Clocks, next)
		break
	}
	c.Extension = nil
	return nil
}

// denyExtension turns it down, with a reason.
func denyExtension(c *Case, act Act) error {
	switch {
	case c.Extension == nil:
		return grid.Fail(grid.Conflict, "error.case.no_extension")
	case act.Reason == "":
		return grid.Fail(grid.Invalid, "error.case.no_reason")
	}
	c.Extension = nil
	return nil
}

// deadline is when the clock's limit ends, with all that was granted beyond it.
func (w *Work) deadline(k Clock) calendar.Deadline {
	due := w.Calendar.Deadline(k.Started, k.Limit)
	if k.Extended == 0 {
		return due
	}
	longer := w.Calendar.Extend(due.At, calendar.Limit{N: k.Extended, Unit: calendar.Day})
	longer.Provisional = longer.Provisional || due.Provisional
	return longer
}
