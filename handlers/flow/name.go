package flow

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/category"
)

// nameForm is what a person's name looks like: letters of any script, with what stands between them.
var nameForm = regexp.MustCompile(`^\p{L}[\p{L}·.' -]{1,39}$`)

// realName is the text if it can be a name; else the person is told.
func (t *turn) realName(text string) string {
	if text = strings.TrimSpace(text); nameForm.MatchString(text) {
		return text
	}
	t.sayKey("name.unclear")
	return ""
}

// tellsMatter tells whether a text that comes where a name was asked for is about the report all the same: people tell
// things in their own order.
func (t *turn) tellsMatter(text string) bool {
	return t.locates(text) || t.book.Classify(text).Scope != category.Unclear ||
		enough(text, t.rules) && !strings.Contains(text, "·") && !capitalised(text)
}

// capitalised tells whether every word begins with a capital, as names do where there are any.
func capitalised(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) {
			return false
		}
	}
	return true
}

// initial shows the beginning of a name only: enough to know it again.
func initial(name string) string {
	r := []rune(name)
	return string(r[:min(1, len(r))]) + "**"
}

// askName tells what a real name is for before it asks for one.
func (t *turn) askName(string) {
	t.s.Step = stepName
	t.ask("name.ask", nil)
}

// askNaming asks for the name, then for the phone, of somebody who reported already.
func (t *turn) askNaming() {
	if len(t.s.Task.Words) == 0 {
		t.ask("name.ask", nil)
		return
	}
	t.say(Reply{Key: "name.ask_phone", Ask: [][]Request{
		{{Key: "button.contact", Contact: true}},
		{{Key: "button.no_phone"}},
		{{Key: "button.back"}, {Key: "button.cancel"}},
	}})
}

func (t *turn) namingMessage() {
	task := t.s.Task
	switch c := t.e.Contact; {
	case len(task.Words) == 0:
		if name := t.realName(t.e.Text); name != "" {
			task.Words = []Words{{Message: t.e.ID, Text: name}}
		}
	case c != nil && !c.Own:
		t.sayKey("report.phone_not_own")
	case c != nil:
		t.giveName(c.Number)
		return
	case means(t.e.Text, "no_phone"):
		t.giveName("")
		return
	case typedPhone.MatchString(t.e.Text):
		t.giveName(t.e.Text)
		return
	default:
		t.sayKey("report.phone_unclear")
	}
	t.askAgain()
}

func (t *turn) giveName(phone string) {
	t.do(GiveName{Case: t.s.Task.Case, Name: t.s.Task.Words[0].Text, Phone: phone})
	t.endStory()
}

// askUnname asks once more before name and phone are taken back.
func (t *turn) askUnname(id string) {
	t.say(Reply{Key: "name.ask_back", Rows: [][]Choice{{
		open("button.unname_yes", "unname_yes", id), open("button.unname_no", PressMine, ""),
	}}})
}
