package coverage

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Kind is what has to be visited.
type Kind string

// The kinds.
const (
	Cell  Kind = "cell"  // by a patrol that counts
	River Kind = "river" // the reach of a river in a township, by a patrol that counts and came near it
	Site  Kind = "site"  // by whoever was at it
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Cell, River, Site} }

// Rhythm is within how many days a kind of object is visited again, by the level of the cell that it belongs to, the district
// first; 0: not at all.
type Rhythm struct {
	Of         Kind
	Warm       []int
	Cold       []int // in the cold season; empty: as in the warm one
	Complained []int // while a case there is open, if that is sooner
	Season     site.Season
}

// Reach is a river where it runs through a township.
type Reach struct {
	River  string
	Cell   grid.CellCode
	Line   geo.Line
	Approx bool
}

// ID names the reach as an object.
func (r Reach) ID() string { return string(River) + "/" + r.River + "/" + string(r.Cell) }

// CellID names a cell as an object, SiteID a site.
func CellID(c grid.CellCode) string { return string(Cell) + "/" + string(c) }

// SiteID names a site as an object.
func SiteID(n site.Number) string { return string(Site) + "/" + string(n) }

// Duty is one object that has to be visited.
type Duty struct {
	Object string
	Kind   Kind
	Name   string // of the site or the river; empty for a cell
	Cell   grid.CellCode
	Point  *geo.Point
	Seen   time.Time // when somebody was there that is known from elsewhere, or when it came on the register

	due func(from time.Time) time.Time
}

// Due is the end of the day until which somebody has to come, when the period began at from. Zero when nobody has to.
func (d Duty) Due(from time.Time) time.Time {
	if d.due == nil {
		return time.Time{}
	}
	return d.due(from)
}

// Book makes the duties of a district.
type Book struct {
	Tree     *grid.Tree
	Rhythms  []Rhythm
	Reaches  []Reach
	Sites    site.Rules
	Location *time.Location
}

// Ground is what the duties depend on besides the book, at a moment.
type Ground struct {
	At     time.Time
	Roster *grid.Roster
	Sites  []site.Site
	Open   map[grid.CellCode]time.Time // cells with an open case in them or below, and since when
}

// Duties lists what has to be visited, in the order of the cells. A cell or a reach is nobody's duty unless somebody is chief or
// inspector of that very cell: the others are blind spots of another kind (grid.Roster.BlindSpots).
func (b Book) Duties(g Ground) []Duty {
	manned := b.manned(g)
	var out []Duty
	for _, c := range b.Tree.Cells() {
		if r, ok := b.rhythm(Cell); ok && manned[c.Code] {
			out = append(out, Duty{Object: CellID(c.Code), Kind: Cell, Cell: c.Code, Point: c.Centre, due: b.every(r, c.Level, g.Open[c.Code])})
		}
	}
	for _, reach := range b.Reaches {
		c, _ := b.Tree.Cell(reach.Cell)
		if r, ok := b.rhythm(River); ok && manned[reach.Cell] {
			out = append(out, Duty{
				Object: reach.ID(), Kind: River, Name: reach.River, Cell: reach.Cell, due: b.every(r, c.Level, g.Open[reach.Cell]),
			})
		}
	}
	for _, s := range g.Sites {
		if d, ok := b.siteDuty(s); ok {
			out = append(out, d)
		}
	}
	order := make(map[grid.CellCode]int, len(b.Tree.Cells()))
	for i, c := range b.Tree.Cells() {
		order[c.Code] = i
	}
	slices.SortStableFunc(out, func(x, y Duty) int { return cmp.Compare(order[x.Cell], order[y.Cell]) })
	return out
}

func (b Book) manned(g Ground) map[grid.CellCode]bool {
	out := make(map[grid.CellCode]bool)
	for _, o := range g.Roster.Officers() {
		for _, c := range o.Areas(g.At, grid.Chief, grid.Inspector) {
			out[c] = true
		}
	}
	return out
}

func (b Book) rhythm(k Kind) (Rhythm, bool) {
	i := slices.IndexFunc(b.Rhythms, func(r Rhythm) bool { return r.Of == k })
	if i < 0 {
		return Rhythm{}, false
	}
	return b.Rhythms[i], true
}

// every is the due day by a rhythm; since is when the oldest open case began, zero without one. A complaint asks for a visit so
// many days after it, and again so many days after each visit, until it is over.
func (b Book) every(r Rhythm, level int, since time.Time) func(time.Time) time.Time {
	rules := site.Rules{Cold: r.Season, Location: b.Location}
	regular := site.Kind{Warm: r.Warm, Cold: r.Cold}
	return func(from time.Time) time.Time {
		due := rules.NextDue(regular, level, from, false)
		if since.IsZero() || len(r.Complained) == 0 {
			return due
		}
		return sooner(due, rules.NextDue(site.Kind{Warm: r.Complained}, level, latest(from, since), false))
	}
}

// siteDuty is the duty of a site, by the rules of its kind.
func (b Book) siteDuty(s site.Site) (Duty, bool) {
	k, ok := b.Sites.Kind(s.Kind)
	if !ok || s.State != site.Active {
		return Duty{}, false
	}
	c, _ := b.Tree.Cell(s.Cell)
	var since time.Time
	for _, l := range s.Cases {
		if l.Over.IsZero() && (since.IsZero() || l.At.Before(since)) {
			since = l.At
		}
	}
	return Duty{
		Object: SiteID(s.Number), Kind: Site, Name: s.Name, Cell: s.Cell, Point: s.Point, Seen: latest(s.Added, latest(s.Visited, s.Inspected)),
		due: func(from time.Time) time.Time {
			due := b.Sites.NextDue(k, c.Level, from, false)
			if since.IsZero() {
				return due
			}
			return sooner(due, b.Sites.NextDue(k, c.Level, latest(from, since), true))
		},
	}, true
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sooner is the earlier of two due days, of which one may be none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
