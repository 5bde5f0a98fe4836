package botapi

import (
	"strconv"
	"time"
)

// query is a pressed inline button that waits for answerCallbackQuery: until then the phone shows a turning wheel.
type query struct {
	id      string
	person  *Person
	chatID  int64
	message int
	data    string
	at      time.Time
}

// Toast is what a person saw after pressing a button.
type Toast struct {
	QueryID string
	UserID  int64
	ChatID  int64
	Data    string // of the button
	Text    string // may be empty: then only the wheel stopped
	Alert   bool   // a window to be closed, not a passing notice
	At      time.Time
}

func (e *Emulator) newQuery(p *Person, ch *chat, message int, data string) *query {
	e.lastQuery++
	q := &query{
		id:     strconv.FormatInt(4300000000000000000+e.lastQuery, 10),
		person: p, chatID: ch.ID, message: message, data: data, at: e.clock(),
	}
	e.queries[q.id] = q
	return q
}

func (e *Emulator) answerCallbackQuery(c *call) (any, error) {
	q := e.queries[c.params["callback_query_id"]]
	if q == nil || e.clock().Sub(q.at) > e.callbackLife {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	if utf16Len(c.params["text"]) > maxToast {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	delete(e.queries, q.id)
	toast := Toast{
		QueryID: q.id, UserID: q.person.ID(), ChatID: q.chatID, Data: q.data,
		Text: c.params["text"], Alert: c.flag("show_alert"), At: e.clock(),
	}
	q.person.toasts = keepTail(append(q.person.toasts, toast), e.keepLast)
	e.recordToast(q, toast)
	e.tell(Event{Kind: EventToast, ChatID: q.chatID, Text: toast.Text, Toast: &toast})
	return true, nil
}

// keepTail drops the oldest entries once there are twice as many as shall be kept; zero keeps all.
func keepTail[T any](list []T, keep int) []T {
	if keep > 0 && len(list) > 2*keep {
		return append(list[:0:0], list[len(list)-keep:]...)
	}
	return list
}
