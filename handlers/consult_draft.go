package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// beginConsult begins a draft; its parts are added by buttons.
func (s *scene) beginConsult() error {
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	c := consultation.Consultation{ID: s.code(8), Begun: consultation.Mark{By: s.officer.ID, At: s.now}}
	event := consultation.Event{At: s.now, By: s.officer.ID, Via: s.via(), Did: consultation.Begin}
	if err := s.keepConsult(ledger.Dossier{Kind: consultation.Kind, ID: c.ID}, c, event); err != nil {
		return err
	}
	return s.showConsultDesk(c)
}

// showConsultDesk shows the office where a consultation stands, and what it may do with it.
func (s *scene) showConsultDesk(c consultation.Consultation) error {
	s.say(s.consultDesk(c))
	return nil
}

// officeConsultVerbs are the buttons of the office.
func (s *scene) officeConsultVerbs() map[string]func(opened[consultation.Consultation], string) error {
	note := func(what string) func(opened[consultation.Consultation], string) error {
		return func(d opened[consultation.Consultation], part string) error {
			ref := d.it.ID
			if part != "" {
				ref += "." + part
			}
			return s.askNote(what, ref)
		}
	}
	act := func(a consultation.Action) func(opened[consultation.Consultation], string) error {
		return func(d opened[consultation.Consultation], part string) error {
			return s.actConsult(d, consultation.Act{Action: a, Index: partOf(part)})
		}
	}
	return map[string]func(opened[consultation.Consultation], string) error{
		"open":  func(d opened[consultation.Consultation], _ string) error { return s.showConsultDesk(d.it) },
		"title": note("consult_title"), "text": note("consult_text"), "attach": note("consult_file"), "ask": note("consult_question"),
		"open_at": note("consult_open"), "close_at": note("consult_close"), "drop": note("consult_drop"),
		"group": note("consult_group"), "reply": note("consult_reply"), "use": note("consult_use"),
		"unask": act(consultation.Unask), "switch": act(consultation.Switch), "approve": act(consultation.Approve),
		"sort":    func(d opened[consultation.Consultation], _ string) error { return s.sortNext(d.it) },
		"put":     s.sortAnswer,
		"publish": func(d opened[consultation.Consultation], _ string) error { return s.publishConsult(d) },
		"count":   func(d opened[consultation.Consultation], _ string) error { return s.countConsult(d.it) },
	}
}

// consultNotes are what people write about consultations.
func (s *scene) consultNotes() map[string]func(flow.Worded) error {
	words := func(a consultation.Action) func(flow.Worded) error {
		return func(n flow.Worded) error {
			return s.noteConsult(n, consultation.Act{Action: a, Words: strings.TrimSpace(n.Words)})
		}
	}
	moment := func(a consultation.Action) func(flow.Worded) error {
		return func(n flow.Worded) error {
			at, err := s.readMoment(n.Words)
			if err != nil {
				return err
			}
			return s.noteConsult(n, consultation.Act{Action: a, At: at})
		}
	}
	return map[string]func(flow.Worded) error{
		"consult_title": words(consultation.Title), "consult_text": words(consultation.Text), "consult_question": words(consultation.Ask),
		"consult_open": moment(consultation.OpenAt), "consult_close": moment(consultation.CloseAt), "consult_drop": words(consultation.Drop),
		"consult_group": words(consultation.AddGroup), "consult_reply": words(consultation.Reply), "consult_use": words(consultation.Use),
		"consult_file": s.attachConsult, "consult_say": s.takeOpinion,
	}
}

// readMoment reads a day with an hour, or a day alone: its first moment.
func (s *scene) readMoment(words string) (time.Time, error) {
	if at, ok := flow.ReadMoment(words, s.local()); ok {
		return at, nil
	}
	if day, ok := flow.ReadDay(strings.TrimSpace(words), s.local()); ok {
		return day, nil
	}
	return time.Time{}, grid.Fail(grid.Invalid, "moment.not_read", "said", words)
}

// attachConsult keeps a document that is put to the public.
func (s *scene) attachConsult(n flow.Worded) error {
	name := ""
	for _, f := range s.msg.Files {
		name = f.Name
	}
	if len(n.Files) == 0 {
		return grid.Fail(grid.Invalid, "error.consult.words")
	}
	if name == "" {
		name = "document"
	}
	f := n.Files[len(n.Files)-1]
	s.kept = append(s.kept, f.Unique)
	return s.noteConsult(n, consultation.Act{Action: consultation.Attach, File: consultation.File{Unique: f.Unique, ID: f.ID, Name: name}})
}

// noteConsult takes what an officer wrote.
func (s *scene) noteConsult(n flow.Worded, a consultation.Act) error {
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	id, part, _ := strings.Cut(n.Ref, ".")
	d, err := holdOf[consultation.Consultation](s, consultation.Kind, id)
	if err != nil {
		return err
	}
	a.Index = partOf(part)
	return s.actConsult(d, a)
}

