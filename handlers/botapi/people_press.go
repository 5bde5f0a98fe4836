package botapi

import (
	"errors"
	"fmt"

	"github.com/go-telegram/bot/models"
)

// ErrNoButton is returned when the person sees no such button.
var ErrNoButton = errors.New("no such button on the screen")

// Taps presses the button with that label: an inline button of the newest message that has one, else a button of the
// reply keyboard, which sends its text, the person's contact, or, with [Person.TapsLocation], a place. It returns
// [ErrNoButton] when there is none; an inline button that opens an address sends nothing.
func (p *Person) Taps(label string, options ...Sending) error {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := p.chatFor(options)
	for i := len(ch.messages) - 1; i >= 0; i-- {
		m := ch.messages[i]
		if m.markup == nil {
			continue
		}
		if b := buttonWith(m, func(b *models.InlineKeyboardButton) bool { return b.Text == label }); b != nil {
			if b.CallbackData != "" {
				p.press(ch, m, b.CallbackData, b.Text)
			}
			return nil
		}
	}
	return p.tapKeyboard(ch, label, options)
}

// Presses presses the inline button with that callback data on one message; [ErrNoButton] when it is not there any
// more. It returns the id of the callback query.
func (p *Person) Presses(messageID int, data string, options ...Sending) (string, error) {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := p.chatFor(options)
	m := ch.find(messageID)
	if m == nil || m.markup == nil {
		return "", fmt.Errorf("%w: message %d", ErrNoButton, messageID)
	}
	b := buttonWith(m, func(b *models.InlineKeyboardButton) bool { return b.CallbackData == data })
	if b == nil {
		return "", fmt.Errorf("%w: message %d", ErrNoButton, messageID)
	}
	return p.press(ch, m, data, b.Text).id, nil
}

// Forges sends callback data of the person's own making, as a modified client can, on any message of the chat; it
// need not even exist any more. It returns the id of the callback query.
func (p *Person) Forges(messageID int, data string, options ...Sending) string {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := p.chatFor(options)
	m := ch.find(messageID)
	if m == nil { // then Telegram sends an inaccessible message: date 0 and no content
		m = &stored{Message: models.Message{ID: messageID, Chat: ch.Chat}}
	}
	return p.press(ch, m, data, "").id
}

func (p *Person) chatFor(options []Sending) *chat {
	var s sending
	for _, option := range options {
		option(&s)
	}
	if s.group != 0 {
		return p.e.chats[s.group]
	}
	return p.e.chats[p.user.ID]
}

// press makes the callback query and queues its update. The lock is held.
func (p *Person) press(ch *chat, m *stored, data, label string) *query {
	e := p.e
	q := e.newQuery(p, ch, m.ID, data)
	user := p.user
	e.recordPress(ch, p, label, data)
	e.queue.push(&outgoing{CallbackQuery: &wireQuery{
		ID: q.id, From: &user, Message: m.wire(), ChatInstance: itoa(ch.ID * 7919), Data: data,
	}}, ch.ID, e.clock())
	return q
}

func buttonWith(m *stored, wanted func(*models.InlineKeyboardButton) bool) *models.InlineKeyboardButton {
	if m.keys == nil {
		return nil
	}
	for _, row := range m.keys.InlineKeyboard {
		for i := range row {
			if wanted(&row[i]) {
				return &row[i]
			}
		}
	}
	return nil
}

// tapKeyboard presses a button of the reply keyboard. The lock is held.
func (p *Person) tapKeyboard(ch *chat, label string, options []Sending) error {
	b := keyboardButton(ch, func(b *models.KeyboardButton) bool { return b.Text == label })
	if b == nil {
		return fmt.Errorf("%w: %q", ErrNoButton, label)
	}
	if b.RequestLocation {
		return fmt.Errorf("button %q wants a place: use TapsLocation", label)
	}
	ch.pressed()
	if b.RequestContact {
		phone := p.phone
		if phone == "" {
			phone = "+8613900000000"
		}
		p.send(func(m *models.Message) {
			m.Contact = &models.Contact{PhoneNumber: phone, FirstName: p.user.FirstName, UserID: p.user.ID}
		}, options)
		return nil
	}
	p.send(func(m *models.Message) {
		m.Text = label
		m.Entities = withCommands(label, nil)
	}, options)
	return nil
}

// TapsLocation presses the reply keyboard's location button, which sends the device's fix; [ErrNoButton] when the bot
// shows none.
func (p *Person) TapsLocation(latitude, longitude, accuracy float64, options ...Sending) error {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := p.chatFor(options)
	if keyboardButton(ch, func(b *models.KeyboardButton) bool { return b.RequestLocation }) == nil {
		return fmt.Errorf("%w: location", ErrNoButton)
	}
	ch.pressed()
	p.send(func(m *models.Message) {
		m.Location = &models.Location{Latitude: latitude, Longitude: longitude, HorizontalAccuracy: accuracy}
	}, options)
	return nil
}

// pressed puts a one-time keyboard away.
func (c *chat) pressed() {
	if c.keyboard.OneTimeKeyboard {
		c.keyboard = nil
	}
}

func keyboardButton(ch *chat, wanted func(*models.KeyboardButton) bool) *models.KeyboardButton {
	if ch.keyboard == nil {
		return nil
	}
	for _, row := range ch.keyboard.Keyboard {
		for i := range row {
			if wanted(&row[i]) {
				return &row[i]
			}
		}
	}
	return nil
}
