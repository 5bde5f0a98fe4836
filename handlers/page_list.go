package handlers

import (
	"context"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// PageList is a worklist of an officer.
type PageList struct {
	Which string // for Desktop
	Name  string
	Open  int
	Late  int
}

// PageRow is a case in a worklist.
type PageRow struct {
	ID                                       casework.CaseID
	Number, State, Category, Cell, Text, Due string
	Late, Urgent                             bool
}

// Desktop is what an officer sees first on the staff page: their worklists, and one of them.
type Desktop struct {
	Officer string
	Lang    texts.Lang
	Lists   []PageList
	Which   string
	Rows    []PageRow
	Total   int
	Offset  int
	Next    int // offset of the next page; 0: there is none
}

// pageRows is how many cases a page shows.
const pageRows = 50

// workList is the name of the list of the officer's own cells.
const workList = "work"

// pageLists are the worklists in the order in which people are shown them, with the keys of their names.
var pageLists = []struct {
	which string
	key   string
}{
	{workList, "page.list.work"},
	{string(casework.DecideQueue), "page.list.decide"},
	{string(casework.ReviewQueue), "page.list.review"},
	{string(casework.DisputeQueue), "page.list.dispute"},
	{string(casework.ExtensionQueue), "page.list.extension"},
	{string(casework.AskedQueue), "page.list.asked"},
	{string(casework.SpotQueue), "page.list.spot"},
	{string(casework.RecheckQueue), "page.list.recheck"},
	{string(casework.ConfirmQueue), "page.list.confirm"},
	{string(casework.NoticeQueue), "page.list.notice"},
	{string(casework.IncidentQueue), "page.list.incident"},
}

// Desktop lists what the officer has to do, as the chat does: the same lists, the same order, the same cases. which is one of
// the lists, empty for the first that has something. Forbidden (error.page.over) without an appointment.
func (d *Desk) Desktop(ctx context.Context, who grid.PersonID, which string, offset int) (Desktop, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	s, err := d.pageScene(ctx, who)
	if err != nil {
		return Desktop{}, err
	}
	out := Desktop{Officer: s.officer.Name, Lang: s.lang, Which: which}
	var shown []casework.Case
	for _, l := range pageLists {
		cases, err := s.pageList(l.which)
		if grid.CodeOf(err) == grid.Forbidden {
			continue
		}
		if err != nil {
			return out, err
		}
		list := PageList{Which: l.which, Name: s.Texts.Plain(s.lang, l.key, nil), Open: len(cases)}
		for _, c := range cases {
			if due, ok := c.Due(); ok && s.now.After(due) {
				list.Late++
			}
		}
		if out.Which == "" && len(cases) > 0 {
			out.Which = l.which
		}
		if l.which == out.Which {
			shown = cases
		}
		out.Lists = append(out.Lists, list)
	}
	out.Total, out.Offset = len(shown), max(0, min(offset, len(shown)))
	page := shown[out.Offset:min(out.Offset+pageRows, len(shown))]
	for _, c := range page {
		out.Rows = append(out.Rows, s.pageRow(c))
	}
	if next := out.Offset + len(page); next < len(shown) {
		out.Next = next
	}
	return out, nil
}

// pageScene is a scene in which an officer looks and does nothing.
func (d *Desk) pageScene(ctx context.Context, who grid.PersonID) (*scene, error) {
	msg, err := d.pageMessage(ctx, who)
	if err != nil {
		return nil, err
	}
	s, err := d.scene(ctx, msg)
	if err == nil && !s.inOffice() {
		err = grid.Fail(grid.Forbidden, "error.page.over")
	}
	return s, err
}

// pageList reads one worklist, without what the officer may not see.
func (s *scene) pageList(which string) ([]casework.Case, error) {
	read := func() ([]casework.Case, error) { return s.queue(casework.Queue(which)) }
	if which == workList {
		read = s.work
	}
	cases, err := read()
	return slices.DeleteFunc(cases, func(c casework.Case) bool { return !s.Work.Sees(c, s.me, s.roster, s.now) }), err
}

// pageRow is a case in a row of a table.
func (s *scene) pageRow(c casework.Case) PageRow {
	r := PageRow{
		ID: c.ID, Number: c.Shown(), State: s.Texts.Plain(s.lang, "state."+string(c.State), nil), Cell: s.Work.Tree.PathName(c.Cell),
		Text: excerpt(c.Text, 60), Urgent: c.Urgent,
	}
	for i, name := range s.categories(c.Categories) {
		if names, ok := name.(texts.Names); ok {
			if i > 0 {
				r.Category += " "
			}
			r.Category += names.In(s.lang)
		}
	}
	if due, ok := c.Due(); ok {
		r.Due, r.Late = s.lastDay(due), s.now.After(due)
	}
	return r
}

// PageMap draws the officer's area with the open cases that they may see: late ones dark.
func (d *Desk) PageMap(ctx context.Context, who grid.PersonID) ([]byte, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	s, err := d.pageScene(ctx, who)
	if err != nil {
		return nil, err
	}
	areas := s.roster.Areas(s.officer.ID, s.now, grid.Roles()...)
	cases, err := s.workOf(areas)
	if err != nil {
		return nil, err
	}
	m := picture.Map{
		Title: s.Texts.Plain(s.lang, "page.map", nil), Note: s.moment(s.now),
		Legend: []picture.Swatch{
			{Shade: picture.Fair, Label: s.Texts.Plain(s.lang, "page.map_open", nil)},
			{Shade: picture.Bad, Label: s.Texts.Plain(s.lang, "page.map_late", nil)},
		},
	}
	for _, t := range s.Work.Tree.Level(2) {
		mine := slices.ContainsFunc(areas, func(a grid.CellCode) bool { return s.Work.Tree.Within(t.Code, a) || s.Work.Tree.Within(a, t.Code) })
		if land, ok := s.Patrols.OwnLand(t.Code); ok && mine {
			m.Areas = append(m.Areas, picture.Area{Land: land, Label: t.Name})
		}
	}
	for _, c := range cases {
		if c.Point == nil || !s.Work.Sees(c, s.me, s.roster, s.now) {
			continue
		}
		spot := picture.Spot{At: *c.Point, Label: c.Shown(), Shade: picture.Fair}
		if due, ok := c.Due(); ok && s.now.After(due) {
			spot.Shade = picture.Bad
		}
		m.Spots = append(m.Spots, spot)
	}
	return picture.DrawMap(m)
}
