package handlers

import (
	"math"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// mostHearings is how many hearings are listed.
const mostHearings = 20

func hearingData(verb, arg string) string { return "hr:" + verb + ":" + arg }

// hearings is /hearings: what people can come to, and the minutes of what was; for the office what is being drawn up, too.
func (s *scene) hearings() error {
	shelf, office := hearing.Shown, s.consults()
	if office {
		shelf = hearing.Live
	}
	all, err := onShelf[hearing.Hearing](s, hearing.Kind, shelf, 0, math.MaxInt64, 1000)
	if err != nil {
		return err
	}
	var rows [][]flow.Choice
	for i := len(all) - 1; i >= 0 && len(rows) < mostHearings; i-- {
		h := all[i].it
		c := flow.Choice{Key: "button.hearing_one", Args: s.hearingArgs(h), Data: hearingData("see", h.ID)}
		if office {
			c.Data = hearingData("open", h.ID)
		}
		rows = append(rows, []flow.Choice{c})
	}
	r := flow.Reply{Key: "hearing.list", Args: texts.Args{"n": len(rows)}}
	if len(rows) == 0 {
		r.Key = "hearing.none"
	}
	if office {
		rows = append(rows, []flow.Choice{
			{Key: "button.hearing_new.formal", Data: hearingData("new", string(hearing.Formal))},
			{Key: "button.hearing_new.forum", Data: hearingData("new", string(hearing.Forum))},
		})
	}
	r.Rows = rows
	s.say(r)
	return nil
}

// pressHearing does what the buttons of hearings say: those of everybody, and those of the office.
func (s *scene) pressHearing(verb, id string) error {
	if s.msg.Door.Door() { // whoever comes by a report's number and code is one of many, and not counted as a person
		return s.forged(s.msg.Data)
	}
	if verb == "new" {
		return s.beginHearing(hearing.Form(id))
	}
	d, err := holdOf[hearing.Hearing](s, hearing.Kind, id)
	if err != nil {
		return err
	}
	switch verb {
	case "see":
		return s.seeHearing(d.it)
	case "join":
		return s.askSeat(d.it)
	case "leave":
		return s.leaveHearing(d)
	}
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	switch verb {
	case "open":
		s.say(s.hearingDesk(d.it))
		return nil
	case "announce":
		return s.actHearing(d, hearing.Act{Action: hearing.Announce})
	case "title", "text", "place", "when", "room", "close", "drop", "minutes", "list", "code":
		return s.askNote("hearing_"+verb, id)
	}
	return s.forged(s.msg.Data)
}

// beginHearing begins a draft.
func (s *scene) beginHearing(f hearing.Form) error {
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if f != hearing.Formal && f != hearing.Forum {
		return s.forged(s.msg.Data)
	}
	h := hearing.Hearing{ID: s.code(8), Form: f, Begun: hearing.Mark{By: s.officer.ID, At: s.now}}
	if err := s.keepHearing(ledger.Dossier{Kind: hearing.Kind, ID: h.ID}, h, hearing.Event{At: s.now, By: s.officer.ID, Via: s.via(), Did: hearing.Begin}); err != nil {
		return err
	}
	s.say(s.hearingDesk(h))
	return nil
}

// openHearing is the link /start h_ID.
func (s *scene) openHearing(id string) error {
	d, err := holdOf[hearing.Hearing](s, hearing.Kind, strings.ToLower(id))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.hearing.unknown")
	}
	if err != nil {
		return err
	}
	return s.seeHearing(d.it)
}

// seeHearing shows everybody a hearing, and whoever signed up their seat.
func (s *scene) seeHearing(h hearing.Hearing) error {
	p, ok := h.Public(s.now)
	if !ok {
		return grid.Fail(grid.NotFound, "error.hearing.unknown")
	}
	r := flow.Reply{Key: "hearing.card." + string(p.Stage), Args: s.hearingArgs(h)}
	i := h.SeatOf(s.seatName(h))
	open := p.Stage == hearing.Announced || p.Stage == hearing.Full
	switch {
	case i >= 0:
		r.Args["mine"] = s.seatText(h, i)
		if open || p.Stage == hearing.Settled {
			r.Rows = [][]flow.Choice{{{Key: "button.hearing_leave", Data: hearingData("leave", h.ID)}}}
		}
	case p.Stage == hearing.Announced:
		r.Rows = [][]flow.Choice{{{Key: "button.hearing_join", Data: hearingData("join", h.ID)}}}
	case p.Stage == hearing.Full:
		r.Rows = [][]flow.Choice{{{Key: "button.hearing_queue", Data: hearingData("join", h.ID)}}}
	}
	s.say(r)
	return nil
}

// seatText is how somebody who signed up stands, with the code for the door.
func (s *scene) seatText(h hearing.Hearing, i int) texts.Text {
	return texts.Text{Key: "hearing.seat." + string(h.Seats[i].Standing), Args: texts.Args{"code": h.Seats[i].Code, "n": h.Waits(i)}}
}

// hearingArgs are the places of the sentences about a hearing.
func (s *scene) hearingArgs(h hearing.Hearing) texts.Args {
	local := func(t time.Time) any {
		if t.IsZero() {
			return orDash("")
		}
		return t.In(s.Rules.Location).Format("2006-01-02 15:04")
	}
	return texts.Args{
		"form": texts.Text{Key: "hearing.form." + string(h.Form)}, "title": orDash(h.Title), "text": orDash(excerpt(h.Text, aloneText)), "place": orDash(h.Place),
		"when": local(h.When), "closes": local(h.Closes), "room": h.Room, "left": max(h.Left(), 0), "queue": h.Queue(), "taken": h.Taken(), "came": h.Came(),
		"stage": texts.Text{Key: "hearing.stage." + string(h.Stage(s.now))}, "minutes": excerpt(h.Minutes, aloneText), "why": h.Why, "mine": texts.Text{},
		"by": orDash(s.officerName(h.Begun.By)),
	}
}

// hearingDesk is a hearing as the office sees it, with what can be done at this stage.
func (s *scene) hearingDesk(h hearing.Hearing) flow.Reply {
	r := flow.Reply{Key: "hearing.desk", Args: s.hearingArgs(h)}
	var verbs []string
	switch h.Stage(s.now) {
	case hearing.Drafting:
		verbs = []string{"title", "text", "place", "when", "room", "close", "announce", "drop"}
	case hearing.Announced, hearing.Full, hearing.Settled:
		verbs = []string{"code", "list", "drop"}
	case hearing.Held:
		verbs = []string{"code", "list", "minutes"}
	case hearing.Minuted:
		verbs = []string{"list"}
	case hearing.Dropped:
	}
	all := make([]flow.Choice, 0, len(verbs))
	for _, v := range verbs {
		all = append(all, flow.Choice{Key: "button.hearing_do." + v, Data: hearingData(v, h.ID)})
	}
	if h.Announced != nil {
		all = append(all, flow.Choice{Key: "button.consult_see", Data: hearingData("see", h.ID)})
	}
	r.Rows = pairs(all)
	return r
}

// keepHearing makes a hearing, as it is now, part of the change.
func (s *scene) keepHearing(read ledger.Dossier, h hearing.Hearing, events ...any) error {
	return s.shelve(hearing.Write(read, h, s.Rules.Hearing, events...))
}
