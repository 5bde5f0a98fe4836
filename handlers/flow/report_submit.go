package flow

// submitPressed submits what the summary showed. Something may have come to lack since; then it is asked for. The summary
// is left as it is: its buttons carry the nonce of this draft, so an old one is known, and a message is saved.
func (t *turn) submitPressed(string) {
	d := t.s.Draft
	place := t.derive()
	complete := t.saysWhat() && (d.Elsewhere == "" || d.Anyway) && len(d.Categories) > 0 && place.settled
	if !complete || !d.Searched || len(d.Similar) > 0 {
		t.advance()
		return
	}
	t.submit()
}

// submit hands the draft over and keeps in mind what may still belong to it.
func (t *turn) submit() {
	d := t.s.Draft
	if d.Field {
		t.do(FileReport{Draft: *d})
	} else {
		t.do(Submit{Draft: *d})
		t.s.Keys = false // the confirmation takes the reply keyboard away
	}
	if d.Phone != "" || d.Name != "" {
		t.do(SavePhone{Phone: d.Phone, Name: d.Name})
	}
	t.remember(d)
	t.s.Last.Officer = d.Field
}

// remember ends the draft and keeps which messages and albums were its own, so that what comes late finds its report.
func (t *turn) remember(d *Draft) {
	last := &Last{Nonce: d.Nonce, Stage: "report", Groups: groups(d.Files), Until: t.now.Add(t.rules.JoinTime)}
	for _, w := range d.Words {
		last.Messages = append(last.Messages, w.Message)
	}
	for _, f := range d.Files {
		last.Messages = append(last.Messages, f.Message)
	}
	t.s.Last = last
	t.s.Draft, t.s.Dropped = nil, nil
	t.s.Story, t.s.Step = Idle, ""
}
