package flow

import "github.com/gridwarden/gridwarden/grid/casework"

func (t *turn) askMore() { t.ask("more.ask", nil) }

// moreMessage gives one message to the case; the rest of its album finds the case by itself.
func (t *turn) moreMessage() {
	t.giveMore(t.s.Task.Case)
	t.endStory()
}

// giveMore gives the message to a case, whatever else is under way.
func (t *turn) giveMore(id casework.CaseID) {
	t.s.Last = &Last{Nonce: t.nonce(), Case: id, Stage: casework.AsReported, Until: t.now.Add(t.rules.JoinTime)}
	t.giveLast()
	t.thankForFiles([]Event{t.e})
}

// thankForFiles confirms what came without words; words are confirmed by whoever executes the command.
func (t *turn) thankForFiles(events []Event) {
	for _, e := range events {
		if e.words() != "" {
			return
		}
	}
	t.sayKey("more.added")
}

// addsByReply gives a reply in Telegram to a message that asks for more to its case, and tells whether it was one.
func (t *turn) addsByReply() bool {
	if t.e.Adds == "" || t.e.Edited || !t.e.says() {
		return false
	}
	t.giveMore(t.e.Adds)
	return true
}
