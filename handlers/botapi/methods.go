package botapi

import "github.com/go-telegram/bot/models"

// methodTable is every method but getUpdates, which waits and therefore is answered apart.
func methodTable() map[string]handler {
	table := map[string]handler{
		"getMe": func(e *Emulator, _ *call) (any, error) {
			me := *e.bot()
			me.CanJoinGroups, me.CanReadAllGroupMessages = true, e.readAll
			return me, nil
		},
		"setWebhook":             (*Emulator).setWebhook,
		"deleteWebhook":          (*Emulator).deleteWebhook,
		"getWebhookInfo":         (*Emulator).getWebhookInfo,
		"sendMessage":            (*Emulator).sendMessage,
		"sendMediaGroup":         (*Emulator).sendMediaGroup,
		"sendLocation":           (*Emulator).sendLocation,
		"sendVenue":              (*Emulator).sendVenue,
		"sendContact":            (*Emulator).sendContact,
		"sendChatAction":         (*Emulator).sendChatAction,
		"editMessageText":        (*Emulator).editMessageText,
		"editMessageCaption":     (*Emulator).editMessageCaption,
		"editMessageReplyMarkup": (*Emulator).editMessageReplyMarkup,
		"editMessageMedia":       (*Emulator).editMessageMedia,
		"deleteMessage":          (*Emulator).deleteMessage,
		"deleteMessages":         (*Emulator).deleteMessages,
		"copyMessage":            (*Emulator).copyMessage,
		"forwardMessage":         (*Emulator).forwardMessage,
		"answerCallbackQuery":    (*Emulator).answerCallbackQuery,
		"setMyCommands":          (*Emulator).setMyCommands,
		"getMyCommands":          (*Emulator).getMyCommands,
		"deleteMyCommands":       (*Emulator).deleteMyCommands,
		"getFile":                (*Emulator).getFile,
		"getChat":                (*Emulator).getChat,
		"getChatMember":          (*Emulator).getChatMember,
		"leaveChat":              (*Emulator).leaveChat,
		"setChatMenuButton":      func(*Emulator, *call) (any, error) { return true, nil },
	}
	for _, kind := range []string{"photo", "document", "video", "voice", "audio"} {
		table["send"+title(kind)] = func(e *Emulator, c *call) (any, error) { return e.sendMedia(c, kind) }
	}
	describing(table)
	return table
}

// post does what all sending methods share: it finds the chat, reads the keyboard and the reply, lets fill write the
// content, holds the rate limits and delivers. The lock is held.
func (e *Emulator) post(c *call, fill func(*stored) error) (*stored, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	m := &stored{Message: models.Message{
		From: e.bot(), Date: int(e.clock().Unix()), Chat: ch.Chat, HasProtectedContent: c.flag("protect_content"),
	}}
	keys, err := c.markup()
	if err != nil {
		return nil, err
	}
	if m.ReplyToMessage, err = c.repliedTo(ch); err != nil {
		return nil, err
	}
	err = fill(m)
	if err != nil {
		return nil, err
	}
	err = e.sends.take(e.clock(), ch, 1)
	if err != nil {
		return nil, err
	}
	m.setKeys(keys)
	e.deliver(ch, m, keys)
	return m, nil
}

// deliver puts a message of the bot into a chat.
func (e *Emulator) deliver(ch *chat, m *stored, keys *replyMarkup) {
	e.append(ch, m)
	ch.takeKeyboard(keys)
	e.record(m, "")
	e.show(EventMessage, m)
}

// takeKeyboard changes what is shown below the person's input field.
func (c *chat) takeKeyboard(keys *replyMarkup) {
	switch {
	case keys == nil:
	case keys.RemoveKeyboard:
		c.keyboard = nil
	case keys.Keyboard != nil:
		c.keyboard = &models.ReplyKeyboardMarkup{
			Keyboard: *keys.Keyboard, IsPersistent: keys.IsPersistent, ResizeKeyboard: keys.ResizeKeyboard,
			OneTimeKeyboard: keys.OneTimeKeyboard, InputFieldPlaceholder: keys.InputPlaceholder, Selective: keys.Selective,
		}
	}
}
