package flow

import "strings"

// saysWhat tells whether the words name an object and what happens.
func (t *turn) saysWhat() bool { return enough(t.s.Draft.Text(), t.rules) }

// askWhat asks for what the words lack, in one sentence that fits what is there already.
func (t *turn) askWhat() {
	d := t.s.Draft
	said := strings.TrimSpace(d.Text())
	key := "report.ask_what"
	switch {
	case said != "":
		key = "report.ask_more"
	case hasKind(d.Files, "voice"):
		key = "report.ask_what_voice"
	case len(d.Files) > 0:
		key = "report.ask_what_photo"
	case d.Place() != "" || d.Pin != nil:
		key = "report.ask_what_place"
	}
	t.s.Step = stepWhat
	t.ask(key, args("said", excerpt(said), "min", t.rules.MinHan))
}

func hasKind(files []File, kind string) bool {
	for _, f := range files {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

// warn tells once whom to call when the words are those of an emergency. The report goes on.
func (t *turn) warn() {
	d := t.s.Draft
	calls := t.hit.Calls && d.Heard == nil
	key := "report.urgent"
	switch {
	case d.Told && calls:
		t.sayKey("report.alarm_sent")
		return
	case !d.Urgent || d.Told:
		return
	case calls:
		key = "report.alarmed"
	}
	d.Told = true
	t.sayKey(key, "fire", t.emergency(0), "police", t.emergency(1), "ambulance", t.emergency(2))
}

// emergency is the number to call, the hotline where the district names none.
func (t *turn) emergency(i int) string {
	if i < len(t.rules.Emergency) {
		return t.rules.Emergency[i]
	}
	return t.rules.Hotline
}

func (t *turn) editWords(string) {
	t.s.Step = stepEditWords
	t.ask("report.edit_words", args("said", excerpt(t.s.Draft.Text())))
}

// edited replaces the words of a message that was edited later; what they were is kept.
func (t *turn) edited() {
	for i := range t.s.Held {
		if t.s.Held[i].ID == t.e.ID && t.e.ID != 0 {
			room := t.rules.MaxText - t.s.heldWords() + t.s.Held[i].length()
			t.s.Held[i].Text, _ = fitting(t.e.Text, room)
			return
		}
	}
	if l := t.s.Last; l != nil && contains(l.Messages, t.e.ID) && l.Case != "" && !l.Album {
		t.do(AddWords{Case: l.Case, Words: t.e.Text, At: t.e.At})
		return
	}
	if task := t.s.Task; task != nil {
		for i, w := range task.Words {
			if w.Message == t.e.ID {
				room := t.rules.MaxText - length(task.Words) + len([]rune(w.Text))
				task.Words[i].Text = t.clipTask(t.e.Text, room)
				t.askAgain()
				return
			}
		}
	}
	if t.s.Draft == nil || !t.editDraft() {
		t.sayKey("report.edit_unknown")
	}
}

// editDraft tells whether the edited message was one of the draft's.
func (t *turn) editDraft() bool {
	d := t.s.Draft
	found := false
	for i, w := range d.Words {
		if w.Message != t.e.ID || found {
			continue
		}
		found = true
		if w.Text == t.e.Text || t.e.Text == "" {
			return true // only the keyboard or the picture changed
		}
		d.Former = append(d.Former, w)
		d.Words[i].Text = t.clip(t.e.Text, w.Text)
		d.Words[i].Place = t.onlyPlace(t.e.Text) || w.Place && !t.saysMore(t.e.Text)
	}
	if !found {
		for _, f := range d.Files {
			found = found || f.Message == t.e.ID
		}
		if !found {
			return false
		}
		t.fillText() // a caption that came later
	}
	d.placeChanged()
	if t.s.Story == Report {
		t.advance()
	} else {
		t.sayKey("report.edit_taken")
	}
	return true
}

// saysMore tells whether a text tells of a matter and not of a place alone.
func (t *turn) saysMore(text string) bool { return len(t.book.Classify(text).Categories) > 0 }

// clip shortens a text that replaces an older one to what the report still holds.
func (t *turn) clip(text, older string) string {
	text, all := fitting(text, t.rules.MaxText-length(t.s.Draft.Words)+len([]rune(older)))
	if !all {
		t.sayOnce("report.too_long", args("max", t.rules.MaxText))
	}
	return text
}
