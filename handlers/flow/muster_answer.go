package flow

// askArrival asks for the location of who says that they are there, or for the word that there is none.
func (t *turn) askArrival() {
	t.say(Reply{Key: "muster.ask_arrival", Ask: [][]Request{
		{{Key: "button.location", Location: true}},
		{{Key: "button.no_location"}},
		{{Key: "button.cancel"}},
	}})
}

// arrivalMessage takes the location, or that it comes without one. A place picked from a list, or forwarded, proves nothing.
func (t *turn) arrivalMessage() {
	e := t.e
	switch {
	case e.Point == nil && means(e.Text, "no_location"):
		t.do(Arrive{Muster: t.s.Task.Ref})
	case e.Point == nil:
		t.askAgain()
		return
	case e.Venue != "", e.Picked, e.Forward:
		t.sayKey("muster.not_here")
		t.askAgain()
		return
	default:
		t.do(Arrive{Muster: t.s.Task.Ref, Point: e.Point})
	}
	t.endStory()
}

// Excuses are the reasons not to come that one can press.
func Excuses() []string { return []string{"ill", "far", "incident", "on_duty"} }

// askExcuse asks why somebody does not come.
func (t *turn) askExcuse() {
	all := make([]Choice, 0, len(Excuses()))
	for _, code := range Excuses() {
		all = append(all, t.choice("muster.excuse."+code, "excuse", code))
	}
	t.ask("muster.ask_excuse", nil, inRows(2, all)...)
}

func (t *turn) excuse(code string) {
	if t.s.Task.Story != Excusing || !contains(Excuses(), code) {
		t.stale()
		return
	}
	t.do(StayAway{Muster: t.s.Task.Ref, Reason: code})
	t.endStory()
}

// excuseMessage takes the reason in words.
func (t *turn) excuseMessage() {
	if t.e.Text == "" {
		t.askAgain()
		return
	}
	t.do(StayAway{Muster: t.s.Task.Ref, Words: clipTo(t.e.Text, maxPlace)})
	t.endStory()
}
