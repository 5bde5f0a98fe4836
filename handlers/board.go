package handlers

import (
	"context"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/boardsheet"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Boards is what the verbs about public boards (公示牌) work with.
type Boards struct {
	List   []board.Board
	Limits board.Limits
	// Water is what the last readings of a section say; the zero Water when there are none.
	Water func(ctx context.Context, section string) (board.Water, error)
}

func (b Boards) find(id board.ID) (board.Board, error) {
	i := slices.IndexFunc(b.List, func(x board.Board) bool { return x.ID == id })
	if i < 0 {
		return board.Board{}, grid.Fail(grid.NotFound, "error.board.unknown", "id", string(id))
	}
	return b.List[i], nil
}

// shownBoard is a board with what hangs there and what would have to.
type shownBoard struct {
	board.Board

	read   ledger.Dossier
	record board.Record
	face   board.Face
	faults []board.Finding
}

// publicBoard reads one.
func (s *scene) publicBoard(id board.ID) (shownBoard, error) {
	b, err := s.Boards.find(id)
	if err != nil {
		return shownBoard{}, err
	}
	out := shownBoard{Board: b}
	if out.read, err = s.dossier(board.Kind, string(id)); err != nil {
		return out, err
	}
	if out.read.Version > 0 {
		if wrong := out.read.Into(&out.record); wrong != nil {
			return out, wrong
		}
	}
	water := board.Water{}
	if b.Section != "" && s.Boards.Water != nil {
		if water, err = s.Boards.Water(s.ctx, b.Section); err != nil {
			return out, err
		}
	}
	out.face = b.FaceOf(s.roster, water, s.now)
	out.faults = out.record.Stale(out.face, s.Boards.Limits, s.now)
	return out, nil
}

// boardLink is what the code on a board says.
func (s *scene) boardLink(id board.ID) string {
	return "https://t.me/" + s.BotName + "?start=" + flow.BoardLink + string(id)
}

func boardData(verb string, id board.ID) string { return "br:" + verb + ":" + string(id) }

// showBoards lists the boards, those that are out of date first: /boards. Everybody may know which are.
func (s *scene) showBoards() error {
	if len(s.Boards.List) == 0 {
		return grid.Fail(grid.NotFound, "error.board.none")
	}
	all := make([]shownBoard, 0, len(s.Boards.List))
	stale := 0
	for _, b := range s.myBoards() {
		one, err := s.publicBoard(b.ID)
		if err != nil {
			return err
		}
		if len(one.faults) > 0 {
			stale++
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b shownBoard) int { return min(len(b.faults), 1) - min(len(a.faults), 1) })
	var lines texts.Lines
	buttons := make([]flow.Choice, 0, len(all))
	for _, b := range all {
		lines = append(lines, texts.Text{Key: "board.line", Args: s.boardArgs(b)})
		buttons = append(buttons, flow.Choice{Key: "button.board_one", Args: s.boardArgs(b), Data: boardData("open", b.ID)})
	}
	s.say(flow.Reply{Key: "board.list", Args: texts.Args{"n": len(all), "stale": stale, "lines": lines}, Rows: pairs(buttons)})
	return nil
}

// myBoards are those that the person keeps, or all of them for everybody else.
func (s *scene) myBoards() []board.Board {
	own := slices.DeleteFunc(slices.Clone(s.Boards.List), func(b board.Board) bool { return !s.mayBoard(b) })
	if len(own) > 0 {
		return own
	}
	return s.Boards.List
}

// boardArgs are what sentences about a board name.
func (s *scene) boardArgs(b shownBoard) texts.Args {
	state := any(texts.Text{Key: "board.true"})
	if len(b.faults) > 0 {
		list := make(texts.List, 0, len(b.faults))
		for _, f := range b.faults {
			list = append(list, texts.Text{Key: "board.fault." + string(f.Fault)})
		}
		state = list
	}
	person := any(b.face.Person)
	if b.face.Person == "" {
		person = texts.Text{Key: "board.nobody"}
	}
	if b.Form == board.OfChief {
		person = texts.Text{Key: "board.chief_line", Args: texts.Args{"name": person, "title": orDash(b.Title), "phone": orDash(b.Phone)}}
	}
	return texts.Args{
		"id": string(b.ID), "form": texts.Text{Key: "board.form." + string(b.Form)}, "river": b.River, "township": s.Work.Tree.Name(b.Cell), "extent": b.Extent,
		"target": texts.Text{Key: "water.class." + b.Target}, "person": person, "now": s.boardWater(b.face.Water), "state": state, "duties": numberedLines(b.Duties),
	}
}

func (s *scene) boardWater(w board.Water) texts.Text {
	if w.Asof.IsZero() || w.Class == "" {
		return texts.Text{Key: "board.no_reading"}
	}
	args := texts.Args{"class": texts.Text{Key: "water.class." + w.Class}, "day": s.day(w.Asof), "worst": texts.Text{}}
	if len(w.Worst) > 0 {
		items := make(texts.List, len(w.Worst))
		for i, names := range w.Worst {
			items[i] = texts.Names(names)
		}
		args["worst"] = texts.Text{Key: "board.worst", Args: texts.Args{"items": items}}
	}
	if w.Met {
		return texts.Text{Key: "board.quality.met", Args: args}
	}
	return texts.Text{Key: "board.quality.missed", Args: args}
}

func numberedLines(list []string) texts.Lines {
	out := make(texts.Lines, len(list))
	for i, line := range list {
		out[i] = strconv.Itoa(i+1) + ". " + line
	}
	return out
}

// boardCard shows one board: what it says, what is wrong with it, and what one may do.
func (s *scene) boardCard(id board.ID) error {
	b, err := s.publicBoard(id)
	if err != nil {
		return err
	}
	rows := [][]flow.Choice{{{Key: "button.board_report", Data: boardData("report", id)}}}
	if s.mayBoard(b.Board) {
		own := []flow.Choice{{Key: "button.board_print", Data: boardData("print", id)}}
		if !b.record.Printed.IsZero() && b.record.Up.IsZero() {
			own = append(own, flow.Choice{Key: "button.board_up", Data: boardData("up", id)})
		}
		rows = append([][]flow.Choice{own}, rows...)
	}
	s.say(flow.Reply{Key: "board.card", Args: s.boardArgs(b), Rows: rows})
	return nil
}

// mayBoard tells whether the person may have the board printed and say that it hangs.
func (s *scene) mayBoard(b board.Board) bool {
	return s.roster.Can(s.Work.Tree, s.me, b.Cell, s.now, grid.Publisher, grid.Supervisor, grid.Chief)
}

// pressBoard does what a button under a board says.
func (s *scene) pressBoard(verb, arg string) error {
	id := board.ID(arg)
	switch verb {
	case "open":
		return s.boardCard(id)
	case "print":
		return s.printBoard(id)
	case "up":
		return s.boardUp(id)
	case "report":
		e, err := s.reportAtBoard(id)
		if err != nil {
			return err
		}
		return s.converse(*e)
	}
	return s.forged("br:" + verb)
}

// openBoard is what the code on a board leads to: an officer who keeps it sees the board, anybody else reports something
// there, with the cell filled in.
func (s *scene) openBoard(id board.ID) (*flow.Event, error) {
	b, err := s.Boards.find(id)
	if err != nil {
		return nil, err
	}
	if s.mayBoard(b) {
		return nil, s.boardCard(id)
	}
	return s.reportAtBoard(id)
}

func (s *scene) reportAtBoard(id board.ID) (*flow.Event, error) {
	b, err := s.Boards.find(id)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string)
	for _, lang := range texts.Langs() {
		names[string(lang)] = s.Texts.Plain(lang, "board.reach", nil)
	}
	return &flow.Event{Kind: flow.SiteGiven, At: s.msg.At, Arrived: s.msg.Arrived, Field: s.mayFile(), Site: &flow.SitePlace{
		Name: b.River + s.Work.Tree.Name(b.Cell), Names: names, Cell: b.Cell,
	}}, nil
}

