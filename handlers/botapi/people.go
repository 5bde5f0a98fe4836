package botapi

import (
	"strconv"

	"github.com/go-telegram/bot/models"
)

// Person is somebody with a phone who talks to the bot. Its methods are what a person can do there; each of them
// delivers the update and returns at once.
type Person struct {
	e      *Emulator
	user   models.User
	phone  string
	toasts []Toast
}

// User adds a person, or returns the one with that id. The language is what Telegram reports: "zh-hans", "en", or "".
// The bot can write to a person only after the person wrote to it.
func (e *Emulator) User(id int64, firstName, language string) *Person {
	e.mu.Lock()
	defer e.mu.Unlock()
	if p := e.users[id]; p != nil {
		return p
	}
	p := &Person{e: e, user: models.User{ID: id, FirstName: firstName, LanguageCode: language}}
	e.users[id] = p
	e.chats[id] = &chat{Chat: models.Chat{ID: id, Type: models.ChatTypePrivate, FirstName: firstName}, members: []*Person{p}}
	return p
}

// ID returns the person's Telegram id, which is also the id of the private chat.
func (p *Person) ID() int64 { return p.user.ID }

// Name returns the person's first name.
func (p *Person) Name() string { return p.user.FirstName }

// SetPhone sets the number that the person's contact button shares.
func (p *Person) SetPhone(number string) {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	p.phone = number
}

// SetLanguage changes what Telegram reports as the person's language.
func (p *Person) SetLanguage(language string) {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	p.user.LanguageCode = language
}

// Known lets the bot write to the person without a word from them, as if they had talked before.
func (p *Person) Known() *Person {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	p.e.chats[p.user.ID].known = true
	return p
}

// Starts presses the start button, with the payload of a t.me/<bot>?start=… link if there is one.
func (p *Person) Starts(payload string) models.Message {
	if payload == "" {
		return p.Says("/start")
	}
	return p.Says("/start " + payload)
}

// Blocks blocks the bot; what it sends is refused with 403 until [Person.Unblocks].
func (p *Person) Blocks() { p.setBlocked(true) }

// Unblocks lets the bot write again.
func (p *Person) Unblocks() { p.setBlocked(false) }

func (p *Person) setBlocked(blocked bool) {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := e.chats[p.user.ID]
	if ch.blocked == blocked {
		return
	}
	ch.blocked, ch.known = blocked, true
	before, after := memberOf(*e.bot()), bannedOf(*e.bot())
	what := "blocked the bot"
	if !blocked {
		before, after, what = after, before, "unblocked the bot"
	}
	e.membership(ch, p, before, after)
	e.note(ch, p, what)
}

// Deactivate deletes the person's account: the bot gets 403 "user is deactivated".
func (p *Person) Deactivate() {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	p.e.chats[p.user.ID].deactivated = true
}

// membership tells the bot that its own standing in a chat changed. The lock is held.
func (e *Emulator) membership(ch *chat, by *Person, before, after models.ChatMember) {
	e.queue.push(&outgoing{MyChatMember: &models.ChatMemberUpdated{
		Chat: ch.Chat, From: by.user, Date: int(e.clock().Unix()), OldChatMember: before, NewChatMember: after,
	}}, ch.ID, e.clock())
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
