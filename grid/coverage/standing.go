package coverage

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Standing is how one duty stands at a moment.
type Standing struct {
	Duty
	Round

	Seen time.Time // the last that somebody was there; zero for never
	Next time.Time // the end of the day until which somebody has to come; zero when nobody has to
	Who  []grid.Officer
}

// Days is how many days ago somebody was there last; -1 for never.
func (s Standing) Days(now time.Time) int {
	if s.Seen.IsZero() {
		return -1
	}
	return int(now.Sub(s.Seen).Hours() / 24)
}

// DueBy tells whether somebody has to come until that moment.
func (s Standing) DueBy(at time.Time) bool { return !s.Next.IsZero() && !s.Next.After(at) }

// Missing tells whether the last period was missed and nobody came since.
func (s Standing) Missing() bool {
	n := len(s.Missed)
	return n > 0 && !s.Began.After(s.Missed[n-1].Until)
}

// Stand tells how the duties stand, with the rounds that are known. Who is in charge is asked of the roster.
func (b Book) Stand(g Ground, duties []Duty, rounds map[string]Round) []Standing {
	out := make([]Standing, 0, len(duties))
	for _, d := range duties {
		r := rounds[d.Object]
		s := Standing{Duty: d, Round: r}
		if v, ok := r.Last(); ok {
			s.Seen = v.At
		}
		if d.Kind == Site && !d.Seen.IsZero() && d.Seen.After(s.Seen) && visitedSince(g, d) {
			s.Seen = d.Seen
		}
		from := latest(r.Began, d.Seen)
		if from.IsZero() {
			from = g.At
		}
		s.Next = d.Due(from)
		s.Who = b.InCharge(g.Roster, d.Cell, g.At)
		out = append(out, s)
	}
	return out
}

// visitedSince tells whether a site was visited, and did not only come on the register.
func visitedSince(g Ground, d Duty) bool {
	for _, s := range g.Sites {
		if SiteID(s.Number) == d.Object {
			return d.Seen.After(s.Added) || !s.Visited.IsZero() || !s.Inspected.IsZero()
		}
	}
	return false
}

// InCharge are those who have to go: the inspectors of the cell, or of the nearest cell above that has any, or else the chiefs.
func (b Book) InCharge(roster *grid.Roster, cell grid.CellCode, at time.Time) []grid.Officer {
	path := b.Tree.Path(cell)
	for i := len(path) - 1; i >= 0; i-- {
		for _, role := range []grid.Role{grid.Inspector, grid.Chief} {
			if holders := roster.Holders(role, path[i].Code, at); len(holders) > 0 {
				return holders
			}
		}
	}
	return nil
}

// Tally counts how duties stand.
type Tally struct {
	All     int // that have a period
	Visited int // in the period that runs
	Missing int // of which the last period was missed, and nobody came since
	Soon    int // due until the moment that was asked for
	Never   int // where nobody ever was
}

func (t *Tally) add(s Standing, soon time.Time) {
	if s.Next.IsZero() && !s.Missing() {
		return
	}
	t.All++
	switch {
	case s.Missing():
		t.Missing++
	case !s.Seen.IsZero() && !s.Seen.Before(s.Began):
		t.Visited++
	}
	if s.DueBy(soon) {
		t.Soon++
	}
	if s.Seen.IsZero() {
		t.Never++
	}
}

// Row is the tally of a township or an officer.
type Row struct {
	Cell    grid.CellCode
	Officer grid.Officer
	Tally
}

// ByTownship counts by township, those with the most that is missing first. soon is until when what is due is counted.
func (b Book) ByTownship(all []Standing, soon time.Time) []Row {
	rows := make(map[grid.CellCode]*Row)
	for _, s := range all {
		town := b.Tree.Township(s.Cell)
		if rows[town] == nil {
			rows[town] = &Row{Cell: town}
		}
		rows[town].add(s, soon)
	}
	return sorted(rows, func(r *Row) string { return string(r.Cell) })
}

// ByOfficer counts by whoever is in charge.
func ByOfficer(all []Standing, soon time.Time) []Row {
	rows := make(map[grid.OfficerID]*Row)
	for _, s := range all {
		for _, o := range s.Who {
			if rows[o.ID] == nil {
				rows[o.ID] = &Row{Officer: o}
			}
			rows[o.ID].add(s, soon)
		}
	}
	return sorted(rows, func(r *Row) string { return string(r.Officer.ID) })
}

func sorted[K comparable](rows map[K]*Row, name func(*Row) string) []Row {
	out := make([]Row, 0, len(rows))
	for _, r := range rows {
		if r.All > 0 {
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(x, y Row) int {
		return cmp.Or(y.Missing-x.Missing, y.Soon-x.Soon, cmp.Compare(name(&x), name(&y)))
	})
	return out
}

// OpenSince tells in which cells, and in which above them, a case is open that was accepted or still may be, and since when.
func OpenSince(tree *grid.Tree, open []casework.Case) map[grid.CellCode]time.Time {
	out := make(map[grid.CellCode]time.Time)
	for _, c := range open {
		for _, x := range tree.Path(c.Cell) {
			if at, ok := out[x.Code]; x.Parent != "" && (!ok || c.CreatedAt.Before(at)) {
				out[x.Code] = c.CreatedAt
			}
		}
	}
	return out
}

// Within keeps the standings whose object lies in one of the areas.
func (b Book) Within(all []Standing, areas []grid.CellCode) []Standing {
	return slices.DeleteFunc(slices.Clone(all), func(s Standing) bool {
		return !slices.ContainsFunc(areas, func(a grid.CellCode) bool { return b.Tree.Within(s.Cell, a) })
	})
}
