package texts

import (
	"html"
	"strconv"
	"strings"
)

// Args are what goes into the {places} of a sentence, by name. Strings and numbers are escaped and written as they are;
// see Raw, Text, Names and List for the rest.
type Args map[string]any

// Raw is Telegram HTML that was made by the program and is not escaped again. Never what a person wrote.
type Raw string

// Text is another sentence of the catalogue, said in the language of the sentence it goes into. The zero Text says
// nothing.
type Text struct {
	Key  string `json:"k"`
	Args Args   `json:"a,omitempty"`
}

// Names is a name by language: Names{"zh-CN": …}. What a language lacks is called as in the reference language, or by
// the name under "" where there is none either.
type Names map[string]string

// Name is a name that is the same in every language.
func Name(s string) Names { return Names{"": s} }

// In is the name in that language.
func (n Names) In(lang Lang) string {
	for _, l := range []string{string(lang), string(Reference), ""} {
		if s := n[l]; s != "" {
			return s
		}
	}
	for _, s := range n {
		return s
	}
	return ""
}

// List is several values in a row, with the separator of the language between them.
type List []any

// Lines are several values, each on a line of its own.
type Lines []any

// Parts are several values one behind the other.
type Parts []any

// value writes one argument in that language.
func (c *Catalogue) value(lang Lang, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case Raw:
		return string(v)
	case string:
		return html.EscapeString(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case Text:
		if v.Key == "" {
			return ""
		}
		return c.T(lang, v.Key, v.Args)
	case Names:
		return html.EscapeString(v.In(lang))
	case map[string]string:
		return html.EscapeString(Names(v).In(lang))
	case List:
		return strings.Join(c.values(lang, v), c.T(lang, "list.separator", nil))
	case Parts:
		return strings.Join(c.values(lang, v), "")
	case Lines:
		return strings.Join(c.values(lang, v), "\n")
	default:
		return missing("?")
	}
}

func (c *Catalogue) values(lang Lang, all []any) []string {
	parts := make([]string, 0, len(all))
	for _, e := range all {
		parts = append(parts, c.value(lang, e))
	}
	return parts
}

// Plain is the sentence without Telegram HTML: for the labels of buttons, which know none.
func (c *Catalogue) Plain(lang Lang, key string, args Args) string {
	return html.UnescapeString(c.T(lang, key, args))
}

// number is the value as a number, for choosing singular or plural.
func number(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil
	}
	return 0, false
}
