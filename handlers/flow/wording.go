package flow

// Worded gives what an officer wrote about something that is not a case: a point of an agenda, a day, a reason. What names what
// was asked for; Ref is what it is about. A note that does not fit is refused, and asked for again.
type Worded struct {
	Ref   string
	What  string
	Words string
}

func (Worded) command() {}

// asked are the notes that can be asked for.
func asked() []string {
	return []string{"point", "when", "place", "sends", "excuses", "decision", "owner", "due", "done", "return"}
}

// askWording asks for it.
func (t *turn) askWording() {
	if !contains(asked(), t.s.Task.Reason) {
		t.endStory()
		return
	}
	t.ask("note."+t.s.Task.Reason, nil)
}

// maxWording is how many characters a note has.
const maxWording = 300

func (t *turn) wordingMessage() {
	if t.e.Text == "" {
		t.askAgain()
		return
	}
	t.do(Worded{Ref: t.s.Task.Ref, What: t.s.Task.Reason, Words: clipTo(t.e.Text, maxWording)})
	t.endStory()
}
