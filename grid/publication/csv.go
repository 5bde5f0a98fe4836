package publication

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// CSV is the content in one language as a table for spreadsheets: UTF-8 with the mark that they look for, each table below its
// caption. What a spreadsheet would take for a formula is written as text.
func (c Content) CSV(lang string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	line := func(words ...Words) {
		cells := make([]string, len(words))
		for i, x := range words {
			cells[i] = AsText(x.In(lang))
		}
		_ = w.Write(cells) // into memory
	}
	line(c.Title)
	if len(c.Intro) > 0 {
		line(c.Intro)
	}
	for _, t := range c.Tables {
		line(Same(""))
		line(t.Caption)
		line(t.Columns...)
		for _, r := range t.Rows {
			line(r.Cells...)
		}
	}
	if len(c.Notes) > 0 {
		line(Same(""))
	}
	for _, n := range c.Notes {
		line(n)
	}
	w.Flush()
	return b.Bytes()
}

// AsText keeps a spreadsheet from computing what somebody wrote; numbers with a sign stay numbers.
func AsText(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if strings.Trim(s[1:], "0123456789.%") == "" && s[0] != '=' && s[0] != '@' {
		return s
	}
	return "'" + s
}
