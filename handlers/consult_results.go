package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// sortNext shows an official the next opinion that nobody has looked at: its words, and never whose they are.
func (s *scene) sortNext(c consultation.Consultation) error {
	all, err := s.answersTo(c)
	if err != nil {
		return err
	}
	return s.sortOf(c, its(all))
}

func (s *scene) sortOf(c consultation.Consultation, all []consultation.Answer) error {
	left := 0
	var next flow.Reply
	for _, a := range all {
		for q := range c.Questions {
			if _, sorted := a.Sorted[q]; a.Words[q] == "" || sorted {
				continue
			}
			left++
			if left == 1 {
				next = s.sortCard(c, a, q)
			}
		}
	}
	if left == 0 {
		r := s.consultDesk(c)
		r.Key = "consult.sorted"
		s.say(r)
		return nil
	}
	next.Args["left"] = left
	s.say(next)
	return nil
}

// sortCard is one opinion, with the groups into which it can go.
func (s *scene) sortCard(c consultation.Consultation, a consultation.Answer, q int) flow.Reply {
	_, voter, _ := strings.Cut(a.ID, ".")
	data := func(group, public int) string {
		return consultData("put", strings.Join([]string{c.ID, voter, strconv.Itoa(q), strconv.Itoa(group), strconv.Itoa(public)}, "."))
	}
	r := flow.Reply{Key: "consult.sort", Edit: true, Args: texts.Args{"question": c.Questions[q].Text, "words": a.Words[q]}}
	for i, g := range c.Groups {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.consult_put", Args: texts.Args{"group": excerpt(g.Name, consultOptions)}, Data: data(i+1, 1)}})
	}
	r.Rows = append(r.Rows,
		[]flow.Choice{{Key: "button.consult_put_other", Data: data(0, 1)}, {Key: "button.consult_put_hidden", Data: data(0, 0)}},
		[]flow.Choice{{Key: "button.consult_do.group", Data: consultData("group", c.ID)}})
	return r
}

// sortAnswer notes what an official found of an opinion, and shows the next.
func (s *scene) sortAnswer(d opened[consultation.Consultation], part string) error {
	parts := strings.Split(part, ".")
	if len(parts) != 4 {
		return s.forged(s.msg.Data)
	}
	h, err := holdOf[consultation.Answer](s, consultation.AnswerKind, consultation.AnswerID(d.it.ID, parts[0]))
	if err != nil {
		return err
	}
	a, err := d.it.Sort(h.it, partOf(parts[1]), consultation.Sorting{Group: partOf(parts[2]), Public: parts[3] == "1", By: s.officer.ID}, s.now)
	if err == nil {
		err = s.shelve(consultation.WriteAnswer(h.read, a))
	}
	if err != nil {
		return err
	}
	all, err := s.answersTo(d.it)
	if err != nil {
		return err
	}
	answers := its(all)
	for i := range answers {
		if answers[i].ID == a.ID {
			answers[i] = a // as this turn leaves it
		}
	}
	return s.sortOf(d.it, answers)
}

// publishConsult freezes and publishes the results.
func (s *scene) publishConsult(d opened[consultation.Consultation]) error {
	all, err := s.answersTo(d.it)
	if err != nil {
		return err
	}
	for _, a := range its(all) {
		for q := range a.Words {
			if _, sorted := a.Sorted[q]; !sorted {
				return grid.Fail(grid.Conflict, "error.consult.unsorted")
			}
		}
	}
	f := d.it.Count(its(all)).Merge(s.Rules.SmallNumber)
	return s.actConsult(d, consultation.Act{Action: consultation.Publish, Found: &f})
}

// countConsult tells the office how it stands, without anybody's words. While answers come in it tells only how many: two counts, one
// before and one after somebody known answered, would tell what they chose.
func (s *scene) countConsult(c consultation.Consultation) error {
	all, err := s.answersTo(c)
	if err != nil {
		return err
	}
	f := c.Count(its(all)).Merge(s.Rules.SmallNumber)
	if c.Stage(s.now) == consultation.Open {
		s.say(flow.Reply{Key: "consult.count_open", Args: texts.Args{"title": c.Title, "n": f.People.All()}})
		return nil
	}
	for i := range f.Questions {
		f.Questions[i].Opinions = nil
	}
	s.say(flow.Reply{Key: "consult.count", Args: texts.Args{"title": c.Title, "found": s.foundLines(c, f)}})
	return nil
}

// opinionsShown is how many opinions of a question a message shows; all of them stand on the site.
const opinionsShown = 8

// foundLines are results in words: each door apart, unless too few came by one of them.
func (s *scene) foundLines(c consultation.Consultation, f consultation.Findings) texts.Lines {
	tally := func(t consultation.Tally) texts.Text {
		if f.Merged() {
			return texts.Text{Key: "consult.tally_both", Args: texts.Args{"n": t.All()}}
		}
		return texts.Text{Key: "consult.tally", Args: texts.Args{"n": t.All(), "chat": t[consultation.Chat], "web": t[consultation.Web]}}
	}
	lines := texts.Lines{texts.Text{Key: "consult.found.people", Args: texts.Args{"n": tally(f.People)}}}
	for i, q := range c.Questions {
		x := f.Questions[i]
		lines = append(lines, texts.Text{Key: "consult.found.question", Args: texts.Args{"n": i + 1, "question": q.Text, "answered": tally(x.Answered)}})
		for o, option := range q.Options {
			lines = append(lines, texts.Text{Key: "consult.found.option", Args: texts.Args{"option": option, "n": tally(x.Options[o]), "share": share(x.Options[o].All(), x.Answered.All())}})
		}
		for g, n := range x.Groups {
			lines = append(lines, texts.Text{Key: "consult.found.group", Args: texts.Args{"group": c.Groups[g].Name, "n": n, "answer": s.groupAnswer(c, g)}})
		}
		for k, o := range x.Opinions {
			if k == opinionsShown {
				break
			}
			lines = append(lines, texts.Text{Key: "consult.found.opinion", Args: texts.Args{"words": excerpt(o.Words, 200)}})
		}
	}
	return lines
}

// groupAnswer is what the office answered to a group, once it is published.
func (s *scene) groupAnswer(c consultation.Consultation, g int) texts.Text {
	if c.Used == nil || c.Groups[g].Answer == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "consult.found.answer", Args: texts.Args{"answer": c.Groups[g].Answer}}
}

// share is a part in percent; 0 of nothing.
func share(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (part*200 + whole) / (2 * whole)
}