// actConsult does something to a consultation in the person's name, and shows it as it is then.
func (s *scene) actConsult(d opened[consultation.Consultation], a consultation.Act) error {
	a.By, a.Via = s.officer.ID, s.via()
	c, event, err := d.it.Apply(a, s.Rules.Consult, s.now)
	if err != nil {
		return err
	}
	if err := s.keepConsult(d.read, c, event); err != nil {
		return err
	}
	r := s.consultDesk(c)
	r.Hide = len(r.Rows) == 0
	s.say(r)
	if err := s.consultNews(c, a.Action); err != nil {
		return err
	}
	if a.Action == consultation.Approve {
		o, _ := s.roster.Officer(c.Begun.By)
		return s.tellOfficers([]grid.Officer{o}, flow.Reply{Key: "consult.approved", Args: s.consultArgs(c)})
	}
	return nil
}

// consultNews tells whoever follows what the office publishes that something is asked, from its opening on, and what came of it.
func (s *scene) consultNews(c consultation.Consultation, a consultation.Action) error {
	i, at := follow.Item{Source: follow.OfIssue, Ref: "consult-" + c.ID, Reach: follow.Reach{Published: true}}, s.now
	args := texts.Args{"title": c.Title, "closes": c.Closes.In(s.Rules.Location).Format("2006-01-02 15:04")}
	switch a {
	case consultation.Approve:
		i.Title, at = s.frozen("consult.news.open", args), c.Opens
	case consultation.Publish:
		i.Ref, i.Title = i.Ref+"-results", s.frozen("consult.news.results", args)
	case consultation.Use:
		i.Ref, i.Title = i.Ref+"-use", s.frozen("consult.news.used", args)
	case consultation.Drop:
		if c.Approved == nil || !s.now.Before(c.Opens) {
			return nil
		}
		read, err := s.dossier(follow.ItemKind, i.ID())
		w := ledger.DossierWrite{Dossier: read}
		w.Stand(false, follow.Fresh, 0) // it never opened
		return s.shelve(w, err)
	default:
		return nil
	}
	return s.tellFollowersAt(i, at)
}

// consultDesk is a consultation as the office sees it, with what can be done at this stage.
func (s *scene) consultDesk(c consultation.Consultation) flow.Reply {
	stage := c.Stage(s.now)
	r := flow.Reply{Key: "consult.desk", Args: s.consultArgs(c)}
	var lines texts.Lines
	for i, q := range c.Questions {
		options := texts.List{}
		for _, o := range q.Options {
			options = append(options, o)
		}
		lines = append(lines, texts.Text{Key: "consult.q." + string(q.Form), Args: texts.Args{"n": i + 1, "question": q.Text, "options": options}})
	}
	for i, g := range c.Groups {
		lines = append(lines, texts.Text{Key: "consult.g", Args: texts.Args{"n": i + 1, "group": g.Name, "answer": orDash(excerpt(g.Answer, 200))}})
	}
	r.Args["lines"], r.Args["short"] = lines, texts.Text{}
	if stage == consultation.Drafting && !c.Closes.IsZero() && c.Days(s.now) < s.Rules.Consult.Least {
		r.Args["short"] = texts.Text{Key: "consult.short", Args: texts.Args{"days": c.Days(s.now), "least": s.Rules.Consult.Least}}
	}
	r.Rows = pairs(s.consultChoices(c, stage))
	return r
}

// consultChoices are the office's buttons at a stage.
func (s *scene) consultChoices(c consultation.Consultation, stage consultation.Stage) []flow.Choice {
	var all []flow.Choice
	add := func(verbs ...string) {
		for _, v := range verbs {
			all = append(all, flow.Choice{Key: "button.consult_do." + v, Data: consultData(v, c.ID)})
		}
	}
	each := func(verb string, n int, wanted func(int) bool) {
		for i := range n {
			if wanted(i) {
				all = append(all, flow.Choice{Key: "button.consult_do." + verb, Args: texts.Args{"n": i + 1}, Data: consultData(verb, c.ID+"."+strconv.Itoa(i))})
			}
		}
	}
	switch stage {
	case consultation.Drafting:
		add("title", "text", "attach", "ask", "open_at", "close_at")
		each("switch", len(c.Questions), func(i int) bool { return c.Questions[i].Form != consultation.Free })
		each("unask", len(c.Questions), func(int) bool { return true })
		add("approve", "drop")
	case consultation.Waiting:
		add("drop")
	case consultation.Open:
		add("count", "drop")
	case consultation.Closed:
		add("sort", "group", "count", "publish")
		each("reply", len(c.Groups), func(int) bool { return true })
	case consultation.Results:
		each("reply", len(c.Groups), func(int) bool { return true })
		add("use")
	case consultation.Used, consultation.Dropped:
	}
	if c.Approved != nil && stage != consultation.Waiting {
		all = append(all, flow.Choice{Key: "button.consult_see", Data: consultData("see", c.ID)})
	}
	return all
}
