package workbook

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// Column is a column of a long table: its heading, how wide it is in characters, and whether its texts may run over lines.
type Column struct {
	Head  string
	Width float64
	Long  bool
}

// Rows is a workbook of one long sheet that is written row by row, so that it needs little memory however long it is. Days are
// days, figures are figures, and everything else is text: nothing that somebody wrote is ever a formula. The headings stay in
// sight and have filters.
type Rows struct {
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []Column
	name    string
	n       int

	bold, text, long, day, moment int
}

// MaxRows is how many rows a sheet holds, its heading not counted.
const MaxRows = 1<<20 - 2

// NewRows begins the workbook. Close it, whether it is written or not.
func NewRows(name string, columns []Column) (*Rows, error) {
	r := &Rows{file: excelize.NewFile(), columns: columns, name: sheetName(name)}
	if err := r.begin(); err != nil {
		_ = r.file.Close()
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return r, nil
}

func (r *Rows) begin() error {
	days, moments := dayPattern, dayPattern+" hh:mm"
	top := &excelize.Alignment{Vertical: "top"}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	for into, style := range map[*int]*excelize.Style{
		&r.bold: {
			Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		},
		&r.text: {NumFmt: 49, Alignment: top}, &r.long: {NumFmt: 49, Alignment: wrap},
		&r.day: {CustomNumFmt: &days, Alignment: top}, &r.moment: {CustomNumFmt: &moments, Alignment: top},
	} {
		id, err := r.file.NewStyle(style)
		if err != nil {
			return err
		}
		*into = id
	}
	if err := r.file.SetSheetName("Sheet1", r.name); err != nil {
		return err
	}
	var err error
	if r.stream, err = r.file.NewStreamWriter(r.name); err != nil {
		return err
	}
	heads := make([]any, len(r.columns))
	for i, c := range r.columns {
		if err := r.stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		heads[i] = excelize.Cell{StyleID: r.bold, Value: c.Head}
	}
	if err := r.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return r.stream.SetRow("A1", heads)
}

// Add writes a row. A time is a moment, or a day when it is midnight; the zero time, nil and the empty text are nothing.
// ErrTooLarge beyond MaxRows.
func (r *Rows) Add(cells ...any) error {
	if r.n >= MaxRows {
		return fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
	}
	r.n++
	out := make([]any, len(cells))
	for i, v := range cells {
		out[i] = r.cell(i, v)
	}
	at, err := excelize.CoordinatesToCellName(1, r.n+1)
	if err == nil {
		err = r.stream.SetRow(at, out)
	}
	if err != nil {
		return fmt.Errorf("workbook, row %d: %w", r.n, err)
	}
	return nil
}

func (r *Rows) cell(i int, v any) any {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
		if runes := []rune(v); len(runes) > maxCell {
			v = string(runes[:maxCell])
		}
		style := r.text
		if i < len(r.columns) && r.columns[i].Long {
			style = r.long
		}
		return excelize.Cell{StyleID: style, Value: clean(v)}
	case time.Time:
		if v.IsZero() {
			return nil
		}
		wall := time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC) // as the clock on the wall showed it
		if v.Hour() == 0 && v.Minute() == 0 {
			return excelize.Cell{StyleID: r.day, Value: wall}
		}
		return excelize.Cell{StyleID: r.moment, Value: wall}
	}
	return v
}

// Count is how many rows there are.
func (r *Rows) Count() int { return r.n }

// WriteTo ends the sheet and writes the workbook.
func (r *Rows) WriteTo(w io.Writer) (int64, error) {
	last, err := excelize.CoordinatesToCellName(len(r.columns), r.n+1)
	if err == nil {
		err = r.stream.Flush()
	}
	if err == nil {
		err = r.file.AutoFilter(r.name, "A1:"+last, nil)
	}
	if err != nil {
		return 0, fmt.Errorf("workbook: %w", err)
	}
	n, err := r.file.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("workbook: %w", err)
	}
	return n, nil
}

// Close lets go of what the workbook needed on disk.
func (r *Rows) Close() error { return r.file.Close() }
