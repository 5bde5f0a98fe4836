package jobs

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Boards are the public boards that have to stand (plan, item 31), and how long one may say what is no longer so.
type Boards struct {
	List   []board.Board
	Limits board.Limits
	Water  func(ctx context.Context, section string) (board.Water, error)
}

// boardTold are the faults that somebody is told of, each once for a sheet. That a board never hung, or that nobody is appointed,
// is no news: it stands in the list and on the site until it is mended.
func boardTold(f board.Finding) bool {
	return f.Fault == board.OldPerson || f.Fault == board.OldData || f.Fault == board.OldPaper
}

// boards tells who keeps boards that have become out of date: the chief of the place and the district's publishers and
// supervisors, in one message each.
func (d Deps) boards(ctx context.Context, now time.Time) (Result, error) {
	res := Result{"messages": 0}
	if len(d.Boards.List) == 0 {
		return res, nil
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(d.Boards.List))
	for i, b := range d.Boards.List {
		ids[i] = string(b.ID)
	}
	found, err := d.Store.Dossiers(ctx, board.Kind, ids)
	if err != nil {
		return nil, err
	}
	change := ledger.Change{At: now}
	lines := make(map[grid.OfficerID][]staleBoard)
	for _, read := range found {
		stale, err := d.staleBoard(ctx, read, roster, now, &change)
		if err != nil {
			return nil, err
		}
		if len(stale.faults) == 0 {
			continue
		}
		to, _ := roster.Responsible(d.Work.Tree, stale.Cell, now, grid.Chief)
		others, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Publisher, grid.Supervisor)
		for _, o := range append(to, others...) {
			if !slices.ContainsFunc(lines[o.ID], func(x staleBoard) bool { return x.ID == stale.ID }) {
				lines[o.ID] = append(lines[o.ID], stale)
			}
		}
	}
	for _, o := range roster.Officers() {
		if len(lines[o.ID]) == 0 || !o.Reachable() {
			continue
		}
		lang, err := d.lang(ctx, o)
		if err != nil {
			return nil, err
		}
		change.Outbox = append(change.Outbox, d.boardsMessage(lang, o, lines[o.ID], now))
	}
	if len(change.Dossiers) == 0 {
		return res, nil
	}
	return res, d.commitDossier(ctx, change, res)
}

// staleBoard is a board with what is newly wrong with it.
type staleBoard struct {
	board.Board

	faults []board.Fault
}

// staleBoard finds out what is wrong with a board that nobody was told of, and notes in the change that they are now.
func (d Deps) staleBoard(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, change *ledger.Change) (staleBoard, error) {
	var r board.Record
	if err := read.Into(&r); err != nil {
		return staleBoard{}, err
	}
	i := slices.IndexFunc(d.Boards.List, func(b board.Board) bool { return string(b.ID) == read.ID })
	out := staleBoard{Board: d.Boards.List[i]}
	water := board.Water{}
	if out.Section != "" && d.Boards.Water != nil {
		var err error
		if water, err = d.Boards.Water(ctx, out.Section); err != nil {
			return out, err
		}
	}
	var faults []board.Fault
	for _, f := range r.Stale(out.FaceOf(roster, water, now), d.Boards.Limits, now) {
		if boardTold(f) {
			faults = append(faults, f.Fault)
		}
	}
	r, event, news := r.Tell(out.ID, faults, now)
	if !news {
		return out, nil
	}
	w, err := ledger.WriteDossier(read, r, event)
	if err != nil {
		return out, err
	}
	change.Dossiers = append(change.Dossiers, w)
	out.faults = faults
	return out, nil
}

func (d Deps) boardsMessage(lang string, to grid.Officer, stale []staleBoard, now time.Time) ledger.Message {
	lines := make([]string, 0, len(stale))
	for _, b := range stale {
		faults := make([]string, 0, len(b.faults))
		for _, f := range b.faults {
			faults = append(faults, d.Words.T(lang, "board.fault."+string(f), nil))
		}
		lines = append(lines, d.Words.T(lang, "board.line", map[string]any{
			"river": b.River, "township": d.Work.Tree.Name(b.Cell), "form": Raw(d.Words.T(lang, "board.form."+string(b.Form), nil)),
			"state": Raw(strings.Join(faults, d.Words.T(lang, "list.separator", nil))),
		}))
	}
	m := ledger.Message{To: to.Person, Kind: "job.boards", Priority: ledger.Reminder, Once: true, At: now}
	m.Text = d.Words.T(lang, "job.boards", map[string]any{"lines": Raw(strings.Join(lines, "\n"))})
	for _, b := range stale {
		m.Rows = append(m.Rows, []ledger.Button{{Text: d.Words.T(lang, "button.board_one", map[string]any{
			"river": b.River, "township": d.Work.Tree.Name(b.Cell), "form": Raw(d.Words.T(lang, "board.form."+string(b.Form), nil)),
		}), Data: "br:open:" + string(b.ID)}})
	}
	return m
}
