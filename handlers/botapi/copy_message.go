package botapi

import "github.com/go-telegram/bot/models"

// source finds the message that copyMessage or forwardMessage names.
func (e *Emulator) source(c *call, verb string) (*stored, error) {
	from, err := e.named(c.params["from_chat_id"])
	if err != nil {
		return nil, err
	}
	id, err := c.integer("message_id")
	if err != nil {
		return nil, err
	}
	m := from.find(int(id))
	if m == nil {
		return nil, badRequest("message to %s not found", verb)
	}
	if m.HasProtectedContent {
		return nil, badRequest("message can't be %sed: the content is protected", verb)
	}
	return m, nil
}

// content copies what a message shows, but not who sent it, when, and to whom.
func (m *stored) content(into *models.Message) {
	into.Text, into.Entities = m.Text, m.Entities
	into.Caption, into.CaptionEntities = m.Caption, m.CaptionEntities
	into.Photo, into.Document, into.Video, into.Voice, into.Audio = m.Photo, m.Document, m.Video, m.Voice, m.Audio
	into.Location, into.Venue, into.Contact = m.Location, m.Venue, m.Contact
}

func (e *Emulator) copyMessage(c *call) (any, error) {
	from, err := e.source(c, "copy")
	if err != nil {
		return nil, err
	}
	m, err := e.post(c, func(m *stored) error {
		from.content(&m.Message)
		if _, replaced := c.params["caption"]; !replaced || from.Text != "" {
			return nil
		}
		m.Caption, m.CaptionEntities, err = c.caption()
		return err
	})
	if err != nil {
		return nil, err
	}
	return models.MessageID{ID: m.ID}, nil
}

func (e *Emulator) forwardMessage(c *call) (any, error) {
	from, err := e.source(c, "forward")
	if err != nil {
		return nil, err
	}
	m, err := e.post(c, func(m *stored) error {
		from.content(&m.Message)
		m.ForwardOrigin = originOf(&from.Message)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}

// originOf keeps the first origin of a message that was forwarded before.
func originOf(m *models.Message) *models.MessageOrigin {
	if m.ForwardOrigin != nil {
		return m.ForwardOrigin
	}
	return &models.MessageOrigin{
		Type:              models.MessageOriginTypeUser,
		MessageOriginUser: &models.MessageOriginUser{Date: m.Date, SenderUser: *m.From},
	}
}
