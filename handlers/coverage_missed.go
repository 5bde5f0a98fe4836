package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// coverageMissed lists the periods that were missed, the newest first, with who was in charge then. A later visit does not take
// one off the list; one that was told of only afterwards is marked as entered late.
func (s *scene) coverageMissed(all []coverage.Standing) {
	type lost struct {
		of coverage.Standing
		coverage.Miss
	}
	var list []lost
	total := 0
	for _, x := range all {
		total += x.Misses
		for _, m := range x.Missed {
			list = append(list, lost{x, m})
		}
	}
	slices.SortStableFunc(list, func(a, b lost) int { return b.Until.Compare(a.Until) })
	lines := make([]string, 0, coverageObjects)
	for _, m := range list[:min(coverageObjects, len(list))] {
		lines = append(lines, s.missedLine(m.of, m.Miss))
	}
	if len(lines) == 0 {
		lines = append(lines, s.Texts.T(s.lang, "coverage.never_missed", nil))
	}
	s.say(flow.Reply{
		Key: "coverage.missed", Args: texts.Args{"n": total, "lines": texts.Raw(strings.Join(lines, "\n"))},
		Rows: coverageButtons(), Edit: s.msg.Kind == Button && !s.msg.Picture,
	})
}

func (s *scene) missedLine(x coverage.Standing, m coverage.Miss) string {
	var who texts.List
	for _, id := range m.Who {
		who = append(who, s.officerName(id))
	}
	late := texts.Text{}
	if v := m.Late; v != nil {
		late = textOf("coverage.told_late", "at", s.moment(v.At), "arrived", s.moment(v.Arrived))
	}
	day := func(t time.Time) string { return t.In(s.Rules.Location).Format(time.DateOnly) }
	return s.Texts.T(s.lang, "coverage.line_lost", texts.Args{
		"what": textOf("rounds.of."+string(x.Kind), "cell", s.Work.Tree.PathName(x.Cell), "name", x.Name),
		"from": day(m.From), "until": day(m.Until.Add(-time.Second)), "who": who, "late": late,
	})
}
