package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// message answers what a person sent. What may come at any time comes first: commands, the way out, late photos.
func (t *turn) message() {
	if !t.e.clean() {
		t.sayKey("flow.bad_point")
		return
	}
	switch {
	case t.e.Live && t.e.Edited: // the update of a live location: the first point was taken
	case strings.HasPrefix(t.e.Text, "/") && len(t.e.Files) == 0:
		t.command()
	case t.byReply():
	case t.e.bareText() && (t.inWords() || t.soothes()):
	case t.lateForLast():
	case t.e.Edited:
		t.edited()
	case !t.e.says():
		t.lost()
	case len(t.s.Held) > 0:
		t.hold()
	default:
		t.inStory()
	}
}

// byReply tells whether the message replies to one of the bot's and was taken as that asks.
func (t *turn) byReply() bool { return t.answersByReply() || t.addsByReply() }

// inWords does what a text means that is a command in words, and tells whether it was one.
func (t *turn) inWords() bool {
	switch {
	case means(t.e.Text, "cancel"):
		t.cancel()
	case means(t.e.Text, "back"):
		t.back()
	case means(t.e.Text, "mine"):
		t.do(ShowMine{})
	case means(t.e.Text, "mydata"):
		t.do(ShowData{})
	case means(t.e.Text, "forget"):
		t.do(AskForget{})
	case means(t.e.Text, "status"):
		t.startStatus("")
	default:
		return false
	}
	return true
}

// inStory gives the message to the story under way, or finds out which story it begins.
func (t *turn) inStory() {
	switch t.s.Story {
	case Idle:
		t.idle()
	case Report:
		if t.now.Sub(t.s.Seen) > t.rules.Pause && !t.s.Draft.empty() {
			t.park()
			t.hold()
			return
		}
		t.reportMessage()
	case Status:
		t.statusMessage()
	case More:
		t.moreMessage()
	default:
		t.taskMessage()
	}
}

// idle answers a message while nothing is under way.
func (t *turn) idle() {
	switch {
	case t.e.bareText() && (t.courtesy() || t.statusLine(t.e.Text)):
	case t.s.Draft != nil, t.s.Last != nil && t.s.Last.Case != "" && !t.s.Last.Album && t.e.Contact == nil:
		t.hold()
	case t.e.Contact != nil:
		t.menu("start.contact")
	case (t.e.Field || t.e.Officer) && !t.bringsMatter():
		t.do(ShowHelp{})
		t.offerDraft()
	default:
		t.newDraft()
		t.reportMessage()
	}
}

// courtesy answers a text that asks for help or says nothing but thanks and the like, and tells whether it was one.
func (t *turn) courtesy() bool {
	kind := smalltalk(t.e.Text)
	switch {
	case means(t.e.Text, "help"), t.e.Officer && kind == "hello":
		t.do(ShowHelp{})
	case t.e.Officer && kind == "filler": // "received", typed: it signs for nothing
		t.sayKey("start.officer")
		t.offerDraft()
	case kind == "thanks":
		t.menu("start.thanks")
	case kind == "hello":
		t.menu("start.hello")
	case kind != "":
		t.menu("start.lost")
	default:
		return false
	}
	return true
}

// bringsMatter tells whether the message can begin a report: it shows something, tells where, or is about the environment.
// Officers write other things as well.
func (t *turn) bringsMatter() bool {
	return len(t.e.Files) > 0 || t.e.Point != nil || t.book.Classify(t.e.Text).Scope == category.Environment
}

// menu says something with the four things that anybody can do.
func (t *turn) menu(key string) { t.menuWith(key, nil) }

func (t *turn) menuWith(key string, a texts.Args) {
	t.say(Reply{Key: key, Args: a, Rows: [][]Choice{
		{open("button.report", PressReport, "")},
		{open("button.mine", PressMine, ""), open("button.status", PressStatus, "")},
		{open("button.help", PressHelp, ""), open("button.language", PressLanguage, "")},
	}})
	t.offerDraft()
}

// lost answers what says nothing: a sticker, an empty message.
func (t *turn) lost() {
	switch t.s.Story {
	case Idle:
		t.menu("start.lost")
	case Report:
		t.sayKey("flow.lost")
		t.advance()
	default:
		t.sayKey("flow.lost")
		t.askAgain()
	}
}

// lateForLast lets the rest of an album join the report it belongs to, silently.
func (t *turn) lateForLast() bool {
	l := t.s.Last
	if l == nil || l.Case == "" || t.e.Edited || len(t.e.Files) == 0 {
		return false
	}
	for _, f := range t.e.Files {
		if f.Group == "" || !slices.Contains(l.Groups, f.Group) {
			return false
		}
	}
	t.giveLast()
	return true
}

// giveLast sends what the event brings to the report that was submitted last.
func (t *turn) giveLast() {
	l := t.s.Last
	files := t.e.stamped(l.Stage)
	if g := groups(files); len(g) > 0 {
		l.Groups = append(l.Groups, g...)
		slices.Sort(l.Groups)
		l.Groups = slices.Compact(l.Groups)
	}
	if t.e.ID != 0 {
		l.Messages = append(l.Messages, t.e.ID)
	}
	if l.Officer && len(files) > 0 {
		t.do(AddEvidence{Case: l.Case, Words: t.e.words(), Files: files, At: t.e.At})
		return
	}
	t.do(AddWords{
		Case: l.Case, Words: t.e.words(), Files: files, Point: t.e.Point, Accuracy: t.e.Accuracy, Picked: t.e.Picked, At: t.e.At,
	})
}

// clean drops what cannot be stored or lies nowhere on earth. It tells whether anything is left, or nothing was lost.
func (e *Event) clean() bool {
	e.Text = strings.TrimSpace(strings.ToValidUTF8(e.Text, ""))
	e.Venue = clipTo(strings.TrimSpace(strings.ToValidUTF8(e.Venue, "")), maxVenue)
	if e.Contact != nil {
		e.Contact = &Phone{Number: clipTo(e.Contact.Number, maxPhone), Own: e.Contact.Own}
	}
	if e.Point == nil || e.Point.Valid() == nil {
		return true
	}
	e.Point = nil
	return e.says()
}

// says tells whether the event brings anything that can be used.
func (e *Event) says() bool {
	return e.Text != "" || len(e.Files) > 0 || e.Point != nil || e.Contact != nil || e.Venue != ""
}

// bareText tells whether the event is a text and nothing else.
func (e *Event) bareText() bool {
	return e.Text != "" && len(e.Files) == 0 && e.Point == nil && e.Contact == nil && !e.Edited
}

// words are everything the event says in words.
func (e *Event) words() string {
	return strings.TrimSpace(strings.TrimSpace(e.Text+"\n"+e.Venue) + pointWords(e.Point))
}

// pointWords writes a point where only words are kept.
func pointWords(p *geo.Point) string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("\n📍 %.5f,%.5f", p.Lat, p.Lon)
}

// stamped are the event's files with message, times and stage.
func (e *Event) stamped(stage casework.Stage) []File {
	files := slices.Clone(e.Files)
	for i := range files {
		files[i].Message, files[i].At, files[i].Arrived, files[i].Stage = e.ID, e.At, e.Arrived, stage
	}
	return files
}
