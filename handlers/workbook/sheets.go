package workbook

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Sheet is a table of figures to be read, and not to be sent back: headings first, then rows of texts, whole numbers, and
// other numbers, which are shown with two digits.
type Sheet struct {
	Name string
	Rows [][]any
}

// WriteSheets makes a workbook of sheets, with their headings in bold and kept in sight.
func WriteSheets(sheets []Sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	bold, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
	})
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	digits, err := f.NewStyle(&excelize.Style{NumFmt: 2})
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	for i, s := range sheets {
		name := sheetName(s.Name)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = writeSheet(f, name, s.Rows, bold, digits)
		}
		if err != nil {
			return nil, fmt.Errorf("workbook, sheet %d: %w", i+1, err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return out.Bytes(), nil
}

func writeSheet(f *excelize.File, name string, rows [][]any, bold, digits int) error {
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	width := 1
	for _, row := range rows {
		width = max(width, len(row))
	}
	if err := w.SetColWidth(1, 1, 22); err != nil {
		return err
	}
	if width > 1 {
		if err := w.SetColWidth(2, width, 12); err != nil {
			return err
		}
		if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
			return err
		}
	}
	for r, row := range rows {
		cells := make([]any, len(row))
		for i, v := range row {
			style := 0
			if _, fraction := v.(float64); fraction {
				style = digits
			}
			if r == 0 && len(rows) > 1 {
				style = bold
			}
			cells[i] = excelize.Cell{StyleID: style, Value: v}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", r+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
