package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// AssessRules are how the district assesses its townships and departments.
type AssessRules struct {
	Scheme  assess.Scheme
	Comment calendar.Limit // for those assessed to say what they think
}

// assessor tells whether the person draws up assessments: a supervisor of the district.
func (s *scene) assessor() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
}

// speaksFor tells whether the person answers for a unit: a chief of the township, a clerk of the department.
func (s *scene) speaksFor(u assess.Unit) bool {
	if d := u.Department(); d != "" {
		return slices.Contains(s.departments(), d)
	}
	return s.roster.Can(s.Work.Tree, s.me, u.Cell(), s.now, grid.Chief)
}

// showAssess shows an assessment: /assess 2017Q3, /assess 2017. Without a period it lists them. A supervisor who names a
// period that was not assessed yet has it computed.
func (s *scene) showAssess() error {
	if s.msg.Args == "" {
		return s.assessments()
	}
	span, err := s.assessSpan(s.msg.Args)
	if err != nil {
		return err
	}
	a, d, err := s.assessment(span.Name)
	if err != nil {
		return err
	}
	if a.State == assess.None && s.assessor() {
		return s.computeAssessment(span, a, d)
	}
	return s.showAssessment(a)
}

// assessSpan reads a period that is assessed: a quarter or a year that has begun.
func (s *scene) assessSpan(text string) (figures.Span, error) {
	span, err := figures.ParseSpan(text, s.now, s.Rules.Location)
	if err != nil || !assess.Assessed(span) || span.From.After(s.now) {
		return span, grid.Fail(grid.Invalid, "error.assess.span", "said", text)
	}
	return span, nil
}

// assessment reads the assessment of a period; one of no state when there is none.
func (s *scene) assessment(period string) (assess.Assessment, ledger.Dossier, error) {
	d, err := s.Store.Dossier(s.ctx, assess.Dossiers, period)
	if grid.CodeOf(err) == grid.NotFound {
		return assess.Assessment{}, ledger.Dossier{Kind: assess.Dossiers, ID: period}, nil
	}
	if err != nil {
		return assess.Assessment{}, d, err
	}
	a, err := assess.Read(d)
	return a, d, err
}

const assessListed = 12 // periods in the list, the newest first

// assessments lists those that the person may see.
func (s *scene) assessments() error {
	ids, err := s.Store.Shelf(s.ctx, assess.Dossiers, assess.All, 0, float64(s.now.AddDate(1, 0, 0).Unix()), 1000)
	if err != nil {
		return err
	}
	slices.Reverse(ids)
	found, err := s.Store.Dossiers(s.ctx, assess.Dossiers, ids)
	if err != nil {
		return err
	}
	var lines texts.Lines
	var buttons []flow.Choice
	for _, d := range found {
		a, err := assess.Read(d)
		if err != nil {
			return err
		}
		if len(lines) < assessListed && s.seesAssessment(a) {
			lines = append(lines, texts.Text{Key: "assess.listed", Args: texts.Args{"period": texts.Period(a.Period), "state": s.assessState(a)}})
			buttons = append(buttons, periodChoice(a.Period, assessData("show", a.Period)))
		}
	}
	switch {
	case len(lines) > 0:
		s.say(flow.Reply{Key: "assess.list", Args: texts.Args{"lines": lines}, Rows: pairs(buttons)})
	case s.assessor():
		s.say(flow.Reply{Key: "assess.list.empty", Args: texts.Args{"year": s.now.In(s.Rules.Location).Year()}})
	default:
		s.say(flow.Reply{Key: "assess.list.none"})
	}
	return nil
}

// seesAssessment tells whether the person may see anything of it: a draft is the supervisors'; comments are for those
// assessed; what is published is everybody's.
func (s *scene) seesAssessment(a assess.Assessment) bool {
	return s.assessor() || !a.Published.IsZero() || len(s.ownResults(a)) > 0
}

// ownResults are how the units stand that the person speaks for, once they may know.
func (s *scene) ownResults(a assess.Assessment) []assess.Result {
	if a.State != assess.Commenting && a.State != assess.Final || s.officer.ID == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Results), func(r assess.Result) bool { return !s.speaksFor(r.Unit) })
}

