package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showWork lists the open cases of the officer's cells, the most pressing first: /work.
func (s *scene) showWork(offset int) error {
	cases, err := s.work()
	if err != nil {
		return err
	}
	return s.list("work.title", "w:work:", cases, offset)
}

// work reads what the officer's own cells have to do.
func (s *scene) work() ([]casework.Case, error) {
	areas := s.roster.Areas(s.officer.ID, s.now, grid.Inspector, grid.Chief)
	if len(areas) == 0 {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	return s.workOf(areas)
}

// workOf reads the open cases in the areas and sorts them by limit.
func (s *scene) workOf(areas []grid.CellCode) ([]casework.Case, error) {
	var ids []casework.CaseID
	for _, cell := range s.below(areas) {
		page, err := s.Store.Queue(s.ctx, casework.CellQueue(cell), 0, 500)
		if err != nil {
			return nil, err
		}
		ids = append(ids, page...)
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		x, _ := a.Due()
		y, _ := b.Due()
		return x.Compare(y)
	})
	urgentFirst(cases)
	return cases, nil
}

// urgentFirst moves urgent cases to the front and leaves the order as it is otherwise.
func urgentFirst(cases []casework.Case) {
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		switch {
		case a.Urgent == b.Urgent:
			return 0
		case a.Urgent:
			return -1
		}
		return 1
	})
}

// below lists the areas and every cell in them.
func (s *scene) below(areas []grid.CellCode) []grid.CellCode {
	var out []grid.CellCode
	for _, c := range s.Work.Tree.Cells() {
		if slices.ContainsFunc(areas, func(a grid.CellCode) bool { return s.Work.Tree.Within(c.Code, a) }) {
			out = append(out, c.Code)
		}
	}
	return out
}

// showQueue lists one of the district's queues: /desk, /review, /spot, /publish.
func (s *scene) showQueue(q casework.Queue, offset int) error {
	cases, err := s.queue(q)
	if err != nil {
		return err
	}
	return s.list("queue."+string(q), "w:"+string(q)+":", cases, offset)
}

// queue reads one of the district's queues, for those who work it off.
func (s *scene) queue(q casework.Queue) ([]casework.Case, error) {
	roles := []grid.Role{grid.Desk, grid.Supervisor}
	if q == casework.NoticeQueue {
		roles = append(roles, grid.Publisher)
	}
	if !s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, roles...) {
		return nil, grid.Fail(grid.Forbidden, "error.role")
	}
	ids, err := s.Store.Queue(s.ctx, q, 0, 500)
	if err != nil {
		return nil, err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return nil, err
	}
	urgentFirst(cases)
	return cases, nil
}

// deskWorker tells whether the person works at the district's desk or supervises it.
func (s *scene) deskWorker() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Desk, grid.Supervisor)
}

// list shows one page of cases as worklists show them.
func (s *scene) list(title, data string, cases []casework.Case, offset int) error {
	return s.listBy(listed{title: title, data: data, line: s.line}, cases, offset)
}

// listed is how a list is shown.
type listed struct {
	title string // its key; with .empty behind it when there is nothing
	data  string // of the button to the next page, before the offset
	line  func(n int, c casework.Case) string
	more  []flow.Choice // a last row of buttons
}

