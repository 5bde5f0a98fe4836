package papers

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readWord reads the body of a docx: a paragraph is a line, a row of a table a row. Numbers that Word makes by itself are not
// part of the text; a paragraph that has one begins with its place in its list.
func readWord(data []byte) ([]Line, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	body, err := member(z, "word/document.xml")
	if err != nil {
		return nil, err
	}
	w := &word{numbering: readNumbering(z), count: make(map[string][]int)}
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return w.lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			w.start(t)
		case xml.EndElement:
			w.end(t.Name.Local)
		case xml.CharData:
			if w.text {
				w.par.Write(t)
			}
		}
	}
}

// member unpacks one file of the archive.
func member(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: no %s in it", ErrDamaged, name)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxUnzipped+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case len(data) > maxUnzipped:
		return nil, ErrTooLarge
	}
	return data, nil
}

// word is a document while it is read.
type word struct {
	lines     []Line
	par       strings.Builder
	text      bool // within a run's text
	deleted   int  // within what was struck out in a revision
	tables    int
	row       []string
	cell      strings.Builder
	list      string // the numbered list of the paragraph
	level     int
	numbering numbering
	count     map[string][]int
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (w *word) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		w.list, w.level = "", 0
	case "t":
		w.text = w.deleted == 0
	case "tab":
		w.par.WriteByte(' ')
	case "br", "cr":
		w.par.WriteByte('\n')
	case "del":
		w.deleted++
	case "tbl":
		w.tables++
	case "tr":
		if w.tables == 1 {
			w.row = nil
		}
	case "ilvl":
		_, _ = fmt.Sscan(attr(e, "val"), &w.level)
	case "numId":
		w.list = attr(e, "val")
	}
}

func (w *word) end(name string) {
	switch name {
	case "t":
		w.text = false
	case "del":
		w.deleted--
	case "p":
		w.paragraph()
	case "tc":
		if w.tables == 1 {
			w.row = append(w.row, strings.TrimSpace(w.cell.String()))
			w.cell.Reset()
		}
	case "tr":
		if w.tables == 1 {
			w.lines = append(w.lines, Line{Number: len(w.lines) + 1, Cells: w.row})
		}
	case "tbl":
		w.tables--
	}
}

// paragraph ends a paragraph: a line, or part of a cell.
func (w *word) paragraph() {
	text := w.numbered() + w.par.String()
	w.par.Reset()
	if w.tables > 0 {
		w.cell.WriteString(strings.ReplaceAll(text, "\n", " "))
		w.cell.WriteByte(' ')
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		w.lines = append(w.lines, Line{Number: len(w.lines) + 1, Text: line})
	}
}

// numbered is the number that Word would print before the paragraph.
func (w *word) numbered() string {
	l, ok := w.numbering[w.list]
	if !ok || w.list == "0" || w.level < 0 || w.level >= len(l) || w.par.Len() == 0 {
		return ""
	}
	at := w.count[w.list]
	for len(at) <= w.level {
		at = append(at, 0)
	}
	at = at[:w.level+1]
	at[w.level]++
	w.count[w.list] = at
	return l[w.level].print(at, l)
}
