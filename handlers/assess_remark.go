package handlers

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askRemarks lets those assessed see their own figures and say what they think, until a day that the setting gives.
func (s *scene) askRemarks(p pressedAssess) error {
	until := s.Work.Calendar.Deadline(s.now, s.Rules.Assess.Comment)
	after, err := s.assessAct(p.a, p.d, assess.Act{Action: assess.Ask, Until: until.At})
	if err != nil {
		return err
	}
	told, silent := 0, texts.List{}
	for _, r := range after.Results {
		officers := s.unitOfficers(r.Unit)
		told += len(officers)
		if len(officers) == 0 {
			silent = append(silent, r.Unit.Name)
		}
		card := s.unitCard("assess.notice.ask", after, r, s.judgedButtons(after, r))
		if err := s.tellEach(officers, casework.Case{}, func(grid.Officer) flow.Reply { return card }); err != nil {
			return err
		}
	}
	s.say(s.assessCard(after))
	s.say(flow.Reply{Key: "assess.asked", Args: texts.Args{"day": s.lastDay(after.Until), "n": told, "silent": silentText(silent)}})
	return nil
}

func silentText(units texts.List) texts.Text {
	if len(units) == 0 {
		return texts.Text{}
	}
	return texts.Text{Key: "assess.silent", Args: texts.Args{"units": units, "n": len(units)}}
}

// unitOfficers are who answers for a unit and can be reached: the chiefs of a township itself, the clerks of a department.
func (s *scene) unitOfficers(u assess.Unit) []grid.Officer {
	if d := u.Department(); d != "" {
		return casework.Clerks(s.roster, d, s.now)
	}
	officers, where := s.roster.Responsible(s.Work.Tree, u.Cell(), s.now, grid.Chief)
	if where != u.Cell() {
		return nil
	}
	return officers
}

// beginRemark lets somebody who answers for a unit say what they think of its figures.
func (s *scene) beginRemark(p pressedAssess) error {
	r, err := p.result()
	if err != nil {
		return err
	}
	if err := s.mayRemark(p.a, r.Unit); err != nil {
		return err
	}
	return s.begin(flow.Task{Story: flow.Remarking, Assess: &flow.Assessed{Period: p.a.Period, Unit: r.Unit.Key(), Name: r.Unit.Name}})
}

func (s *scene) mayRemark(a assess.Assessment, u assess.Unit) error {
	switch {
	case !s.speaksFor(u):
		return grid.Fail(grid.Forbidden, "error.role")
	case a.State == assess.Commenting && !s.msg.At.Before(a.Until):
		return grid.Fail(grid.Conflict, "error.assess.over")
	case a.State != assess.Commenting:
		return grid.Fail(grid.Conflict, "error.assess.state")
	}
	return nil
}

// remarkFigures keeps what a unit thinks of its figures and tells the supervisors.
func (s *scene) remarkFigures(c flow.RemarkFigures) error {
	a, d, err := s.assessment(c.Period)
	if err != nil {
		return err
	}
	r, ok := a.Result(c.Unit)
	if !ok {
		return grid.Fail(grid.NotFound, "error.assess.figure")
	}
	if barred := s.mayRemark(a, r.Unit); barred != nil {
		return barred
	}
	files, err := s.planFiles(c.Files)
	if err != nil {
		return err
	}
	after, err := s.assessAct(a, d, assess.Act{Action: assess.Comment, Unit: c.Unit, Words: c.Words, Files: files, At: s.msg.At})
	if err != nil {
		return err
	}
	n := len(after.Comments)
	s.say(flow.Reply{Key: "assess.remarked", Args: texts.Args{"n": n, "unit": r.Unit.Name, "period": texts.Period(a.Period)}, Hide: true})
	supervisors, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	card := flow.Reply{
		Key:  "assess.notice.remark",
		Args: texts.Args{"period": texts.Period(a.Period), "unit": r.Unit.Name, "remark": s.remarkLine(after, after.Comments[n-1])},
		Rows: explainRows(after, after.Comments[n-1]), Photos: planPhotos(files),
	}
	return s.tellEach(supervisors, casework.Case{}, func(grid.Officer) flow.Reply { return card })
}

func explainRows(a assess.Assessment, x assess.Remark) [][]flow.Choice {
	return [][]flow.Choice{{
		{Key: "button.assess.explain", Args: texts.Args{"n": x.N}, Data: assessData("explain", a.Period, strconv.Itoa(x.N))},
		{Key: "button.assess.unit", Data: assessData("unit", a.Period, x.Unit)},
	}}
}

// remarkLine is a comment with its answer.
func (s *scene) remarkLine(a assess.Assessment, x assess.Remark) texts.Text {
	r, _ := a.Result(x.Unit)
	answer := texts.Text{Key: "assess.remark.open"}
	if !x.Answered.IsZero() {
		answer = texts.Text{Key: "assess.remark.answer", Args: texts.Args{"words": x.Answer, "day": s.minute(x.Answered)}}
	}
	files := texts.Text{}
	if n := len(x.Files); n > 0 {
		files = texts.Text{Key: "assess.remark.files", Args: texts.Args{"n": n}}
	}
	return texts.Text{Key: "assess.remark", Args: texts.Args{
		"n": x.N, "unit": r.Unit.Name, "names": officerNames(s.officersOf([]grid.OfficerID{x.By})), "day": s.minute(x.At), "words": x.Words,
		"files": files, "answer": answer,
	}}
}

