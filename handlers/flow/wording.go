package flow

import "github.com/gridwarden/gridwarden/grid/consultation"

// Worded gives what somebody wrote about something that is not a case: a point of an agenda, a day, a reason. What names what
// was asked for; Ref is what it is about. A note that does not fit is refused, and asked for again.
type Worded struct {
	Ref   string
	What  string
	Words string
	Files []File // of a note that may be a file
}

func (Worded) command() {}

// The links t.me/<bot>?start=c_ID to a consultation, and h_ID to a hearing.
const (
	ConsultLink = "c"
	HearingLink = "h"
)

// OpenPublic shows a consultation or a hearing to whoever came by its link.
type OpenPublic struct{ Kind, ID string }

func (OpenPublic) command() {}

// noted is how a note is asked for.
type noted struct {
	most int  // characters that it has
	file bool // it may be a document instead
}

// maxWording is how many characters an ordinary note has, maxParagraphs one that is read by the public as it is.
const (
	maxWording    = 300
	maxParagraphs = 3000
)

// asked are the notes that can be asked for.
var asked = map[string]noted{
	"point": {most: maxWording}, "when": {most: maxWording}, "place": {most: maxWording}, "sends": {most: maxWording}, "excuses": {most: maxWording},
	"decision": {most: maxWording}, "owner": {most: maxWording}, "due": {most: maxWording}, "done": {most: maxWording}, "return": {most: maxWording},

	"ent_measured": {most: maxWording}, "ent_fact": {most: maxWording}, "ent_strike": {most: maxWording}, "ent_disclose": {most: maxWording}, "ent_other": {most: maxWording},
	"ent_red": {most: maxWording}, "ent_press": {most: maxWording}, "ent_object": {most: maxParagraphs}, "ent_answer": {most: maxParagraphs}, "ent_hear": {most: maxParagraphs},
	"ent_drop": {most: maxWording}, "ent_decide": {most: maxWording}, "ent_serve": {most: maxWording}, "ent_plan": {most: maxParagraphs}, "ent_extend": {most: maxWording},
	"ent_finish": {most: maxWording}, "ent_file": {most: maxParagraphs}, "ent_pass": {most: maxWording}, "ent_fail": {most: maxWording}, "ent_close": {most: maxWording},
	"ent_decline": {most: maxWording},

	"border_matter": {most: maxParagraphs}, "border_receipt": {most: maxWording}, "border_answer": {most: maxParagraphs},

	"post_text": {most: 1500}, "post_case": {most: 80}, "post_when": {most: 80}, "post_return": {most: maxWording}, "post_recall": {most: maxWording},

	"refer_propose": {most: maxWording}, "refer_words": {most: maxParagraphs},

	"consult_title": {most: 80}, "consult_text": {most: maxParagraphs}, "consult_file": {most: 80, file: true}, "consult_question": {most: maxWording},
	"consult_open": {most: 80}, "consult_close": {most: 80}, "consult_drop": {most: maxWording}, "consult_group": {most: 80},
	"consult_reply": {most: maxParagraphs}, "consult_use": {most: maxParagraphs}, "consult_say": {most: consultation.MaxWords},

	"hearing_title": {most: 80}, "hearing_text": {most: maxParagraphs}, "hearing_place": {most: 120}, "hearing_when": {most: 80}, "hearing_room": {most: 10},
	"hearing_close": {most: 80}, "hearing_drop": {most: maxWording}, "hearing_minutes": {most: maxParagraphs}, "hearing_list": {most: maxWording},
	"reading": {most: maxParagraphs}, "reading_reason": {most: maxWording}, "black_progress": {most: maxWording}, "black_strike": {most: maxWording},

	"supervise_list": {most: maxWording}, "supervise_decline": {most: maxWording}, "supervise_report": {most: maxWording},
	"supervise_ask": {most: maxWording}, "supervise_lift": {most: maxWording}, "supervise_deny": {most: maxWording},

	"hearing_code": {most: 20}, "hearing_name": {most: 80},

	"publication_return": {most: maxWording}, "publication_correct": {most: maxWording},
}

// askWording asks for it.
func (t *turn) askWording() {
	if _, ok := asked[t.s.Task.Reason]; !ok {
		t.endStory()
		return
	}
	t.ask("note."+t.s.Task.Reason, nil)
}

func (t *turn) wordingMessage() {
	n := asked[t.s.Task.Reason]
	brought := n.file && len(t.e.Files) > 0
	if t.e.Text == "" && !brought || n.file && !brought {
		t.askAgain()
		return
	}
	if len([]rune(t.e.Text)) > n.most {
		t.sayOnce("note.too_long", args("max", n.most))
		t.askAgain()
		return
	}
	w := Worded{Ref: t.s.Task.Ref, What: t.s.Task.Reason, Words: t.e.Text}
	if brought {
		w.Files = t.e.Files
	}
	t.do(w)
	t.endStory()
}
