package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// mostSupervisions is how many supervisions are looked through.
const mostSupervisions = 500

// listNotes are the notes that gather what an action needs.
var listNotes = map[string]water.ListAction{
	"supervise_list": water.List, "supervise_decline": water.Decline, "supervise_report": water.Report, "supervise_ask": water.AskExtend,
	"supervise_lift": water.Lift, "supervise_deny": water.DenyExtend,
}

// listSupervisions lists the failing sections that are under public supervision (挂牌督办), and to supervisors what is proposed:
// /supervised.
func (s *scene) listSupervisions() error {
	ids, err := s.Store.Shelf(s.ctx, water.Supervisions, water.AllListed, 0, math.MaxInt64, mostSupervisions)
	if err != nil {
		return err
	}
	all, err := water.ReadAll[water.Supervision](s.ctx, s.Store, water.Supervisions, ids)
	if err != nil {
		return err
	}
	slices.Reverse(all)
	var lines texts.Lines
	buttons := make([]flow.Choice, 0, min(len(all), s.Rules.PageSize))
	for _, x := range all {
		if !s.seesSupervision(x) || len(lines) == s.Rules.PageSize {
			continue
		}
		a := s.supervisionArgs(x)
		lines = append(lines, texts.Text{Key: "supervision.line", Args: a})
		buttons = append(buttons, flow.Choice{Label: s.supervisionName(x), Data: waterData("sup", x.ID)})
	}
	if len(lines) == 0 {
		s.say(flow.Reply{Key: "supervision.none"})
		return nil
	}
	s.say(flow.Reply{Key: "supervision.list", Args: texts.Args{"lines": lines}, Rows: pairs(buttons)})
	return nil
}

// seesSupervision tells whether the person may see it: what is listed, or was, is public; a proposal is the supervisors'.
func (s *scene) seesSupervision(x water.Supervision) bool {
	_, public := x.Public()
	return public || s.supervises()
}

func (s *scene) supervisionName(x water.Supervision) texts.Names {
	if section, err := s.Water.Section(x.Section); err == nil {
		return texts.Names(section.Names)
	}
	return texts.Name(x.Section)
}

func (s *scene) supervisionArgs(x water.Supervision) texts.Args {
	var periods, items texts.List
	for _, p := range x.Periods {
		periods = append(periods, texts.Period(p))
	}
	for _, code := range x.Items {
		items = append(items, s.itemName(code))
	}
	a := texts.Args{
		"id": x.ID, "name": s.supervisionName(x), "state": texts.Text{Key: "supervision.state." + string(x.State)}, "periods": periods, "items": items,
		"unit": orDash(string(x.Unit)), "words": orDash(x.Words), "listed": s.dayOf(x.Listed), "due": orDash(x.Last(s.Rules.Location)),
		"late": texts.Text{}, "extended": texts.Text{}, "asked": texts.Text{}, "reports": texts.Lines{}, "why": texts.Text{},
	}
	if x.Late(s.now) {
		a["late"] = texts.Text{Key: "supervision.late"}
	}
	if x.Given != nil {
		a["extended"] = texts.Text{Key: "supervision.extended", Args: texts.Args{"days": x.Given.Days}}
	}
	if x.Asked != nil {
		a["asked"] = texts.Text{Key: "supervision.asked", Args: texts.Args{"days": x.Asked.Days, "words": x.Asked.Words}}
	}
	if x.Why != "" {
		a["why"] = texts.Text{Key: "supervision.why", Args: texts.Args{"day": s.dayOf(x.Ended), "words": x.Why}}
	}
	var reports texts.Lines
	for _, r := range x.Reports[max(0, len(x.Reports)-3):] {
		reports = append(reports, texts.Text{Key: "supervision.report", Args: texts.Args{"day": s.dayOf(r.At), "words": r.Words}})
	}
	a["reports"] = reports
	return a
}

// supervision reads one that the person may see.
func (s *scene) supervision(id string) (water.Supervision, ledger.Dossier, error) {
	var x water.Supervision
	d, err := s.dossier(water.Supervisions, id)
	if err == nil {
		err = d.Into(&x)
	}
	if err == nil && (d.Version == 0 || !s.seesSupervision(x)) {
		err = grid.Fail(grid.NotFound, "error.supervision.unknown")
	}
	return x, d, err
}

func (s *scene) showSupervision(id string) error {
	x, _, err := s.supervision(id)
	if err != nil {
		return err
	}
	s.say(s.supervisionCard("supervision.card", x, s.supervises(), s.clerkOf(x.Unit)))
	return nil
}

