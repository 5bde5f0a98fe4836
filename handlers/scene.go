package handlers

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// scene is one turn: who did what, what is known, and the change that is being made of it.
type scene struct {
	*Desk
	ctx context.Context
	now time.Time
	msg Message

	me       grid.PersonID
	reporter grid.PersonID // the same person as a reporter: the roster, which names officers, leads to no report
	person   ledger.Person
	lang     texts.Lang
	roster   *grid.Roster
	officer  grid.Officer // the zero Officer for a citizen

	talk    ledger.TalkKey
	state   flow.State
	version int64
	before  []byte

	change ledger.Change
	cases  map[casework.CaseID]int // index in change.Cases
	kept   []string                // files that became part of a dossier
	told   []knownEarlier          // what cards say of earlier reports
	toast  string
	shots  map[string]string // photos of a patrol that this turn noted, and the patrol

	answered bool            // the pressed button was answered already, or none was pressed
	raised   casework.CaseID // the alarm that this turn raised or joined
	read     []casework.Case // by load, for whoever shows their pictures in a page
	given    string          // the query code that the report of this turn gets; empty: one is made
}

// scene reads what the turn needs.
func (d *Desk) scene(ctx context.Context, msg Message) (*scene, error) {
	s := &scene{Desk: d, ctx: ctx, now: d.Clock(), msg: msg, cases: make(map[casework.CaseID]int)}
	s.me = d.who(msg)
	s.talk = ledger.TalkKey(s.me)
	if msg.Group {
		s.talk += ledger.TalkKey("@" + strconv.FormatInt(msg.Chat, 10))
	}
	turn, err := d.Store.Turn(ctx, s.me, s.talk)
	if err != nil {
		return nil, err
	}
	s.roster, s.version, s.before = turn.Roster, turn.TalkVersion, turn.Talk
	s.officer, _ = s.roster.ByPerson(s.me)
	s.meet(turn.Person)
	s.reporter = d.Reporter(s.person.User)
	if s.state, err = flow.Decode(turn.Talk, s.now); err != nil {
		// Better a conversation that begins anew than a person who is locked out.
		d.Log.ErrorContext(ctx, "conversation let go: not readable", personAttr(s.me), slog.Any("error", err))
		s.state = flow.State{}
	}
	return s, nil
}

func (d *Desk) who(msg Message) grid.PersonID {
	if msg.Fetch != nil {
		return grid.PersonID(msg.Fetch.Person)
	}
	return d.Pseudonym(msg.User)
}

// meet updates what is known of the person; a stranger is remembered from the first message on, for without the number
// of the chat nobody could be answered.
func (s *scene) meet(known *ledger.Person) {
	if known != nil {
		s.person = *known
	} else if s.msg.User == 0 { // a word about somebody who was forgotten meanwhile
		s.lang = texts.Reference
		return
	}
	p := s.person
	p.ID = s.me
	if s.msg.User != 0 {
		p.User, p.LastSeen = s.msg.User, s.now.UTC().Truncate(24*time.Hour)
		if !s.msg.Group && s.msg.Door == "" {
			p.Chat = s.msg.Chat
			p.Blocked = s.msg.Kind == Block && s.msg.Blocked
		}
		if !p.Chosen {
			p.Lang = string(s.Texts.Match(s.msg.Lang))
		}
	}
	s.lang = texts.Lang(p.Lang)
	if s.lang == "" {
		s.lang = texts.Reference
	}
	if p != s.person {
		s.person = p
		s.change.People = append(s.change.People, p)
	}
}

// welcomeBack ends the standing in of the deputy when an officer who was out of reach writes.
func (s *scene) welcomeBack() {
	if s.officer.Blocked && s.msg.User != 0 && !s.msg.Group && s.msg.Door == "" && s.msg.Kind != Block && s.change.Roster == nil {
		o := s.officer
		o.Blocked = false
		s.change.Roster = &ledger.RosterWrite{Version: s.roster.Version, Officers: []grid.Officer{o}}
	}
}

// keep replaces what is known of the person.
func (s *scene) keep(p ledger.Person) {
	s.person = p
	s.change.People = slices.DeleteFunc(s.change.People, func(x ledger.Person) bool { return x.ID == p.ID })
	s.change.People = append(s.change.People, p)
}

// alias is the name under which the person stands in a case as one of the public: the reporter's pseudonym, but for what
// an inspector filed, which names the inspector anyway.
func (s *scene) alias(c casework.Case) grid.PersonID {
	if c.Reporter == s.me {
		return s.me
	}
	return s.reporter
}

