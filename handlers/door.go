package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// The doors are the ways in for people without a Telegram account: the district's site, and GeoReport. Whoever comes in by
// one is a person like any other, with a pseudonym, a record that is sealed and a conversation; but the number that they are
// known by is made from the code that they are given, and is negative, which no account's is. So number and code are all
// that it takes to be that person again, and nothing about them is kept but what they wrote.

// DoorReport is a report that is told in one go.
type DoorReport struct {
	Source  casework.Source // casework.FromSite or casework.FromOpen311
	Lang    texts.Lang      // in which the person is answered; empty: the reference
	Visitor string          // whose quota it counts to: doorway.Visitor; never kept; empty for a program, whose key has a quota
	Once    string          // at least 16 random characters that only the sender knows: sent again, it is the same report

	Words    string     // what happened
	Place    string     // where, in words
	Point    *geo.Point // WGS 84
	Accuracy float64    // metres; 0 when not known
	Picked   bool       // pointed at on a map and not measured
	Cell     grid.CellCode
	Category string   // chosen; empty: what the words tell
	Also     []string // further categories that were chosen with it
	Name     string   // the real one, if the person wants to leave it; sealed
	Phone    string   // sealed, too
	Files    []DoorFile
	Held     []string // ids of files that Hold took before

	Same string // number of a case of the same matter, as a DoorReading offered it: followed instead of reported again
}

// DoorFile is a file as it was sent.
type DoorFile struct {
	Name string
	Data []byte
}

// DoorReceipt is what the sender of a DoorReport gets.
type DoorReceipt struct {
	Case   casework.CaseID
	Number string // of the report, or of the case that it joined
	Code   string // with the number, the way back to it
	Joined bool   // it went with a case that was there: an alarm that stands, or Same
	Again  bool   // it had been filed before, under the same Once
	Said   []ledger.Message
}

// DoorReading is what a DoorReport would become.
type DoorReading struct {
	Cell       grid.CellCode   // the unassigned queue while Maybe is not empty
	Maybe      []grid.CellCode // that it may be in, likeliest first
	Away       bool            // it lies outside the district
	Neighbour  string          // whose land it is then, where that is known
	Categories []string        // empty: the words tell none, and one has to be chosen
	Elsewhere  string          // code of the matter, when it is none of the environment
	Alarm      bool            // officers on duty would be called at once
	Similar    []flow.Similar  // open cases that it may be about
}

// doorCode is how long a code is: 50 bits, for it is all that keeps a report from strangers.
const doorCode = 10

// File makes a report of somebody without an account: what happens then is what happens to any citizen's report.
//
// Errors are grid errors with words for the sender. Invalid: error.door.words (too few to tell what happened),
// error.door.category (none was chosen and the words tell none), and those of the evidence folder about a file. Conflict:
// error.door.quota (this visitor), error.door.full (this door, or all of them), today.
func (d *Desk) File(ctx context.Context, r DoorReport) (receipt DoorReceipt, err error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	now := d.Clock()
	code := d.codeOf(r.Once)
	place, err := d.admit(ctx, r, code, now)
	if err != nil {
		return DoorReceipt{}, err
	}
	defer func() {
		if receipt.Number == "" || receipt.Again {
			place.back()
		}
	}()
	files, err := d.allFiles(ctx, r, now)
	if err != nil {
		return DoorReceipt{}, err
	}
	msg := d.doorMessage(code, r.Source, r.Lang, now)
	said, err := d.turn(ctx, msg, func(s *scene) (err error) {
		for _, f := range files {
			s.change.Files = append(s.change.Files, ledger.FileWrite{File: f.kept})
		}
		if receipt, err = s.file(r, code, filesOf(files)); err == nil && place.urgent && !receipt.Again {
			s.count(urgentCount, s.Work.Tree.Root().Code)
		}
		return err
	}, func(r ledger.Receipt) {
		if n := r.Numbers[receipt.Number]; n != "" {
			receipt.Number = n
		}
	})
	if err != nil {
		return DoorReceipt{}, err
	}
	receipt.Said = said
	return receipt, nil
}

