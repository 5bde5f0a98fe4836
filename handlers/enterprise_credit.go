package handlers

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// gradeYears are the years that may be graded: the last, and this one.
func (s *scene) gradeYears() []int { return []int{s.local().Year() - 1, s.local().Year()} }

// gradeName is a grade as people read it.
func (s *scene) gradeName(code string) texts.Names {
	for _, g := range s.Enterprises.Rules.Scheme.Grades {
		if g.Code == code {
			return g.Names
		}
	}
	return texts.Name(code)
}

// gradeLine is the newest grade that is published; none without one.
func (s *scene) gradeLine(e enterprise.Enterprise) texts.Text {
	for _, r := range slices.Backward(e.Ratings) {
		if !r.Published.IsZero() {
			return texts.Text{Key: "enterprise.grade_line", Args: texts.Args{"year": strconv.Itoa(r.Year), "grade": s.gradeName(r.Grade), "score": r.Score}}
		}
	}
	return texts.Text{}
}

// showGrade shows the grade of a year with every reason; one that was not computed is computed first.
func (s *scene) showGrade(d enterpriseDossier, part string) error {
	if !s.inBureau(enterprise.TheBureau) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	year, err := strconv.Atoi(part)
	if err != nil {
		return s.forged(s.msg.Data)
	}
	r, ok := d.e.Rating(year)
	if !ok {
		return s.rateEnterprise(d, part)
	}
	s.sayGrade(d, r)
	return nil
}

// rateEnterprise computes the grade of a year from what is on record. Until a supervisor publishes it, it is nobody else's to know.
func (s *scene) rateEnterprise(d enterpriseDossier, part string) error {
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Rate, Period: part})
	if err != nil {
		return err
	}
	year, _ := strconv.Atoi(part)
	r, _ := d.e.Rating(year)
	s.sayGrade(d, r)
	return nil
}

func (s *scene) sayGrade(d enterpriseDossier, r enterprise.Rating) {
	year := strconv.Itoa(r.Year)
	stands := texts.Text{Key: "enterprise.grade.draft", Args: texts.Args{"day": s.lastDay(r.Until)}}
	if !r.Published.IsZero() {
		stands = texts.Text{Key: "enterprise.grade.published", Args: texts.Args{"day": s.dayOf(r.Published)}}
	}
	var objections texts.Lines
	for _, o := range r.Objections {
		answer := texts.Text{Key: "enterprise.grade.unanswered"}
		if !o.Closed.IsZero() {
			answer = texts.Text{Key: "enterprise.grade.answer", Args: texts.Args{"words": o.Answer}}
		}
		objections = append(objections, texts.Text{Key: "enterprise.grade.objection", Args: texts.Args{"day": s.dayOf(o.Day), "words": o.Words, "answer": answer}})
	}
	var all []flow.Choice
	add := func(when bool, key, verb string) {
		if when {
			all = append(all, flow.Choice{Key: key, Data: enterpriseData(verb, d.e.Number, year)})
		}
	}
	draft, boss := r.Published.IsZero(), s.inBureau(enterprise.TheSupervisor)
	add(draft, "button.ent_rate", "rate")
	add(draft, "button.ent_object", "object")
	add(draft && boss && r.Open(), "button.ent_answer", "answer")
	add(draft && boss, "button.ent_publish", "publish")
	all = append(all, flow.Choice{Key: "button.ent_open", Data: enterpriseData("open", d.e.Number)})
	s.say(flow.Reply{Key: "enterprise.grade", Args: texts.Args{
		"name": d.site.Name, "year": year, "score": r.Score, "base": s.Enterprises.Rules.Scheme.Base, "grade": s.gradeName(r.Grade),
		"reasons": s.reasonLines(r.Reasons), "stands": stands, "objections": objections,
	}, Rows: pairs(all), Hide: true})
}

// reasonLines are the reasons of a grade, each with its day.
func (s *scene) reasonLines(all []enterprise.Reason) texts.Lines {
	out := make(texts.Lines, 0, len(all))
	for _, r := range all {
		out = append(out, s.reasonLine(r))
	}
	if len(out) == 0 {
		out = append(out, texts.Text{Key: "enterprise.no_reasons"})
	}
	return out
}

func (s *scene) reasonLine(r enterprise.Reason) texts.Text {
	points := "-" + strconv.Itoa(r.Points)
	if r.Points < 0 {
		points = "+" + strconv.Itoa(-r.Points)
	}
	return texts.Text{Key: "enterprise.reason", Args: texts.Args{"day": s.dayOf(r.Day), "what": s.reasonName(r), "points": points}}
}

// reasonName says what counted.
func (s *scene) reasonName(r enterprise.Reason) texts.Text {
	args := texts.Args{"n": r.Of, "what": any(r.What)}
	switch r.Code {
	case enterprise.WeightLimit, enterprise.WeightStop, enterprise.WeightMend, enterprise.WeightRed, enterprise.WeightSilent:
		return texts.Text{Key: "enterprise.weight." + r.Code, Args: args}
	case enterprise.WeightBroken:
		args["what"] = term("enterprise.clock.", r.What)
		return texts.Text{Key: "enterprise.weight." + r.Code, Args: args}
	}
	args["kind"] = term("enterprise.fact.", r.Code)
	return texts.Text{Key: "enterprise.weight.fact", Args: args}
}

// askGradeWords returns a button's verb that asks for an objection, or its answer.
func (s *scene) askGradeWords(a enterprise.Action, what string) func(enterpriseDossier, string) error {
	return func(d enterpriseDossier, year string) error { return s.askEnterprise(d, a, what, year) }
}

func (s *scene) noteGrade(d enterpriseDossier, a enterprise.Action, year, words string) error {
	day, rest := s.dayIn(words)
	d, err := s.actEnterprise(d, enterprise.Act{Action: a, Period: year, Day: day, Words: joinFields(rest)})
	if err != nil {
		return err
	}
	y, _ := strconv.Atoi(year)
	r, _ := d.e.Rating(y)
	s.sayGrade(d, r)
	if a != enterprise.Object {
		return nil
	}
	return s.tellBureau(flow.Reply{Key: "enterprise.notice.objection", Args: texts.Args{"name": d.site.Name, "year": year, "words": joinFields(rest)}, Rows: [][]flow.Choice{{
		{Key: "button.ent_grade", Args: texts.Args{"year": year}, Data: enterpriseData("grade", d.e.Number, year)},
	}}})
}

// publishGrade makes the grade of a year public. Only a supervisor may, when the time to object is over and nothing waits for an answer.
func (s *scene) publishGrade(d enterpriseDossier, year string) error {
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Publish, Period: year})
	if err != nil {
		return err
	}
	y, _ := strconv.Atoi(year)
	r, _ := d.e.Rating(y)
	s.sayGrade(d, r)
	return nil
}
