package botapi

import (
	"encoding/json"
	"strings"

	"github.com/go-telegram/bot/models"
)

func (e *Emulator) sendMessage(c *call) (any, error) {
	m, err := e.post(c, func(m *stored) error {
		var err error
		if m.Text, m.Entities, err = c.text(); err != nil {
			return err
		}
		m.LinkPreviewOptions, err = c.linkPreview()
		return err
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}

// text reads a message's text: 1-4096 UTF-16 units after entities parsing.
func (c *call) text() (string, []models.MessageEntity, error) {
	text, entities, err := c.formatted("text", "entities")
	switch {
	case err != nil:
		return "", nil, err
	case text == "":
		return "", nil, badRequest("message text is empty")
	case utf16Len(text) > maxText:
		return "", nil, badRequest("message is too long")
	}
	return text, entities, nil
}

// caption reads a caption: 0-1024 UTF-16 units after entities parsing.
func (c *call) caption() (string, []models.MessageEntity, error) {
	text, entities, err := c.formatted("caption", "caption_entities")
	if err == nil && utf16Len(text) > maxCaption {
		return "", nil, badRequest("message caption is too long")
	}
	return text, entities, err
}

func (c *call) linkPreview() (*models.LinkPreviewOptions, error) {
	text := c.params["link_preview_options"]
	if text == "" {
		return nil, nil //nolint:nilnil // none given
	}
	var options models.LinkPreviewOptions
	if err := json.Unmarshal([]byte(text), &options); err != nil {
		return nil, badRequest("can't parse link preview options JSON object")
	}
	return &options, nil
}

// repliedTo finds the message that reply_parameters names, without what it in turn replied to.
func (c *call) repliedTo(ch *chat) (*models.Message, error) {
	text := c.params["reply_parameters"]
	if text == "" {
		return nil, nil //nolint:nilnil // not a reply
	}
	var reply models.ReplyParameters
	if err := json.Unmarshal([]byte(text), &reply); err != nil {
		return nil, badRequest("can't parse reply parameters JSON object")
	}
	if m := ch.find(reply.MessageID); m != nil {
		return m.quoted(), nil
	}
	if reply.AllowSendingWithoutReply {
		return nil, nil //nolint:nilnil // asked for
	}
	return nil, badRequest("message to be replied not found")
}

func (m *stored) quoted() *models.Message {
	quoted := m.snapshot() // with its inline keyboard, as the server sends it
	quoted.ReplyToMessage = nil
	return &quoted
}

// chatActions are the values of sendChatAction (Bot API, sendChatAction).
const chatActions = " typing upload_photo record_video upload_video record_voice upload_voice upload_document" +
	" choose_sticker find_location record_video_note upload_video_note "

func (e *Emulator) sendChatAction(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	action := c.params["action"]
	if !strings.Contains(chatActions, " "+action+" ") {
		return nil, badRequest("wrong parameter action in request")
	}
	e.tell(Event{Kind: EventAction, ChatID: ch.ID, Text: action})
	return true, nil
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
