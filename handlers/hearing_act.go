package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// hearingNotes are what people write about hearings.
func (s *scene) hearingNotes() map[string]func(flow.Worded) error {
	set := func(f hearing.Field) func(flow.Worded) error {
		return func(n flow.Worded) error {
			return s.noteHearing(n, hearing.Act{Action: hearing.Set, Field: f, Words: strings.TrimSpace(n.Words)})
		}
	}
	moment := func(f hearing.Field) func(flow.Worded) error {
		return func(n flow.Worded) error {
			at, err := s.readMoment(n.Words)
			if err != nil {
				return err
			}
			return s.noteHearing(n, hearing.Act{Action: hearing.Set, Field: f, At: at})
		}
	}
	return map[string]func(flow.Worded) error{
		"hearing_title": set(hearing.FieldTitle), "hearing_text": set(hearing.FieldText), "hearing_place": set(hearing.FieldPlace),
		"hearing_when": moment(hearing.FieldWhen), "hearing_close": moment(hearing.FieldCloses),
		"hearing_room": func(n flow.Worded) error {
			room, _ := strconv.Atoi(strings.TrimSpace(n.Words))
			return s.noteHearing(n, hearing.Act{Action: hearing.Set, Field: hearing.FieldRoom, N: room})
		},
		"hearing_drop": func(n flow.Worded) error { return s.noteHearing(n, hearing.Act{Action: hearing.Drop, Words: n.Words}) },
		"hearing_minutes": func(n flow.Worded) error {
			return s.noteHearing(n, hearing.Act{Action: hearing.Minute, Words: n.Words})
		},
		"hearing_code": func(n flow.Worded) error {
			return s.noteHearing(n, hearing.Act{Action: hearing.CheckIn, Code: doorCodeOf(n.Words)})
		},
		"hearing_list": s.openList, "hearing_name": s.takeSeat,
	}
}

// noteHearing takes what an officer wrote.
func (s *scene) noteHearing(n flow.Worded, a hearing.Act) error {
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	d, err := holdOf[hearing.Hearing](s, hearing.Kind, n.Ref)
	if err != nil {
		return err
	}
	return s.actHearing(d, a)
}

// actHearing does something to a hearing in an officer's name, and shows it as it is then. Whoever signed up hears that it is called off,
// and where the minutes are.
func (s *scene) actHearing(d opened[hearing.Hearing], a hearing.Act) error {
	a.By, a.Via = s.officer.ID, s.via()
	h, event, err := d.it.Apply(a, s.Rules.Hearing, s.now)
	if err != nil {
		return err
	}
	if err := s.keepHearing(d.read, h, event); err != nil {
		return err
	}
	r := s.hearingDesk(h)
	r.Hide = len(r.Rows) == 0
	s.say(r)
	switch a.Action {
	case hearing.Announce:
		err := s.tellFollowers(follow.Item{
			Source: follow.OfIssue, Ref: "hearing-" + h.ID, Reach: follow.Reach{Published: true}, Title: s.frozen("hearing.news", s.hearingArgs(h)),
		})
		if err != nil {
			return err
		}
		o, _ := s.roster.Officer(h.Begun.By)
		return s.tellOfficers([]grid.Officer{o}, flow.Reply{Key: "hearing.announced", Args: s.hearingArgs(h)})
	case hearing.Drop:
		return s.tellSeats(h, flow.Reply{Key: "hearing.off", Args: s.hearingArgs(h)})
	case hearing.Minute:
		return s.tellSeats(h, flow.Reply{Key: "hearing.minuted", Args: s.hearingArgs(h), Rows: [][]flow.Choice{{{Key: "button.hearing_see", Data: hearingData("see", h.ID)}}}})
	default:
		return nil
	}
}

// tellSeats tells everybody who signed up and can be written to.
func (s *scene) tellSeats(h hearing.Hearing, r flow.Reply) error {
	for _, x := range h.Seats {
		if x.Standing == hearing.Gone || x.Web {
			continue
		}
		if err := s.tellSigned(x, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *scene) tellSigned(x hearing.Seat, r flow.Reply) error {
	m, err := s.letter(x.Person, noCase, r)
	if err == nil && m != nil {
		s.change.Outbox = append(s.change.Outbox, *m)
	}
	return err
}

// openList shows an officer, once, who signed up: the names that lie sealed. That it was done, by whom and why, is on record.
func (s *scene) openList(n flow.Worded) error {
	d, err := holdOf[hearing.Hearing](s, hearing.Kind, n.Ref)
	if err != nil {
		return err
	}
	if !s.consults() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	h, event, err := d.it.Apply(hearing.Act{Action: hearing.Open, By: s.officer.ID, Via: s.via(), Words: strings.TrimSpace(n.Words)}, s.Rules.Hearing, s.now)
	if err != nil {
		return err
	}
	if err := s.keepHearing(d.read, h, event); err != nil {
		return err
	}
	var lines texts.Lines
	for _, x := range h.Seats {
		if x.Standing == hearing.Gone {
			continue
		}
		web := texts.Text{}
		if x.Web {
			web.Key = "hearing.by_web"
		}
		p, err := s.Store.Person(s.ctx, x.Person)
		if err != nil && grid.CodeOf(err) != grid.NotFound {
			return err
		}
		lines = append(lines, texts.Text{Key: "hearing.name", Args: texts.Args{
			"code": x.Code, "name": orDash(p.Name), "phone": orDash(p.Phone), "standing": texts.Text{Key: "hearing.standing." + string(x.Standing)}, "web": web,
		}})
	}
	s.count("unsealed", s.Work.Tree.Root().Code)
	s.say(flow.Reply{Key: "hearing.names", Secret: true, Args: texts.Args{"title": h.Title, "lines": lines, "n": len(lines)}})
	return nil
}
