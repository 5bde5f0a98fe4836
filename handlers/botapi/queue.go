package botapi

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"
)

// updateLife is how long Telegram keeps an update that nobody fetched (Bot API, "Getting updates").
const updateLife = 24 * time.Hour

// outgoing is an update as it leaves the server. Exactly one of the fields beside the id is set.
type outgoing struct {
	ID            int64                     `json:"update_id"`
	Message       *wireMessage              `json:"message,omitempty"`
	EditedMessage *wireMessage              `json:"edited_message,omitempty"`
	CallbackQuery *wireQuery                `json:"callback_query,omitempty"`
	MyChatMember  *models.ChatMemberUpdated `json:"my_chat_member,omitempty"`
}

// wireQuery is a callback query as it leaves the server.
type wireQuery struct {
	ID           string       `json:"id"`
	From         *models.User `json:"from"`
	Message      *wireMessage `json:"message,omitempty"`
	ChatInstance string       `json:"chat_instance"`
	Data         string       `json:"data,omitempty"`
}

func (u *outgoing) kind() string {
	switch {
	case u.Message != nil:
		return models.AllowedUpdateMessage
	case u.EditedMessage != nil:
		return models.AllowedUpdateEditedMessage
	case u.CallbackQuery != nil:
		return models.AllowedUpdateCallbackQuery
	}
	return models.AllowedUpdateMyChatMember
}

// waiting is an update that the bot has not confirmed. Its JSON is fixed when it happens: later edits come as updates
// of their own.
type waiting struct {
	id   int64
	chat int64 // updates of one chat reach a webhook in order
	at   time.Time
	raw  json.RawMessage
	done bool // taken by a webhook
}

// queue holds unconfirmed updates in the order of their ids.
type queue struct {
	lastID  int64
	pending []*waiting
	allowed []string // empty: everything that the emulator makes
	wake    map[chan struct{}]struct{}
}

// push queues an update unless the bot asked not to get its kind, and wakes whoever waits. The lock is held.
func (q *queue) push(u *outgoing, chat int64, now time.Time) {
	if len(q.allowed) > 0 && !slices.Contains(q.allowed, u.kind()) {
		return
	}
	q.lastID++
	u.ID = q.lastID
	raw, _ := json.Marshal(u) //nolint:errchkjson // models of the library, all marshallable
	q.pending = append(q.pending, &waiting{id: u.ID, chat: chat, at: now, raw: raw})
	q.signal()
}

func (q *queue) signal() {
	for c := range q.wake {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// listen returns a channel that gets a value after every change, and a function to stop. The lock is held for both.
func (q *queue) listen() (changed chan struct{}, stop func()) {
	if q.wake == nil {
		q.wake = map[chan struct{}]struct{}{}
	}
	c := make(chan struct{}, 1)
	q.wake[c] = struct{}{}
	return c, func() { delete(q.wake, c) }
}

// confirm forgets every update before offset; a negative offset keeps that many of the last ones.
func (q *queue) confirm(offset int64) {
	if offset < 0 {
		keep := int(max(-offset, 0))
		if keep > 0 && keep < len(q.pending) {
			q.drop(len(q.pending) - keep)
		}
		return
	}
	n := 0
	for n < len(q.pending) && q.pending[n].id < offset {
		n++
	}
	q.drop(n)
}

// drop forgets the first n updates, without keeping their memory. A webhook that holds one knows it by done.
func (q *queue) drop(n int) {
	for _, w := range q.pending[:n] {
		w.done = true
	}
	clear(q.pending[:n])
	q.pending = q.pending[n:]
}

// head returns up to limit updates that nobody took yet, after forgetting the outdated.
func (q *queue) head(limit int, now time.Time) []json.RawMessage {
	n := 0
	for n < len(q.pending) && (q.pending[n].done || now.Sub(q.pending[n].at) > updateLife) {
		n++
	}
	q.drop(n)
	raw := make([]json.RawMessage, 0, min(limit, len(q.pending)))
	for _, w := range q.pending {
		if len(raw) == limit {
			break
		}
		if !w.done {
			raw = append(raw, w.raw)
		}
	}
	return raw
}

// size counts what is not yet taken.
func (q *queue) size() int {
	n := 0
	for _, w := range q.pending {
		if !w.done {
			n++
		}
	}
	return n
}

// Pending returns how many updates wait for the bot to confirm them.
func (e *Emulator) Pending() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.queue.size()
}
