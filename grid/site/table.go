package site

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// ToTable is the register as an administrator edits it: one row for each site that is not closed. A row that is taken away closes
// its site.
func ToTable(sites []Site, loc *time.Location) sheet.Table {
	t := sheet.Table{Kind: sheet.Sites}
	for _, s := range sites {
		if s.State != Closed {
			t.Rows = append(t.Rows, sheet.Row{Values: s.values(loc)})
		}
	}
	slices.SortFunc(t.Rows, func(a, b sheet.Row) int { return cmp.Compare(a.Values["number"], b.Values["number"]) })
	return t.Identify()
}

func (s Site) values(loc *time.Location) map[string]string {
	v := map[string]string{
		"number": string(s.Number), "kind": s.Kind, "name": s.Name, "cell": string(s.Cell), "address": s.Address, "zone": string(s.Zone),
		"state": string(s.State), "items": joined(s.Measures), "barred": strings.Join(texts(s.Barred), ";"), "note": s.Note,
		"inspected": dayOf(s.Inspected, loc),
	}
	if !s.Due.IsZero() {
		v["due"] = dayOf(s.Due.Add(-time.Second), loc)
	}
	if s.Point != nil {
		v["lon"], v["lat"] = degrees(s.Point.Lon), degrees(s.Point.Lat)
	}
	return v
}

func dayOf(t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(loc).Format(time.DateOnly)
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func joined(items []int) string {
	out := make([]string, len(items))
	for i, n := range items {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ";")
}

// separators stand between the parts of a value.
var separators = regexp.MustCompile("[;,\\s\u3001\uFF0C\uFF1B]+")

func parts(s string) []string {
	return slices.DeleteFunc(separators.Split(s, -1), func(p string) bool { return p == "" })
}

// Set puts the value of a column into the site; false when it cannot be that.
func (s *Site) Set(column, v string) bool {
	switch column {
	case "number":
		s.Number = Number(v)
		return s.Number.Valid()
	case "kind":
		s.Kind = v
	case "name":
		s.Name = v
		return v != ""
	case "cell":
		s.Cell = grid.CellCode(v)
	case "address":
		s.Address = v
	case "note":
		s.Note = v
	case "zone":
		s.Zone = Zone(v)
		return v == "" || slices.Contains(Zones(), s.Zone)
	case "state":
		s.State = cmp.Or(State(v), Active)
		return s.State == Active || s.State == Suspended
	case "lon", "lat":
		return s.setDegrees(column, v)
	case "items":
		return s.setItems(v)
	case "barred":
		s.Barred = nil
		for _, p := range parts(v) {
			s.Barred = append(s.Barred, grid.OfficerID(p))
		}
	}
	return true
}

func (s *Site) setDegrees(column, v string) bool {
	if v == "" {
		s.Point = nil
		return true
	}
	f, err := strconv.ParseFloat(v, 64)
	p := geo.Point{}
	if s.Point != nil {
		p = *s.Point
	}
	if column == "lon" {
		p.Lon = f
	} else {
		p.Lat = f
	}
	s.Point = &p
	return err == nil && p.Valid() == nil
}

func (s *Site) setItems(v string) bool {
	s.Measures = nil
	for _, p := range parts(v) {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 {
			return false
		}
		s.Measures = append(s.Measures, n)
	}
	return true
}

// Judge finds what is wrong with a table of sites: values that cannot be, kinds, cells and officers that there are not.
func (w *Work) Judge(t sheet.Table, officers func(grid.OfficerID) bool) []sheet.Fault {
	var out []sheet.Fault
	for _, r := range t.Rows {
		var s Site
		fault := func(column string) {
			out = append(out, sheet.Fault{
				Rule: sheet.RuleColumn, Kind: sheet.Sites, Line: r.Line, ID: r.ID, Column: column, Value: r.Values[column],
			})
		}
		for _, c := range sheet.Columns(sheet.Sites) {
			if !c.Shown && !s.Set(c.Name, r.Values[c.Name]) {
				fault(c.Name)
			}
		}
		if _, ok := w.Rules.Kind(s.Kind); !ok {
			fault("kind")
		}
		if _, ok := w.Tree.Cell(s.Cell); !ok {
			fault("cell")
		}
		if (r.Values["lon"] == "") != (r.Values["lat"] == "") {
			fault("lat")
		}
		if !slices.ContainsFunc(s.Barred, func(o grid.OfficerID) bool { return !officers(o) }) {
			continue
		}
		fault("barred")
	}
	return out
}

// Edited is the site as an edit of its row leaves it: taking the row away closes it, putting it back opens it again.
func Edited(s Site, e sheet.Edit, now time.Time) (Site, Event) {
	did := Changed
	switch {
	case e.Op == sheet.Remove:
		s.State = Closed
		return s, Event{Did: Close}
	case s.Number == "":
		did, s.Added, s.State = Added, now, Active
	case e.Op == sheet.Add:
		did, s.Added, s.State = Reopen, now, Active
	}
	s.Number = Number(e.ID)
	for _, f := range e.Fields {
		s.Set(f.Column, f.After)
	}
	event := Event{Did: did}
	for _, f := range e.Fields {
		event.Fields = append(event.Fields, Field{Name: f.Column, Before: f.Before, After: f.After})
	}
	return s, event
}

// Name fills in what a new row may leave out: it is active, and gets a number: that of the site which has the same kind, cell and name, so that the same sheet read
// twice means the same sites, and else the next of its kind. counters are the last numbers given, by prefix.
func (w *Work) Name(t, known sheet.Table, counters map[string]*Counter) sheet.Table {
	key := func(v map[string]string) string { return v["kind"] + "|" + v["cell"] + "|" + v["name"] }
	numbers := make(map[string]string, len(known.Rows))
	taken := make(map[string]bool)
	for _, r := range known.Rows {
		numbers[key(r.Values)] = r.Values["number"]
	}
	for _, r := range t.Rows {
		taken[r.Values["number"]] = true
	}
	rows := slices.Clone(t.Rows)
	for i, r := range rows {
		values := maps.Clone(r.Values)
		values["state"] = cmp.Or(values["state"], string(Active))
		rows[i].Values = values
		k, ok := w.Rules.Kind(r.Values["kind"])
		if r.Values["number"] != "" || !ok {
			continue
		}
		number := numbers[key(r.Values)]
		for number == "" || taken[number] {
			c := counters[k.Prefix]
			if c == nil {
				c = &Counter{}
				counters[k.Prefix] = c
			}
			number = string(c.Next(k.Prefix))
		}
		taken[number] = true
		values["number"] = number
	}
	t.Rows = rows
	return t.Identify()
}