// Understand tells what a report would become, without making it. Invalid like File.
func (d *Desk) Understand(ctx context.Context, r DoorReport) (DoorReading, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	s, read, err := d.understood(ctx, r, d.Clock())
	if err != nil {
		return DoorReading{}, err
	}
	draft := read.Draft
	out := DoorReading{
		Cell: draft.Cell, Maybe: read.Maybe, Away: draft.OutOfArea, Neighbour: draft.Away, Categories: draft.Categories,
		Elsewhere: draft.Elsewhere, Alarm: read.Alarm.Calls,
	}
	out.Similar, err = s.similarTo(draft)
	return out, err
}

// understood reads a report without making it.
func (d *Desk) understood(ctx context.Context, r DoorReport, now time.Time) (*scene, flow.Reading, error) {
	s, err := d.scene(ctx, Message{Door: r.Source, At: now, Arrived: now})
	if err != nil {
		return nil, flow.Reading{}, err
	}
	read, err := s.readDoor(r, nil)
	return s, read, err
}

// urgent tells whether a report calls for the officers on duty. One that says too little does not.
func (d *Desk) urgent(ctx context.Context, r DoorReport, now time.Time) (bool, error) {
	_, read, err := d.understood(ctx, r, now)
	if grid.CodeOf(err) == grid.Invalid {
		return false, nil
	}
	return read.Alarm.Calls, err
}

// turn lets a person do something outside Telegram: one change, all of it or nothing, as often as somebody else was
// faster. What is said to the person comes back instead of being sent. settled, which may be nil, gets what became
// of the change.
func (d *Desk) turn(ctx context.Context, msg Message, do func(*scene) error, settled func(ledger.Receipt)) ([]ledger.Message, error) {
	for range attempts {
		s, err := d.scene(ctx, msg)
		if err != nil {
			return nil, err
		}
		s.answered = true
		if wrong := do(s); wrong != nil {
			return nil, wrong
		}
		change, err := s.finish("")
		if err != nil {
			return nil, err
		}
		said := keepBack(&change, s.me)
		s.show(said)
		if s.toast != "" {
			said = append(said, ledger.Message{Kind: toastKind, Text: s.toast})
		}
		receipt, err := d.Store.Commit(ctx, change)
		if errors.Is(err, ledger.ErrConflict) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d.Committed(change)
		if settled != nil {
			settled(receipt)
		}
		for i := range said {
			said[i] = numbered(said[i], receipt.Numbers)
		}
		return said, nil
	}
	return nil, ledger.ErrConflict
}

// toastKind is the kind of what Telegram would show as a notice over the chat: plain words, no markup.
const toastKind = "toast"

// keepBack takes what is said to the person of the turn out of the change.
func keepBack(c *ledger.Change, me grid.PersonID) []ledger.Message {
	var said []ledger.Message
	c.Outbox = slices.DeleteFunc(c.Outbox, func(m ledger.Message) bool {
		own := m.To == me && m.Chat == 0
		if own {
			said = append(said, m)
		}
		return own
	})
	return said
}

// numbered puts claimed numbers in the places of their markers.
func numbered(m ledger.Message, numbers map[string]string) ledger.Message {
	pairs := make([]string, 0, 2*len(numbers))
	for marker, n := range numbers {
		pairs = append(pairs, marker, n)
	}
	r := strings.NewReplacer(pairs...)
	m.Text = r.Replace(m.Text)
	if m.Paper != nil {
		p := *m.Paper
		p.No, p.Title, p.Text = r.Replace(p.No), r.Replace(p.Title), r.Replace(p.Text)
		m.Paper = &p
	}
	return m
}

// codeOf makes the code of a report: from what the sender sent with it, so that the same thing sent twice is one report,
// or at random.
func (d *Desk) codeOf(once string) string {
	if len(once) < 16 {
		return strings.ToUpper((&scene{Desk: d}).code(doorCode))
	}
	sum := sha256.Sum256([]byte("door/code/" + once))
	return strings.ToUpper(readable.EncodeToString(sum[:])[:doorCode])
}

// doorUser is the number of whoever has the code, in the place of Telegram's; negative, as no account's is.
func doorUser(code string) int64 {
	sum := sha256.Sum256([]byte("door/person/" + code))
	return -1 - int64(binary.BigEndian.Uint64(sum[:8])>>1) //nolint:gosec // 63 bits fit
}

