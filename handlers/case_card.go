package handlers

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// How many characters of each free text a card shows, so that all of them together, and whatever is written around
// them, stay below the 4096 of a message.
const (
	cardText  = 800
	cardPlace = 200
	aloneText = 2000 // of a text that comes beside no other but those of a card
	cardLines = 20   // of a timeline, the newest
)

// card is a case as officers see it: the matter, the place, the limit, and one button for each thing that this person
// may do now. Never the person who reported it.
func (s *scene) card(key string, c casework.Case, to grid.PersonID) flow.Reply {
	return flow.Reply{Key: key, Args: s.caseArgs(c), Rows: s.caseButtons(c, to), Photos: photos(c)}
}

func (s *scene) caseArgs(c casework.Case) texts.Args {
	args := texts.Args{
		"number": c.Shown(), "state": name("state", string(c.State)), "category": s.categories(c.Categories),
		"cell": s.Work.Tree.PathName(c.Cell), "place": s.place(c), "text": excerpt(c.Text, cardText),
		"files": len(c.Evidence), "source": name("source", string(c.Source)), "at": s.moment(c.CreatedAt),
		"due": name("card", "no_limit"), "followers": len(c.Followers), "handler": orDash(s.officerName(c.Handler)),
		"finding": orDash(excerpt(c.Finding, cardText)), "dispute": slices.Concat(s.departmentLines(c), s.disputeLine(c), s.mergeLine(c)),
	}
	maps.Copy(args, s.lines(c))
	if due, ok := c.Due(); ok {
		key := "card.due"
		if s.now.After(due) {
			key = "card.late"
		}
		args["due"] = texts.Text{Key: key, Args: texts.Args{"day": s.lastDay(due)}}
	}
	if c.RealName {
		args["source"] = texts.Text{Key: "name.source"}
	}
	return args
}

// caseButtons offers what the person may do with the case now, two in a row; what waits for their decision comes first.
func (s *scene) caseButtons(c casework.Case, to grid.PersonID) [][]flow.Choice {
	all := s.incidentButtons(c, to)
	if c.Dispute != nil && s.Work.May(c, casework.Reassign, to, s.roster, s.now) {
		all = append(all, s.disputeChoices(c)...)
	}
	all = append(all, s.decisionChoices(c, to)...)
	for _, a := range []casework.Action{
		casework.Accept, casework.Refuse, casework.AskMore, casework.Receipt, casework.Take, casework.HandIn, casework.AddEvidence, casework.NotMine,
		casework.Close, casework.Return, casework.Reassign, casework.Unmerge,
	} {
		if s.Work.May(c, a, to, s.roster, s.now) && !s.done(c, a) {
			all = append(all, flow.Choice{Key: "button." + string(a), Data: caseData(string(a), c.ID)})
		}
	}
	all = append(all, s.departmentChoices(c, to)...)
	if c.Extension == nil && s.Work.May(c, casework.AskExtension, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.ask_extension", Data: caseData(string(casework.AskExtension), c.ID)})
	}
	all = append(all, s.closingChoices(c, to)...)
	all = append(all, s.avoidChoices(c, to)...)
	if c.Source.Public() && s.Work.May(c, casework.AskReporter, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.ask_reporter", Data: caseData(string(casework.AskReporter), c.ID)})
	}
	all = append(all, lookChoices(c)...)
	return pairs(append(all, s.officeChoices(c, to)...))
}

// lookChoices show more of the case.
func lookChoices(c casework.Case) []flow.Choice {
	var all []flow.Choice
	if c.Point != nil {
		all = append(all, flow.Choice{Key: "button.map", Data: caseData("map", c.ID)})
	}
	if len(c.Evidence) > 0 {
		all = append(all, flow.Choice{Key: "button.photos", Data: caseData("photos", c.ID)})
	}
	all = append(all, flow.Choice{Key: "button.history", Data: caseData("history", c.ID)})
	return all
}

