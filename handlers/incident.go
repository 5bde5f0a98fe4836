package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// grade sets the level. The limit of reporting follows it, and so does who has to be told.
func (s *scene) grade(g flow.Grade) error {
	c, err := s.load(g.Case)
	if err != nil {
		return err
	}
	var before incident.Grading
	reported := false
	if c.Incident != nil {
		before, reported = c.Incident.Level(), len(c.Incident.Reports) > 0
	}
	if c, err = s.act(c, casework.Act{Action: casework.Grade, Grading: g.Grading, At: g.At}); err != nil {
		return err
	}
	s.count("graded_"+g.Grading.Level.String(), c.Cell)
	args := s.incidentArgs(c)
	args["again"] = texts.Text{}
	if reported && g.Grading.Changes(before) {
		args["again"] = texts.Text{Key: "incident.again"}
	}
	s.say(flow.Reply{Key: "notice.done.grade", Args: args, Rows: s.caseButtons(c, s.me), Hide: true})
	more := texts.Args{"officer": s.officer.Name}
	maps.Copy(more, args)
	key := "notice.incident.graded"
	if g.Grading.Rises(before) {
		key = "notice.incident.risen"
	}
	return s.tellCalled(c, key, more)
}

// incidentArgs say how an incident stands: its level, what is owed until when, and who has to be told.
func (s *scene) incidentArgs(c casework.Case) texts.Args {
	args := s.caseArgs(c)
	level := c.Incident.Level()
	args["level"] = s.levelText(level)
	args["owed"] = texts.Text{Key: "incident.nothing_owed"}
	if owed, ok := c.Incident.Owes(); ok {
		if k, runs := c.Clock(casework.ReportClock); runs {
			key := "incident.owed"
			if k.Late(s.now) {
				key = "incident.owed_late"
			}
			args["owed"] = texts.Text{Key: key, Args: texts.Args{
				"kind": name("incident", "kind."+string(owed.Kind)), "due": k.Due.In(s.Rules.Location).Format("01-02 15:04"),
				"known": c.Incident.Known.In(s.Rules.Location).Format("01-02 15:04"), "left": until(k.Due, s.now),
			}}
		}
	}
	args["recipients"] = s.recipients(c)
	return args
}

// levelText is a level in words, with the cases of Art 4 when it is unclear.
func (s *scene) levelText(g incident.Grading) texts.Text {
	if g.Level == incident.NoLevel && len(g.Cases) > 0 {
		return texts.Text{Key: "level.unclear_cases", Args: texts.Args{"cases": caseNames(g.Cases)}}
	}
	return name("level", g.Level.String())
}

func (s *scene) recipients(c casework.Case) texts.List {
	var out texts.List
	for _, r := range c.Incident.Recipients(s.Book.Incidents().Recipients) {
		out = append(out, texts.Names(r.Names))
	}
	return out
}

// beginGrading begins to grade any open case by its number, for the desk may learn of an incident from whatever source:
// /incident 2026-00012.
func (s *scene) beginGrading() error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(s.msg.Args))
	if err == nil {
		var c casework.Case
		if c, err = s.visible(id); err == nil {
			return s.ask(casework.Grade, flow.Grading)(c.ID)
		}
	}
	if code := grid.CodeOf(err); code == grid.NotFound || code == grid.Forbidden {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	return err
}

// beginReport begins a report of the chain with what is known filled in.
func (s *scene) beginReport(kind incident.Kind) func(casework.CaseID) error {
	return func(id casework.CaseID) error {
		c, err := s.load(id)
		if err != nil {
			return err
		}
		switch {
		case !s.Work.May(c, casework.ReportUp, s.me, s.roster, s.now):
			return grid.Fail(grid.Forbidden, "error.case.forbidden")
		case c.Incident == nil || !slices.Contains(c.Incident.Kinds(), kind):
			return grid.Fail(grid.Conflict, "error.incident.order")
		case len(c.Incident.Graded) == 0:
			return grid.Fail(grid.Conflict, "error.incident.ungraded")
		}
		t := s.task(flow.Reporting, c)
		t.Report = &incident.Report{Kind: kind, Says: s.facts(c, kind), Unit: s.Book.Incidents().Unit.Name, Contact: s.Book.Incidents().Unit.Contact}
		for _, o := range s.roster.Holders(grid.Supervisor, s.Work.Tree.Root().Code, s.now) {
			t.Signers = append(t.Signers, strings.TrimSpace(o.Name+" "+o.Title))
		}
		return s.begin(t)
	}
}

