package botapi

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/go-telegram/bot/models"
)

// commandScope is where a list of commands shows (Bot API, BotCommandScope).
type commandScope struct {
	Type   string          `json:"type"`
	ChatID json.RawMessage `json:"chat_id"`
	UserID int64           `json:"user_id"`
}

type commandKey struct {
	scope, chat string
	user        int64
	language    string
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// commandKey reads scope and language_code. A scope for one chat demands that the bot knows the chat.
func (e *Emulator) commandKey(c *call) (commandKey, error) {
	key := commandKey{scope: "default", language: c.params["language_code"]}
	if key.language != "" && len(key.language) != 2 {
		return key, badRequest("invalid language code specified") // two-letter ISO 639-1
	}
	text := c.params["scope"]
	if text == "" {
		return key, nil
	}
	var scope commandScope
	if json.Unmarshal([]byte(text), &scope) != nil {
		return key, badRequest("can't parse BotCommandScope JSON object")
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		key.chat = strings.Trim(string(scope.ChatID), `"`)
		if _, err := e.named(key.chat); err != nil {
			return key, err
		}
	default:
		return key, badRequest("can't parse BotCommandScope: unsupported type specified")
	}
	key.scope, key.user = scope.Type, scope.UserID
	return key, nil
}

func (e *Emulator) setMyCommands(c *call) (any, error) {
	key, err := e.commandKey(c)
	if err != nil {
		return nil, err
	}
	var list []models.BotCommand
	if json.Unmarshal([]byte(c.params["commands"]), &list) != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i, command := range list {
		name := strings.TrimPrefix(command.Command, "/")
		if !commandName.MatchString(name) {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := utf16Len(command.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
		list[i].Command = name
	}
	e.commands[key] = list
	return true, nil
}

func (e *Emulator) getMyCommands(c *call) (any, error) {
	key, err := e.commandKey(c)
	if err != nil {
		return nil, err
	}
	return append([]models.BotCommand{}, e.commands[key]...), nil
}

func (e *Emulator) deleteMyCommands(c *call) (any, error) {
	key, err := e.commandKey(c)
	if err != nil {
		return nil, err
	}
	delete(e.commands, key)
	return true, nil
}

// Commands returns the menu that a person sees in the private chat with the bot: the narrowest scope that has a list,
// in the person's language if there is one.
func (p *Person) Commands() []models.BotCommand {
	e := p.e
	e.mu.Lock()
	defer e.mu.Unlock()
	language, _, _ := strings.Cut(p.user.LanguageCode, "-")
	for _, key := range []commandKey{{scope: "chat", chat: itoa(p.user.ID)}, {scope: "all_private_chats"}, {scope: "default"}} {
		key.language = language
		if list, ok := e.commands[key]; ok {
			return append([]models.BotCommand(nil), list...)
		}
		key.language = ""
		if list, ok := e.commands[key]; ok {
			return append([]models.BotCommand(nil), list...)
		}
	}
	return nil
}