// officeChoices are what the office does about a case and not with its matter: marks, pressing, papers.
func (s *scene) officeChoices(c casework.Case, to grid.PersonID) []flow.Choice {
	var all []flow.Choice
	if c.Abuse == nil && c.Source.Public() && s.Work.May(c, casework.FlagAbuse, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.flag_abuse", Data: caseData(string(casework.FlagAbuse), c.ID)})
	}
	if c.Abuse != nil && s.Work.May(c, casework.ClearAbuse, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.clear_abuse", Data: caseData(string(casework.ClearAbuse), c.ID)})
	}
	if s.Work.May(c, casework.Supervise, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.supervise", Data: caseData(string(casework.Supervise), c.ID)})
	}
	if len(ladderLetters(c)) > 0 {
		all = append(all, flow.Choice{Key: "button.papers", Data: caseData("papers", c.ID)})
	}
	if s.Work.May(c, casework.Export, to, s.roster, s.now) {
		all = append(all, flow.Choice{Key: "button.export", Data: caseData(string(casework.Export), c.ID)})
	}
	return all
}

// done tells whether what can be done once was done.
func (s *scene) done(c casework.Case, a casework.Action) bool {
	switch a {
	case casework.AskMore:
		return !c.Asked.IsZero() || !c.Source.Public()
	case casework.NotMine:
		return c.Decided
	case casework.Receipt:
		l, ok := c.LetterOf(casework.MoveSeries)
		return !ok || !l.Received.IsZero()
	default:
		return false
	}
}

// caseData is what a button about a case carries.
func caseData(verb string, id casework.CaseID) string { return "c:" + verb + ":" + string(id) }

// photos are the pictures of a case that Telegram can show again. A photo sent as a photo carries no metadata; what was
// sent as a file does, and is shown only as a copy without.
func photos(c casework.Case) []string {
	var out []string
	for _, e := range c.Evidence {
		if e.Kind == "photo" && e.ID != "" && len(out) < 10 {
			out = append(out, pictureOf(e.ID))
		}
	}
	return out
}

// place is where it is: in the reporter's words, else that there is a point to look at.
func (s *scene) place(c casework.Case) any {
	switch {
	case c.Place != "":
		return excerpt(c.Place, cardPlace)
	case c.Point != nil:
		return texts.Text{Key: "card.pin"}
	}
	return orDash("")
}

func (s *scene) categories(codes []string) texts.List {
	var out texts.List
	for _, code := range codes {
		for _, c := range s.Book.Categories() {
			if c.Code == code {
				out = append(out, texts.Names(c.Names))
			}
		}
	}
	return out
}

func (s *scene) officerName(id grid.OfficerID) string {
	o, _ := s.roster.Officer(id)
	return o.Name
}

// moment writes a time of day as people here read it.
func (s *scene) moment(t time.Time) string { return t.In(s.Rules.Location).Format("01-02 15:04") }

// hour is the time of day of something that happened a short while ago.
func (s *scene) hour(t time.Time) string { return t.In(s.Rules.Location).Format("15:04") }

// lastDay writes the last day of a limit, or its hour when it does not end with a day.
func (s *scene) lastDay(due time.Time) string {
	local := due.In(s.Rules.Location)
	if local.Hour() == 0 && local.Minute() == 0 {
		return local.Add(-time.Second).Format(time.DateOnly)
	}
	return local.Format("2006-01-02 15:04")
}

// recent are the last lines of a timeline, after how many came before them.
func (s *scene) recent(lines []string) texts.Raw {
	if earlier := len(lines) - cardLines; earlier > 0 {
		first := s.Texts.T(s.lang, "timeline.earlier", texts.Args{"n": earlier})
		lines = append([]string{first}, lines[earlier:]...)
	}
	return texts.Raw(strings.Join(lines, "\n"))
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// excerpt is the beginning of a text, at most n characters.
func excerpt(text string, n int) string {
	r := []rune(strings.TrimSpace(text))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "…"
}
