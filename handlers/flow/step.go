package flow

import (
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Step answers one event: what the conversation is then, what is said and what is to be done. now is when the event is
// dealt with. s is not changed.
func Step(book Book, s State, e Event, now time.Time) (State, []Reply, []Command) {
	t := &turn{book: book, rules: book.Rules(), s: s.clone(), e: e, now: now}
	if t.s.Version != version || t.s.expired(now) {
		t.s = State{}
	}
	if !t.s.sound() {
		t.s.Story, t.s.Step, t.s.Task = Idle, "", nil
	}
	if t.s.Last != nil && !now.Before(t.s.Last.Until) {
		t.s.Last = nil
	}
	t.dispatch()
	return t.finish(), t.replies, t.commands
}

// turn is one call of Step under way.
type turn struct {
	book     Book
	rules    Rules
	s        State
	e        Event
	now      time.Time
	replies  []Reply
	commands []Command
	hit      incident.Alarm // what the draft hits, since derive
}

func (t *turn) say(r Reply)  { t.replies = append(t.replies, r) }
func (t *turn) do(c Command) { t.commands = append(t.commands, c) }

// sayKey says a sentence without buttons. pairs are alternating names and values.
func (t *turn) sayKey(key string, pairs ...any) { t.say(Reply{Key: key, Args: args(pairs...)}) }

func args(pairs ...any) texts.Args {
	a := make(texts.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i].(string)] = pairs[i+1]
	}
	return a
}

// dispatch tells apart what the program says and what a person does.
func (t *turn) dispatch() {
	switch t.e.Kind {
	case SimilarFound:
		t.similarFound()
	case Sent:
		if t.s.Last != nil {
			t.s.Last.Case = t.e.Case
		}
	case Raised:
		t.raised()
	case MusterCount:
		t.counted()
	case SiteGiven:
		t.siteGiven()
	case Fetched:
		t.fetched()
	case Begin:
		t.beginTask()
	case Button:
		t.press()
		t.s.Seen = t.now
	case Message:
		t.message()
		t.s.Seen = t.now
	}
}

// finish stamps the state and looks after the reply keyboard: one that is no longer wanted is taken away, because a
// message cannot do that and have buttons of its own at the same time.
func (t *turn) finish() State {
	asked := false
	for _, r := range t.replies {
		asked = asked || len(r.Ask) > 0
	}
	switch {
	case asked:
		t.s.Keys = true
	case t.s.Keys && len(t.replies) > 0:
		t.s.Keys = !t.hideKeys()
	}
	if t.s.Empty() {
		return State{}
	}
	t.s.Version = version
	t.s.trim(t.rules)
	if t.e.Kind == Message || t.e.Kind == Button || t.e.Kind == Begin || t.s.ExpiresAt.IsZero() {
		t.s.ExpiresAt = t.now.Add(t.rules.DraftTTL)
	}
	return t.s
}

// hideKeys takes the reply keyboard away with a message that has room for it, and tells whether it did. While a story goes
// on it waits for one rather than send a message for nothing else.
func (t *turn) hideKeys() bool {
	for i, r := range t.replies {
		if len(r.Rows) == 0 && !r.Edit && !r.Toast {
			t.replies[i].Hide = true
			return true
		}
	}
	if t.s.Story != Idle {
		return false
	}
	t.replies = append([]Reply{{Key: "flow.noted", Hide: true}}, t.replies...)
	return true
}

// nonce names a new draft or task of this conversation.
func (t *turn) nonce() string {
	const second36, serial36 = 36 * 36 * 36 * 36 * 36 * 36, 36 * 36
	t.s.Serial = (t.s.Serial + 1) % serial36
	return strconv.FormatInt(max(t.now.Unix(), 0)%second36, 36) + strconv.FormatInt(int64(t.s.Serial), 36)
}
