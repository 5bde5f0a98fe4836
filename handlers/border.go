package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// BorderBook is what is known of what lies beyond the district's line.
type BorderBook interface {
	// Neighbours lists the neighbours, those by land first.
	Neighbours() []routing.Neighbour
	// Edge tells how far a point is from the line, and who is likely to lie beyond it; empty when nobody is known there.
	Edge(p geo.Point) (neighbour string, metres float64)
}

// mostHandovers is how many handovers a list or a year is read with.
const mostHandovers = 1000

// listedHandovers is how many of them one message shows.
const listedHandovers = 12

func borderData(verb, arg string) string { return "bd:" + verb + ":" + arg }

// borders is /borders: what was handed to neighbours and has no answer yet, the late ones marked, and the count of the year. With the
// number of a case behind it, it hands that case over; with a year, it counts that year.
func (s *scene) borders() error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if year, err := strconv.Atoi(s.msg.Args); err == nil && year > 2000 && year < 3000 {
		return s.sayBorderYear(year)
	}
	if s.msg.Args != "" {
		return s.handByNumber(s.msg.Args)
	}
	open, err := onShelf[border.Handover](s, border.Kind, border.Open, 0, math.MaxInt64, mostHandovers)
	if err != nil {
		return err
	}
	var lines texts.Lines
	rows := make([][]flow.Choice, 0, min(len(open), listedHandovers)+1)
	for i, h := range open {
		if i == listedHandovers {
			break
		}
		lines = append(lines, texts.Text{Key: "border.line", Args: s.handoverArgs(h.it)})
		rows = append(rows, []flow.Choice{{Key: "button.border_one", Args: s.handoverArgs(h.it), Data: borderData("open", h.it.ID)}})
	}
	year := s.now.In(s.Rules.Location).Year()
	rows = append(rows, []flow.Choice{
		{Key: "button.border_contacts", Data: borderData("contacts", "")},
		{Key: "button.border_year", Args: texts.Args{"year": year}, Data: borderData("year", strconv.Itoa(year))},
	})
	r := flow.Reply{Key: "border.list", Args: texts.Args{"n": len(open), "lines": lines}, Rows: rows}
	if len(open) == 0 {
		r.Key = "border.list.empty"
	}
	s.say(r)
	return nil
}

// sayBorderYear counts what was handed over in a year.
func (s *scene) sayBorderYear(year int) error {
	from := time.Date(year, 1, 1, 0, 0, 0, 0, s.Rules.Location)
	all, err := onShelf[border.Handover](s, border.Kind, border.All, float64(from.UnixMilli()), float64(from.AddDate(1, 0, 0).UnixMilli()-1), mostHandovers)
	if err != nil {
		return err
	}
	y := border.Count(its(all), s.now)
	s.say(flow.Reply{Key: "border.year", Args: texts.Args{
		"year": year, "sent": y.Sent, "received": y.Received, "answered": y.Answered, "late": y.Late, "cases": y.Cases, "sections": y.Sections,
	}})
	return nil
}

// showContacts lists whom the office calls over there, as far as it has entered them.
func (s *scene) showContacts() error {
	var lines texts.Lines
	for _, n := range s.Borders.Neighbours() {
		lines = append(lines, texts.Text{Key: "border.contact", Args: texts.Args{
			"name": n.Name, "direction": texts.Text{Key: "compass." + n.Direction.String()}, "shares": orDash(strings.Join(n.Shares, "\u3001")),
			"bureau": orDash(n.Bureau), "contact": orDash(n.Contact), "phone": orDash(n.Phone),
		}})
	}
	s.say(flow.Reply{Key: "border.contacts", Args: texts.Args{"lines": lines}})
	return nil
}