// assessState says where an assessment stands.
func (s *scene) assessState(a assess.Assessment) texts.Text {
	switch {
	case !a.Published.IsZero():
		return texts.Text{Key: "assess.state.published"}
	case a.State == assess.Commenting:
		return texts.Text{Key: "assess.state.commenting", Args: texts.Args{"day": s.lastDay(a.Until)}}
	}
	return texts.Text{Key: "assess.state." + string(a.State)}
}

func assessData(verb string, parts ...string) string {
	return "as:" + verb + ":" + strings.Join(parts, ":")
}

// showAssessment shows the whole to whoever may see the whole, else the person's own units.
func (s *scene) showAssessment(a assess.Assessment) error {
	if a.State == assess.None || !s.seesAssessment(a) {
		return grid.Fail(grid.NotFound, "error.assess.none")
	}
	if own := s.ownResults(a); !s.assessor() && len(own) > 0 {
		for _, r := range own[:min(len(own), 5)] {
			s.say(s.unitCard("assess.unit", a, r, s.unitButtons(a, r)))
		}
		if a.Published.IsZero() {
			return nil
		}
	}
	s.say(s.assessCard(a))
	return nil
}

// assessCard is the whole in short.
func (s *scene) assessCard(a assess.Assessment) flow.Reply {
	var lines texts.Lines
	for _, k := range assess.Kinds() {
		lines = append(lines, s.rankLines(a, k)...)
	}
	return flow.Reply{Key: "assess.card", Args: texts.Args{
		"period": texts.Period(a.Period), "state": s.assessState(a), "day": s.minute(a.Computed), "lines": lines,
		"pass": a.Scheme.Pass.String(), "least": a.Scheme.Least, "seal": sealText(a), "open": s.openRemarks(a),
	}, Rows: s.assessButtons(a), Edit: s.rewrites()}
}

func (s *scene) minute(t time.Time) string { return t.In(s.Rules.Location).Format("2006-01-02 15:04") }

func sealText(a assess.Assessment) texts.Text {
	if a.Seal == nil {
		return texts.Text{}
	}
	return texts.Text{Key: "assess.seal", Args: texts.Args{"hash": a.Seal.Hash}}
}

// openRemarks says how many comments wait for an answer, to whoever answers them.
func (s *scene) openRemarks(a assess.Assessment) texts.Text {
	n := len(a.Unanswered())
	if a.State != assess.Commenting || !s.assessor() {
		return texts.Text{}
	}
	return texts.Text{Key: "assess.open", Args: texts.Args{"n": len(a.Comments), "open": n}}
}

// rewrites tells whether what is said takes the place of the message whose button was pressed: a picture or a file stays.
func (s *scene) rewrites() bool { return s.msg.Kind == Button && !s.msg.Picture }

// rankLines are the judged of a kind by rank, and how many there are that could not be judged, and why.
func (s *scene) rankLines(a assess.Assessment, k assess.Kind) texts.Lines {
	lines := texts.Lines{texts.Text{Key: "assess.kind." + string(k)}}
	few, none := 0, 0
	for _, r := range a.Results {
		switch {
		case r.Unit.Kind != k:
		case r.Judged:
			failed := texts.Text{}
			if r.Failed {
				failed = texts.Text{Key: "assess.failed"}
			}
			lines = append(lines, texts.Text{Key: "assess.line", Args: texts.Args{
				"rank": r.Rank, "unit": r.Unit.Name, "score": r.Score.String(), "grade": gradeName(a.Scheme, r.Grade), "failed": failed,
			}})
		case r.Empty():
			none++
		default:
			few++
		}
	}
	if few+none > 0 {
		lines = append(lines, texts.Text{Key: "assess.unjudged", Args: texts.Args{"few": few, "none": none}})
	}
	return lines
}

func gradeName(scheme assess.Scheme, code string) texts.Names {
	for _, g := range scheme.Grades {
		if g.Code == code {
			return g.Names
		}
	}
	return texts.Names{}
}

