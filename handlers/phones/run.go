package phones

import (
	"context"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// Run follows the emulator and the clock and plays the example when asked; it returns when ctx is done, after ending
// every page's stream. Call it once.
func (s *Site) Run(ctx context.Context) {
	defer s.stream.close()
	var played sync.WaitGroup
	defer played.Wait()
	played.Go(func() { s.player.run(ctx) })
	for ctx.Err() == nil {
		s.follow(ctx)
	}
}

// backlog is how many events of the emulator may wait for us before it gives us up.
const backlog = 1024

// glance is how often the clock and the cases are looked at.
const glance = time.Second

// follow passes on what happens until ctx is done or we fell behind; then the pages ask for the whole state again.
func (s *Site) follow(ctx context.Context) {
	events, stop := s.o.Emulator.Watch(backlog)
	defer stop()
	s.stream.add("reset", struct{}{})
	tick := time.NewTicker(glance)
	defer tick.Stop()
	minute := s.minute()
	for {
		select {
		case event, ok := <-events:
			if !ok {
				return
			}
			s.pass(event)
			s.cases.stale()
		case <-tick.C:
			s.lookAtCases(ctx)
			if now := s.minute(); now != minute {
				minute = now
				s.stream.add("clock", clockView{Now: now, Fired: []firing{}})
			}
		case <-ctx.Done():
			return
		}
	}
}

// minute is the demonstration's time to the minute, in milliseconds as JavaScript counts: the page shows no seconds.
func (s *Site) minute() int64 { return s.o.Now().Truncate(time.Minute).UnixMilli() }

// chatEvent is something that happened on one phone, together with the keyboard and the commands that it shows since.
type chatEvent struct {
	Phone    string `json:"phone"`
	Message  any    `json:"message,omitempty"`
	ID       int    `json:"id,omitempty"`
	Text     string `json:"text,omitempty"`
	Alert    bool   `json:"alert,omitempty"`
	Keyboard any    `json:"keyboard"`
	Commands any    `json:"commands"`
}

// pass tells the pages of an event in one of the phones' private chats; others are nobody's here.
func (s *Site) pass(event botapi.Event) {
	phone, ours := s.phones[event.ChatID]
	if !ours {
		return
	}
	person := s.people[phone]
	view := chatEvent{Phone: phone, Text: event.Text, Keyboard: person.Keyboard(), Commands: person.Commands()}
	switch event.Kind {
	case botapi.EventMessage, botapi.EventEdit:
		view.Message = event.Message
	case botapi.EventDelete:
		view.ID = event.Message.ID
	case botapi.EventToast:
		view.Alert = event.Toast.Alert
	default: // an action: its name is in Text
	}
	s.stream.add(string(event.Kind), view)
}