// supervisionCard is a supervision with the buttons of a supervisor, or of the unit that has to mend the water.
func (s *scene) supervisionCard(key string, x water.Supervision, supervisor, unit bool) flow.Reply {
	var row []flow.Choice
	add := func(verb string) {
		row = append(row, flow.Choice{Key: "button.supervision." + verb, Data: waterData("s_"+verb, x.ID)})
	}
	switch {
	case x.State == water.Proposed && supervisor:
		add("list")
		add("decline")
	case x.State == water.Listed && supervisor:
		if x.Asked != nil {
			add("extend")
			add("deny")
		}
		add("report")
		add("lift")
	case x.State == water.Listed && unit:
		add("report")
		if x.Asked == nil && x.Given == nil {
			add("ask")
		}
	}
	return flow.Reply{Key: key, Args: s.supervisionArgs(x), Rows: pairs(row)}
}

// mayList tells whether the person may do that about a supervision: reports and requests come from the unit's clerks, all else is a
// supervisor's.
func (s *scene) mayList(x water.Supervision, action water.ListAction) bool {
	switch action {
	case water.Report:
		return s.supervises() || s.clerkOf(x.Unit)
	case water.AskExtend:
		return s.clerkOf(x.Unit)
	default:
		return s.supervises()
	}
}

// askListing returns a button's verb that asks for the words that an action needs.
func (s *scene) askListing(action water.ListAction, note string) func(string) error {
	return func(id string) error {
		x, _, err := s.supervision(id)
		if err == nil && !s.mayList(x, action) {
			err = grid.Fail(grid.Forbidden, "error.role")
		}
		if err == nil && !x.State.Allows(action) {
			err = grid.Fail(grid.Conflict, "error.supervision.state")
		}
		if err != nil {
			return err
		}
		return s.begin(flow.Task{Story: flow.Wording, Ref: id, Reason: note})
	}
}

// pressListing returns a button's verb that needs no words.
func (s *scene) pressListing(action water.ListAction) func(string) error {
	return func(id string) error { return s.listing(id, water.ListAct{Action: action}) }
}

// superviseWorded takes the words for an action: with days at their beginning where it needs days, and the unit's name anywhere.
func (s *scene) superviseWorded(n flow.Worded, action water.ListAction) error {
	act := water.ListAct{Action: action, Words: n.Words}
	if action == water.List || action == water.AskExtend {
		act.Days, act.Words = readDays(n.Words)
	}
	if action == water.List {
		if named := s.Book.NamedDepartments(n.Words); len(named) > 0 {
			act.Unit = named[0]
			act.Words = strings.TrimSpace(strings.TrimPrefix(act.Words, string(act.Unit)))
		}
	}
	return s.listing(n.Ref, act)
}

// listing does something about a supervision and tells whom it concerns.
func (s *scene) listing(id string, act water.ListAct) error {
	x, d, err := s.supervision(id)
	if err == nil && !s.mayList(x, act.Action) {
		err = grid.Fail(grid.Forbidden, "error.role")
	}
	if err != nil {
		return err
	}
	act.By, act.Via = s.officer.ID, s.via()
	after, event, err := s.Water.List.Do(x, act, s.now)
	if err != nil {
		return err
	}
	if err := s.shelve(after.Write(d, event)); err != nil {
		return err
	}
	s.say(s.supervisionCard("supervision.done."+string(act.Action), after, s.supervises(), s.clerkOf(after.Unit)))
	others := s.supervisors()
	fromUnit := act.Action == water.Report || act.Action == water.AskExtend
	if !fromUnit {
		others = casework.Clerks(s.roster, after.Unit, s.now)
	}
	if act.Action == water.Decline {
		return nil
	}
	return s.tellEach(others, casework.Case{}, func(grid.Officer) flow.Reply {
		return s.supervisionCard("supervision.told."+string(act.Action), after, fromUnit, !fromUnit)
	})
}

// readDays reads a number of days and the words behind it; 0 when the words do not begin with a number.
func readDays(s string) (days int, words string) {
	head, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	unit := strings.TrimLeftFunc(head, unicode.IsDigit)
	days, err := strconv.Atoi(head[:len(head)-len(unit)])
	if err != nil {
		return 0, s
	}
	const oneWord = 4 // of a unit: a character, or "days"
	if len(unit) > oneWord {
		rest = unit + " " + rest
	}
	return days, strings.TrimSpace(rest)
}
