package letterhead

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// MaxBulletin is how many cases one bulletin names: as many as a picture that Telegram takes has room for. The others stand in
// the next one.
const MaxBulletin = 30

// Listed are the cases that the next bulletin names: those that stood in none yet, by unit, at most MaxBulletin of them.
func (h Head) Listed(cases []casework.Case) []casework.Case {
	out := slices.DeleteFunc(slices.Clone(cases), func(c casework.Case) bool { return c.Uncirculated() == 0 })
	unit := func(c casework.Case) string { return h.unit(c, c.Ladder[c.Uncirculated()-1]) }
	slices.SortStableFunc(out, func(a, b casework.Case) int {
		return cmp.Or(strings.Compare(unit(a), unit(b)), strings.Compare(a.Shown(), b.Shown()))
	})
	return out[:min(len(out), MaxBulletin)]
}

// Bulletin words the 通报 on these cases: unit, number, kind, which limit ran out when, and how it stands.
func (h Head) Bulletin(cases []casework.Case, marker string, now time.Time) casework.Letter {
	units := make(map[string]bool)
	lines := make([]string, 1, len(cases)+3)
	for i, c := range cases {
		s := c.Ladder[c.Uncirculated()-1]
		units[h.unit(c, s)] = true
		lines = append(lines, h.say("paper.bulletin.line", texts.Args{
			"n": i + 1, "unit": h.unit(c, s), "number": c.Shown(), "category": h.kinds(c), "clock": clock(s.Clock), "due": h.lastDay(s.Due),
			"stands": h.stands(c, s, now),
		}))
	}
	lines[0] = h.say("paper.bulletin", texts.Args{"n": len(cases), "units": len(units)})
	lines = append(lines, h.say("paper.bulletin.demand", nil), h.say("paper.basis", texts.Args{"basis": h.Basis}))
	return casework.Letter{
		Series: casework.BulletinSeries, No: marker, To: h.say("paper.bulletin.to", nil), Text: strings.Join(lines, "\n"),
	}
}

// stands says how late a case is by now, or that it was done late.
func (h Head) stands(c casework.Case, s casework.Step, now time.Time) texts.Text {
	for _, k := range c.Clocks {
		if k.Name == s.Clock && k.Of == s.Of && k.Due.Equal(s.Due) && !k.Running() {
			return texts.Text{Key: "paper.bulletin.done", Args: texts.Args{"days": max(1, h.DaysLate(s.Due, k.Stopped))}}
		}
	}
	return texts.Text{Key: "paper.bulletin.open", Args: texts.Args{"days": h.DaysLate(s.Due, now)}}
}
