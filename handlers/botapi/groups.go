package botapi

import (
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"
)

// Group is a group chat that the bot is a member of.
type Group struct {
	e  *Emulator
	id int64
}

// Group adds a group (id below zero) with its members; the first of them adds the bot, which learns it by a
// my_chat_member update. An id at or below -1000000000000 makes a supergroup.
func (e *Emulator) Group(id int64, title string, members ...*Person) *Group {
	e.mu.Lock()
	defer e.mu.Unlock()
	kind := models.ChatTypeGroup
	if id <= firstSupergroup {
		kind = models.ChatTypeSupergroup
	}
	ch := &chat{Chat: models.Chat{ID: id, Type: kind, Title: title}, known: true, members: slices.Clone(members)}
	e.chats[id] = ch
	for _, p := range members {
		e.chats[p.user.ID].met = true
	}
	if len(members) > 0 {
		e.membership(ch, members[0], leftOf(*e.bot()), memberOf(*e.bot()))
	}
	return &Group{e: e, id: id}
}

// firstSupergroup is where the ids of supergroups and channels begin, downwards.
const firstSupergroup = -1000000000000

// ID returns the chat's id.
func (g *Group) ID() int64 { return g.id }

// Migrate upgrades the group: both chats tell of it in a service message, and writing to the old one is answered 400
// with migrate_to_chat_id. It returns the supergroup.
func (g *Group) Migrate() *Group {
	e := g.e
	e.mu.Lock()
	defer e.mu.Unlock()
	old := e.chats[g.id]
	id := firstSupergroup + g.id
	fresh := &chat{Chat: models.Chat{ID: id, Type: models.ChatTypeSupergroup, Title: old.Title}, known: true, members: old.members}
	e.chats[id] = fresh
	old.migratedTo = id
	e.service(old, func(m *models.Message) { m.MigrateToChatID = id })
	e.service(fresh, func(m *models.Message) { m.MigrateFromChatID = g.id })
	return &Group{e: e, id: id}
}

// service delivers a message that nobody wrote.
func (e *Emulator) service(ch *chat, fill func(*models.Message)) {
	m := &stored{Message: models.Message{Date: int(e.clock().Unix())}}
	if len(ch.members) > 0 {
		m.From = &ch.members[0].user
	}
	fill(&m.Message)
	e.append(ch, m)
	e.queue.push(&outgoing{Message: m.wire()}, ch.ID, e.clock())
}

// Removes takes the bot out of the group: what it sends is refused with 403.
func (g *Group) Removes() {
	e := g.e
	e.mu.Lock()
	defer e.mu.Unlock()
	ch := e.chats[g.id]
	ch.blocked = true
	if len(ch.members) > 0 {
		e.membership(ch, ch.members[0], memberOf(*e.bot()), bannedOf(*e.bot()))
	}
}

// visible says whether the bot gets to see a message of a group in privacy mode (core.telegram.org/bots/features,
// "Privacy mode").
func (e *Emulator) visible(ch *chat, m *models.Message) bool {
	if e.readAll || ch.Type == models.ChatTypePrivate {
		return true
	}
	if r := m.ReplyToMessage; r != nil && r.From != nil && r.From.ID == e.botID {
		return true
	}
	text := m.Text + m.Caption
	for _, entity := range m.Entities {
		if entity.Type == models.MessageEntityTypeBotCommand {
			at := strings.Index(text, "@")
			return at < 0 || strings.Contains(text, "@"+e.botUsername)
		}
	}
	return strings.Contains(text, "@"+e.botUsername)
}
