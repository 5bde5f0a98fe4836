package flow

// The steps of a report.
const (
	stepWhat         StepName = "what"
	stepScope        StepName = "scope"
	stepCategory     StepName = "category"
	stepWhere        StepName = "where"
	stepChoose       StepName = "choose"
	stepAway         StepName = "away"
	stepPhoto        StepName = "photo"
	stepSearching    StepName = "searching"
	stepSimilar      StepName = "similar"
	stepSummary      StepName = "summary"
	stepEditWords    StepName = "edit_words"
	stepEditPlace    StepName = "edit_place"
	stepEditCategory StepName = "edit_category"
	stepMoreFiles    StepName = "more_files"
	stepPhone        StepName = "phone"
	stepName         StepName = "name"
)

// startReport answers /report and its button.
func (t *turn) startReport() {
	t.park()
	if t.s.Draft != nil {
		t.offerDraft()
		return
	}
	t.newDraft()
	t.replay()
	if len(t.s.Draft.Words)+len(t.s.Draft.Files) > 0 {
		t.advance()
		return
	}
	t.ask("report.ask_first", nil)
}

// newDraft begins an empty report.
func (t *turn) newDraft() {
	t.s.Task = nil
	t.s.Draft = &Draft{Nonce: t.nonce(), Field: t.e.Field, Began: t.now}
	if t.s.Raised != "" { // what was held begins it
		t.s.Draft.Alarm, t.s.Draft.Heard, t.s.Raised = t.s.Raised, &heard{}, ""
	}
	t.s.Story, t.s.Step = Report, stepWhat
}

// reportMessage lets a message fill whatever it fills, and asks for what is missing then.
func (t *turn) reportMessage() {
	d := t.s.Draft
	if t.repeats() {
		return
	}
	joins, naming := t.joinsSilently(d.Files), t.s.Step == stepName
	t.fill()
	switch {
	case naming && d.Name != "" && d.Phone == "":
		t.askPhone("")
	case !joins:
		t.advance()
	}
}

// joinsSilently tells whether the event is nothing but the rest of an album whose first photo was answered.
func (t *turn) joinsSilently(files []File) bool {
	if len(t.e.Files) == 0 || t.e.Text != "" || t.e.Point != nil || t.e.Contact != nil {
		return false
	}
	known := groups(files)
	for _, f := range t.e.Files {
		if f.Group == "" || !contains(known, f.Group) {
			return false
		}
	}
	return true
}

// advance asks for the first thing that is missing, or shows the summary.
func (t *turn) advance() {
	d := t.s.Draft
	t.s.Story = Report
	if t.e.Kind == Message || t.e.Kind == Button {
		d.Field = t.e.Field // roles change while people write
	}
	place := t.derive()
	t.warn()
	t.alarm()
	switch {
	case t.askMissing(place):
	case d.Field:
		t.submit()
	case !d.Searched && t.e.Kind != SimilarFound: // one search a turn, whatever comes back
		t.s.Step = stepSearching
		t.do(FindSimilar{Categories: d.Categories, Point: d.point(), Cell: d.Cell, Text: d.Text()})
	case len(d.Similar) > 0:
		t.askSimilar()
	default:
		t.summary()
	}
}

// askMissing asks for the first thing that the report lacks, and tells whether there was one.
func (t *turn) askMissing(place placing) bool {
	d := t.s.Draft
	switch {
	case !t.saysWhat():
		t.askWhat()
	case d.onlyForwarded() && !d.Urgent && !d.Field:
		t.askOwn()
	case d.Elsewhere != "" && !d.Anyway && !d.Field:
		t.askScope()
	case len(d.Categories) == 0:
		t.askCategory()
	case !place.settled:
		t.askWhere(place)
	case d.Field && len(d.Files) == 0 && !d.NoPhoto:
		t.s.Step = stepPhoto
		t.ask("field.ask_photo", nil, []Choice{t.choice("button.no_photo", "no_photo", "")})
	default:
		return false
	}
	return true
}
