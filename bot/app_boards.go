package main

import (
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/boardsheet"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/web"
	"github.com/gridwarden/gridwarden/seeds"
)

// boards are the public boards of the district in force.
func (a *app) boards() handlers.Boards {
	d := a.district()
	return handlers.Boards{List: d.Boards, Limits: boardLimits(d), Water: a.boardWater}
}

func boardLimits(d *seeds.District) board.Limits {
	s := d.Settings
	return board.Limits{Person: days(s.BoardPerson), Data: days(s.BoardData), PutUp: days(s.BoardPutUp)}
}

// boardMonths is how far back readings are looked for: older ones say nothing of the water now.
const boardMonths = 24

// boardWater is what the readings of a section say of its newest month that is over and was measured: until it is over they may
// still be corrected.
func (a *app) boardWater(ctx context.Context, section string) (board.Water, error) {
	work := waterWork(a.district())
	work.Memory = a.readings
	x, err := work.Section(section)
	if err != nil {
		return board.Water{}, err
	}
	months, err := work.Periods(ctx, a.store, x, publication.Monthly, boardMonths, a.Clock())
	if err != nil {
		return board.Water{}, err
	}
	months = slices.DeleteFunc(water.Ended(months, a.Clock()), func(j water.Judged) bool { return j.Empty() })
	if len(months) == 0 {
		return board.Water{}, nil
	}
	j := months[len(months)-1]
	ends := make([]time.Time, len(months))
	for i, m := range months {
		ends[i] = m.Period.To.Add(-time.Second)
	}
	out := board.Water{Met: j.Standing() == water.Met, Asof: ends[len(ends)-1], Measured: ends}
	if class, judged := j.Verdict.Class(); judged {
		out.Class = class.Code()
	}
	for _, f := range j.Verdict.Failing(x.Target) {
		if item, ok := work.Rules.Standard.Item(f.Code); ok && len(out.Worst) < work.Rules.Standard.Main {
			out.Worst = append(out.Worst, item.Names)
		}
	}
	return out, nil
}

// shownBoards are the boards as the public site shows them.
type shownBoards struct{ a *app }

// Boards reads what hangs and what would have to, of those that are wanted.
func (s shownBoards) Boards(ctx context.Context, wanted func(board.Board) bool) ([]web.ShownBoard, error) {
	a := s.a
	d, now := a.district(), a.Clock()
	list := slices.DeleteFunc(slices.Clone(d.Boards), func(b board.Board) bool { return wanted != nil && !wanted(b) })
	roster, err := a.store.Roster(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, b := range list {
		ids[i] = string(b.ID)
	}
	found, err := a.store.Dossiers(ctx, board.Kind, ids)
	if err != nil {
		return nil, err
	}
	records := make(map[string]board.Record, len(found))
	for _, read := range found {
		var r board.Record
		if fault := read.Into(&r); fault != nil {
			return nil, fault
		}
		records[read.ID] = r
	}
	measurings := map[string]board.Water{"": {}} // by the section
	out := make([]web.ShownBoard, 0, len(list))
	for _, b := range list {
		measured, known := measurings[b.Section]
		if !known {
			if measured, err = a.boardWater(ctx, b.Section); err != nil {
				return nil, err
			}
			measurings[b.Section] = measured
		}
		face := b.FaceOf(roster, measured, now)
		out = append(out, web.ShownBoard{
			Board: b, Face: face, Faults: records[string(b.ID)].Stale(face, boardLimits(d), now),
			Sheet: func() ([]byte, error) {
				return boardsheet.Draw(a.desk.Texts, boardsheet.Sheet{
					Board: b, Face: face, Township: d.Tree.Name(b.Cell), District: d.Tree.Root().Name, Office: d.Settings.OfficeName,
					Hotline: d.Settings.Hotline, Link: "https://t.me/" + a.me + "?start=" + flow.BoardLink + string(b.ID), Made: now,
					Location: d.Settings.TimeZone,
				})
			},
		})
	}
	return out, nil
}