// showRemarkFiles shows what backs a comment to whoever may see it.
func (s *scene) showRemarkFiles(p pressedAssess) error {
	n := p.number(0)
	if n < 1 || n > len(p.a.Comments) {
		return grid.Fail(grid.NotFound, "error.assess.comment")
	}
	x := p.a.Comments[n-1]
	if r, ok := p.a.Result(x.Unit); !ok || !s.seesUnit(p.a, r.Unit) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	s.say(flow.Reply{Key: "assess.files", Args: texts.Args{"n": x.N, "files": len(x.Files)}, Photos: planPhotos(x.Files)})
	return nil
}

// filesButton leads to the files of a comment; none without any.
func filesButton(a assess.Assessment, x assess.Remark) []flow.Choice {
	if len(x.Files) == 0 {
		return nil
	}
	return []flow.Choice{{Key: "button.assess.files", Args: texts.Args{"n": x.N}, Data: assessData("files", a.Period, strconv.Itoa(x.N))}}
}

// showRemarks lists the comments, those without an answer first, with a button for each of these.
func (s *scene) showRemarks(p pressedAssess) error {
	all := slices.Clone(p.a.Comments)
	slices.SortStableFunc(all, func(a, b assess.Remark) int {
		switch {
		case a.Answered.IsZero() == b.Answered.IsZero():
			return 0
		case a.Answered.IsZero():
			return -1
		}
		return 1
	})
	if len(all) == 0 {
		s.say(flow.Reply{Key: "assess.remarks.empty"})
		return nil
	}
	offset := min(p.number(0), len(all)-1)
	page := all[offset:min(offset+s.Rules.PageSize, len(all))]
	var lines texts.Lines
	var buttons []flow.Choice
	for _, x := range page {
		lines = append(lines, s.remarkLine(p.a, x))
		if x.Answered.IsZero() {
			buttons = append(buttons, explainRows(p.a, x)[0][0])
		}
		buttons = append(buttons, filesButton(p.a, x)...)
	}
	rows := pairs(buttons)
	if next := offset + len(page); next < len(all) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: assessData("remarks", p.a.Period, strconv.Itoa(next))}})
	}
	s.say(flow.Reply{Key: "assess.remarks", Args: texts.Args{"period": texts.Period(p.a.Period), "n": len(all), "lines": lines}, Rows: rows})
	return nil
}

// beginExplain lets a supervisor answer a comment.
func (s *scene) beginExplain(p pressedAssess) error {
	n := p.number(0)
	if n < 1 || n > len(p.a.Comments) {
		return grid.Fail(grid.NotFound, "error.assess.comment")
	}
	x := p.a.Comments[n-1]
	if !x.Answered.IsZero() {
		return grid.Fail(grid.Conflict, "error.assess.answered")
	}
	r, _ := p.a.Result(x.Unit)
	return s.begin(flow.Task{Story: flow.Explaining, Assess: &flow.Assessed{Period: p.a.Period, Unit: x.Unit, Name: r.Unit.Name, Remark: n}})
}

// explainFigures answers a comment and tells whoever made it.
func (s *scene) explainFigures(c flow.ExplainFigures) error {
	if !s.assessor() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	a, d, err := s.assessment(c.Period)
	if err != nil {
		return err
	}
	after, err := s.assessAct(a, d, assess.Act{Action: assess.Answer, N: c.Remark, Words: c.Words})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "assess.explained", Args: texts.Args{"n": c.Remark, "left": len(after.Unanswered())}, Hide: true})
	return s.tellRemarkers(after, c.Remark)
}

// tellRemarkers tells who made a comment what became of it.
func (s *scene) tellRemarkers(a assess.Assessment, n int) error {
	x := a.Comments[n-1]
	r, _ := a.Result(x.Unit)
	return s.tellEach(s.officersOf([]grid.OfficerID{x.By}), casework.Case{}, func(grid.Officer) flow.Reply {
		return flow.Reply{
			Key: "assess.notice.answer", Args: texts.Args{"period": texts.Period(a.Period), "unit": r.Unit.Name, "remark": s.remarkLine(a, x)},
			Rows: [][]flow.Choice{{{Key: "button.assess.unit", Data: assessData("unit", a.Period, x.Unit)}}},
		}
	})
}

// executeAssess does what is wanted about an assessment.
func (s *scene) executeAssess(c flow.Command) error {
	switch c := c.(type) {
	case flow.RemarkFigures:
		return s.remarkFigures(c)
	case flow.ExplainFigures:
		return s.explainFigures(c)
	case flow.SetFigure:
		return s.setFigure(c)
	default:
		return fmt.Errorf("no verb executes %T", c)
	}
}
