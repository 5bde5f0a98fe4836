package texts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// sentence is a text with places: "{n} {n|report|reports} in {cell}".
type sentence struct {
	raw   string
	parts []part
}

// part is literal text, a place, or a choice between singular and plural.
type part struct {
	literal  string
	name     string
	one, all string // with name: what is said for 1 and for every other number
	choice   bool
}

var placeName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// parse reads a text. It fails on an empty text, on a brace that is not closed and on anything in braces that is neither
// a name nor a choice of two.
func parse(raw string) (sentence, error) {
	if strings.TrimSpace(raw) == "" {
		return sentence{}, errors.New("the text is empty")
	}
	s := sentence{raw: raw}
	rest := raw
	for rest != "" {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			s.parts = append(s.parts, part{literal: rest})
			break
		}
		if open > 0 {
			s.parts = append(s.parts, part{literal: rest[:open]})
		}
		end := strings.IndexByte(rest[open:], '}')
		if end < 0 {
			return sentence{}, fmt.Errorf("a { without } in %q", raw)
		}
		p, err := parsePlace(rest[open+1 : open+end])
		if err != nil {
			return sentence{}, err
		}
		s.parts = append(s.parts, p)
		rest = rest[open+end+1:]
	}
	return s, nil
}

func parsePlace(inner string) (part, error) {
	fields := strings.Split(inner, "|")
	if !placeName.MatchString(fields[0]) || len(fields) != 1 && len(fields) != 3 {
		return part{}, fmt.Errorf("{%s} is neither {name} nor {name|one|many}", inner)
	}
	if len(fields) == 1 {
		return part{name: fields[0]}, nil
	}
	return part{name: fields[0], one: fields[1], all: fields[2], choice: true}, nil
}

// fill writes the sentence with its places filled.
func (s sentence) fill(c *Catalogue, lang Lang, args Args) string {
	if len(s.parts) == 1 && s.parts[0].name == "" {
		return s.raw
	}
	var b strings.Builder
	for _, p := range s.parts {
		v, ok := args[p.name]
		switch {
		case p.name == "":
			b.WriteString(p.literal)
		case !ok:
			b.WriteString(missing(p.name))
		case p.choice:
			if n, isNumber := number(v); isNumber && n == 1 {
				b.WriteString(p.one)
			} else {
				b.WriteString(p.all)
			}
		default:
			b.WriteString(c.value(lang, v))
		}
	}
	return b.String()
}

// places lists the names of the sentence's places.
func (s sentence) places() map[string]bool {
	out := make(map[string]bool)
	for _, p := range s.parts {
		if p.name != "" {
			out[p.name] = true
		}
	}
	return out
}
