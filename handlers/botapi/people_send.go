package botapi

import (
	"time"

	"github.com/go-telegram/bot/models"
)

// Sending changes where, when or how a person sends something.
type Sending func(*sending)

type sending struct {
	group   int64
	at      time.Time
	replyTo int
	caption string
	origin  *Person
	sentAt  time.Time
}

// In sends to a group instead of the private chat.
func In(g *Group) Sending { return func(s *sending) { s.group = g.id } }

// At gives the message, or its edit, an earlier date than its arrival: it waited on a phone without signal.
func At(t time.Time) Sending { return func(s *sending) { s.at = t } }

// ReplyTo makes the message a reply to another of the same chat.
func ReplyTo(messageID int) Sending { return func(s *sending) { s.replyTo = messageID } }

// Caption goes with a photo, an album (its first photo), a video, a voice message or a document.
func Caption(text string) Sending { return func(s *sending) { s.caption = text } }

// ForwardedFrom marks what is sent as forwarded: somebody else wrote it at an earlier time.
func ForwardedFrom(author *Person, written time.Time) Sending {
	return func(s *sending) { s.origin, s.sentAt = author, written }
}

// send builds one message, stores it and queues its update. The lock is held.
func (p *Person) send(fill func(*models.Message), options []Sending) models.Message {
	var s sending
	for _, option := range options {
		option(&s)
	}
	e, now := p.e, p.e.clock()
	ch := e.chats[p.user.ID]
	if s.group != 0 {
		ch = e.chats[s.group]
	}
	if ch.Type == models.ChatTypePrivate && ch.blocked { // a phone unblocks before it lets one write
		ch.blocked = false
		e.membership(ch, p, bannedOf(*e.bot()), memberOf(*e.bot()))
	}
	ch.known = true
	user := p.user
	m := &stored{Message: models.Message{From: &user, Date: int(now.Unix())}}
	if !s.at.IsZero() {
		m.Date = int(s.at.Unix())
	}
	if s.replyTo != 0 {
		if to := ch.find(s.replyTo); to != nil {
			m.ReplyToMessage = to.quoted()
		}
	}
	if s.origin != nil {
		m.ForwardOrigin = &models.MessageOrigin{
			Type:              models.MessageOriginTypeUser,
			MessageOriginUser: &models.MessageOriginUser{Date: int(s.sentAt.Unix()), SenderUser: s.origin.user},
		}
	}
	if s.caption != "" {
		m.Caption, m.CaptionEntities = s.caption, withCommands(s.caption, nil)
	}
	fill(&m.Message)
	e.append(ch, m)
	e.record(m, "")
	e.show(EventMessage, m)
	if e.visible(ch, &m.Message) {
		e.queue.push(&outgoing{Message: m.wire()}, ch.ID, now)
	}
	return m.snapshot()
}

// sends is send for callers without the lock.
func (p *Person) sends(fill func(*models.Message), options []Sending) models.Message {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	return p.send(fill, options)
}

// Says sends a text. Commands in it become bot_command entities.
func (p *Person) Says(text string, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		m.Text, _ = trim(text, nil)
		m.Entities = withCommands(m.Text, nil)
	}, options)
}

// Edits changes the text or the caption of a message that the person sent before; the bot gets edited_message. It
// reports whether there is such a message.
func (p *Person) Edits(messageID int, text string, options ...Sending) bool {
	return p.edit(messageID, options, func(m *models.Message) {
		if m.Text != "" {
			m.Text, m.Entities = text, withCommands(text, nil)
			return
		}
		m.Caption, m.CaptionEntities = text, withCommands(text, nil)
	})
}

// edit changes an own message and tells the bot.
func (p *Person) edit(messageID int, options []Sending, change func(*models.Message)) bool {
	var s sending
	for _, option := range options {
		option(&s)
	}
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := e.chats[p.user.ID]
	if s.group != 0 {
		ch = e.chats[s.group]
	}
	m := ch.find(messageID)
	if m == nil || m.From == nil || m.From.ID != p.user.ID {
		return false
	}
	change(&m.Message)
	m.EditDate = int(e.clock().Unix())
	if !s.at.IsZero() {
		m.EditDate = int(s.at.Unix())
	}
	e.record(m, "edited")
	e.show(EventEdit, m)
	if e.visible(ch, &m.Message) {
		e.queue.push(&outgoing{EditedMessage: m.wire()}, ch.ID, e.clock())
	}
	return true
}
