// Package papers turns the files in which offices send documents into lines of text: plain text in UTF-8, UTF-16 and GB18030,
// web pages, Word (docx), and PDF with text in it. What the lines mean is not its business.
package papers

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Limits of a file that is read.
const (
	MaxBytes    = 20 << 20 // of the file
	maxUnzipped = 64 << 20 // of the text packed in it
)

// What keeps a file from being read. Ask with errors.Is.
var (
	ErrTooLarge = errors.New("the file is too large")
	ErrDamaged  = errors.New("the file cannot be read")
	ErrOldWord  = errors.New("this is the Word format of before 2007: save it as docx")
	ErrLetters  = errors.New("the letters of this PDF cannot be told apart: save it as docx or text")
	ErrPicture  = errors.New("there is no text in this PDF, only pictures: have a text recognition read it first")
)

// Line is a line of text, or a row of a table.
type Line struct {
	Number int      // from 1; of what the file would look like as plain text
	Text   string   // empty for a row
	Cells  []string // of a row
}

// Read reads a file by what is in it, whatever it is called. Whatever the bytes are, it ends with lines or an error.
func Read(data []byte) (lines []Line, err error) {
	defer func() {
		if r := recover(); r != nil { // libraries are fed by strangers
			lines, err = nil, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	switch {
	case len(data) > MaxBytes:
		return nil, ErrTooLarge
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWord(data)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return readPDF(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, ErrOldWord
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if page.MatchString(text[:min(len(text), 2048)]) {
		text = plain(text)
	}
	return plainLines(text), nil
}

// decode tells UTF-8, UTF-16 and GB18030 apart.
func decode(data []byte) (string, error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), nil
	default:
		e = simplifiedchinese.GB18030
	}
	text, err := e.NewDecoder().String(string(data))
	if err != nil || strings.ContainsRune(text, utf8.RuneError) {
		return "", fmt.Errorf("%w: neither UTF-8 nor GB18030", ErrDamaged)
	}
	return text, nil
}

// plainLines takes a text apart. A line with two tabs or more is the row of a table.
func plainLines(text string) []Line {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u2028", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	out := make([]Line, 0, len(lines))
	for i, line := range lines {
		l := Line{Number: i + 1, Text: line}
		if cells := strings.Split(line, "\t"); len(cells) >= 3 && strings.TrimSpace(cells[0]) != "" {
			l.Text, l.Cells = "", cells
		}
		out = append(out, l)
	}
	return out
}

var (
	page   = regexp.MustCompile(`(?i)<(!doctype html|html|body|p|div|table)[ >]`)
	unseen = regexp.MustCompile(`(?is)<(script|style|head)[ >].*?</(script|style|head)>|<!--.*?-->`)
	ends   = regexp.MustCompile(`(?i)<br */?>|</(p|div|tr|li|h[1-6]|title)>`)
	cell   = regexp.MustCompile(`(?i)</t[dh]>`)
	tag    = regexp.MustCompile(`(?s)<[a-zA-Z/!][^>]*>`)
	blank  = regexp.MustCompile(`[ \t]*[\r\n]+[ \t]*`)
)

// plain is what a web page says.
func plain(text string) string {
	text = unseen.ReplaceAllString(text, "")
	text = blank.ReplaceAllString(text, "") // line ends of the source say nothing
	text = ends.ReplaceAllString(text, "\n")
	text = cell.ReplaceAllString(text, "\t")
	return html.UnescapeString(tag.ReplaceAllString(text, ""))
}
