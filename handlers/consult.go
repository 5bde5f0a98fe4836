package handlers

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// How many consultations are listed, and how many answers one is counted with.
const (
	mostConsults   = 20
	mostAnswers    = 50_000
	consultOptions = 60 // characters of an option on a button
)

func consultData(verb, arg string) string { return "cs:" + verb + ":" + arg }

// consults tells whether the person draws up and approves consultations and hearings: a supervisor or publisher of the district.
func (s *scene) consults() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor, grid.Publisher)
}

// consult is /consult: what is put to the public now and what came of the last ones; for the office also what is being drawn up.
func (s *scene) consult() error {
	if s.consults() {
		return s.officeConsults()
	}
	all, err := onShelf[consultation.Consultation](s, consultation.Kind, consultation.Shown, 0, float64(s.now.UnixMilli()), 1000)
	if err != nil {
		return err
	}
	var rows [][]flow.Choice
	for i := len(all) - 1; i >= 0 && len(rows) < mostConsults; i-- {
		if p, ok := all[i].it.Public(s.now); ok {
			rows = append(rows, []flow.Choice{{Key: "button.consult." + string(p.Stage), Args: texts.Args{"title": p.Title}, Data: consultData("see", p.ID)}})
		}
	}
	if len(rows) == 0 {
		s.say(flow.Reply{Key: "consult.none"})
		return nil
	}
	s.say(flow.Reply{Key: "consult.list", Args: texts.Args{"n": len(rows)}, Rows: rows})
	return nil
}

// officeConsults lists what is under way for the office.
func (s *scene) officeConsults() error {
	all, err := onShelf[consultation.Consultation](s, consultation.Kind, consultation.Live, 0, math.MaxInt64, mostConsults)
	if err != nil {
		return err
	}
	rows := make([][]flow.Choice, 0, len(all)+1)
	for _, d := range all {
		rows = append(rows, []flow.Choice{{Key: "button.consult_one", Args: texts.Args{
			"title": orDash(d.it.Title), "stage": texts.Text{Key: "consult.stage." + string(d.it.Stage(s.now))},
		}, Data: consultData("open", d.it.ID)}})
	}
	rows = append(rows, []flow.Choice{{Key: "button.consult_new", Data: consultData("new", "")}})
	s.say(flow.Reply{Key: "consult.office", Args: texts.Args{"n": len(all)}, Rows: rows})
	return nil
}

// pressConsult does what the buttons of consultations say: those of the public, and those of the office.
func (s *scene) pressConsult(verb, arg string) error {
	if s.msg.Door.Door() { // whoever comes by a report's number and code is one of many, and not counted as a person
		return s.forged(s.msg.Data)
	}
	if verb == "new" {
		return s.beginConsult()
	}
	id, part, _ := strings.Cut(arg, ".")
	d, err := holdOf[consultation.Consultation](s, consultation.Kind, id)
	if err != nil {
		return err
	}
	if do, ok := s.publicConsultVerbs()[verb]; ok {
		return do(d.it, part)
	}
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if do, ok := s.officeConsultVerbs()[verb]; ok {
		return do(d, part)
	}
	return s.forged(s.msg.Data)
}

// publicConsultVerbs are the buttons of everybody.
func (s *scene) publicConsultVerbs() map[string]func(consultation.Consultation, string) error {
	return map[string]func(consultation.Consultation, string) error{
		"see":  func(c consultation.Consultation, _ string) error { return s.seeConsult(c) },
		"q":    s.showQuestion,
		"pick": s.pickOption,
		"say":  s.askOpinion,
		"mute": s.takeBackOpinion,
		"end":  func(c consultation.Consultation, _ string) error { return s.thankAnswer(c) },
		"file": s.showConsultFile,
	}
}

// openConsult is the link /start c_ID.
func (s *scene) openConsult(id string) error {
	d, err := holdOf[consultation.Consultation](s, consultation.Kind, strings.ToLower(id))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.consult.unknown")
	}
	if err != nil {
		return err
	}
	return s.seeConsult(d.it)
}

// seeConsult shows everybody what is asked, or what came of it.
func (s *scene) seeConsult(c consultation.Consultation) error {
	p, ok := c.Public(s.now)
	if !ok {
		return grid.Fail(grid.NotFound, "error.consult.unknown")
	}
	r := flow.Reply{Key: "consult.card." + string(p.Stage), Args: s.consultArgs(c)}
	if p.Stage == consultation.Open {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.consult_answer", Data: consultData("q", c.ID+".0")}})
	}
	for i, f := range p.Files {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.consult_file", Args: texts.Args{"name": f.Name}, Data: consultData("file", c.ID+"."+strconv.Itoa(i))}})
	}
	if p.Found != nil {
		r.Args["found"] = s.foundLines(c, *p.Found)
	}
	s.say(r)
	return nil
}

// consultArgs are the places of the sentences about a consultation.
func (s *scene) consultArgs(c consultation.Consultation) texts.Args {
	local := func(t time.Time) any {
		if t.IsZero() {
			return orDash("")
		}
		return t.In(s.Rules.Location).Format("2006-01-02 15:04")
	}
	opens := local(c.Opens)
	if c.Opens.IsZero() {
		opens = texts.Text{Key: "consult.at_once"}
	}
	return texts.Args{
		"title": orDash(c.Title), "text": orDash(excerpt(c.Text, aloneText)), "opens": opens, "closes": local(c.Closes), "n": len(c.Questions),
		"stage": texts.Text{Key: "consult.stage." + string(c.Stage(s.now))}, "by": orDash(s.officerName(c.Begun.By)), "summary": c.Summary,
		"results_by": s.lastDay(c.ResultsBy), "use_by": s.lastDay(c.UseBy), "found": texts.Lines{}, "files": len(c.Files),
	}
}

// showConsultFile brings a document that is put to the public.
func (s *scene) showConsultFile(c consultation.Consultation, part string) error {
	_, public := c.Public(s.now)
	n := partOf(part)
	if !public && !s.consults() || n < 0 || n >= len(c.Files) {
		return grid.Fail(grid.NotFound, "error.consult.gone")
	}
	f, err := s.Store.File(s.ctx, c.Files[n].Unique)
	if err != nil || f.SHA256 == "" {
		return grid.Fail(grid.Conflict, "error.consult.fetching")
	}
	data, err := s.Evidence.Original(s.ctx, f.SHA256)
	if err != nil {
		return err
	}
	doc, err := s.document(c.Files[n].Name, data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "consult.file", Args: texts.Args{"title": c.Title, "name": c.Files[n].Name}, Document: doc})
	return nil
}

// keepConsult makes a consultation, as it is now, part of the change.
func (s *scene) keepConsult(read ledger.Dossier, c consultation.Consultation, events ...any) error {
	return s.shelve(consultation.Write(read, c, s.Rules.Consult, events...))
}

// answersTo reads all answers to a consultation.
func (s *scene) answersTo(c consultation.Consultation) ([]opened[consultation.Answer], error) {
	return onShelf[consultation.Answer](s, consultation.AnswerKind, consultation.To(c.ID), 0, 0, mostAnswers)
}
