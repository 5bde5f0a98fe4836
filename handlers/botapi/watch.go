package botapi

import (
	"context"
	"errors"

	"github.com/go-telegram/bot/models"
)

// EventKind is what happened in a chat.
type EventKind string

// The kinds of events.
const (
	EventMessage EventKind = "message" // somebody wrote: a person or the bot
	EventEdit    EventKind = "edit"
	EventDelete  EventKind = "delete"
	EventToast   EventKind = "toast"  // the bot answered a button
	EventAction  EventKind = "action" // the bot shows that it is busy; Text is the action
)

// Event is something that a viewer of a chat shows at once. Message is set for the first three kinds.
type Event struct {
	Kind    EventKind
	ChatID  int64
	Message models.Message
	Text    string
	Toast   *Toast
}

type watcher struct{ events chan Event }

// Watch returns a channel that receives every event from now on, and a function to stop. A viewer that falls more than
// buffer events behind is dropped: its channel is closed, and it should begin again from [Emulator.Messages].
func (e *Emulator) Watch(buffer int) (events <-chan Event, stop func()) {
	w := &watcher{events: make(chan Event, buffer)}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watchers[w] = struct{}{}
	return w.events, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.drop(w)
	}
}

func (e *Emulator) drop(w *watcher) {
	if _, ok := e.watchers[w]; ok {
		delete(e.watchers, w)
		close(w.events)
	}
}

// show tells of a message, if anybody watches. The lock is held.
func (e *Emulator) show(kind EventKind, m *stored) {
	if len(e.watchers) > 0 {
		e.tell(Event{Kind: kind, ChatID: m.Chat.ID, Message: m.snapshot()})
	}
}

// tell passes an event to every viewer, never waiting. The lock is held.
func (e *Emulator) tell(event Event) {
	for w := range e.watchers {
		select {
		case w.events <- event:
		default:
			e.drop(w)
		}
	}
}

// ErrLagged is returned by [Emulator.Await] when more happened at once than it could look at.
var ErrLagged = errors.New("more events than could be watched")

// Await returns the first message of a chat, present or coming, that satisfies wanted; it waits until ctx is done. For
// tests on a real clock: in a bubble, let the bubble come to rest and read [Emulator.Messages].
func (e *Emulator) Await(ctx context.Context, chatID int64, wanted func(models.Message) bool) (models.Message, error) {
	const plenty = 4096
	events, stop := e.Watch(plenty)
	defer stop()
	for _, m := range e.Messages(chatID) {
		if wanted(m) {
			return m, nil
		}
	}
	for {
		select {
		case event, ok := <-events:
			if !ok {
				return models.Message{}, ErrLagged
			}
			shown := event.Kind == EventMessage || event.Kind == EventEdit
			if shown && event.ChatID == chatID && wanted(event.Message) {
				return event.Message, nil
			}
		case <-ctx.Done():
			return models.Message{}, ctx.Err()
		}
	}
}
