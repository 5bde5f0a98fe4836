package flow

import (
	"slices"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// What one conversation may hold, whatever anybody sends: its state is read and written with every message. The length
// of words and the number of files are those of one report, Rules.MaxText and Rules.MaxFiles.
const (
	maxPieces = 100      // messages that tell one thing; what comes after joins the last of them
	maxFormer = 20       // older words, and older pins, of one draft
	maxHeld   = 20       // messages of which it is not clear yet where they belong
	maxGroups = 20       // albums of a report that was submitted
	maxState  = 64 << 10 // bytes of a stored state
	maxVenue  = 300      // characters of a venue's name and address
	maxPhone  = 32       // characters of a phone number
)

// fitting is what of the text there is room for, in characters, and whether that is all of it.
func fitting(text string, room int) (string, bool) {
	r := []rune(text)
	if len(r) <= room {
		return text, true
	}
	return string(r[:max(room, 0)]), false
}

// length is how many characters the words have.
func length(words []Words) int {
	n := 0
	for _, w := range words {
		n += len([]rune(w.Text))
	}
	return n
}

// added appends words to a list. Where the list is long they join the last that tell the same kind of thing.
func added(list []Words, w Words) []Words {
	if w.Text == "" {
		return list
	}
	if len(list) >= maxPieces {
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].Place == w.Place {
				list[i].Text += "\n" + w.Text
				return list
			}
		}
	}
	return append(list, w)
}

// joined appends those files that are not there yet, as far as there is room, and tells whether that was all of them.
func joined(list, files []File, limit int) ([]File, bool) {
	for _, f := range files {
		known := slices.ContainsFunc(list, func(o File) bool { return o.Unique == f.Unique })
		switch {
		case known:
		case len(list) >= limit:
			return list, false
		default:
			list = append(list, f)
		}
	}
	return list, true
}

// sayOnce says a sentence unless this turn said it already.
func (t *turn) sayOnce(key string, a texts.Args) {
	if !slices.ContainsFunc(t.replies, func(r Reply) bool { return r.Key == key }) {
		t.say(Reply{Key: key, Args: a})
	}
}

// clipTask is what of an officer's words there is room for; what is not taken is told.
func (t *turn) clipTask(text string, room int) string {
	text, all := fitting(text, room)
	if !all {
		t.sayOnce("officer.too_long", args("max", t.rules.MaxText))
	}
	return text
}

// clipFirst is what of the first words that are held a report has room for.
func (t *turn) clipFirst(text string) string {
	text, all := fitting(text, t.rules.MaxText)
	if !all {
		t.sayOnce("report.too_long", args("max", t.rules.MaxText))
	}
	return text
}

// overfull tells whether the event is too much to be held beside what is held already.
func (t *turn) overfull(e Event) bool {
	words, files := t.s.heldWords()+e.length(), len(e.Files)
	for _, h := range t.s.Held {
		files += len(h.Files)
	}
	return len(t.s.Held) >= maxHeld || words > t.rules.MaxText+maxVenue || files > t.rules.MaxFiles
}

// heldWords is how many characters are held.
func (s *State) heldWords() int {
	n := 0
	for _, e := range s.Held {
		n += e.length()
	}
	return n
}

// length is how many characters the event has in words.
func (e *Event) length() int { return len([]rune(e.Text)) + len([]rune(e.Venue)) }

// trim forgets the oldest of what is kept only for looking back.
func (s *State) trim(r Rules) {
	for _, d := range []*Draft{s.Draft, s.Dropped} {
		if d == nil {
			continue
		}
		d.Former, d.Pins = newest(d.Former, maxFormer), newest(d.Pins, maxFormer)
		for length(d.Former) > r.MaxText {
			d.Former = d.Former[1:]
		}
	}
	if s.Last != nil {
		s.Last.Groups, s.Last.Messages = newest(s.Last.Groups, maxGroups), newest(s.Last.Messages, maxPieces)
	}
}

// newest are the last n of the list.
func newest[T any](list []T, n int) []T { return list[max(len(list)-n, 0):] }

// shed is what a state that is too large gives up, step by step: first what is kept only for looking back. The words of
// the report under way are never among it.
var shed = []func(*State){
	func(s *State) {
		for _, d := range []*Draft{s.Draft, s.Dropped} {
			if d != nil {
				d.Former, d.Pins = nil, nil
			}
		}
	},
	func(s *State) { s.Dropped = nil },
	func(s *State) { s.Held = nil },
}
