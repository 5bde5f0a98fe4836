package letterhead

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Progress words the bulletin on the plan after a quarter (通报): for each department what of its milestones was done, is late, is
// contested, and comes in the next quarter.
func (h Head) Progress(parts []plan.QuarterPart, q plan.Quarter, marker string) casework.Letter {
	done, late, contested := 0, 0, 0
	lines := make([]string, 1, len(parts)+2)
	for i, p := range parts {
		done, late, contested = done+len(p.Done), late+len(p.Late), contested+len(p.Contested)
		lines = append(lines, h.say("paper.progress.part", texts.Args{
			"n": i + 1, "department": string(p.Department), "parts": h.milestones(p),
		}))
	}
	lines[0] = h.say("paper.progress", texts.Args{"quarter": texts.Period(q.Name), "from": q.First.String(), "until": q.Last.String(), "done": done, "late": late, "contested": contested})
	lines = append(lines, h.say("paper.progress.demand", nil))
	return casework.Letter{Series: plan.ProgressSeries, No: marker, To: h.say("paper.progress.to", nil), Text: strings.Join(lines, "\n")}
}

// milestonesNamed is how many milestones a bulletin names of each department and kind.
const milestonesNamed = 8

// milestones says how many of each kind a department has, and names the first of them.
func (h Head) milestones(p plan.QuarterPart) texts.List {
	var out texts.List
	for _, x := range []struct {
		key   string
		lines []plan.Line
	}{
		{"paper.progress.done", p.Done}, {"paper.progress.late", p.Late}, {"paper.progress.contested", p.Contested}, {"paper.progress.coming", p.Coming},
	} {
		if len(x.lines) == 0 {
			continue
		}
		ids := make(texts.List, 0, milestonesNamed+1)
		for _, l := range x.lines[:min(len(x.lines), milestonesNamed)] {
			ids = append(ids, l.ID())
		}
		if len(x.lines) > milestonesNamed {
			ids = append(ids, "\u2026")
		}
		out = append(out, texts.Text{Key: x.key, Args: texts.Args{"n": len(x.lines), "ids": ids}})
	}
	return out
}
