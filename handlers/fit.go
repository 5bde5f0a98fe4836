package handlers

import (
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What Telegram takes, in UTF-16 units of what is seen: tags do not count, an entity counts as its character (Bot API,
// sendMessage and sendPhoto).
const (
	textLimit    = 4096
	captionLimit = 1024
)

// fit cuts Telegram HTML so that what is seen of it has at most limit units. It cuts between characters, never inside a
// tag or an entity, and closes what is open. A sentence that is cut is better than one that Telegram refuses whole.
func fit(text string, limit int) string {
	if len(text) <= limit || seen(text) <= limit {
		return text
	}
	var out strings.Builder
	var open []string
	for n := 0; text != ""; {
		p, units := piece(text)
		if n += units; n > limit-1 {
			break
		}
		switch {
		case units > 0:
		case strings.HasPrefix(p, "</"):
			open = open[:max(len(open)-1, 0)]
		default:
			name, _, _ := strings.Cut(strings.Trim(p, "<>"), " ")
			open = append(open, name)
		}
		out.WriteString(p)
		text = text[len(p):]
	}
	out.WriteString("…")
	for i := len(open) - 1; i >= 0; i-- {
		out.WriteString("</" + open[i] + ">")
	}
	return out.String()
}

// seen is the length of Telegram HTML as Telegram counts it.
func seen(text string) int {
	n := 0
	for text != "" {
		p, units := piece(text)
		n += units
		text = text[len(p):]
	}
	return n
}

// piece is the first tag, entity or character of Telegram HTML, and how many units are seen of it.
func piece(text string) (first string, units int) {
	const longestEntity = 10
	switch text[0] {
	case '<':
		if end := strings.IndexByte(text, '>'); end > 0 {
			return text[:end+1], 0
		}
	case '&':
		if end := strings.IndexByte(text[:min(len(text), longestEntity)], ';'); end > 0 {
			return text[:end+1], len(utf16.Encode([]rune(html.UnescapeString(text[:end+1]))))
		}
	}
	r, size := utf8.DecodeRuneInString(text)
	return text[:size], max(utf16.RuneLen(r), 1)
}
