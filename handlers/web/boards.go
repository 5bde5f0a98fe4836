package web

import (
	"context"

	"github.com/gridwarden/gridwarden/grid/board"
)

// ShownBoard is a public board with what it has to say today and what is wrong with the one that hangs.
type ShownBoard struct {
	board.Board

	Face   board.Face
	Faults []board.Finding
	Sheet  func() ([]byte, error) // the sheet of A3, as PDF
}

// Boards tells of the public boards of the district.
type Boards interface {
	// Boards lists those that are wanted; all with nil.
	Boards(ctx context.Context, wanted func(board.Board) bool) ([]ShownBoard, error)
}

// boardsLength is how many boards stand on a page.
const boardsLength = 60

// boardsData fills pages/boards.html.
type boardsData struct {
	Boards []ShownBoard
	Paging paging
}

// boards lists the boards: which are up to date is itself public.
func (s *Site) boards(v *visit) (page, error) {
	all, err := s.o.Boards.Boards(v.ctx, nil)
	if err != nil {
		return page{}, err
	}
	shown, turning := turned(v, all, boardsLength)
	return page{name: "boards", title: v.t("web.boards.title"), data: boardsData{shown, turning}}, nil
}

// board shows what one board says.
func (s *Site) board(v *visit) (page, error) {
	b, ok, err := s.findBoard(v)
	if err != nil {
		return page{}, err
	}
	if !ok {
		return s.notThere(v), nil
	}
	title := v.t("web.board.title", map[string]any{"river": b.River, "township": s.o.Tree.Name(b.Cell), "form": v.t("board.form." + string(b.Form))})
	return page{name: "board", title: title, data: b}, nil
}

// boardSheet is the sheet to be printed.
func (s *Site) boardSheet(v *visit) (page, error) {
	b, ok, err := s.findBoard(v)
	if err != nil {
		return page{}, err
	}
	if !ok {
		return s.notThere(v), nil
	}
	data, err := b.Sheet()
	if err != nil {
		return page{}, err
	}
	return page{file: &download{name: string(b.ID) + ".pdf", kind: "application/pdf", data: data}}, nil
}

func (s *Site) findBoard(v *visit) (ShownBoard, bool, error) {
	found, err := s.o.Boards.Boards(v.ctx, func(b board.Board) bool { return string(b.ID) == v.r.PathValue("id") })
	if err != nil || len(found) == 0 {
		return ShownBoard{}, false, err
	}
	return found[0], true, nil
}
