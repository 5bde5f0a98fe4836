package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// issueAt is an issue as it was read, and the occasion that it belongs to.
type issueAt struct {
	publication.Issue
	publication.Occasion

	id   string
	read ledger.Dossier
}

// publications shows the calendar of what is owed to the public: /publications. Anybody may see what is out, what is to come and
// what is late.
func (s *scene) publications() error {
	lines, err := s.Publications.Lines(s.ctx, s.Store, s.now)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return grid.Fail(grid.NotFound, "error.publication.nothing")
	}
	s.say(s.publicationCalendar(lines, "now"))
	return nil
}

// publicationViews are the parts of the calendar, and what stands in each.
var publicationViews = map[string]func(publication.Line) bool{
	"now": func(l publication.Line) bool {
		return l.Standing == publication.Overdue || l.Standing == publication.Awaited
	},
	"next": func(l publication.Line) bool { return l.Standing == publication.Running },
	"out":  func(l publication.Line) bool { return l.Issue != "" },
}

const publicationsShown = 20 // lines of a view in one message

// publicationCalendar is one view of the calendar: what is due now, what is to come, what is out, that with the newest first.
func (s *scene) publicationCalendar(lines []publication.Line, view string) flow.Reply {
	args := texts.Args{}
	for name, pass := range publicationViews {
		args[name] = len(slices.DeleteFunc(slices.Clone(lines), func(l publication.Line) bool { return !pass(l) }))
	}
	args["late"] = len(slices.DeleteFunc(slices.Clone(lines), func(l publication.Line) bool { return l.Standing != publication.Overdue }))
	picked := slices.DeleteFunc(slices.Clone(lines), func(l publication.Line) bool { return !publicationViews[view](l) })
	if view == "out" {
		slices.SortStableFunc(picked, func(a, b publication.Line) int { return b.Out.Compare(a.Out) })
	}
	picked = picked[:min(len(picked), publicationsShown)]
	var said texts.Lines
	buttons := make([]flow.Choice, 0, len(picked))
	for _, l := range picked {
		said = append(said, s.publicationLine(l))
		buttons = append(buttons, flow.Choice{
			Key: "button.publication.open", Args: texts.Args{"name": texts.Names(l.Duty.Names), "period": texts.Period(l.Period.Name)},
			Data: publicationData("open", l.Newest()),
		})
	}
	if len(said) == 0 {
		said = append(said, texts.Text{Key: "publication.none"})
	}
	args["lines"], args["view"] = said, texts.Text{Key: "publication.view." + view}
	tabs := make([]flow.Choice, 0, len(publicationViews))
	for _, v := range []string{"now", "next", "out"} {
		tabs = append(tabs, flow.Choice{Key: "button.publication.view." + v, Data: publicationData("view", v)})
	}
	rows := inRows(1, buttons[:min(len(buttons), s.Rules.PageSize)])
	return flow.Reply{Key: "publication.calendar", Args: args, Rows: append(rows, tabs), Edit: s.rewrites()}
}

// publicationLine is one occasion in a list.
func (s *scene) publicationLine(l publication.Line) texts.Text {
	args := texts.Args{
		"name": texts.Names(l.Duty.Names), "period": texts.Period(l.Period.Name), "due": l.Last().String(), "days": l.Days, "out": "",
	}
	if !l.Out.IsZero() {
		args["out"] = l.Out.In(s.Rules.Location).Format(time.DateOnly)
	}
	return texts.Text{Key: "publication.line." + string(l.Standing), Args: args}
}

func publicationData(verb, arg string) string { return "pu:" + verb + ":" + arg }

// publication shows one issue: /publication cards.2026-Q4.
func (s *scene) publication() error {
	if s.msg.Args == "" {
		return s.publications()
	}
	i, err := s.issue(strings.TrimSpace(s.msg.Args))
	if err != nil {
		return err
	}
	return s.showIssue(i)
}

// pressPublication does what a button about publications says.
func (s *scene) pressPublication(verb, arg string) error {
	if verb == "view" {
		if publicationViews[arg] == nil {
			return s.forged(s.msg.Data)
		}
		lines, err := s.Publications.Lines(s.ctx, s.Store, s.now)
		if err != nil {
			return err
		}
		s.say(s.publicationCalendar(lines, arg))
		return nil
	}
	do, ok := map[string]func(issueAt) error{
		"open": s.showIssue, "changes": s.showChanges, "csv": s.issueCSV, "json": s.issueJSON, "pdf": s.issuePDF, "draft": s.draftIssue, "approve": s.approveIssue,
		"publish": s.publishIssue, "return": s.askReturn, "correct": s.askCorrection,
	}[verb]
	if !ok {
		return s.forged(s.msg.Data)
	}
	i, err := s.issue(arg)
	if grid.CodeOf(err) == grid.NotFound {
		return s.forged(s.msg.Data)
	}
	if err != nil {
		return err
	}
	return do(i)
}

// issue reads an issue by its id. NotFound when there is no such occasion, or no such correction of one.
func (s *scene) issue(id string) (issueAt, error) {
	base, n := publication.Base(id)
	i := issueAt{id: id}
	var err error
	if n == 0 {
		return i, grid.Fail(grid.NotFound, "error.publication.none", "id", id)
	}
	if i.Occasion, err = s.Publications.Find(base, s.now); err != nil {
		return i, err
	}
	if i.read, err = s.dossier(publication.Dossiers, id); err != nil {
		return i, err
	}
	if i.Issue, err = publication.Read(i.read); err != nil {
		return i, err
	}
	if n > 1 && i.read.Version == 0 {
		return i, grid.Fail(grid.NotFound, "error.publication.none", "id", id)
	}
	return i, nil
}
