package main

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/seeds"
)

// book is what conversations know of the district: its seeds, and the roster of the moment.
type book struct {
	district   *seeds.District
	classifier *category.Classifier
	alarms     *incident.Finder
	routes     *routing.Book
	ground     *routing.Ground
	roster     atomic.Pointer[grid.Roster]
}

// newBook puts the district's data into the forms that answer at once.
func newBook(d *seeds.District) (*book, error) {
	guessed := make([]grid.CellCode, 0, len(d.Guessed))
	for code := range d.Guessed {
		guessed = append(guessed, code)
	}
	slices.Sort(guessed)
	ground, err := routing.NewGround(d.Shapes, d.Outline, guessed)
	if err != nil {
		return nil, err
	}
	routes := routing.NewBook(d.Tree, ground, d.Places, d.Neighbours, d.Settings.Routing())
	b := &book{
		district: d, ground: ground, routes: routes,
		classifier: category.NewClassifier(d.Categories, d.Matters, routes.Names()...),
		alarms:     incident.NewFinder(d.Alarms),
	}
	b.roster.Store(grid.NewRoster(0, d.Officers))
	return b, nil
}

// Classify tells what the words of a complaint are about.
func (b *book) Classify(text string) category.Verdict { return b.classifier.Classify(text) }

// Incidents are the district's rules of incidents.
func (b *book) Incidents() incident.Rules { return b.district.Incidents }

// Trigger is the name of what raises an alarm.
func (b *book) Trigger(code string) map[string]string {
	for _, t := range b.district.Alarms.Triggers {
		if t.Code == code {
			return t.Names
		}
	}
	return map[string]string{"": code}
}

// SiteKinds lists what the district inspects.
func (b *book) SiteKinds() []site.Kind { return b.district.SiteKinds }

// Downstream lists the neighbours whom water that leaves the district reaches.
func (b *book) Downstream() []routing.Neighbour {
	return slices.DeleteFunc(slices.Clone(b.district.Neighbours), func(n routing.Neighbour) bool { return !n.Downstream })
}

// Neighbours lists all of them; those by land stand first.
func (b *book) Neighbours() []routing.Neighbour { return b.district.Neighbours }

// Edge tells how far a point is from the district's line, and who is likely to lie beyond it.
func (b *book) Edge(p geo.Point) (neighbour string, metres float64) { return b.routes.Edge(p) }

// Alarm tells what the words hit that cannot wait.
func (b *book) Alarm(text string, kinds []string) incident.Alarm { return b.alarms.Find(text, kinds) }

// Route tells which cells a place belongs to; a point that cannot be one says nothing.
func (b *book) Route(q routing.Query) routing.Answer {
	a, err := b.routes.Route(q)
	if err != nil {
		q.Point = nil
		a, _ = b.routes.Route(q)
	}
	return a
}

// Path lists the cells from the root down to code.
func (b *book) Path(code grid.CellCode) []grid.Cell { return b.district.Tree.Path(code) }

// Nearby lists the cells that a case may belong to instead: the neighbours on the ground, nearest first, at the level of
// townships.
func (b *book) Nearby(code grid.CellCode) []grid.CellCode {
	tree := b.district.Tree
	c, ok := tree.Cell(tree.Township(code))
	if !ok || c.Centre == nil {
		return nil
	}
	var out []grid.CellCode
	for _, n := range b.ground.Near(*c.Centre, 20000) {
		if n.Cell != c.Code && len(out) < 2*b.district.Settings.MaxOffered {
			out = append(out, n.Cell)
		}
	}
	return out
}

// Unassigned is the queue for what lies in no cell.
func (b *book) Unassigned() grid.CellCode { return b.district.Tree.Unassigned().Code }

// Responsible is the role of whoever works on a case of the cell, themselves or by whoever stands in.
func (b *book) Responsible(code grid.CellCode, at time.Time) (grid.Role, bool) {
	roster := b.roster.Load()
	roles := []grid.Role{grid.Inspector, grid.Chief}
	_, where := roster.Responsible(b.district.Tree, code, at, roles...)
	for _, role := range roles {
		if officers, there := roster.Responsible(b.district.Tree, where, at, role); len(officers) > 0 && there == where {
			return role, true
		}
	}
	return "", false
}

