package botapi

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"
)

// deletable is how long after its date a message may be deleted (Bot API, deleteMessage).
const deletable = 48 * time.Hour

func (e *Emulator) deleteMessage(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	id, err := c.integer("message_id")
	if err != nil {
		return nil, err
	}
	i, ok := ch.index(int(id))
	if !ok {
		return nil, badRequest("message to delete not found")
	}
	if !e.mayDelete(ch, ch.messages[i]) {
		return nil, badRequest("message can't be deleted for everyone")
	}
	e.remove(ch, i)
	return true, nil
}

// mayDelete: a bot may delete its own messages everywhere and others' in private chats, all within 48 hours.
func (e *Emulator) mayDelete(ch *chat, m *stored) bool {
	own := m.From != nil && m.From.ID == e.botID
	young := e.clock().Sub(time.Unix(int64(m.Date), 0)) < deletable
	return young && (own || ch.Type == models.ChatTypePrivate)
}

// deleteMessages deletes 1-100 messages and skips those that it can't.
func (e *Emulator) deleteMessages(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	var ids []int
	if json.Unmarshal([]byte(c.params["message_ids"]), &ids) != nil || len(ids) == 0 || len(ids) > 100 {
		return nil, badRequest("message_ids must be a list of 1-100 message identifiers")
	}
	for _, id := range ids {
		if i, ok := ch.index(id); ok && e.mayDelete(ch, ch.messages[i]) {
			e.remove(ch, i)
		}
	}
	return true, nil
}

func (e *Emulator) remove(ch *chat, i int) {
	m := ch.messages[i]
	ch.messages = slices.Delete(ch.messages, i, i+1)
	e.record(m, "deleted")
	e.show(EventDelete, m)
}
