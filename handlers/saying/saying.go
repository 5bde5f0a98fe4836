// Package saying shows what is said on Telegram in a page: the same words and the same buttons, as HTML that can hold nothing
// else, whatever a message says.
package saying

import (
	"html"
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Saying is a message as a page shows it.
type Saying struct {
	At       time.Time
	Text     template.HTML
	Rows     [][]ledger.Button // pressed by sending back their Data; URL and Copy need no press
	Keys     []string          // ready answers: sending one is saying it
	Pictures []string          // SHA-256 of showing copies
	Document *ledger.Document
	Paper    *ledger.Paper
	Point    *geo.Point
	Chart    []byte // PNG
}

// Of turns a message into what a page shows. Pictures that only Telegram has are left out; keys that would send a place or
// a phone's number, too.
func Of(m ledger.Message) Saying {
	s := Saying{At: m.At, Text: HTML(m.Text), Rows: m.Rows, Document: m.Document, Paper: m.Paper, Point: m.Point, Chart: m.Image}
	for _, row := range m.Ask {
		for _, k := range row {
			if !k.Location && !k.Contact {
				s.Keys = append(s.Keys, k.Text)
			}
		}
	}
	for _, p := range m.Photos {
		if !strings.Contains(p, ":") {
			s.Pictures = append(s.Pictures, p)
		}
	}
	return s
}

// All turns messages into what a page shows.
func All(messages []ledger.Message) []Saying {
	out := make([]Saying, len(messages))
	for i, m := range messages {
		out[i] = Of(m)
	}
	return out
}

// marks are the tags of Telegram's HTML (Bot API, "HTML style") and what a page writes for them.
var marks = map[string]string{
	"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
	"code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "span", "span": "span",
}

// HTML makes safe HTML of Telegram's: the tags that Telegram has, without attributes, closed where they were left open; links
// to http and https; every other character as text.
func HTML(text string) template.HTML {
	var b strings.Builder
	var open []string
	for text != "" {
		lt := strings.IndexByte(text, '<')
		if lt < 0 {
			lt = len(text)
		}
		words(&b, text[:lt])
		text = text[lt:]
		if text == "" {
			break
		}
		gt := strings.IndexByte(text, '>')
		if gt < 0 {
			words(&b, text)
			break
		}
		open = tag(&b, text[1:gt], open)
		text = text[gt+1:]
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	return template.HTML(b.String()) //nolint:gosec // made of the marks above and of escaped text only
}

func words(b *strings.Builder, text string) {
	safe := html.EscapeString(html.UnescapeString(text))
	b.WriteString(strings.ReplaceAll(safe, "\n", "<br>\n"))
}

// tag writes one tag, if it is one of Telegram's, and tells what is open now.
func tag(b *strings.Builder, inner string, open []string) []string {
	if name, closing := strings.CutPrefix(inner, "/"); closing {
		name = mark(name)
		if n := len(open); n > 0 && name != "" && open[n-1] == name {
			b.WriteString("</" + name + ">")
			return open[:n-1]
		}
		return open
	}
	name, rest, _ := strings.Cut(inner, " ")
	name = mark(name)
	if name == "" {
		return open
	}
	if name == "a" {
		b.WriteString(`<a rel="noopener noreferrer" href="` + html.EscapeString(address(rest)) + `">`)
	} else {
		b.WriteString("<" + name + ">")
	}
	return append(open, name)
}

func mark(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "a" {
		return name
	}
	return marks[name]
}

// address is where a link leads, if it leads to another page.
func address(attributes string) string {
	_, href, ok := strings.Cut(attributes, `href="`)
	href, _, closed := strings.Cut(href, `"`)
	u, err := url.Parse(html.UnescapeString(href))
	if !ok || !closed || err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "#"
	}
	return u.String()
}
