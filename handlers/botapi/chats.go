package botapi

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"
)

// chat is one conversation as Telegram's server keeps it.
type chat struct {
	models.Chat
	known       bool // the bot may write: the person started it, or it is a member of the group
	blocked     bool
	deactivated bool
	met         bool // the bot saw this person in a group but was never started
	migratedTo  int64
	members     []*Person
	messages    []*stored // ascending ids
	keyboard    *models.ReplyKeyboardMarkup
	lastID      int // supergroups number their own messages
	pace        chatPace
}

// stored is a message with its inline keyboard in the exact form that Telegram sends back: the library's button type
// adds an empty copy_text to every button.
type stored struct {
	models.Message
	markup json.RawMessage
	keys   *models.InlineKeyboardMarkup // the same, for readers; never changed in place
}

// setKeys gives the message an inline keyboard, or takes it away.
func (m *stored) setKeys(keys *replyMarkup) {
	m.markup = keys.inlineJSON()
	m.keys = inlineModel(m.markup)
}

// wireMessage is a message as it leaves the server.
type wireMessage struct {
	*models.Message
	ReplyMarkup json.RawMessage `json:"reply_markup,omitempty"`
}

func (m *stored) wire() *wireMessage { return &wireMessage{Message: &m.Message, ReplyMarkup: m.markup} }

// snapshot is the message for readers: later edits do not show in it.
func (m *stored) snapshot() models.Message {
	copied := m.Message
	copied.ReplyMarkup = m.keys
	return copied
}

func (c *chat) index(id int) (int, bool) {
	return slices.BinarySearchFunc(c.messages, id, func(m *stored, id int) int { return m.ID - id })
}

func (c *chat) find(id int) *stored {
	if i, ok := c.index(id); ok {
		return c.messages[i]
	}
	return nil
}

// append stores a new message under the next number. The lock is held.
func (e *Emulator) append(c *chat, m *stored) {
	if c.Type == models.ChatTypeSupergroup {
		c.lastID++
		m.ID = c.lastID
	} else {
		e.lastID++
		m.ID = e.lastID
	}
	m.Chat = c.Chat
	c.messages = append(c.messages, m)
	if n := e.keepLast; n > 0 && len(c.messages) > 2*n {
		c.messages = append(c.messages[:0:0], c.messages[len(c.messages)-n:]...)
	}
}

// target finds the chat a method names and refuses it when the bot may not write there. The lock is held.
func (e *Emulator) target(c *call) (*chat, error) { return e.named(c.params["chat_id"]) }

func (e *Emulator) named(text string) (*chat, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, badRequest("chat not found")
	}
	ch := e.chats[id]
	switch {
	case ch == nil:
		return nil, badRequest("chat not found")
	case ch.migratedTo != 0:
		no := badRequest("group chat was upgraded to a supergroup chat")
		no.MigrateTo = ch.migratedTo
		return nil, no
	case ch.deactivated:
		return nil, forbidden("user is deactivated")
	case ch.blocked && ch.Type == models.ChatTypePrivate:
		return nil, forbidden("bot was blocked by the user")
	case ch.blocked:
		return nil, forbidden("bot was kicked from the " + string(ch.Type) + " chat")
	case !ch.known && ch.met:
		return nil, forbidden("bot can't initiate conversation with a user")
	case !ch.known:
		return nil, badRequest("chat not found")
	}
	return ch, nil
}
