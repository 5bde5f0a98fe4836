package flow

func (t *turn) askMore() { t.ask("more.ask", nil) }

// moreMessage gives one message to the case; the rest of its album finds the case by itself.
func (t *turn) moreMessage() {
	t.s.Last = &Last{Nonce: t.s.Task.Nonce, Case: t.s.Task.Case, Stage: "report", Until: t.now.Add(t.rules.JoinTime)}
	t.giveLast()
	t.thankForFiles([]Event{t.e})
	t.endStory()
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
