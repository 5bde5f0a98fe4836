package flow

import (
	"regexp"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// maxQuestion is how many characters an officer's question may have: it is shown whole before it goes out.
const maxQuestion = 1000

// askQuestion asks for the question, then shows what the reporter will read, with a word about what gives somebody away.
func (t *turn) askQuestion() {
	task := t.s.Task
	if len(task.Words) == 0 {
		t.ask("relay.ask", args("number", task.Number))
		return
	}
	warning := texts.Text{}
	if found := task.revealing(); len(found) > 0 {
		warning = texts.Text{Key: "relay.warn", Args: args("found", found)}
	}
	t.ask("relay.preview", args("number", task.Number, "words", task.said(), "photos", len(task.Files), "warning", warning),
		[]Choice{t.choice("button.send_question", "ask", "")})
}

// questionMessage takes words and photos as the question. Contact cards and other files are not passed on: they carry names.
func (t *turn) questionMessage() {
	task := t.s.Task
	if t.e.Text != "" {
		text, all := fitting(t.e.Text, maxQuestion-length(task.Words))
		if !all {
			t.sayOnce("relay.too_long", args("max", maxQuestion))
		}
		task.Words = added(task.Words, Words{Message: t.e.ID, Text: text})
	}
	photos := t.e.photos()
	if t.e.Contact != nil || len(photos) < len(t.e.Files) {
		t.sayOnce("relay.photos_only", nil)
	}
	t.takeFiles(photos)
	t.askAgain()
}

// photos are those of the event's files that carry no metadata: what was sent as a photo.
func (e *Event) photos() []File {
	var out []File
	for _, f := range e.stamped(casework.AsReported) {
		if f.Kind == "photo" {
			out = append(out, f)
		}
	}
	return out
}

func (t *turn) sendQuestion() {
	task := t.s.Task
	if task.Story != Asking || len(task.Words) == 0 {
		t.askAgain()
		return
	}
	t.do(AskReporter{Case: task.Case, Words: task.said(), Files: task.Files, At: t.e.At})
	t.endStory()
}

// phoneForm is a number that may be called: seven digits or more.
var phoneForm = regexp.MustCompile(`\d(?:[ -]?\d){6,}`)

// What gives whoever asks away, or brings whoever answers to give themselves away: a number to call, an account to write to.
var revealers = []struct {
	key  string
	form *regexp.Regexp
}{
	{"relay.phone", phoneForm},
	{"relay.account", regexp.MustCompile(`(?i)@[a-z]\w{3,}|t\.me/|https?://|[wW]ei?[xX]in|\x{5fae}\x{4fe1}`)},
}

// revealing lists what in the question leads out of the relay.
func (task *Task) revealing() texts.List {
	var out texts.List
	said := narrow(task.said())
	for _, r := range revealers {
		if r.form.MatchString(said) {
			out = append(out, texts.Text{Key: r.key})
		}
	}
	return out
}

// answerMessage gives one message to whoever asked; the rest of its album finds the case by itself.
func (t *turn) answerMessage() {
	if !t.e.says() || t.e.words() == "" && len(t.e.Files) == 0 {
		t.askAgain()
		return
	}
	id := t.s.Task.Case
	t.giveAnswer(id)
	t.endStory()
}

// answersByReply gives a reply in Telegram to a question to whoever asked, and tells whether it was one.
func (t *turn) answersByReply() bool {
	if t.e.Answers == "" || t.e.Edited || !t.e.says() {
		return false
	}
	t.giveAnswer(t.e.Answers)
	return true
}

// giveAnswer answers a question about a case, whatever else is under way. Its late photos belong to the case.
func (t *turn) giveAnswer(id casework.CaseID) {
	files := t.e.stamped(casework.AsReported)
	if t.e.words() == "" && len(files) == 0 { // a contact card: the number is left with the report, not told
		t.sayKey("relay.no_contact")
		return
	}
	if g := groups(files); len(g) > 0 {
		t.s.Last = &Last{
			Nonce: t.nonce(), Case: id, Album: true, Stage: casework.AsReported, Groups: g, Until: t.now.Add(t.rules.JoinTime),
		}
	}
	t.do(Answer{Case: id, Words: t.e.words(), Files: files, At: t.e.At})
}