// facts fills in what the case knows. Documents are written in the reference language.
func (s *scene) facts(c casework.Case, kind incident.Kind) map[incident.Field]string {
	says := make(map[incident.Field]string)
	if kind != incident.First {
		return says
	}
	t := func(key string, args texts.Args) string { return s.Texts.Plain(texts.Reference, key, args) }
	i := c.Incident
	says[incident.When] = t("incident.known.when", texts.Args{"at": i.Known.In(s.Rules.Location).Format("2006-01-02 15:04")})
	where := s.Work.Tree.PathName(c.Cell)
	if c.Cell == s.Work.Tree.Unassigned().Code {
		where = s.Work.Tree.Root().Name
	}
	if c.Place != "" {
		where += " " + excerpt(c.Place, cardPlace)
	}
	if c.Point != nil {
		where += t("incident.known.point", texts.Args{"lat": fmt.Sprintf("%.5f", c.Point.Lat), "lon": fmt.Sprintf("%.5f", c.Point.Lon)})
	}
	says[incident.Where] = where
	says[incident.Source] = t("incident.known.source", texts.Args{"source": name("source", string(c.Source)), "n": 1 + len(c.Followers)})
	if len(i.Triggers) > 0 {
		says[incident.Cause] = t("incident.known.cause", texts.Args{"triggers": s.triggerNames(i.Triggers)})
	}
	says[incident.Course] = excerpt(c.Text, cardText)
	if cases := i.Level().Cases; len(cases) > 0 {
		says[incident.Spots] = t("incident.known.spots", texts.Args{"cases": caseNames(cases)})
	}
	if c.Handler != "" {
		says[incident.Handling] = t("incident.known.handling", texts.Args{"officer": s.officerName(c.Handler)})
	}
	return says
}

// reportUp gives out a report of the chain: it gets its number, is shown to be forwarded, and everybody called knows.
func (s *scene) reportUp(a flow.ReportUp) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	r := a.Report
	r.To = nil
	if c.Incident != nil {
		for _, x := range c.Incident.Recipients(s.Book.Incidents().Recipients) {
			r.To = append(r.To, x.Code)
		}
	}
	if c, err = s.act(c, casework.Act{Action: casework.ReportUp, Report: r, Letter: s.reportLetter(c, r), At: a.At}); err != nil {
		return err
	}
	s.claimLetter(casework.IncidentSeries, s.Book.Incidents().Unit.Document)
	s.count("reported_up_"+string(r.Kind), c.Cell)
	s.sayLetter(c, len(c.Letters)-1)
	args := s.incidentArgs(c)
	s.say(flow.Reply{Key: "notice.done.report_up", Args: args, Rows: s.caseButtons(c, s.me)})
	args["kind"], args["officer"] = name("incident", "kind."+string(r.Kind)), s.officer.Name
	return s.tellCalled(c, "notice.incident.reported", args)
}

// claimLetter asks for the next number of a series of letters, in the form that the district gives it.
func (s *scene) claimLetter(series casework.Series, form string) {
	year := s.now.In(s.Rules.Location).Year()
	s.change.Numbers = append(s.change.Numbers, ledger.LetterNumber(series, form, ledger.LetterMarker(series), year))
}

// sayLetter shows a document whole, to be forwarded.
func (s *scene) sayLetter(c casework.Case, n int) {
	l := c.Letters[n]
	s.say(flow.Reply{Key: "incident.document", Args: texts.Args{"number": l.No, "text": l.Text}, Hide: true})
}

// reportLetter writes a report of the chain as it is sent, in the reference language.
func (s *scene) reportLetter(c casework.Case, r incident.Report) *casework.Letter {
	if c.Incident == nil {
		return nil
	}
	t := func(key string, args texts.Args) string { return s.Texts.Plain(texts.Reference, key, args) }
	kind := name("incident", "kind."+string(r.Kind))
	lines := []string{t("document.head", texts.Args{
		"unit": r.Unit, "kind": kind, "to": s.recipients(c), "case": c.Shown(), "level": s.levelText(c.Incident.Level()),
		"at": s.now.In(s.Rules.Location).Format("2006-01-02 15:04"),
	})}
	var earlier texts.List
	for _, e := range c.Incident.Reports {
		earlier = append(earlier, c.Letters[e.Doc].No)
	}
	if len(earlier) > 0 {
		lines = append(lines, t("document.earlier", texts.Args{"numbers": earlier}))
	}
	for i, f := range incident.Fields(r.Kind) {
		lines = append(lines, t("document.field", texts.Args{"n": i + 1, "field": name("incident", "field."+string(f)), "said": r.Says[f]}))
	}
	lines = append(lines, t("document.foot", texts.Args{"unit": r.Unit, "signer": r.Signer, "contact": r.Contact}))
	return &casework.Letter{
		No: ledger.LetterMarker(casework.IncidentSeries), To: t("document.to", texts.Args{"to": s.recipients(c)}), Text: strings.Join(lines, "\n"),
	}
}

