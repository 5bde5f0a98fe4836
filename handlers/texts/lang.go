package texts

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language of the catalogue, as a BCP 47 tag.
type Lang string

// The languages. Chinese is the reference: what another language lacks is said in Chinese.
const (
	Chinese   Lang = "zh-CN"
	English   Lang = "en"
	Reference      = Chinese
)

// Langs lists the languages of the catalogue, the reference first.
func Langs() []Lang { return []Lang{Chinese, English} }

// Own is the key of the language's name in itself.
func (l Lang) Own() string { return "lang.name." + strings.ToLower(string(l)) }

type matcher struct {
	match language.Matcher
	local []language.Base
}

func newMatcher() matcher {
	tags := make([]language.Tag, 0, len(Langs()))
	for _, l := range Langs() {
		tags = append(tags, language.MustParse(string(l)))
	}
	m := matcher{match: language.NewMatcher(tags)}
	// Languages of Qinghai and its neighbours whose speakers here read Chinese sooner than English.
	for _, code := range []string{"bo", "ug", "mn", "ii", "za", "kk"} {
		if base, err := language.ParseBase(code); err == nil {
			m.local = append(m.local, base)
		}
	}
	return m
}

// Match chooses the language for what Telegram, or the person, says: zh-hans, zh_CN, zh-TW and bo are Chinese, en-GB is
// English, everything that is not known is the reference.
func (c *Catalogue) Match(tag string) Lang {
	parsed, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"))
	if err != nil {
		return Reference
	}
	base, _ := parsed.Base()
	if slices.Contains(c.matcher.local, base) {
		return Chinese
	}
	_, index, confidence := c.matcher.match.Match(parsed)
	if confidence == language.No {
		return Reference
	}
	return Langs()[index]
}
