package botapi

import (
	"sort"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"
)

// htmlTags are the tags of Telegram's HTML style (Bot API, "HTML style") and the entities they make. Tags with a
// meaning that depends on their attributes are settled in attribute.
var htmlTags = map[string]models.MessageEntityType{
	"b": models.MessageEntityTypeBold, "strong": models.MessageEntityTypeBold,
	"i": models.MessageEntityTypeItalic, "em": models.MessageEntityTypeItalic,
	"u": models.MessageEntityTypeUnderline, "ins": models.MessageEntityTypeUnderline,
	"s": models.MessageEntityTypeStrikethrough, "strike": models.MessageEntityTypeStrikethrough,
	"del":  models.MessageEntityTypeStrikethrough,
	"span": models.MessageEntityTypeSpoiler, "tg-spoiler": models.MessageEntityTypeSpoiler,
	"a": models.MessageEntityTypeTextLink, "code": models.MessageEntityTypeCode, "pre": models.MessageEntityTypePre,
	"blockquote": models.MessageEntityTypeBlockquote, "tg-emoji": models.MessageEntityTypeCustomEmoji,
}

// htmlParser turns text with tags into plain text with entities.
type htmlParser struct {
	src      string
	at       int
	out      strings.Builder
	units    int // UTF-16 units written so far
	open     []openTag
	entities []models.MessageEntity
}

type openTag struct {
	name   string
	entity models.MessageEntity
}

// parseHTML returns the text that a reader sees and its entities, or Telegram's "can't parse entities" error.
func parseHTML(src string) (string, []models.MessageEntity, error) {
	p := &htmlParser{src: src}
	for p.at < len(src) {
		var err error
		switch src[p.at] {
		case '&':
			p.reference()
		case '<':
			if strings.HasPrefix(src[p.at:], "</") {
				err = p.endTag()
			} else {
				err = p.startTag()
			}
		default:
			next := strings.IndexAny(src[p.at:], "<&")
			if next < 0 {
				next = len(src) - p.at
			}
			p.write(src[p.at : p.at+next])
			p.at += next
		}
		if err != nil {
			return "", nil, err
		}
	}
	if len(p.open) > 0 {
		return "", nil, entitiesError("Can't find end tag corresponding to start tag %q", p.open[len(p.open)-1].name)
	}
	sort.SliceStable(p.entities, func(i, j int) bool {
		a, b := p.entities[i], p.entities[j]
		return a.Offset < b.Offset || a.Offset == b.Offset && a.Length > b.Length
	})
	return p.out.String(), p.entities, nil
}

func entitiesError(format string, args ...any) *apiError {
	return badRequest("can't parse entities: "+format, args...)
}

func (p *htmlParser) write(s string) {
	p.out.WriteString(s)
	p.units += utf16Len(s)
}

// reference decodes the four named references and the numeric ones; any other ampersand stands for itself.
func (p *htmlParser) reference() {
	rest := p.src[p.at:]
	if end := strings.IndexByte(rest[:min(len(rest), 12)], ';'); end > 1 {
		if r, ok := decodeReference(rest[1:end]); ok {
			p.write(string(r))
			p.at += end + 1
			return
		}
	}
	p.write("&")
	p.at++
}

func decodeReference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	}
	digits, numeric := strings.CutPrefix(name, "#")
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if !numeric || err != nil || n <= 0 || n > 0x10FFFF || n >= 0xD800 && n < 0xE000 {
		return 0, false
	}
	return rune(n), true
}

func (p *htmlParser) startTag() error {
	start := p.at
	end := tagEnd(p.src[start:])
	if end < 0 {
		return entitiesError("Unclosed start tag at byte offset %d", start)
	}
	inside := p.src[start+1 : start+end]
	name, rest := inside, ""
	if space := strings.IndexAny(inside, " \t\r\n"); space >= 0 {
		name, rest = inside[:space], inside[space:]
	}
	name = strings.ToLower(name)
	kind, ok := htmlTags[name]
	if !ok {
		return entitiesError("Unsupported start tag %q at byte offset %d", name, start)
	}
	tag := openTag{name: name, entity: models.MessageEntity{Type: kind, Offset: p.units}}
	if err := p.attribute(&tag, attributes(rest), start); err != nil {
		return err
	}
	p.open = append(p.open, tag)
	p.at = start + end + 1
	return nil
}

