package jobs

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// blindTowns is how many townships a digest names; the rest is a button away.
const blindTowns = 5

// blindSpots are the cells that nobody watches, as a digest tells of them: on the day after they changed and on Mondays,
// so that the line is a worklist and not wallpaper. Nothing has to be remembered for that: the roster keeps its history,
// so yesterday's are asked of it as well.
type blindSpots struct {
	cells []grid.Cell
	tell  bool
}

func (d Deps) blind(roster *grid.Roster, now time.Time) blindSpots {
	local := now.In(d.Location)
	b := blindSpots{cells: roster.BlindSpots(d.Work.Tree, now)}
	before := roster.BlindSpots(d.Work.Tree, local.AddDate(0, 0, -1))
	changed := !slices.EqualFunc(b.cells, before, func(x, y grid.Cell) bool { return x.Code == y.Code })
	b.tell = changed || len(b.cells) > 0 && local.Weekday() == time.Monday
	return b
}

// blindText is the digest's line on them, empty when there is nothing new to tell.
func (d Deps) blindText(lang string, b blindSpots) Raw {
	switch {
	case !b.tell:
		return ""
	case len(b.cells) == 0:
		return Raw(d.Words.T(lang, "job.blind_none", nil))
	}
	var towns []string
	for _, group := range grid.ByTownship(d.Work.Tree, b.cells) {
		if len(towns) < blindTowns {
			town := d.Work.Tree.Name(d.Work.Tree.Township(group[0].Code))
			towns = append(towns, d.Words.T(lang, "job.blind_town", map[string]any{"cell": town, "n": len(group)}))
		}
	}
	return Raw(d.Words.T(lang, "job.blind", map[string]any{
		"n": len(b.cells), "towns": Raw(strings.Join(towns, d.Words.T(lang, "list.separator", nil))),
	}))
}
