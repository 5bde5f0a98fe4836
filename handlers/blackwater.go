package handlers

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// blackLead is the department that leads the treatment of black and odorous water, by the district's categories.
func (s *scene) blackLead() grid.Department {
	if p, ok := s.Book.Proposal(nil, []string{water.BlackWater}); ok && p.Lead != "" {
		return p.Lead
	}
	return s.Water.Own
}

// mayTreat tells whether the person may report on a treatment: a clerk of its unit, or a supervisor.
func (s *scene) mayTreat(unit grid.Department) bool { return s.supervises() || s.clerkOf(unit) }

// blackCommand is the register of black and odorous water: /black lists it, /black HC0001 shows one, /black HC0001 2027-06-30 王局长
// puts a site on it, or changes its last day and who is in charge.
func (s *scene) blackCommand() error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	words := strings.Fields(s.msg.Args)
	switch {
	case len(words) == 0:
		return s.listBlack()
	case !site.Number(strings.ToUpper(words[0])).Valid():
		return grid.Fail(grid.Invalid, "error.black.usage")
	case len(words) == 1:
		return s.showBlack(strings.ToUpper(words[0]))
	}
	return s.registerBlack(site.Number(strings.ToUpper(words[0])), words[1], strings.Join(words[2:], " "))
}

// listBlack lists the register by last day.
func (s *scene) listBlack() error {
	ids, err := s.Store.Shelf(s.ctx, water.Treatments, water.AllTreated, 0, math.MaxInt64, mostSites)
	if err != nil {
		return err
	}
	all, err := water.ReadAll[water.Treatment](s.ctx, s.Store, water.Treatments, ids)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say(flow.Reply{Key: "black.none"})
		return nil
	}
	shown := all[:min(len(all), 2*s.Rules.PageSize)]
	var lines texts.Lines
	buttons := make([]flow.Choice, 0, len(shown))
	for _, x := range shown {
		lines = append(lines, texts.Text{Key: "black.line", Args: s.blackArgs(x)})
		buttons = append(buttons, flow.Choice{Label: texts.Name(x.Site), Data: waterData("black", x.Site)})
	}
	s.say(flow.Reply{Key: "black.list", Args: texts.Args{"n": len(all), "lines": lines}, Rows: inRows(4, buttons)})
	return nil
}

func (s *scene) blackArgs(x water.Treatment) texts.Args {
	a := texts.Args{
		"site": x.Site, "name": x.Name, "cell": s.Work.Tree.PathName(x.Cell), "unit": string(x.Unit), "person": x.Person, "due": x.Due,
		"stage": texts.Text{Key: "black.stage." + string(x.Stage)}, "percent": x.Percent, "late": texts.Text{}, "notes": texts.Lines{},
	}
	if x.Late(s.now, s.Rules.Location) {
		a["late"] = texts.Text{Key: "black.late"}
	}
	var notes texts.Lines
	for _, n := range x.Notes[max(0, len(x.Notes)-3):] {
		notes = append(notes, texts.Text{Key: "black.note", Args: texts.Args{"day": s.dayOf(n.At), "percent": n.Percent, "words": n.Words}})
	}
	a["notes"] = notes
	return a
}

// treatment reads one of the register.
func (s *scene) treatment(id string) (water.Treatment, ledger.Dossier, error) {
	var x water.Treatment
	d, err := s.dossier(water.Treatments, id)
	if err == nil {
		err = d.Into(&x)
	}
	return x, d, err
}

func (s *scene) showBlack(id string) error {
	x, _, err := s.treatment(id)
	if err == nil && (x.Site == "" || s.officer.ID == "") {
		err = grid.Fail(grid.NotFound, "error.black.unknown", "number", id)
	}
	if err != nil {
		return err
	}
	s.say(s.blackCard("black.card", x))
	return nil
}

func (s *scene) blackCard(key string, x water.Treatment) flow.Reply {
	var row []flow.Choice
	if x.Stage != water.Struck && s.mayTreat(x.Unit) {
		row = append(row, flow.Choice{Key: "button.black.progress", Data: waterData("progress", x.Site)})
	}
	if x.Stage == water.Done && s.supervises() {
		row = append(row, flow.Choice{Key: "button.black.strike", Data: waterData("strike", x.Site)})
	}
	r := flow.Reply{Key: key, Args: s.blackArgs(x)}
	if len(row) > 0 {
		r.Rows = [][]flow.Choice{row}
	}
	return r
}

// registerBlack puts a site of black water on the register, or changes what stands there.
func (s *scene) registerBlack(n site.Number, due, person string) error {
	lead := s.blackLead()
	if !s.mayTreat(lead) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	at, _, err := s.site(n)
	if err != nil {
		return err
	}
	if k, ok := s.Sites.Rules.Kind(at.Kind); !ok || k.Code != water.BlackWater {
		return grid.Fail(grid.Invalid, "error.black.kind", "number", string(n))
	}
	x, d, err := s.treatment(string(n))
	if err != nil {
		return err
	}
	if day, wrong := time.Parse(time.DateOnly, readDay(due)); wrong == nil {
		due = day.Format(time.DateOnly)
	}
	after, event, err := x.Register(string(n), at.Name, at.Cell, lead, person, due, s.now)
	if err != nil {
		return err
	}
	event.By, event.Via = s.officer.ID, s.via()
	s.say(s.blackCard("black.registered", after))
	return s.shelve(after.Write(d, event))
}

// askBlack returns a button's verb that asks for words.
func (s *scene) askBlack(note string) func(string) error {
	return func(id string) error {
		x, _, err := s.treatment(id)
		switch {
		case err != nil:
			return err
		case x.Site == "":
			return grid.Fail(grid.NotFound, "error.black.unknown", "number", id)
		case !s.mayTreat(x.Unit) || note == "black_strike" && !s.supervises():
			return grid.Fail(grid.Forbidden, "error.role")
		}
		return s.begin(flow.Task{Story: flow.Wording, Ref: id, Reason: note})
	}
}

// blackWorded takes progress, with the percentage first, or why a water body is off the list.
func (s *scene) blackWorded(n flow.Worded) error {
	x, d, err := s.treatment(n.Ref)
	switch {
	case err != nil:
		return err
	case !s.mayTreat(x.Unit) || n.What == "black_strike" && !s.supervises():
		return grid.Fail(grid.Forbidden, "error.role")
	}
	var event water.TreatmentEvent
	if n.What == "black_strike" {
		x, event, err = x.Strike(n.Words, s.officer.ID, s.now)
	} else {
		percent, words := readPercent(n.Words)
		x, event, err = x.Progress(percent, words, s.officer.ID, s.now)
	}
	if err != nil {
		return err
	}
	event.Via = s.via()
	s.say(s.blackCard("black.noted", x))
	return s.shelve(x.Write(d, event))
}

// readPercent reads a number, with a percent sign or without, and the words behind it; -1 when there is no number.
func readPercent(s string) (percent int, words string) {
	head, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	n, err := strconv.Atoi(strings.TrimRight(head, "%\uFF05"))
	if err != nil {
		return -1, s
	}
	return n, strings.TrimSpace(rest)
}