// attribute applies what the few tags with attributes need.
func (p *htmlParser) attribute(tag *openTag, attrs map[string]string, start int) error {
	switch tag.name {
	case "a":
		tag.entity.URL = attrs["href"]
	case "span":
		if attrs["class"] != "tg-spoiler" {
			return entitiesError(`Tag "span" must have class "tg-spoiler" at byte offset %d`, start)
		}
	case "blockquote":
		if _, ok := attrs["expandable"]; ok {
			tag.entity.Type = models.MessageEntityTypeExpandableBlockquote
		}
		for _, outer := range p.open {
			if outer.name == "blockquote" {
				return entitiesError("Blockquote entities can't be nested at byte offset %d", start)
			}
		}
	case "code":
		if n := len(p.open); n > 0 && p.open[n-1].name == "pre" {
			p.open[n-1].entity.Language, _ = strings.CutPrefix(attrs["class"], "language-")
			tag.entity.Type = "" // it only carries the language
		}
	case "tg-emoji":
		tag.entity.CustomEmojiID = attrs["emoji-id"]
		if tag.entity.CustomEmojiID == "" {
			return entitiesError(`Tag "tg-emoji" must have attribute "emoji-id" at byte offset %d`, start)
		}
	}
	return nil
}

func (p *htmlParser) endTag() error {
	start := p.at
	end := strings.IndexByte(p.src[start:], '>')
	if end < 0 {
		return entitiesError("Unclosed end tag at byte offset %d", start)
	}
	name := strings.ToLower(strings.TrimSpace(p.src[start+2 : start+end]))
	if len(p.open) == 0 {
		return entitiesError("Unexpected end tag at byte offset %d", start)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return entitiesError(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, start, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.at = start + end + 1
	p.close(tag)
	return nil
}

// close records the entity of a tag unless nothing was inside it, or nothing to link to.
func (p *htmlParser) close(tag openTag) {
	entity := tag.entity
	entity.Length = p.units - entity.Offset
	if entity.Length == 0 || entity.Type == "" {
		return
	}
	if tag.name == "a" && entity.URL == "" { // then the text itself is the address
		entity.URL = p.out.String()[p.out.Len()-entity.Length:]
		if !strings.Contains(entity.URL, ".") {
			return
		}
	}
	p.entities = append(p.entities, entity)
}

// tagEnd finds the closing > outside quotes.
func tagEnd(s string) int {
	var quote byte
	for i := range len(s) {
		switch {
		case quote != 0:
			if s[i] == quote {
				quote = 0
			}
		case s[i] == '"' || s[i] == '\'':
			quote = s[i]
		case s[i] == '>':
			return i
		}
	}
	return -1
}

// attributes reads name="value" pairs and bare names.
func attributes(s string) map[string]string {
	attrs := map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		end := strings.IndexAny(s, "= \t\r\n")
		if end < 0 {
			attrs[strings.ToLower(s)] = ""
			break
		}
		name := strings.ToLower(s[:end])
		s = strings.TrimLeft(s[end:], " \t\r\n")
		value := ""
		if after, ok := strings.CutPrefix(s, "="); ok {
			value, s = attributeValue(strings.TrimLeft(after, " \t\r\n"))
		}
		attrs[name] = value
	}
	return attrs
}

func attributeValue(s string) (value, rest string) {
	if s == "" {
		return "", ""
	}
	if s[0] == '"' || s[0] == '\'' {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return unescape(s[1 : 1+end]), s[end+2:]
		}
		return unescape(s[1:]), ""
	}
	end := strings.IndexAny(s, " \t\r\n")
	if end < 0 {
		end = len(s)
	}
	return unescape(s[:end]), s[end:]
}

func unescape(s string) string {
	p := &htmlParser{src: s}
	for p.at < len(s) {
		if s[p.at] == '&' {
			p.reference()
			continue
		}
		p.out.WriteByte(s[p.at])
		p.at++
	}
	return p.out.String()
}