// pressBorder does what the buttons of handovers say.
func (s *scene) pressBorder(verb, arg string) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	switch verb {
	case "contacts":
		return s.showContacts()
	case "year":
		if year, err := strconv.Atoi(arg); err == nil {
			return s.sayBorderYear(year)
		}
		return s.forged(s.msg.Data)
	case "case":
		return s.askNeighbour(casework.CaseID(arg))
	case "section":
		return s.askSectionNeighbour(arg)
	case "to":
		return s.beginAcross(arg)
	}
	h, err := holdOf[border.Handover](s, border.Kind, arg)
	if err != nil {
		return err
	}
	switch verb {
	case "open":
		s.say(s.handoverCard("border.card", h.it))
		return nil
	case "letter":
		s.say(flow.Reply{Key: "border.letter", Args: texts.Args{"number": h.it.Letter.No, "text": h.it.Letter.Text}, Rows: printing(borderData("pdf", h.it.ID))})
		return nil
	case "pdf":
		return s.bringLetter(h.it.Letter)
	case border.DidReceive:
		return s.askNote("border_receipt", h.it.ID)
	case border.DidAnswer:
		return s.askNote("border_answer", h.it.ID)
	}
	return s.forged(s.msg.Data)
}

// borderNotes are what the office writes about handovers.
func (s *scene) borderNotes() map[string]func(flow.Worded) error {
	return map[string]func(flow.Worded) error{
		"border_matter":  s.matterAcross,
		"border_receipt": func(n flow.Worded) error { return s.takeBorder(n.Ref, border.DidReceive, border.Word{Who: n.Words}) },
		"border_answer":  func(n flow.Worded) error { return s.takeBorder(n.Ref, border.DidAnswer, border.Word{Text: n.Words}) },
	}
}

// handoverCard is one handover with what can be noted about it.
func (s *scene) handoverCard(key string, h border.Handover) flow.Reply {
	r := flow.Reply{Key: key, Args: s.handoverArgs(h)}
	var notes []flow.Choice
	if h.State() == border.Sent {
		notes = append(notes, flow.Choice{Key: "button.border_receipt", Data: borderData(border.DidReceive, h.ID)})
	}
	if h.Open() {
		notes = append(notes, flow.Choice{Key: "button.border_answer", Data: borderData(border.DidAnswer, h.ID)})
	}
	look := []flow.Choice{{Key: "button.border_letter", Data: borderData("letter", h.ID)}}
	if h.Subject.Kind == border.Case {
		look = append(look, flow.Choice{Key: "button.border_case", Args: texts.Args{"number": h.Subject.Name}, Data: "c:open:" + h.Subject.ID})
	}
	r.Rows = slices.DeleteFunc([][]flow.Choice{notes, look}, func(row []flow.Choice) bool { return len(row) == 0 })
	return r
}

// handoverArgs are the places of the sentences about a handover.
func (s *scene) handoverArgs(h border.Handover) texts.Args {
	a := texts.Args{
		"number": h.Letter.No, "to": h.To, "bureau": s.bureauOf(h.To), "name": h.Subject.Name, "kind": texts.Text{Key: "border.kind." + string(h.Subject.Kind)},
		"sent": h.Letter.At.In(s.Rules.Location).Format(time.DateOnly), "state": texts.Text{Key: "border.state." + string(h.State())},
		"receipt_by": s.lastDay(h.Until.Receipt), "answer_by": s.lastDay(h.Until.Answer), "late": texts.Text{}, "receipt": texts.Text{}, "answer": texts.Text{},
		"matter": orDash(excerpt(h.Subject.Matter, cardText)),
	}
	if h.Late(s.now) {
		a["late"] = texts.Text{Key: "border.late"}
	}
	if w := h.Receipt; w != nil {
		a["receipt"] = texts.Text{Key: "border.receipt", Args: texts.Args{"at": s.moment(w.At), "who": w.Who, "by": orDash(s.officerName(w.By))}}
	}
	if w := h.Answer; w != nil {
		a["answer"] = texts.Text{Key: "border.answer", Args: texts.Args{"at": s.moment(w.At), "text": excerpt(w.Text, aloneText), "by": orDash(s.officerName(w.By))}}
	}
	return a
}

// bureauOf is who is written to at a neighbour.
func (s *scene) bureauOf(to string) string {
	if n, ok := s.Book.Neighbour(to); ok && n.Bureau != "" {
		return n.Bureau
	}
	return to
}

// keepHandover makes a handover, as it is now, part of the change.
func (s *scene) keepHandover(read ledger.Dossier, h border.Handover, events ...any) error {
	return s.shelve(border.Write(read, h, s.Rules.Border, events...))
}
