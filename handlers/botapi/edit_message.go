package botapi

import (
	"bytes"
	"reflect"

	"github.com/go-telegram/bot/models"
)

// edited finds the message that an edit names and reads the keyboard it shall have. An edit without reply_markup
// takes the inline keyboard away.
func (e *Emulator) edited(c *call) (*stored, *replyMarkup, error) {
	if c.params["inline_message_id"] != "" {
		return nil, nil, badRequest("message to edit not found") // the emulator has no inline mode
	}
	ch, err := e.target(c)
	if err != nil {
		return nil, nil, err
	}
	id, err := c.integer("message_id")
	if err != nil {
		return nil, nil, err
	}
	m := ch.find(int(id))
	switch {
	case id == 0:
		return nil, nil, badRequest("message identifier is not specified")
	case m == nil:
		return nil, nil, badRequest("message to edit not found")
	case m.From == nil || m.From.ID != e.botID || m.ForwardOrigin != nil:
		return nil, nil, badRequest("message can't be edited")
	}
	keys, err := c.inlineMarkup()
	return m, keys, err
}

// change applies an edit to a copy, refuses one that changes nothing, and shows the rest.
func (e *Emulator) change(m *stored, apply func(*stored)) (any, error) {
	next := *m
	apply(&next)
	if sameContent(m, &next) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly" +
			" the same as a current content and reply markup of the message")
	}
	next.EditDate = int(e.clock().Unix())
	*m = next
	e.record(m, "edited")
	e.show(EventEdit, m)
	return m.wire(), nil
}

func sameContent(a, b *stored) bool {
	return a.Text == b.Text && a.Caption == b.Caption && fileID(&a.Message) == fileID(&b.Message) &&
		bytes.Equal(a.markup, b.markup) &&
		sameEntities(a.Entities, b.Entities) && sameEntities(a.CaptionEntities, b.CaptionEntities)
}

func sameEntities(a, b []models.MessageEntity) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

func (e *Emulator) editMessageText(c *call) (any, error) {
	m, keys, err := e.edited(c)
	if err != nil {
		return nil, err
	}
	text, entities, err := c.text()
	if err != nil {
		return nil, err
	}
	if m.Text == "" {
		return nil, badRequest("there is no text in the message to edit")
	}
	return e.change(m, func(n *stored) {
		n.Text, n.Entities = text, entities
		n.setKeys(keys)
	})
}

func (e *Emulator) editMessageCaption(c *call) (any, error) {
	m, keys, err := e.edited(c)
	if err != nil {
		return nil, err
	}
	caption, entities, err := c.caption()
	if err != nil {
		return nil, err
	}
	if m.Photo == nil && m.Document == nil && m.Video == nil && m.Voice == nil && m.Audio == nil {
		return nil, badRequest("there is no caption in the message to edit")
	}
	return e.change(m, func(n *stored) {
		n.Caption, n.CaptionEntities = caption, entities
		n.setKeys(keys)
	})
}

func (e *Emulator) editMessageReplyMarkup(c *call) (any, error) {
	m, keys, err := e.edited(c)
	if err != nil {
		return nil, err
	}
	return e.change(m, func(n *stored) { n.setKeys(keys) })
}
