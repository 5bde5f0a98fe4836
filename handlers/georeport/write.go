package georeport

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// writer writes one value as XML or as JSON by the Spark convention. Both come from the same calls, so that they cannot
// tell different things.
type writer struct {
	xml   bool
	zone  *time.Location
	buf   []byte
	inner []byte // what is open in JSON: { or [
}

const xmlHead = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

// open begins a list or an object; in JSON a list's elements and the whole have no names.
func (w *writer) open(name string, bracket byte) {
	w.name(name)
	if !w.xml {
		w.buf, w.inner = append(w.buf, bracket), append(w.inner, bracket)
	}
}

// name writes what goes before a value.
func (w *writer) name(name string) {
	if w.xml {
		w.buf = append(append(append(w.buf, '<'), name...), '>')
		return
	}
	if n := len(w.buf); n > 0 && w.buf[n-1] != '[' && w.buf[n-1] != '{' {
		w.buf = append(w.buf, ',')
	}
	if n := len(w.inner); n > 0 && w.inner[n-1] == '{' {
		w.buf = append(append(append(w.buf, '"'), name...), '"', ':')
	}
}

// end writes what goes behind a value.
func (w *writer) end(name string) {
	if w.xml {
		w.buf = append(append(append(w.buf, '<', '/'), name...), '>')
	}
}

func (w *writer) closed(name string) {
	w.end(name)
	if n := len(w.inner); !w.xml && n > 0 {
		w.buf = append(w.buf, w.inner[n-1]+2) // ] and } stand two behind [ and {
		w.inner = w.inner[:n-1]
	}
}

// list writes what a function puts into it, as a list.
func (w *writer) list(name string, fill func()) {
	w.open(name, '[')
	fill()
	w.closed(name)
}

// object does the same for an object.
func (w *writer) object(name string, fill func()) {
	w.open(name, '{')
	fill()
	w.closed(name)
}

// text writes a string; an empty one is null.
func (w *writer) text(name, v string) {
	w.name(name)
	switch {
	case w.xml:
		w.buf = appendXML(w.buf, v)
	case v == "":
		w.buf = append(w.buf, "null"...)
	default:
		w.buf = appendJSON(w.buf, v)
	}
	w.end(name)
}

// flag writes a boolean.
func (w *writer) flag(name string, v bool) {
	w.name(name)
	w.buf = strconv.AppendBool(w.buf, v)
	w.end(name)
}

// whole writes an integer.
func (w *writer) whole(name string, v int) {
	w.name(name)
	w.buf = strconv.AppendInt(w.buf, int64(v), 10)
	w.end(name)
}

// degrees writes a coordinate. Six digits are a tenth of a metre.
func (w *writer) degrees(name string, v float64) {
	w.name(name)
	w.buf = appendDegrees(w.buf, v)
	w.end(name)
}

func appendDegrees(b []byte, v float64) []byte {
	b = strconv.AppendFloat(b, v, 'f', 6, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = append(b, '0')
	}
	return b
}

// moment writes a time by the W3C's note on dates: to the second, with the zone. The zero time is null.
func (w *writer) moment(name string, v time.Time) {
	if v.IsZero() {
		w.text(name, "")
		return
	}
	w.name(name)
	if w.xml {
		w.buf = v.In(w.zone).AppendFormat(w.buf, time.RFC3339)
	} else {
		w.buf = append(v.In(w.zone).AppendFormat(append(w.buf, '"'), time.RFC3339), '"')
	}
	w.end(name)
}

// legal tells whether XML 1.0 and JSON both may hold a character.
func legal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// appendXML writes the characters of an element. What XML cannot hold is left out.
func appendXML(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '\r':
			b = append(b, "&#13;"...)
		case legal(r):
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// appendJSON writes a string with its quotes. What XML cannot hold is left out here, too, so that both say the same.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\u2028':
			b = append(b, `\u2028`...)
		case r == '\u2029':
			b = append(b, `\u2029`...)
		case legal(r):
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