// showReports shows the chain of an incident: each report whole, to be forwarded or printed, and the letters to neighbours.
func (s *scene) showReports(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if c.Incident == nil {
		return grid.Fail(grid.Conflict, "error.incident.none")
	}
	for n, l := range c.Letters {
		if l.Series == casework.IncidentSeries || l.Series == casework.NeighbourSeries {
			s.say(flow.Reply{Key: "incident.document", Args: texts.Args{"number": l.No, "text": l.Text}, Rows: printing(letterData(c.ID, n+1))})
		}
	}
	for _, n := range c.Incident.Notices {
		if t := n.Told; t != nil {
			s.say(flow.Reply{Key: "incident.told", Args: texts.Args{
				"number": c.Letters[n.Doc].No, "at": s.moment(t.At), "officer": s.officerName(t.By), "how": t.How,
			}})
		}
	}
	s.say(flow.Reply{Key: "incident.chain", Args: s.incidentArgs(c), Rows: s.caseButtons(c, s.me)})
	return nil
}

// writeLetter draws up the letter to the first neighbour downstream who has none yet (Art 8).
func (s *scene) writeLetter(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	to, ok := s.unwritten(c)
	if !ok {
		return grid.Fail(grid.Conflict, "error.incident.letters")
	}
	if c, err = s.act(c, casework.Act{Action: casework.WriteLetter, Told: to, Letter: s.neighbourLetter(c, to)}); err != nil {
		return err
	}
	s.claimLetter(casework.NeighbourSeries, s.Book.Incidents().Unit.Letter)
	s.sayLetter(c, len(c.Letters)-1)
	if err := s.trackLetter(c, to, c.Letters[len(c.Letters)-1], c.Letters[len(c.Letters)-1].No); err != nil {
		return err
	}
	args := s.incidentArgs(c)
	args["neighbour"] = to
	s.say(flow.Reply{Key: "notice.done.write_letter", Args: args, Rows: s.caseButtons(c, s.me)})
	return nil
}

// unwritten is the first neighbour downstream who was written no letter yet.
func (s *scene) unwritten(c casework.Case) (string, bool) {
	for _, n := range s.Book.Downstream() {
		if c.Incident != nil && !slices.ContainsFunc(c.Incident.Notices, func(x incident.Notice) bool { return x.To == n.Name }) {
			return n.Name, true
		}
	}
	return "", false
}

// neighbourLetter writes the letter to a neighbour as it is sent, in the reference language.
func (s *scene) neighbourLetter(c casework.Case, to string) *casework.Letter {
	unit, bureau := s.Book.Incidents().Unit, to
	if b, ok := s.Book.Neighbour(to); ok && b.Bureau != "" {
		bureau = b.Bureau
	}
	return &casework.Letter{
		No: ledger.LetterMarker(casework.NeighbourSeries), To: bureau, Text: s.Texts.Plain(texts.Reference, "document.letter", texts.Args{
			"bureau": bureau, "unit": unit.Name, "contact": unit.Contact, "level": s.levelText(c.Incident.Level()),
			"known": c.Incident.Known.In(s.Rules.Location).Format("2006-01-02 15:04"), "where": s.Work.Tree.PathName(c.Cell),
			"place": s.place(c), "triggers": s.triggerNames(c.Incident.Triggers), "text": excerpt(c.Text, cardText),
			"at": s.now.In(s.Rules.Location).Format("2006-01-02 15:04"),
		}),
	}
}

// tellNeighbour records who told the neighbour, when and how.
func (s *scene) tellNeighbour(a flow.TellNeighbour) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.TellNeighbour, Words: a.Words, At: a.At}); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.tell_neighbour", Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Hide: true})
	return nil
}

// reportButtons are the buttons that begin a report of each kind.
var reportButtons = map[incident.Kind]string{
	incident.First: "button.report_first", incident.Further: "button.report_further", incident.Final: "button.report_final",
}

// incidentButtons offers what the person may do about the alarm or incident of a case now.
func (s *scene) incidentButtons(c casework.Case, to grid.PersonID) []flow.Choice {
	i := c.Incident
	may := func(a casework.Action) bool { return s.Work.May(c, a, to, s.roster, s.now) }
	var out []flow.Choice
	add := func(ok bool, key, verb string) {
		if ok {
			out = append(out, flow.Choice{Key: key, Data: caseData(verb, c.ID)})
		}
	}
	if i == nil {
		add(c.Urgent && may(casework.Grade), "button.grade", "grade")
		return out
	}
	stands := i.Stands()
	add(stands && i.Heard == nil && may(casework.Hear), "button.hear", "hear")
	add(!i.Ended() && may(casework.Grade), "button.grade", "grade")
	for _, k := range i.Kinds() {
		add(len(i.Graded) > 0 && may(casework.ReportUp), reportButtons[k], "report_"+string(k))
	}
	_, more := s.unwritten(c)
	add(stands && more && len(i.Graded) > 0 && may(casework.WriteLetter), "button.letter", "letter")
	add(i.Untold() >= 0 && may(casework.TellNeighbour), "button.telling", "telling")
	add(stands && len(i.Graded) == 0 && may(casework.StandDown), "button.stand_down", "stand_down")
	add(len(i.Reports)+len(i.Notices) > 0, "button.reports", "reports")
	return out
}
