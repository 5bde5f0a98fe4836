package workbook

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid/sheet"
)

// layout is a table in the words of a language, ready to be written.
type layout struct {
	name    string // of the sheet
	notes   string // of the sheet that explains it
	lists   string // of the hidden sheet with what may be chosen
	columns []heading
	rows    [][]string
	explain [][]string
}

// heading is one column.
type heading struct {
	label string
	form  sheet.Form
	shown bool
	of    []string // what may be chosen, as people read it
	width float64
}

const (
	spare      = 500 // rows below the last one in which choosing works, too
	nameLimit  = 31  // characters of a sheet's name
	dayPattern = "yyyy-mm-dd"
)

// write makes the workbook. It fails when a value is longer than a cell can hold: a cut-off text must not come back.
func (l layout) write() ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	w := &writer{File: f, layout: l}
	for _, step := range []func() error{w.names, w.styles, w.head, w.body, w.choices, w.explanation} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("write workbook: %w", err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return out.Bytes(), nil
}

type writer struct {
	*excelize.File
	layout

	bold, text, long, grey, date int
}

// names makes the sheets.
func (w *writer) names() error {
	w.name, w.notes, w.lists = sheetName(w.name), sheetName(w.notes), sheetName(w.lists)
	if err := w.SetSheetName("Sheet1", w.name); err != nil {
		return err
	}
	for _, name := range []string{w.notes, w.lists} {
		if _, err := w.NewSheet(name); err != nil {
			return err
		}
	}
	return w.SetSheetVisible(w.lists, false)
}

// sheetName leaves out what no sheet may be called.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > nameLimit {
		return string(runes[:nameLimit])
	}
	return s
}

func (w *writer) styles() error {
	pattern := dayPattern
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	for into, style := range map[*int]*excelize.Style{
		&w.bold: {
			Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		},
		&w.text: {NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top"}},
		&w.long: {NumFmt: 49, Alignment: top},
		&w.grey: {NumFmt: 49, Font: &excelize.Font{Color: "808080"}, Alignment: top},
		&w.date: {CustomNumFmt: &pattern, Alignment: &excelize.Alignment{Vertical: "top"}},
	} {
		id, err := w.NewStyle(style)
		if err != nil {
			return err
		}
		*into = id
	}
	return nil
}

func (h heading) style(w *writer) int {
	switch {
	case h.shown:
		return w.grey
	case h.form == sheet.Day:
		return w.date
	case h.form == sheet.Long, h.form == sheet.Words:
		return w.long
	}
	return w.text
}

// head writes the headings and keeps them in sight.
func (w *writer) head() error {
	for i, h := range w.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.SetColStyle(w.name, letter, h.style(w)); err != nil {
			return err
		}
		if err := w.SetColWidth(w.name, letter, letter, h.width); err != nil {
			return err
		}
		if err := w.SetCellStr(w.name, letter+"1", h.label); err != nil {
			return err
		}
		if err := w.SetCellStyle(w.name, letter+"1", letter+"1", w.bold); err != nil {
			return err
		}
	}
	return w.SetPanes(w.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (w *writer) body() error {
	for y, row := range w.rows {
		for x, v := range row {
			if v == "" {
				continue
			}
			if err := w.cell(x, y+2, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell writes one value: a day as a day, everything else as a text, so that codes keep their digits and nothing is a
// formula.
func (w *writer) cell(x, y int, v string) error {
	at, err := excelize.CoordinatesToCellName(x+1, y)
	if err != nil {
		return err
	}
	if utf8.RuneCountInString(v) > maxCell {
		return fmt.Errorf("%s: %w: more than %d characters", at, ErrTooLarge, maxCell)
	}
	h := w.columns[x]
	if h.form == sheet.Day {
		if day, dayErr := time.Parse(time.DateOnly, v); dayErr == nil {
			if err := w.SetCellValue(w.name, at, day); err != nil {
				return err
			}
			return w.SetCellStyle(w.name, at, at, w.date)
		}
	}
	if err := w.SetCellStr(w.name, at, clean(v)); err != nil {
		return err
	}
	return w.SetCellStyle(w.name, at, at, h.style(w))
}

// choices puts what may be chosen into a hidden sheet and offers it in the cells: a list in the cells themselves may have
// 255 characters only.
func (w *writer) choices() error {
	for i, h := range w.columns {
		if len(h.of) == 0 || h.shown || h.form == sheet.Choices {
			continue
		}
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		for y, choice := range h.of {
			if err := w.SetCellStr(w.lists, fmt.Sprintf("%s%d", letter, y+1), choice); err != nil {
				return err
			}
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, len(w.rows)+1+spare)
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", w.lists, letter, letter, len(h.of)))
		if err := w.AddDataValidation(w.name, v); err != nil {
			return err
		}
	}
	return nil
}

// explanation says on the second sheet what goes into each column.
func (w *writer) explanation() error {
	for y, row := range w.explain {
		for x, v := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if err := w.SetCellStr(w.notes, at, clean(v)); err != nil {
				return err
			}
			style := w.long
			if y == 0 || x == 0 {
				style = w.bold
			}
			if err := w.SetCellStyle(w.notes, at, at, style); err != nil {
				return err
			}
		}
	}
	if err := w.SetColWidth(w.notes, "A", "A", 20); err != nil {
		return err
	}
	return w.SetColWidth(w.notes, "B", "B", 90)
}
