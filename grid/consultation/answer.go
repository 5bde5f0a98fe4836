package consultation

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Door is the way by which an answer came. They are counted apart: in chat there is one answer an account, on the web only one a
// browser, which is the weaker of the two.
type Door string

// The doors.
const (
	Chat Door = "chat"
	Web  Door = "web"
	Both Door = "both" // only in findings: the two together, where too few came by one of them
)

// Doors lists them in the order in which they are counted.
func Doors() []Door { return []Door{Chat, Web} }

// Answer is what one person said; until the closing it may be changed, and the last one counts. ID is the consultation's and a keyed
// hash, by which nobody is found.
type Answer struct {
	ID      string          `json:"id"`
	Of      string          `json:"of"` // the consultation
	Door    Door            `json:"door"`
	Choices map[int][]int   `json:"c,omitempty"` // options by question, both counted from 0
	Words   map[int]string  `json:"w,omitempty"`
	Sorted  map[int]Sorting `json:"s,omitempty"` // by question, once the answers are in
	Day     calendar.Date   `json:"d"`           // of the last change: no hour, which could tell who it was
}

// Sorting is what an official found of the words of an answer: which group they belong to, and whether the public may read them.
type Sorting struct {
	Public bool           `json:"p,omitempty"`
	Group  int            `json:"g"` // counted from 1; 0: none
	By     grid.OfficerID `json:"by"`
}

// AnswerID names the answer of one voter.
func AnswerID(consultation, voter string) string { return consultation + "." + voter }

// To is the shelf of the answers to a consultation; all stand at the same place, so that nobody sees in which order they came.
func To(consultation string) ledger.Shelf { return ledger.Shelf("to/" + consultation) }

// Empty tells whether nothing is said.
func (a Answer) Empty() bool { return len(a.Choices) == 0 && len(a.Words) == 0 }

// Choose takes an option of a question, or takes it back where several may be chosen. Conflict: answers are not taken now; NotFound:
// there is no such option.
func (c Consultation) Choose(a Answer, question, option int, now time.Time) (Answer, error) {
	q, err := c.asked(question, now)
	if err != nil {
		return a, err
	}
	if option < 0 || option >= len(q.Options) {
		return a, grid.Fail(grid.NotFound, "error.consult.gone")
	}
	a = a.clone()
	chosen := []int{option}
	if q.Form == Many {
		chosen = slices.Clone(a.Choices[question])
		if i := slices.Index(chosen, option); i >= 0 {
			chosen = slices.Delete(chosen, i, i+1)
		} else {
			chosen = append(chosen, option)
			slices.Sort(chosen)
		}
	}
	a.Choices[question] = chosen
	if len(chosen) == 0 {
		delete(a.Choices, question)
	}
	return a, nil
}

// MaxWords is how many characters a free answer has.
const MaxWords = 1000

// Say takes a free answer; none takes it back. Invalid: it is too long.
func (c Consultation) Say(a Answer, question int, words string, now time.Time) (Answer, error) {
	q, err := c.asked(question, now)
	if err != nil {
		return a, err
	}
	if q.Form != Free {
		return a, grid.Fail(grid.NotFound, "error.consult.gone")
	}
	if len([]rune(words)) > MaxWords {
		return a, grid.Fail(grid.Invalid, "note.too_long", "max", strconv.Itoa(MaxWords))
	}
	a = a.clone()
	a.Words[question] = words
	if words == "" {
		delete(a.Words, question)
	}
	return a, nil
}

// asked is the question, if answers are taken now.
func (c Consultation) asked(question int, now time.Time) (Question, error) {
	switch c.Stage(now) {
	case Open:
	case Waiting:
		return Question{}, grid.Fail(grid.Conflict, "error.consult.waiting")
	default:
		return Question{}, grid.Fail(grid.Conflict, "error.consult.closed")
	}
	if question < 0 || question >= len(c.Questions) {
		return Question{}, grid.Fail(grid.NotFound, "error.consult.gone")
	}
	return c.Questions[question], nil
}

func (a Answer) clone() Answer {
	choices, words := make(map[int][]int, len(a.Choices)), make(map[int]string, len(a.Words))
	maps.Copy(choices, a.Choices)
	maps.Copy(words, a.Words)
	a.Choices, a.Words = choices, words
	return a
}

// Sort notes what an official found of the words of an answer. Conflict before the closing and after the results.
func (c Consultation) Sort(a Answer, question int, s Sorting, now time.Time) (Answer, error) {
	switch {
	case c.Stage(now) != Closed:
		return a, grid.Fail(grid.Conflict, "error.consult.stage")
	case a.Words[question] == "", s.Group < 0, s.Group > len(c.Groups):
		return a, grid.Fail(grid.NotFound, "error.consult.gone")
	}
	sorted := make(map[int]Sorting, len(a.Sorted)+1)
	maps.Copy(sorted, a.Sorted)
	sorted[question] = s
	a.Sorted = sorted
	return a, nil
}

// Fill takes a whole form at once in place of what was answered before. Conflict: answers are not taken now; NotFound: an option that
// is not there; Invalid: nothing is answered, or several options where one is asked for, or words that are too long.
func (c Consultation) Fill(a Answer, choices map[int][]int, words map[int]string, now time.Time) (Answer, error) {
	a.Choices, a.Words, a.Sorted = nil, nil, nil
	for i, q := range c.Questions {
		if q.Form == One && len(choices[i]) > 1 {
			return a, grid.Fail(grid.Invalid, "error.consult.gone")
		}
		for _, o := range slices.Compact(slices.Sorted(slices.Values(choices[i]))) {
			next, err := c.Choose(a, i, o, now)
			if err != nil {
				return a, err
			}
			a = next
		}
		if words[i] == "" {
			continue
		}
		next, err := c.Say(a, i, words[i], now)
		if err != nil {
			return a, err
		}
		a = next
	}
	if _, err := c.asked(0, now); err != nil {
		return a, err
	}
	if a.Empty() {
		return a, grid.Fail(grid.Invalid, "error.consult.empty")
	}
	return a, nil
}