// listBy shows one page of the cases that the person may open: a line each, a numbered button each, and the way to the next page.
func (s *scene) listBy(l listed, cases []casework.Case, offset int) error {
	cases = slices.DeleteFunc(cases, func(c casework.Case) bool { return !s.Work.Sees(c, s.me, s.roster, s.now) })
	if len(cases) == 0 {
		r := flow.Reply{Key: l.title + ".empty"}
		if len(l.more) > 0 {
			r.Rows = [][]flow.Choice{l.more}
		}
		s.say(r)
		return nil
	}
	offset = max(0, min(offset, len(cases)-1))
	page := cases[offset:min(offset+s.Rules.PageSize, len(cases))]
	lines := make([]string, 0, len(page))
	buttons := make([]flow.Choice, 0, len(page))
	for i, c := range page {
		lines = append(lines, l.line(offset+i+1, c))
		buttons = append(buttons, flow.Choice{
			Label: texts.Name(strconv.Itoa(offset + i + 1)), Data: caseData("open", c.ID),
		})
	}
	rows := [][]flow.Choice{buttons}
	if next := offset + len(page); next < len(cases) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: l.data + strconv.Itoa(next)}})
	}
	if len(l.more) > 0 {
		rows = append(rows, l.more)
	}
	s.say(flow.Reply{
		Key:  l.title,
		Args: texts.Args{"n": len(cases), "lines": texts.Raw(strings.Join(lines, "\n"))},
		Rows: rows, Edit: s.msg.Kind == Button && offset > 0,
	})
	return nil
}

// line is a case in a list: its limit first, for that is what the list is sorted by.
func (s *scene) line(n int, c casework.Case) string {
	args := s.caseArgs(c)
	args["n"] = n
	args["text"] = excerpt(c.Text, 28)
	return s.Texts.T(s.lang, "work.line", args)
}

// showOverview tells a supervisor what is open and late, by township: /overview.
func (s *scene) showOverview() error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	townships := s.Work.Tree.Level(2)
	lines := make([]string, 0, len(townships))
	buttons := make([]flow.Choice, 0, len(townships))
	for _, t := range townships {
		open, late, err := s.burden(t.Code)
		if err != nil {
			return err
		}
		if open == 0 {
			continue
		}
		lines = append(lines, s.Texts.T(s.lang, "overview.line", texts.Args{"cell": t.Name, "open": open, "late": late}))
		buttons = append(buttons, flow.Choice{Label: texts.Name(t.Name), Data: "w:cell/" + string(t.Code) + ":0"})
	}
	queues := []casework.Queue{
		casework.DecideQueue, casework.ReviewQueue, casework.DisputeQueue, casework.AskedQueue, casework.ExtensionQueue, casework.RecheckQueue,
	}
	desk, err := s.Store.QueueCounts(s.ctx, queues, s.now)
	if err != nil {
		return err
	}
	today, err := s.countsToday()
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "overview.title", Args: texts.Args{
		"decide": desk[0].Open, "review": desk[1].Open, "dispute": desk[2].Open, "asked": desk[3].Open, "extension": desk[4].Open,
		"recheck": desk[5].Open, "today": today, "lines": texts.Raw(strings.Join(lines, "\n")),
	}, Rows: append(deskButtons(), pairs(buttons)...)})
	return nil
}

func deskButtons() [][]flow.Choice {
	return [][]flow.Choice{{
		{Key: "button.decide_queue", Data: "w:decide:0"},
		{Key: "button.review_queue", Data: "w:review:0"},
		{Key: "button.dispute_queue", Data: "w:dispute:0"},
	}}
}

// burden counts the open and the late cases of a township and everything in it.
func (s *scene) burden(township grid.CellCode) (open, late int, err error) {
	cells := s.below([]grid.CellCode{township})
	queues := make([]casework.Queue, 0, len(cells))
	for _, cell := range cells {
		queues = append(queues, casework.CellQueue(cell))
	}
	counts, err := s.Store.QueueCounts(s.ctx, queues, s.now)
	for _, c := range counts {
		open += c.Open
		late += c.Late
	}
	return open, late, err
}

// showTownship lists the open cases of a township for its officers and those above.
func (s *scene) showTownship(cell grid.CellCode, offset int) error {
	if !s.roster.Can(s.Work.Tree, s.me, cell, s.now, grid.Roles()...) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	cases, err := s.workOf([]grid.CellCode{cell})
	if err != nil {
		return err
	}
	return s.list("work.title", "w:cell/"+string(cell)+":", cases, offset)
}