// Departments lists the bodies that may be asked, as the plan names them: all but the townships, which are cells.
func (b *book) Departments() []grid.Department {
	out := make([]grid.Department, 0, len(b.district.Departments))
	for _, d := range b.district.Departments {
		if d.Kind != "townships" {
			out = append(out, grid.Department(d.Name))
		}
	}
	return out
}

// NamedDepartments lists the departments that the words name.
func (b *book) NamedDepartments(text string) []grid.Department {
	var out []grid.Department
	for _, d := range b.district.Departments {
		named := func(name string) bool { return strings.Contains(text, name) }
		if d.Kind != "townships" && (named(d.Name) || slices.ContainsFunc(d.Aliases, named)) {
			out = append(out, grid.Department(d.Name))
		}
	}
	return out
}

// Proposal is what the plan says of a kind of report. What the grid's own bureau leads is left to the cells; townships are
// cells and are not asked to support.
func (b *book) Proposal(categories, kinds []string) (flow.Proposal, bool) {
	m, ok := plan.For(b.district.Plan.Measures, categories, kinds)
	p := flow.Proposal{Item: m.Item, Title: m.Title, Named: m.Lead, Lead: m.Lead}
	offices := b.Departments()
	for _, d := range slices.Concat(m.Joint, m.Supports) {
		if slices.Contains(offices, d) {
			p.Supports = append(p.Supports, d)
		}
	}
	for _, d := range b.district.Departments {
		if d.Own && grid.Department(d.Name) == m.Lead {
			p.Lead = ""
		}
	}
	return p, ok
}

// officer tells whether somebody has duties now, whatever they are.
func (b *book) officer(p grid.PersonID) bool {
	_, ok := b.roster.Load().ByPerson(p)
	return ok
}

// Categories lists the categories in the order in which people are shown them.
func (b *book) Categories() []category.Category { return b.district.Categories }

// Matter is what is known of a matter that is not environmental.
func (b *book) Matter(code string) (category.Matter, bool) {
	i := slices.IndexFunc(b.district.Matters, func(m category.Matter) bool { return m.Code == code })
	if i < 0 {
		return category.Matter{}, false
	}
	return b.district.Matters[i], true
}

// Authorities lists who may be in charge instead: by the rules of the district, then by what the words are about when that is
// no environmental matter.
func (b *book) Authorities(text string, kinds, categories []string) []category.Option {
	out := category.Authorities(b.district.Authorities, text, kinds, categories)
	m, ok := b.Matter(b.classifier.Classify(text).Matter)
	if !ok {
		return out
	}
	var first []category.Option
	for name := range strings.SplitSeq(m.Authority, listSeparator) {
		if !slices.ContainsFunc(out, func(o category.Option) bool { return o.Name == name }) {
			first = append(first, category.Option{Name: name, Phone: m.Phone})
		}
	}
	return append(first, out...)
}

// listSeparator stands between names in Chinese.
const listSeparator = "\u3001"

// Authority finds a body by its name or by what people call it.
func (b *book) Authority(name string) (category.Option, bool) {
	known := false
	for _, d := range b.district.Departments {
		if d.Name == name || slices.Contains(d.Aliases, name) {
			name, known = d.Name, true
			break
		}
	}
	for _, a := range b.district.Authorities {
		if a.Name == name {
			return category.Option{Name: name, Phone: a.Phone}, true
		}
	}
	return category.Option{Name: name, Phone: b.district.Settings.Hotline}, known
}

// Neighbour is what is known of a neighbouring district.
func (b *book) Neighbour(name string) (routing.Neighbour, bool) {
	i := slices.IndexFunc(b.district.Neighbours, func(n routing.Neighbour) bool { return n.Name == name })
	if i < 0 {
		return routing.Neighbour{}, false
	}
	return b.district.Neighbours[i], true
}

// Rules are the numbers of the conversation.
func (b *book) Rules() flow.Rules {
	s := b.district.Settings
	return flow.Rules{
		MinHan: s.MinHan, MinWords: s.MinWords, MaxText: s.MaxText, MaxFiles: s.MaxFiles, MaxOffered: s.MaxOffered,
		PlaceTries: s.PlaceTries, DraftTTL: s.DraftKept, Pause: s.DraftPause, JoinTime: s.LateFiles,
		LateArrival: s.LateArrival, ReviewAsk: s.ReviewAskLimit.N, ReviewAnswer: s.ReviewLimit.N, Hotline: s.Hotline, Emergency: s.EmergencyNumbers,
		Location: s.TimeZone,
	}
}
