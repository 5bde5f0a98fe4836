package web

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/publicationsheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// publicationsData fills pages/publications.html.
type publicationsData struct {
	Due     []publication.Line // over, and not out: the late ones first
	Running []publication.Line
	Out     []publication.Line // the newest first
	Late    int
	Paging  paging // of the archive
}

// archiveLength is how many publications of the archive stand on a page.
const archiveLength = 60

// publications shows what is owed to the public: what is late, what is to come, and the archive.
func (s *Site) publications(v *visit) (page, error) {
	lines, err := s.o.Publications.Lines(v.ctx, s.o.Records, v.now)
	if err != nil {
		return page{}, err
	}
	d := publicationsData{}
	for _, l := range lines {
		switch l.Standing {
		case publication.Overdue:
			d.Late++
			d.Due = append(d.Due, l)
		case publication.Awaited:
			d.Due = append(d.Due, l)
		case publication.Running:
			d.Running = append(d.Running, l)
		case publication.Done, publication.DoneLate:
			d.Out = append(d.Out, l)
		}
	}
	slices.SortStableFunc(d.Due, func(a, b publication.Line) int { return a.Due.Compare(b.Due) })
	slices.SortStableFunc(d.Out, func(a, b publication.Line) int { return b.Out.Compare(a.Out) })
	d.Out, d.Paging = turned(v, d.Out, archiveLength)
	return page{name: "publications", title: v.t("web.publications.title"), data: d}, nil
}

// publicationData fills pages/publication.html.
type publicationData struct {
	publication.Public

	Next  string            // the correction that followed it
	Line  publication.Line  // of its occasion
	Basis publication.Words // as the duty says today
	Feed  feed              // of the duty

	Paging paging // of its tables
	More   int    // changes that are not listed
}

// What of a long issue stands on a page; all of it is in the files.
const (
	rowsLength   = 60
	changesShown = 100
)

// publication shows one issue as it was published, with its hash and what changed since the one before.
func (s *Site) publication(v *visit) (page, error) {
	id := v.r.PathValue("id")
	p, err := s.published(v, id)
	if grid.CodeOf(err) == grid.NotFound {
		return s.owed(v, id)
	}
	if err != nil {
		return page{}, err
	}
	d := publicationData{Public: p}
	base, n := publication.Base(id)
	if next, err := s.published(v, publication.Correction(base, n+1)); err == nil {
		d.Next = next.ID
	} else if grid.CodeOf(err) != grid.NotFound {
		return page{}, err
	}
	if duty, ok := s.o.Publications.Duty(p.Duty); ok {
		d.Basis, d.Feed = duty.Basis, feedOf(v, duty)
	}
	d.turn(v)
	return page{name: "publication", title: p.Content.Title.In(string(v.lang)), feed: d.Feed, data: d}, nil
}

// feedOf is the feed of what is published of a duty.
func feedOf(v *visit, duty publication.Duty) feed {
	return feed{Path: "publications/" + duty.ID, Title: v.t("web.publications.feed", texts.Args{"name": duty.Names.In(string(v.lang))})}
}

// turn leaves of the tables the rows that stand on the page that the visitor asks for, and the first of very many changes.
func (d *publicationData) turn(v *visit) {
	longest := 0
	for _, t := range d.Content.Tables {
		longest = max(longest, len(t.Rows))
	}
	n := v.pageOf(longest, rowsLength)
	d.Paging = v.paging(n, longest, rowsLength)
	d.Content.Tables = slices.Clone(d.Content.Tables) // the original is everybody's
	for i, t := range d.Content.Tables {
		d.Content.Tables[i].Rows = cut(t.Rows, n, rowsLength)
	}
	if n > 1 {
		d.Content.Tables = slices.DeleteFunc(d.Content.Tables, func(t publication.Table) bool { return len(t.Rows) == 0 })
	}
	if d.Changes == nil {
		return
	}
	left := changesShown
	d.Changes = &publication.Changes{Tables: slices.Clone(d.Changes.Tables)}
	for i := range d.Changes.Tables {
		t := &d.Changes.Tables[i]
		few(&t.Added, &left, &d.More)
		few(&t.Gone, &left, &d.More)
		few(&t.Changed, &left, &d.More)
	}
}

// few leaves the first of a list, as many as are left, and counts the others.
func few[T any](list *[]T, left, more *int) {
	n := min(len(*list), *left)
	*left -= n
	*more += len(*list) - n
	*list = (*list)[:n]
}

// owed is the page of an issue that is not out: when it is due, or how late it is.
func (s *Site) owed(v *visit, id string) (page, error) {
	o, err := s.o.Publications.Find(id, v.now)
	if err != nil {
		return s.notThere(v), nil //nolint:nilerr // whatever was asked for, there is no such thing
	}
	d := publicationData{Line: s.o.Publications.Line(o, nil, v.now), Basis: o.Duty.Basis, Feed: feedOf(v, o.Duty)}
	return page{name: "publication", title: o.Duty.Names.In(string(v.lang)), feed: d.Feed, data: d}, nil
}

// published reads an issue that is out. NotFound for any other.
func (s *Site) published(v *visit, id string) (publication.Public, error) {
	missing := grid.Fail(grid.NotFound, "web.error.missing")
	if _, n := publication.Base(id); n == 0 {
		return publication.Public{}, missing
	}
	p, ok, err := s.o.Publications.Memory.Public(v.ctx, s.o.Records, id)
	if err == nil && !ok {
		err = missing
	}
	return p, err
}

// publicationTable is an issue for spreadsheets.
func (s *Site) publicationTable(v *visit) (page, error) {
	p, err := s.published(v, v.r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	return page{file: &download{name: p.ID + ".csv", kind: "text/csv; charset=utf-8", data: p.Content.CSV(string(v.lang))}}, nil
}

// publicationOriginal is the very bytes that were sealed.
func (s *Site) publicationOriginal(v *visit) (page, error) {
	p, err := s.published(v, v.r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	return page{file: &download{name: p.ID + ".json", kind: "application/json", data: p.Sealed}}, nil
}

// sheets draws what was published for the printer; a publicationsheet.Drawer does.
type sheets interface {
	Draw(p publication.Public, lang texts.Lang) ([]byte, error)
}

// soonAgain is when, in seconds, whoever was refused a drawing may ask again.
const soonAgain = "5"

// publicationSheet is an issue for the printer, in the language of the page.
func (s *Site) publicationSheet(v *visit) (page, error) {
	p, err := s.published(v, v.r.PathValue("id"))
	if err != nil {
		return page{}, err
	}
	data, err := s.sheets.Draw(p, v.lang)
	if errors.Is(err, publicationsheet.ErrBusy) {
		v.w.Header().Set("Retry-After", soonAgain)
		return page{name: "error", title: v.t("web.error.title"), status: http.StatusServiceUnavailable, data: v.t("web.publications.busy")}, nil
	}
	if err != nil {
		return page{}, err
	}
	return page{file: &download{name: p.ID + ".pdf", kind: "application/pdf", data: data}}, nil
}
