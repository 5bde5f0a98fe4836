package seeds

import (
	"maps"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
)

const publicationsFile = "publications.yaml"

// loadPublications reads what the office owes the public at set times; a district without the file owes nothing here.
func (l *loader) loadPublications() {
	if !l.exists(publicationsFile) {
		return
	}
	f, ok := l.open(publicationsFile, "publications")
	if !ok {
		return
	}
	ids := words{}
	for _, n := range f.items("publications") {
		l.d.Publications = append(l.d.Publications, l.publication(n, ids))
	}
}

func (l *loader) publication(n node, ids words) publication.Duty {
	e := n.fields([]string{"id", "names", "content", "every", "due", "due_source", "due_status", "drafts", "approves", "basis", "source", "status"}, "items", "note")
	l.sourced(e, e.text("id"))
	due := fields{node: e.node, byKey: map[string]node{"source": e.byKey["due_source"], "status": e.byKey["due_status"]}}
	if e.has("due_source") && e.has("due_status") {
		l.sourced(due, e.text("id")+" due")
	}
	d := publication.Duty{
		ID: e.text("id"), Names: publication.Words(e.names()), Basis: publication.Words(e.byLanguage("basis")), Content: e.text("content"), Every: publication.Every(e.text("every")),
		Items: e.integers("items"), Source: e.text("source"), Status: e.text("status"),
		Drafts: l.post(e, "drafts"), Approve: l.post(e, "approves"),
	}
	if e.has("due") {
		d.Due = e.byKey["due"].limit()
	}
	if e.has("id") {
		ids.claim(e.byKey["id"], []string{d.ID})
	}
	wrong := d.Faults()
	for _, key := range slices.Sorted(maps.Keys(wrong)) {
		if e.has(key) {
			e.byKey[key].fault(wrong[key], "%s of %s", key, d.ID)
		}
	}
	return d
}

// post reads who does a part: a role, and of clerks the department.
func (l *loader) post(e fields, key string) publication.Post {
	n, ok := e.byKey[key]
	if !ok {
		return publication.Post{}
	}
	p := n.fields([]string{"role"}, "department")
	return publication.Post{Role: grid.Role(p.text("role")), Department: grid.Department(l.department(p, "department"))}
}

// Duties are what the office owes the public, and since when.
func (d *District) Duties() publication.Book {
	since := d.Settings.PublicationSince
	return publication.Book{Duties: d.Publications, Since: since, Calendar: d.Calendar}
}

// Publishing is what it takes to do them.
func (d *District) Publishing() publication.Work {
	s := d.Settings
	return publication.Work{
		Book: d.Duties(), Tree: d.Tree,
		Rules: publication.Rules{Before: s.PublicationRemind, Order: s.PublicationOrder, Press: s.PublicationPress},
	}
}

// date reads a day such as 2026-11-01.
func (n node) date() calendar.Date {
	d, err := calendar.ParseDate(n.text())
	if err != nil {
		n.fault("a day such as 2026-11-01", "%s", n.kind())
	}
	return d
}