// assessButtons are what the person may do with the whole.
func (s *scene) assessButtons(a assess.Assessment) [][]flow.Choice {
	button := func(verb string, more ...string) flow.Choice {
		return flow.Choice{Key: "button.assess." + verb, Data: assessData(verb, append([]string{a.Period}, more...)...)}
	}
	rows := [][]flow.Choice{{
		{Key: "button.assess.township", Data: assessData("units", a.Period, string(assess.Township), "0")},
		{Key: "button.assess.department", Data: assessData("units", a.Period, string(assess.Department), "0")},
	}}
	if !s.assessor() {
		return rows[:0]
	}
	rows = append(rows, []flow.Choice{button("book")})
	switch {
	case a.State == assess.Draft:
		rows = append(rows, []flow.Choice{button("compute"), button("ask")})
	case a.State == assess.Commenting:
		rows = append(rows, []flow.Choice{button("remarks", "0"), button("finish")})
	case a.State == assess.Final && a.Published.IsZero():
		rows = append(rows, []flow.Choice{button("check"), button("publish")})
	case a.State == assess.Final:
		rows = append(rows, []flow.Choice{button("check"), button("public")})
	}
	return rows
}

// pressAssess does what a button under an assessment says.
func (s *scene) pressAssess(verb, arg string) error {
	parts := strings.Split(arg, ":")
	span, err := figures.ParseSpan(parts[0], s.now, s.Rules.Location)
	if err != nil || span.Name != parts[0] {
		return s.forged(s.msg.Data)
	}
	a, d, err := s.assessment(span.Name)
	if err != nil {
		return err
	}
	if a.State == assess.None || !s.seesAssessment(a) {
		return s.forged(s.msg.Data)
	}
	p := pressedAssess{a: a, d: d, span: span, rest: append(parts[1:], "", "", "")}
	if do, ok := s.assessVerbs()[verb]; ok {
		return do(p)
	}
	if do, ok := s.assessorVerbs()[verb]; ok && s.assessor() {
		return do(p)
	}
	return s.forged(s.msg.Data)
}

// pressedAssess is what a button under an assessment names.
type pressedAssess struct {
	a    assess.Assessment
	d    ledger.Dossier
	span figures.Span
	rest []string // what stands behind the period: unit, indicator …
}

// number reads the n-th of what stands behind the period; 0 for what is no number.
func (p pressedAssess) number(n int) int {
	i, err := strconv.Atoi(p.rest[n])
	if err != nil || i < 0 {
		return 0
	}
	return i
}

// result is the unit that a button names.
func (p pressedAssess) result() (assess.Result, error) {
	r, ok := p.a.Result(p.rest[0])
	if !ok {
		return r, grid.Fail(grid.NotFound, "error.assess.figure")
	}
	return r, nil
}

// figure is the mark of a unit that a button names, the indicator by its place in the scheme: a code would have no room.
func (p pressedAssess) figure() (r assess.Result, i assess.Indicator, m assess.Mark, err error) {
	if r, err = p.result(); err != nil {
		return r, i, m, err
	}
	ok := false
	if n := p.number(1); n < len(p.a.Scheme.Indicators) {
		i = p.a.Scheme.Indicators[n]
		m, ok = r.Mark(i.Code)
	}
	if !ok {
		err = grid.Fail(grid.NotFound, "error.assess.figure")
	}
	return r, i, m, err
}

// assessVerbs are the buttons of everybody who sees the assessment; each asks what else it needs.
func (s *scene) assessVerbs() map[string]func(pressedAssess) error {
	return map[string]func(pressedAssess) error{
		"show":   func(p pressedAssess) error { return s.showAssessment(p.a) },
		"unit":   s.showUnit,
		"figure": s.showFigure,
		"remark": s.beginRemark,
		"book":   s.assessBook,
		"files":  s.showRemarkFiles,
		"public": s.showPublic,
	}
}

// assessorVerbs are those of supervisors.
func (s *scene) assessorVerbs() map[string]func(pressedAssess) error {
	return map[string]func(pressedAssess) error{
		"units":   s.showUnits,
		"compute": func(p pressedAssess) error { return s.computeAssessment(p.span, p.a, p.d) },
		"enter":   s.beginFigure(flow.Entering),
		"correct": s.beginFigure(flow.Correcting),
		"ask":     s.askRemarks,
		"remarks": s.showRemarks,
		"explain": s.beginExplain,
		"finish":  s.finishAssessment,
		"check":   s.checkAssessment,
		"publish": s.publishAssessment,
		"propose": s.proposeRemedy,
	}
}
