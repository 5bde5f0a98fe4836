package botapi

import (
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"
)

// Messages returns what a chat shows now, after edits and deletions, oldest first. Inline keyboards are in
// ReplyMarkup.
func (e *Emulator) Messages(chatID int64) []models.Message {
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := e.chats[chatID]
	if ch == nil {
		return nil
	}
	shown := make([]models.Message, 0, len(ch.messages))
	for _, m := range ch.messages {
		shown = append(shown, m.snapshot())
	}
	return shown
}

// Keyboard returns the reply keyboard below a chat's input field, or nil.
func (e *Emulator) Keyboard(chatID int64) *models.ReplyKeyboardMarkup {
	e.mu.Lock()
	defer e.mu.Unlock()
	if ch := e.chats[chatID]; ch != nil && ch.keyboard != nil {
		copied := *ch.keyboard
		return &copied
	}
	return nil
}

// Messages returns what the person's private chat with the bot shows.
func (p *Person) Messages() []models.Message { return p.e.Messages(p.user.ID) }

// Keyboard returns the reply keyboard in the person's private chat, or nil.
func (p *Person) Keyboard() *models.ReplyKeyboardMarkup { return p.e.Keyboard(p.user.ID) }

// FromBot returns what the bot wrote in the person's private chat and still stands there, oldest first.
func (p *Person) FromBot() []models.Message {
	return slices.DeleteFunc(p.Messages(), func(m models.Message) bool { return m.From == nil || m.From.ID != p.e.botID })
}

// Last returns the bot's newest message in the private chat; false when there is none.
func (p *Person) Last() (models.Message, bool) {
	all := p.FromBot()
	if len(all) == 0 {
		return models.Message{}, false
	}
	return all[len(all)-1], true
}

// Sees reports whether a message of the bot in the private chat contains the words.
func (p *Person) Sees(words string) bool {
	return slices.ContainsFunc(p.FromBot(), func(m models.Message) bool {
		return strings.Contains(m.Text, words) || strings.Contains(m.Caption, words)
	})
}

// Buttons returns the labels that the person can press: the inline keyboard of the newest message that has one, then
// the reply keyboard.
func (p *Person) Buttons() []string {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	var labels []string
	ch := e.chats[p.user.ID]
	for _, m := range slices.Backward(ch.messages) {
		if m.keys == nil {
			continue
		}
		for _, row := range m.keys.InlineKeyboard {
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
		break
	}
	if ch.keyboard != nil {
		for _, row := range ch.keyboard.Keyboard {
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
	}
	return labels
}

// Toasts returns the answers to the buttons that the person pressed.
func (p *Person) Toasts() []Toast {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	return slices.Clone(p.toasts)
}

// Unanswered is a pressed button whose wheel still turns.
type Unanswered struct {
	QueryID string
	UserID  int64
	ChatID  int64
	Data    string
}

// Unanswered returns the callback queries that the bot has not answered, oldest first.
func (e *Emulator) Unanswered() []Unanswered {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]Unanswered, 0, len(e.queries))
	for _, q := range e.queries {
		list = append(list, Unanswered{QueryID: q.id, UserID: q.person.user.ID, ChatID: q.chatID, Data: q.data})
	}
	slices.SortFunc(list, func(a, b Unanswered) int { return strings.Compare(a.QueryID, b.QueryID) })
	return list
}

// MyText returns what the bot said of itself: field is "name", "description" or "short_description".
func (e *Emulator) MyText(field, language string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.about[aboutKey{field, language}]
}
