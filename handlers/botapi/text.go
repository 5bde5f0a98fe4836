package botapi

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// Lengths in UTF-16 units after entities parsing (Bot API: sendMessage text, sendPhoto caption, answerCallbackQuery).
const (
	maxText    = 4096
	maxCaption = 1024
	maxToast   = 200
)

// utf16Len counts UTF-16 code units, the unit of every length and offset of the Bot API.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// formatted reads a text with its parse mode or its list of entities.
func (c *call) formatted(textName, entitiesName string) (string, []models.MessageEntity, error) {
	text := c.params[textName]
	var entities []models.MessageEntity
	switch mode := c.params["parse_mode"]; {
	case strings.EqualFold(mode, "HTML"):
		var err error
		if text, entities, err = parseHTML(text); err != nil {
			return "", nil, err
		}
	case mode != "":
		return "", nil, badRequest("unsupported parse_mode (the emulator knows HTML only)")
	case c.params[entitiesName] != "":
		if err := json.Unmarshal([]byte(c.params[entitiesName]), &entities); err != nil {
			return "", nil, badRequest("can't parse entities JSON object")
		}
		for _, entity := range entities {
			if entity.Offset < 0 || entity.Length < 0 || entity.Offset+entity.Length > utf16Len(text) {
				return "", nil, badRequest("entity beginning at UTF-16 offset %d ends after the end of the text", entity.Offset)
			}
		}
	}
	text, entities = trim(text, entities)
	return text, withCommands(text, entities), nil
}

// trim takes the white space off both ends, as Telegram does, and moves the entities with the text.
func trim(text string, entities []models.MessageEntity) (string, []models.MessageEntity) {
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	shift := utf16Len(text[:len(text)-len(left)])
	trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
	if len(trimmed) == len(text) {
		return text, entities
	}
	end := utf16Len(trimmed)
	var kept []models.MessageEntity
	for _, entity := range entities {
		from, to := max(entity.Offset-shift, 0), min(entity.Offset+entity.Length-shift, end)
		if from < to {
			entity.Offset, entity.Length = from, to-from
			kept = append(kept, entity)
		}
	}
	return trimmed, kept
}

// withCommands adds the bot_command entities that Telegram finds by itself: a slash at the start of a word, then 1 to
// 32 Latin letters, digits or underscores, and perhaps @bot. Nothing is found inside code or other entities.
func withCommands(text string, entities []models.MessageEntity) []models.MessageEntity {
	if !strings.Contains(text, "/") {
		return entities
	}
	offset, before := 0, ' '
	for i, r := range text {
		if r == '/' && unicode.IsSpace(before) {
			if n := commandLen(text[i:]); n > 0 && !covered(entities, offset) {
				entities = append(entities, models.MessageEntity{
					Type: models.MessageEntityTypeBotCommand, Offset: offset, Length: n,
				})
			}
		}
		before = r
		offset += utf16.RuneLen(r)
	}
	return entities
}

// commandLen returns the length of the command that s starts with, or 0. A command ends before anything that is not
// part of a word.
func commandLen(s string) int {
	n := 1
	for n < len(s) && isCommandByte(s[n]) {
		n++
	}
	if n == 1 || n > 33 {
		return 0
	}
	if n < len(s) && s[n] == '@' {
		end := n + 1
		for end < len(s) && isCommandByte(s[end]) {
			end++
		}
		if end-n > 3 { // usernames have at least three characters
			n = end
		}
	}
	if next, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && (unicode.IsLetter(next) || next == '/') {
		return 0
	}
	return n
}

func isCommandByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func covered(entities []models.MessageEntity, offset int) bool {
	for _, entity := range entities {
		if offset >= entity.Offset && offset < entity.Offset+entity.Length {
			return true
		}
	}
	return false
}
