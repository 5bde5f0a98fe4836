package web

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/water"
)

// cellData fills pages/cell.html.
type cellData struct {
	Cell   grid.Cell
	Whole  bool // it is the district itself
	Below  []grid.Cell
	People public.People
	Year   int
	Sum    public.Summary
	Open   []public.Case // the newest first
	Latest []public.Case // with a public notice, the newest first
	Map    plot

	Boards   []ShownBoard // that have to stand there
	Sections []shownSection
	Carded   []ShownEnterprise // that ever had a card
}

// cellLines is how many cases of each list stand on the page of a township; the rest is one tap away.
const cellLines = 8

// cell shows a township: who answers for it, what is open, closed and on time this year, and what was published last. A
// village leads to its township: of a village nothing is told apart, for there everybody knows who could have reported.
func (s *Site) cell(v *visit) (page, error) {
	c, ok := s.o.Tree.Cell(grid.CellCode(v.r.PathValue("code")))
	if !ok || c.Code == s.o.Tree.Unassigned().Code {
		return s.notThere(v), nil
	}
	if town := s.o.Tree.Township(c.Code); town != c.Code {
		return page{to: "/cells/" + string(town)}, nil
	}
	x, err := s.o.Cases.Cases(v.ctx)
	if err != nil {
		return page{}, err
	}
	d := cellData{Cell: c, Whole: c.Code == s.o.Tree.Root().Code, Year: v.now.In(s.o.Location).Year()}
	if d.People, err = s.o.People(v.ctx, c.Code); err != nil {
		return page{}, err
	}
	for _, code := range s.o.Tree.Children(c.Code) {
		if below, ok := s.o.Tree.Cell(code); ok && code != s.o.Tree.Unassigned().Code {
			d.Below = append(d.Below, below)
		}
	}
	if err := s.standing(v, c.Code, &d); err != nil {
		return page{}, err
	}
	town := c.Code
	if d.Whole {
		town = "" // every case, those that lie in no township included
	}
	d.Sum = s.figuresOf(x, town, v.now)
	open := true
	d.Open, _ = x.Select(public.Query{Township: town, Open: &open, N: cellLines, First: true})
	d.Latest, _ = x.Select(public.Query{Township: town, Noticed: true, N: cellLines, First: true})
	d.Map = s.plot(func(code grid.CellCode) (string, int) {
		if code == c.Code {
			return "here", 0
		}
		return "d0", 0
	})
	return page{name: "cell", title: c.Name, data: d}, nil
}

// standing finds what stands in a township: boards, points where water is looked at, and enterprises with cards.
func (s *Site) standing(v *visit, town grid.CellCode, d *cellData) error {
	var err error
	if d.Boards, err = s.o.Boards.Boards(v.ctx, func(b board.Board) bool { return s.o.Tree.Township(b.Cell) == town }); err != nil {
		return err
	}
	here := slices.DeleteFunc(s.o.Water.Of(water.OfRiver, water.Source, water.Plant, water.Tap), func(x water.Section) bool {
		return s.o.Tree.Township(x.Cell) != town
	})
	if d.Sections, err = s.shown(v, here); err != nil {
		return err
	}
	carded, err := s.o.Enterprises.Carded(v.ctx)
	if err != nil {
		return err
	}
	for _, e := range carded {
		if s.o.Tree.Township(e.Cell) == town {
			d.Carded = append(d.Carded, e)
		}
	}
	return nil
}

// yearOf is the moment at which the year of t began in the district.
func (s *Site) yearOf(t time.Time) time.Time {
	return time.Date(t.In(s.o.Location).Year(), 1, 1, 0, 0, 0, 0, s.o.Location)
}
