package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// ownAnswer reads what the person answered so far, under a name that leads to no other answer and to no report of theirs.
func (s *scene) ownAnswer(c consultation.Consultation) (opened[consultation.Answer], error) {
	id := consultation.AnswerID(c.ID, string(s.Alias("consult/"+c.ID, s.person.User)))
	read, err := s.dossier(consultation.AnswerKind, id)
	d := opened[consultation.Answer]{read: read, it: consultation.Answer{ID: id, Of: c.ID, Door: consultation.Chat}}
	if err != nil {
		return d, err
	}
	return d, read.Into(&d.it)
}

// keepAnswer makes an answer, as it is now, part of the change.
func (s *scene) keepAnswer(d opened[consultation.Answer], a consultation.Answer) error {
	a.Day = s.localDay()
	return s.shelve(consultation.WriteAnswer(d.read, a))
}

// showQuestion shows a question with what the person answered to it; behind the last one it thanks them.
func (s *scene) showQuestion(c consultation.Consultation, part string) error {
	n := partOf(part)
	if n >= len(c.Questions) {
		return s.thankAnswer(c)
	}
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	if _, err := c.Choose(d.it, n, 0, s.now); n < 0 || err != nil && grid.CodeOf(err) != grid.NotFound {
		return orGone(err)
	}
	s.say(s.consultQuestion(c, d.it, n))
	return nil
}

func orGone(err error) error {
	if err == nil {
		return grid.Fail(grid.NotFound, "error.consult.gone")
	}
	return err
}

// consultQuestion is one question of the talk, edited from the one before it.
func (s *scene) consultQuestion(c consultation.Consultation, a consultation.Answer, n int) flow.Reply {
	q := c.Questions[n]
	here := c.ID + "." + strconv.Itoa(n)
	r := flow.Reply{Key: "consult.question." + string(q.Form), Edit: true, Args: texts.Args{
		"n": n + 1, "of": len(c.Questions), "title": c.Title, "question": q.Text, "said": orDash(a.Words[n]),
	}}
	for i, o := range q.Options {
		key := "button.consult_option"
		if slices.Contains(a.Choices[n], i) {
			key = "button.consult_chosen"
		}
		r.Rows = append(r.Rows, []flow.Choice{{Key: key, Args: texts.Args{"option": excerpt(o, consultOptions)}, Data: consultData("pick", here+"."+strconv.Itoa(i))}})
	}
	if q.Form == consultation.Free {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.consult_say", Data: consultData("say", here)}})
		if a.Words[n] != "" {
			r.Rows = append(r.Rows, []flow.Choice{{Key: "button.consult_mute", Data: consultData("mute", here)}})
		}
	}
	var way []flow.Choice
	if n > 0 {
		way = append(way, flow.Choice{Key: "button.consult_before", Data: consultData("q", c.ID+"."+strconv.Itoa(n-1))})
	}
	next := flow.Choice{Key: "button.consult_next", Data: consultData("q", c.ID+"."+strconv.Itoa(n+1))}
	if n == len(c.Questions)-1 {
		next = flow.Choice{Key: "button.consult_end", Data: consultData("end", c.ID)}
	}
	r.Rows = append(r.Rows, append(way, next))
	return r
}

// pickOption takes an option and goes on: to the next question where one option is all.
func (s *scene) pickOption(c consultation.Consultation, part string) error {
	question, option, _ := strings.Cut(part, ".")
	n := partOf(question)
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	a, err := c.Choose(d.it, n, partOf(option), s.now)
	if err == nil {
		err = s.keepAnswer(d, a)
	}
	if err != nil {
		return err
	}
	if c.Questions[n].Form == consultation.Many {
		s.say(s.consultQuestion(c, a, n))
		return nil
	}
	return s.goOn(c, a, n+1)
}

// goOn shows the next question, or thanks.
func (s *scene) goOn(c consultation.Consultation, a consultation.Answer, n int) error {
	if n < len(c.Questions) {
		s.say(s.consultQuestion(c, a, n))
		return nil
	}
	return s.thankAnswer(c)
}

// askOpinion asks for a free answer.
func (s *scene) askOpinion(c consultation.Consultation, part string) error {
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	if _, err := c.Say(d.it, partOf(part), "", s.now); err != nil {
		return err
	}
	return s.askAnybody("consult_say", c.ID+"."+part)
}

// takeOpinion takes it, in the person's own words; nobody is ever shown it as theirs.
func (s *scene) takeOpinion(n flow.Worded) error {
	id, part, _ := strings.Cut(n.Ref, ".")
	held, err := holdOf[consultation.Consultation](s, consultation.Kind, id)
	if err != nil {
		return err
	}
	return s.sayOpinion(held.it, partOf(part), n.Words)
}

func (s *scene) takeBackOpinion(c consultation.Consultation, part string) error {
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	a, err := c.Say(d.it, partOf(part), "", s.now)
	if err == nil {
		err = s.keepAnswer(d, a)
	}
	if err != nil {
		return err
	}
	s.say(s.consultQuestion(c, a, partOf(part)))
	return nil
}

func (s *scene) sayOpinion(c consultation.Consultation, n int, words string) error {
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	a, err := c.Say(d.it, n, words, s.now)
	if err == nil {
		err = s.keepAnswer(d, a)
	}
	if err != nil {
		return err
	}
	return s.goOn(c, a, n+1)
}

// thankAnswer says what was kept of the person's answer, and until when it can be changed.
func (s *scene) thankAnswer(c consultation.Consultation) error {
	d, err := s.ownAnswer(c)
	if err != nil {
		return err
	}
	if c.Stage(s.now) != consultation.Open {
		return s.seeConsult(c)
	}
	var lines texts.Lines
	for i, q := range c.Questions {
		said := texts.List{}
		for _, o := range d.it.Choices[i] {
			said = append(said, q.Options[o])
		}
		if w := d.it.Words[i]; w != "" {
			said = append(said, excerpt(w, 200))
		}
		if len(said) == 0 {
			said = append(said, texts.Text{Key: "consult.unsaid"})
		}
		lines = append(lines, texts.Text{Key: "consult.mine", Args: texts.Args{"n": i + 1, "question": excerpt(q.Text, 100), "said": said}})
	}
	r := flow.Reply{Key: "consult.thanks", Edit: s.msg.Kind == Button, Args: s.consultArgs(c), Rows: [][]flow.Choice{{{Key: "button.consult_change", Data: consultData("q", c.ID+".0")}}}}
	if d.it.Empty() {
		r.Key = "consult.nothing"
	}
	r.Args["lines"] = lines
	s.say(r)
	return nil
}
