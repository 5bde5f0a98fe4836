package handlers

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Visit is somebody who comes back to a report with its number and its code, and perhaps does something there: presses a
// button that was shown, or says something and brings files.
type Visit struct {
	Number, Code string
	Visitor      string // as in DoorReport: how often somebody is wrong is counted by it
	Lang         texts.Lang

	Data  string // what the pressed button carries
	Words string
	Files []DoorFile
}

// Visited is what a Visit finds.
type Visited struct {
	Case   casework.CaseID
	Number string
	Own    bool             // the code is that of somebody without an account: they may act here as a reporter does in the chat
	Said   []ledger.Message // in answer to what was done
	Asks   bool             // something was asked, and words are waited for
	Status ledger.Message   // how far it is, with buttons for what may be done
	Mail   []ledger.Message // what was said to them meanwhile, the newest last
}

// Visit looks a report up, and does what its reporter wants done. A number and a code that do not belong together are
// NotFound (error.status.unknown), whether the number exists or not; who was wrong too often today gets a Conflict
// (error.status.wait), one who tries a number that others were wrong about too often another (error.status.guarded), and who
// presses too fast a third (error.door.fast). Somebody with an account who brings the code of
// their report sees how far it is, and does all else in the chat.
func (d *Desk) Visit(ctx context.Context, v Visit) (Visited, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	now := d.Clock()
	v.Code, v.Number = strings.ToUpper(strings.TrimSpace(v.Code)), strings.ToUpper(strings.TrimSpace(v.Number))
	day := d.dayOf(now)
	id, counted, err := d.byNumber(ctx, v.Number)
	if err != nil {
		return Visited{}, err
	}
	settle, err := d.doors.tries(day, v.Visitor, counted, d.Rules)
	if err != nil {
		return Visited{}, err
	}
	c, own, err := d.unlock(ctx, v, id)
	settle(err)
	if grid.CodeOf(err) == grid.NotFound {
		return Visited{}, grid.Fail(grid.NotFound, unknownStatus)
	}
	if err != nil {
		return Visited{}, err
	}
	out := Visited{Case: c.ID, Number: c.Shown(), Own: own}
	msg := Message{Door: casework.FromSite, Lang: string(v.Lang), Kind: Nothing, At: now, Arrived: now}
	if own {
		msg.User = doorUser(v.Code)
		if wrong := d.deed(ctx, v, msg, c.ID, &out); wrong != nil {
			return Visited{}, wrong
		}
	}
	err = d.look(ctx, msg, &out)
	return out, err
}

// unlock opens the case with a code; own tells whether the code is that of somebody at a door.
func (d *Desk) unlock(ctx context.Context, v Visit, id casework.CaseID) (c casework.Case, own bool, err error) {
	if id == "" {
		return c, false, grid.Fail(grid.NotFound, unknownStatus)
	}
	if c, err = d.Store.Case(ctx, id); err != nil {
		return c, false, err
	}
	who := d.Reporter(doorUser(v.Code))
	if c.Reporter == who || slices.Contains(c.Followers, who) {
		return c, true, nil
	}
	if subtle.ConstantTimeCompare([]byte(v.Code), []byte(c.Code)) != 1 {
		return c, false, grid.Fail(grid.NotFound, unknownStatus)
	}
	return c, false, nil
}

// shownAtDoor are the kinds of buttons that a report's status and the messages to its reporter have: of the case, of one's own data, of a
// reward. With those of a conversation they are all that can be pressed there.
var shownAtDoor = []string{"c", "p", "r"}

// deed does what the visitor wants done, as if it had been done in the chat.
func (d *Desk) deed(ctx context.Context, v Visit, msg Message, id casework.CaseID, out *Visited) error {
	switch words := strings.TrimLeft(clean(v.Words), "/\uFF0F "); { // a command is nothing to be typed here
	case v.Data != "":
		msg.Kind, msg.Data = Button, clean(v.Data)
	case words != "" || len(v.Files) > 0:
		msg.Kind, msg.Text = Text, words
	default:
		return nil
	}
	if d.hurries(msg) {
		return grid.Fail(grid.Conflict, "error.door.fast")
	}
	files, err := d.keepOf(ctx, v.Visitor, v.Files, msg.At)
	if err != nil {
		return err
	}
	out.Said, err = d.turn(ctx, msg, func(s *scene) error { //nolint:contextcheck // a scene carries the context of its turn
		if kind, _, _ := strings.Cut(msg.Data, ":"); msg.Kind == Button && !flow.Owns(msg.Data) && !slices.Contains(shownAtDoor, kind) {
			return s.forged(msg.Data)
		}
		if s.state.Story == flow.Idle && msg.Kind == Text { // else it would begin another report
			s.msg.Under = []string{moreData(id)}
		}
		wrong := s.playWith(files)
		out.Asks = s.state.Story != flow.Idle
		return wrong
	}, nil)
	return err
}

// playWith is play for a message with files that are in the evidence folder already.
func (s *scene) playWith(files []doorFile) error {
	for _, f := range files {
		s.msg.Kind = Media
		s.msg.Files = append(s.msg.Files, File{ID: f.file.ID, Unique: f.file.Unique, Kind: f.file.Kind, Size: f.file.Size})
	}
	err := s.play()
	for _, f := range files {
		s.change.Files = append(s.change.Files, ledger.FileWrite{File: f.kept})
	}
	return err
}

// hurries tells whether somebody does more than is allowed in a window of time.
func (d *Desk) hurries(msg Message) bool {
	if d.Rules.MessageWindow <= 0 {
		return false
	}
	id := ledger.EntryID((&scene{Desk: d}).code(10))
	v, _ := d.throttle.count(string(d.Pseudonym(msg.User)), d.Rules.MessagesPerPerson, id, msg, d.Rules.MessageWindow)
	return v != pass
}

// look fills in how far the case is and what was said, as they stand after whatever was done.
func (d *Desk) look(ctx context.Context, msg Message, out *Visited) error {
	s, err := d.scene(ctx, msg)
	if err != nil {
		return err
	}
	if msg.Lang != "" {
		s.lang = s.Texts.Match(msg.Lang)
	}
	c, err := s.load(out.Case)
	if err != nil {
		return err
	}
	if err := s.timeline(c); err != nil {
		return err
	}
	s.read = append(s.read, c)
	out.Number, out.Status = c.Shown(), s.change.Outbox[len(s.change.Outbox)-1]
	if msg.User == 0 {
		return nil
	}
	out.Asks = s.state.Story != flow.Idle
	for _, id := range []grid.PersonID{s.reporter, s.me} {
		mail, err := d.Store.Mailbox(ctx, id)
		if err != nil {
			return err
		}
		out.Mail = append(out.Mail, mail...)
	}
	s.show(out.Mail)
	slices.SortStableFunc(out.Mail, func(a, b ledger.Message) int { return a.At.Compare(b.At) })
	return nil
}
