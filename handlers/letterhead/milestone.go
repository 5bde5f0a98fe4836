package letterhead

import (
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Milestones words the order (催办通知书) or the pressing (督办单) of whoever leads these milestones of the plan: one document for
// all of them. Its basis is the plan itself.
func (h Head) Milestones(unit string, rung casework.Rung, late []plan.Line, to, copied []grid.Officer, marker string, now time.Time) casework.Letter {
	lines := make([]string, 1, len(late)+3)
	lines[0] = h.say("paper.milestones", texts.Args{"n": len(late)})
	for i, l := range late {
		lines = append(lines, h.say("paper.milestones.line", texts.Args{
			"n": i + 1, "item": l.Measure.Item, "title": l.Measure.Title, "words": strings.TrimRight(l.Milestone.Words, ".\u3002") + h.period(l),
			"day": l.Last.String(), "today": h.day(now), "days": -l.Days, "percent": l.Percent,
		}))
	}
	by := h.Work.Calendar.Deadline(now, h.Answer)
	basis := h.say("paper.milestones.basis", texts.Args{"title": h.Plan.Title, "number": h.Plan.Number})
	lines = append(lines, h.say("paper.milestones.do."+string(rung), texts.Args{"by": by.Date().String()}), h.say("paper.basis", texts.Args{"basis": basis}))
	out := casework.Letter{
		Series: rung.Letter(), No: marker, At: now, Text: strings.Join(lines, "\n"),
		To: h.say("paper.to", texts.Args{"unit": unit, "names": names(to)}),
	}
	if len(copied) > 0 {
		out.Copy = h.say("paper.copy", texts.Args{"names": names(copied)})
	}
	return out
}

// period names the period of a duty that comes back.
func (h Head) period(l plan.Line) string {
	if l.Period == "" {
		return ""
	}
	return h.say("paper.milestones.period", texts.Args{"period": texts.Period(l.Period)})
}