// printBoard makes the sheet of what the board has to say today; from here on that is what it is held to.
func (s *scene) printBoard(id board.ID) error {
	b, err := s.publicBoard(id)
	if err != nil {
		return err
	}
	switch {
	case !s.mayBoard(b.Board):
		return grid.Fail(grid.Forbidden, "error.role")
	case b.face.Person == "":
		return grid.Fail(grid.Conflict, "error.board.nobody")
	}
	data, err := boardsheet.Draw(s.Texts, boardsheet.Sheet{
		Board: b.Board, Face: b.face, Township: s.Work.Tree.Name(b.Cell), District: s.Work.Tree.Root().Name, Office: s.Rules.OfficeName,
		Hotline: s.Book.Rules().Hotline, Link: s.boardLink(id), Made: s.now, Location: s.Rules.Location,
	})
	if err != nil {
		return err
	}
	document, err := s.document(string(id)+".pdf", data)
	if err != nil {
		return err
	}
	r, event := b.record.Print(id, b.face, s.officer.ID, s.via(), s.now)
	if err := s.shelve(ledger.WriteDossier(b.read, r, event)); err != nil {
		return err
	}
	s.say(flow.Reply{
		Key: "board.printed", Args: s.boardArgs(b), Document: document,
		Rows: [][]flow.Choice{{{Key: "button.board_up", Data: boardData("up", id)}}},
	})
	return nil
}

// boardUp notes that the sheet hangs.
func (s *scene) boardUp(id board.ID) error {
	b, err := s.publicBoard(id)
	if err != nil {
		return err
	}
	if !s.mayBoard(b.Board) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	r, event, err := b.record.PutUp(s.officer.ID, s.via(), s.now)
	if err != nil {
		return err
	}
	if err := s.shelve(ledger.WriteDossier(b.read, r, event)); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "board.hangs", Args: s.boardArgs(b)})
	return nil
}
