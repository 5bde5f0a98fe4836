package flow

// cancel ends the story under way. A draft can be taken up again by one button; nothing is lost by a slip.
func (t *turn) cancel() {
	switch {
	case t.s.Task != nil:
		t.s.Task = nil
		t.sayKey("flow.cancelled")
		t.endStory()
	case t.s.Story == Status, t.s.Story == More:
		t.sayKey("flow.cancelled")
		t.endStory()
	case t.s.Draft != nil:
		t.leaveAlarm(t.s.Draft)
		t.dropDraft()
		t.s.Story, t.s.Step = Idle, ""
		t.say(Reply{Key: "report.cancelled", Rows: [][]Choice{
			{open("button.restore", "restore", ""), open("button.report", PressReport, "")},
		}})
	case len(t.s.Held) > 0:
		t.s.Held = nil
		t.sayKey("flow.cancelled")
	default:
		t.menu("start.nothing")
	}
}

// dropDraft sets the draft aside with everything that waits to join it.
func (t *turn) dropDraft() {
	d := t.s.Draft
	for _, e := range t.s.Held {
		d.keep(e, t.rules)
	}
	t.s.Draft, t.s.Dropped, t.s.Held = nil, d, nil
}

// keep adds an event to a draft, as far as there is room, without asking anything.
func (d *Draft) keep(e Event, r Rules) {
	for _, w := range []Words{{Message: e.ID, Text: e.Text}, {Message: e.ID, Text: e.Venue, Place: true}} {
		w.Text, _ = fitting(w.Text, r.MaxText-length(d.Words))
		d.Words = added(d.Words, w)
	}
	d.Files, _ = joined(d.Files, e.stamped(""), r.MaxFiles)
	if e.Point != nil {
		d.setPin(e.pin())
	}
}

// restore takes a cancelled draft up again.
func (t *turn) restore() {
	if t.s.Dropped == nil {
		t.say(Reply{Key: "flow.old_button", Toast: true})
		return
	}
	if t.s.Draft != nil {
		t.s.Draft, t.s.Dropped = t.s.Dropped, t.s.Draft
	} else {
		t.s.Draft, t.s.Dropped = t.s.Dropped, nil
	}
	t.resume()
}

// park leaves the story under way and keeps its draft, unless nothing is in it.
func (t *turn) park() {
	if t.s.Draft != nil && t.s.Draft.empty() {
		t.s.Draft = nil
	}
	if t.s.Draft != nil && t.s.Story == Report {
		t.s.Draft.Step = t.s.Step
	}
	t.s.Story, t.s.Step, t.s.Task = Idle, "", nil
}

// endStory is called when a story other than a report is over: a draft that was set aside for it is offered again.
func (t *turn) endStory() {
	t.s.Story, t.s.Step, t.s.Task = Idle, "", nil
	t.offerDraft()
}

// offerDraft asks whether to go on with the draft that is kept.
func (t *turn) offerDraft() {
	d := t.s.Draft
	if d == nil {
		return
	}
	t.say(Reply{
		Key: "report.unfinished", Args: args("said", excerpt(d.Text()+" "+d.Place()), "files", len(d.Files)),
		Rows: [][]Choice{{
			{Key: "button.continue", Data: Press{Nonce: d.Nonce, Verb: "continue"}.Data()},
			{Key: "button.anew", Data: Press{Nonce: d.Nonce, Verb: "anew"}.Data()},
		}},
	})
}

// hold keeps a message until it is known where it belongs: to the draft that was left, to the report that was just
// submitted, or to a new one.
func (t *turn) hold() {
	n := len(t.s.Held)
	silent := n > 0 && len(t.e.Files) > 0 && sameAlbum(t.s.Held, t.e)
	e := t.e
	if n == 0 {
		e.Text = t.clipFirst(e.Text)
	}
	if t.overfull(e) {
		t.sayOnce("flow.held_full", nil)
		silent = false
	} else {
		t.s.Held = append(t.s.Held, e)
		t.alarmHeld()
	}
	if !silent {
		t.askBelongs()
	}
}

// askBelongs asks where what is held belongs: to the draft that was left, or to the report that was just submitted.
func (t *turn) askBelongs() {
	if t.s.Draft != nil {
		t.offerDraft()
		return
	}
	t.say(Reply{Key: "report.belongs", Rows: [][]Choice{
		{open("button.belongs", "belongs", ""), open("button.another_report", "fresh", "")},
		{open("button.cancel", "cancel", "")},
	}})
}

func sameAlbum(held []Event, e Event) bool {
	for _, h := range held {
		for _, f := range h.Files {
			if f.Group != "" && f.Group == e.Files[0].Group {
				return true
			}
		}
	}
	return false
}

// resume goes on with the draft and lets what was held join it.
func (t *turn) resume() {
	t.s.Story, t.s.Step = Report, t.s.Draft.Step
	t.replay()
	t.advance()
}

// anew begins another draft with what was held; the old one can be restored.
func (t *turn) anew() {
	held := t.s.Held
	t.s.Held = nil
	if t.s.Draft != nil {
		t.dropDraft()
	}
	t.newDraft()
	t.s.Held = held
	t.replay()
	t.advance()
}

// belongs gives what was held to the report that was submitted last.
func (t *turn) belongs() {
	if t.s.Last == nil || t.s.Last.Case == "" {
		t.anew()
		return
	}
	held, pressed := t.s.Held, t.e
	t.s.Held = nil
	for _, e := range held {
		t.e = e
		t.giveLast()
	}
	t.e = pressed
	t.thankForFiles(held)
}

// replay puts what was held into the draft.
func (t *turn) replay() {
	held := t.s.Held
	t.s.Held = nil
	if t.s.Step == stepPhone && len(held) > 0 {
		t.s.Step = stepSummary // what was said elsewhere is no answer to the question for a number
	}
	pressed := t.e
	for _, e := range held {
		t.e = e
		t.fill()
	}
	t.e = pressed
}

// excerpt is the beginning of a text, for reminding of it.
func excerpt(text string) string { return clipTo(text, 60) }