// doorMessage is what whoever has the code does, in the form of a message.
func (d *Desk) doorMessage(code string, source casework.Source, lang texts.Lang, now time.Time) Message {
	return Message{User: doorUser(code), Door: source, Kind: Nothing, Lang: string(lang), At: now, Arrived: now}
}

// file makes the report of the turn.
func (s *scene) file(r DoorReport, code string, files []flow.File) (DoorReceipt, error) {
	before, err := s.Store.ByPerson(s.ctx, s.reporter)
	if err != nil {
		return DoorReceipt{}, err
	}
	if len(before) > 0 {
		c, wrong := s.load(before[0])
		return DoorReceipt{Case: c.ID, Number: c.Shown(), Code: code, Joined: c.Reporter != s.reporter, Again: true}, wrong
	}
	read, err := s.readDoor(r, files)
	if err != nil {
		return DoorReceipt{}, err
	}
	d := read.Draft
	if r.Same != "" {
		return s.joinSame(r, d, code)
	}
	if len(d.Categories) == 0 {
		return DoorReceipt{}, grid.Fail(grid.Invalid, "error.door.category")
	}
	s.given = code
	if read.Alarm.Calls {
		raised, wrong := s.raiseAlarm(flow.RaiseAlarm{Draft: d, Alarm: read.Alarm})
		if wrong != nil {
			return DoorReceipt{}, wrong
		}
		d.Alarm = raised.Case
	}
	sent, err := s.submit(d)
	if err != nil {
		return DoorReceipt{}, err
	}
	if d.Phone != "" || d.Name != "" {
		s.savePhone(flow.SavePhone{Phone: d.Phone, Name: d.Name})
	}
	s.count("door_"+string(r.Source), d.Cell)
	return s.doorReceipt(sent.Case, code)
}

// joinSame lets the report follow a case of the same matter, one of those that it would be offered.
func (s *scene) joinSame(r DoorReport, d flow.Draft, code string) (DoorReceipt, error) {
	found, err := s.similarTo(d)
	if err != nil {
		return DoorReceipt{}, err
	}
	i := slices.IndexFunc(found, func(x flow.Similar) bool { return x.Number == r.Same })
	if i < 0 {
		return DoorReceipt{}, grid.Fail(grid.NotFound, "error.not_found")
	}
	if err := s.follow(flow.Follow{Case: found[i].Case, Draft: d}); err != nil {
		return DoorReceipt{}, err
	}
	return s.doorReceipt(found[i].Case, code)
}

// similarTo lists open cases that a draft may be about.
func (s *scene) similarTo(d flow.Draft) ([]flow.Similar, error) {
	find := flow.FindSimilar{Categories: d.Categories, Cell: d.Cell, Text: d.Text()}
	if d.Pin != nil {
		find.Point = &d.Pin.Point
	}
	found, err := s.findSimilar(find)
	if err != nil {
		return nil, err
	}
	return found.Similar, nil
}

// doorReceipt tells what became of the report.
func (s *scene) doorReceipt(id casework.CaseID, code string) (DoorReceipt, error) {
	c, err := s.load(id)
	return DoorReceipt{Case: id, Number: c.Shown(), Code: code, Joined: c.Reporter != s.reporter}, err
}

// readDoor reads the report as the conversation reads what it is told.
func (s *scene) readDoor(r DoorReport, files []flow.File) (flow.Reading, error) {
	d := flow.Draft{
		Began: s.now, Files: files, Name: excerpt(clean(r.Name), maxDoorName), Phone: excerpt(clean(r.Phone), maxDoorName),
		Words: []flow.Words{{Text: clean(r.Words)}, {Text: clean(r.Place), Place: true}},
		Cell:  r.Cell, CellChosen: r.Cell != "",
	}
	if r.Category != "" {
		d.Categories, d.CategoryChosen = append([]string{r.Category}, r.Also...), true
	}
	if r.Point != nil {
		d.Pin = &flow.Pin{Point: *r.Point, Accuracy: r.Accuracy, Picked: r.Picked}
	}
	read := flow.Read(s.Book, d, s.now)
	if !read.Enough {
		return read, grid.Fail(grid.Invalid, "error.door.words")
	}
	return read, nil
}

// maxDoorName is how many characters of a name or a phone number are taken.
const maxDoorName = 40