// reported tells whether the person brought the case.
func (s *scene) reported(c casework.Case) bool { return c.Reporter == s.alias(c) }

// becomeReporter lets the person be found by the reporter's pseudonym.
func (s *scene) becomeReporter() {
	if !s.person.Reporter {
		p := s.person
		p.Reporter = true
		s.keep(p)
	}
}

// load reads a case, as this turn has left it so far.
func (s *scene) load(id casework.CaseID) (casework.Case, error) {
	if i, ok := s.cases[id]; ok {
		return s.change.Cases[i].After, nil
	}
	c, err := s.Store.Case(s.ctx, id)
	if err == nil && s.msg.Door != "" {
		s.read = append(s.read, c)
	}
	return c, err
}

// act does something to a case in the person's name and makes it part of the change.
func (s *scene) act(c casework.Case, a casework.Act) (casework.Case, error) {
	a.Person = s.me
	if a.Action.Public() {
		a.Person = s.alias(c)
	}
	a.Via = s.via()
	if a.At.IsZero() {
		a.At = s.msg.At
	}
	after, event, err := s.Work.Apply(c, a, s.roster, s.now)
	if err != nil {
		return c, err
	}
	s.write(c, after, event)
	before := c
	if after, err = s.avoid(after, a); err != nil {
		return c, err
	}
	return after, s.endChildren(before, after)
}

// via is the way that what is dealt with came: never a person.
func (s *scene) via() string {
	if s.msg.Door != "" {
		return "door/" + string(s.msg.Door)
	}
	if s.msg.Update == 0 {
		return ""
	}
	return "update/" + strconv.FormatInt(s.msg.Update, 10)
}

// actByItself is act by the program and not in anybody's name.
func (s *scene) actByItself(c casework.Case, action casework.Action) (casework.Case, error) {
	after, event, err := s.Work.Apply(c, casework.Act{Action: action, Via: s.via()}, s.roster, s.now)
	if err != nil {
		return c, err
	}
	s.write(c, after, event)
	return after, s.endChildren(c, after)
}

// handOn records that the case reached whoever is responsible for it, if anybody can be reached: until then the time to
// hand it on runs. What lies in no cell is handed on by giving it to one.
func (s *scene) handOn(c casework.Case) (casework.Case, error) {
	to, _ := s.Work.Responsible(c, s.roster, s.now, grid.Inspector, grid.Chief)
	if c.State != casework.Accepted || c.Cell == s.Work.Tree.Unassigned().Code || len(to) == 0 && len(casework.Clerks(s.roster, c.Lead, s.now)) == 0 {
		return c, nil
	}
	return s.actByItself(c, casework.HandOn)
}

// write makes a changed case part of the change; several acts of one turn on one case become one write. What is not
// stored yet was nothing before, so that the store makes it findable by everything it has.
func (s *scene) write(before, after casework.Case, event casework.Event) {
	i, ok := s.cases[after.ID]
	if !ok {
		if before.Version == 0 {
			before = casework.Case{}
		}
		i = len(s.change.Cases)
		s.cases[after.ID] = i
		s.change.Cases = append(s.change.Cases, ledger.CaseWrite{Before: before})
	}
	w := &s.change.Cases[i]
	w.After = after
	w.Events = append(w.Events, event)
}

// count adds one to a figure of this day, by township.
func (s *scene) count(what string, cell grid.CellCode) {
	s.change.Counts = append(s.change.Counts, ledger.Count{
		Day: s.now.In(s.Rules.Location).Format(time.DateOnly), Field: what + "/" + string(s.Work.Tree.Township(cell)), N: 1,
	})
}

// finish completes the change with the state of the conversation.
func (s *scene) finish(entry ledger.EntryID) (ledger.Change, error) {
	data, err := s.state.Encode()
	if err != nil {
		return ledger.Change{}, err
	}
	if err := s.settleSites(); err != nil {
		return ledger.Change{}, blame(err)
	}
	s.change.At, s.change.Done = s.now, entry
	s.welcomeBack()
	for _, p := range s.change.People {
		if p.ID == s.me && p.Reporter {
			p.ID = s.reporter
			s.change.People = append(s.change.People, p)
		}
	}
	if !bytes.Equal(data, s.before) {
		s.change.Talks = append(s.change.Talks, ledger.TalkWrite{
			Key: s.talk, Version: s.version, Data: data, Expires: s.state.ExpiresAt,
		})
	}
	return s.change, nil
}
