package main

import (
	"context"

	"github.com/gridwarden/gridwarden/grid/board"
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

// boardWater is what the last readings of a section say.
func (a *app) boardWater(context.Context, string) (board.Water, error) { return board.Water{}, nil }

// shownBoards are the boards as the public site shows them.
type shownBoards struct{ a *app }

// Boards reads what hangs and what would have to.
func (s shownBoards) Boards(ctx context.Context) ([]web.ShownBoard, error) {
	a := s.a
	d, now := a.district(), a.Clock()
	roster, err := a.store.Roster(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(d.Boards))
	for i, b := range d.Boards {
		ids[i] = string(b.ID)
	}
	found, err := a.store.Dossiers(ctx, board.Kind, ids)
	if err != nil {
		return nil, err
	}
	records := make(map[string]board.Record, len(found))
	for _, read := range found {
		var r board.Record
		if err := read.Into(&r); err != nil {
			return nil, err
		}
		records[read.ID] = r
	}
	out := make([]web.ShownBoard, 0, len(d.Boards))
	for _, b := range d.Boards {
		water := board.Water{}
		if b.Section != "" {
			if water, err = a.boardWater(ctx, b.Section); err != nil {
				return nil, err
			}
		}
		face := b.FaceOf(roster, water, now)
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
