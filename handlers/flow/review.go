package flow

// askReview asks the reporter what the answer got wrong, and whoever reviews for the reply, or for what has to be done anew.
func (t *turn) askReview() {
	task := t.s.Task
	switch {
	case task.Story == Upholding:
		t.preview("uphold.preview")
	case task.Story == Reworking:
		t.ask("rework.ask", args("number", task.Number))
	case len(task.Words) == 0:
		t.ask("review.ask", nil)
	default:
		t.ask("review.preview", args("words", task.said(), "files", len(task.Files)),
			[]Choice{t.choice("button.send_review", "appeal", "")})
	}
}

// reviewMessage takes words, and from the reporter files as well.
func (t *turn) reviewMessage() {
	task := t.s.Task
	switch {
	case task.Story == Upholding:
		t.ownWords()
	case task.Story == Reworking && !enough(t.e.Text, t.rules):
		t.ask("extension.more", args("min", t.rules.MinHan))
	case task.Story == Reworking:
		t.do(Rework{Case: task.Case, Reason: t.clipTask(t.e.Text, t.rules.MaxText), At: t.e.At})
		t.endStory()
	default:
		if said := t.e.words(); said != "" {
			text, all := fitting(said, maxQuestion-length(task.Words))
			if !all {
				t.sayOnce("relay.too_long", args("max", maxQuestion))
			}
			task.Words = added(task.Words, Words{Message: t.e.ID, Text: text})
		}
		t.takeFiles(t.e.stamped("report"))
		t.askAgain()
	}
}

func (t *turn) sendAppeal() {
	task := t.s.Task
	if task.Story != Appealing || len(task.Words) == 0 {
		t.askAgain()
		return
	}
	t.do(AskReview{Case: task.Case, Words: task.said(), Files: task.Files, At: t.e.At})
	t.endStory()
}
