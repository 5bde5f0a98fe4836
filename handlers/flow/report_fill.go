package flow

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/routing"
)

func contains[T comparable](list []T, v T) bool { return slices.Contains(list, v) }

// fill puts what the event brings into the draft.
func (t *turn) fill() {
	t.fillFiles()
	if t.e.Contact != nil {
		t.fillPhone()
	}
	if t.e.Point != nil {
		t.fillPin()
	}
	if t.e.Venue != "" {
		t.addWords(t.e.Venue, true)
	}
	if t.e.Text != "" {
		t.fillText()
	}
}

// pin is the event's point.
func (e *Event) pin() Pin {
	return Pin{Point: *e.Point, Accuracy: e.Accuracy, Picked: e.Picked, Live: e.Live}
}

func (t *turn) fillFiles() {
	d := t.s.Draft
	var all bool
	if d.Files, all = joined(d.Files, t.e.stamped(""), t.rules.MaxFiles); !all {
		t.sayOnce("report.too_many_files", args("max", t.rules.MaxFiles))
	}
}

// fillPhone keeps the person's own number; another's is not taken.
func (t *turn) fillPhone() {
	if !t.e.Contact.Own {
		t.sayKey("report.phone_not_own")
		return
	}
	t.s.Draft.Phone = t.e.Contact.Number
}

// typedPhone is a number typed where it was asked for, on a device whose contact button does not work.
var typedPhone = regexp.MustCompile(`^\+?\d[0-9 -]{5,18}\d$`)

func (t *turn) fillPin() {
	d := t.s.Draft
	if t.s.Step == stepEditPlace {
		t.retirePlace()
	}
	d.setPin(t.e.pin())
	d.NotThese = nil
}

// retirePlace sets the place aside that was told so far: it is being told anew.
func (t *turn) retirePlace() {
	d := t.s.Draft
	d.retire(func(w Words) bool { return w.Place })
	if d.Pin != nil {
		d.Pins = append(d.Pins, *d.Pin)
		d.Pin = nil
	}
	d.PlaceEdited, d.PlaceTries, d.NotThese, d.Cell = true, 0, nil, ""
	d.placeChanged()
}

// fillText decides what a text tells. It does so by what the text says and not by what was asked, wherever that is
// possible: people tell things in their own order.
func (t *turn) fillText() {
	text := t.e.Text
	caption := len(t.e.Files) > 0
	switch {
	case !caption && t.answers(text):
	case t.saysNothing(text):
		if !caption {
			t.sayKey("flow.lost")
		}
	case t.s.Step == stepEditWords:
		t.s.Draft.retire(func(w Words) bool { return !w.Place })
		t.s.Draft.CategoryChosen = false
		t.addWords(text, false)
	case t.onlyPlace(text):
		t.addWords(text, true)
	case !caption && t.tellsPlace(text):
		t.addPlace(text)
	default:
		t.addWords(text, false)
	}
}

// saysNothing tells whether a text has not one letter of any script: a question mark, half a number. A whole telephone
// number may be part of the matter, and coordinates are a place.
func (t *turn) saysNothing(text string) bool {
	return !strings.ContainsFunc(text, unicode.IsLetter) && !typedPhone.MatchString(text) && !t.locates(text)
}

// answers takes a text that means something by the question alone: a number, a new place, not knowing the place. It
// tells whether it was one.
func (t *turn) answers(text string) bool {
	switch {
	case t.s.Step == stepName && !t.tellsMatter(text):
		if name := t.realName(text); name != "" {
			t.s.Draft.Name = name
		}
	case t.s.Step == stepPhone && typedPhone.MatchString(text):
		t.s.Draft.Phone = text
	case t.s.Step == stepPhone && !enough(text, t.rules):
		t.sayKey("report.phone_unclear")
	case t.s.Step == stepEditPlace:
		t.retirePlace()
		t.addPlace(text)
	case t.asksPlace() && means(text, "unknown"):
		t.s.Draft.PlaceTries++
	default:
		return false
	}
	return true
}

// addPlace adds words as the place, and counts when they are of no use.
func (t *turn) addPlace(text string) {
	t.addWords(text, true)
	if !t.locates(text) {
		t.s.Draft.PlaceTries++
	}
}

// tellsPlace tells whether a text is the answer to the question for the place. Asked openly, people tell the place, and
// many a place here sounds like pollution: behind the rubbish station, beside the sewage works. Asked to choose, they
// may as well say more of the matter.
func (t *turn) tellsPlace(text string) bool {
	if t.s.Step == stepWhere {
		return true
	}
	return t.asksPlace() && len(t.book.Classify(text).Categories) == 0
}

func (t *turn) asksPlace() bool {
	return t.s.Step == stepWhere || t.s.Step == stepChoose || t.s.Step == stepAway
}

// addWords appends to what was said. What does not fit any more is not taken, and the person is told.
func (t *turn) addWords(text string, place bool) {
	d := t.s.Draft
	if text = t.clip(text, ""); text == "" {
		return
	}
	d.Words = added(d.Words, Words{Message: t.e.ID, Text: text, Place: place, Forward: t.e.Forward})
	located := t.locates(text)
	if place || located {
		d.placeChanged()
	}
	if located {
		d.NotThese = nil
	}
	d.Searched = false
}

// locates tells whether a text names a place that is known.
func (t *turn) locates(text string) bool {
	a := t.book.Route(routing.Query{Text: text})
	return len(a.Candidates) > 0 || a.OutOfArea
}

// onlyPlace tells whether a text names a place and says nothing else.
func (t *turn) onlyPlace(text string) bool {
	if t.book.Classify(text).Scope != category.Unclear {
		return false
	}
	a := t.book.Route(routing.Query{Text: text})
	if len(a.Candidates) == 0 && !a.OutOfArea {
		return false
	}
	rest := text
	for _, c := range a.Candidates {
		rest = t.withoutNames(rest, c.Cell)
	}
	return !enough(rest, t.rules)
}
