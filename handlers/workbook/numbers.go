package workbook

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// kept is how many significant digits of a number a spreadsheet shows; what is stored behind them is how near a binary number
// comes.
const kept = 15

// numbers tells which cells of a sheet hold numbers and not texts: the sheet is read a second time, as it would be shown, and
// only a number is ever shown as something else than it is stored. Nothing is read before the first cell that needs it.
type numbers struct {
	file  *excelize.File
	sheet string
	rows  *excelize.Rows
	row   int
}

// plain writes the numbers of row n that are stored with an exponent or with more digits than anybody wrote as people write them.
// Texts stay as they are, and so do numbers of so many digits that the spreadsheet lost some.
func (x *numbers) plain(n int, cells []string) error {
	var shown []string
	for i, cell := range cells {
		decimal, strange := shorter(cell)
		if !strange {
			continue
		}
		if shown == nil {
			var err error
			if shown, err = x.shown(n); err != nil {
				return err
			}
		}
		if i < len(shown) && shown[i] != cell {
			cells[i] = decimal
		}
	}
	return nil
}

// shown is row n as it would be shown. Rows are asked for in their order.
func (x *numbers) shown(n int) ([]string, error) {
	if x.rows == nil {
		var err error
		if x.rows, err = x.file.Rows(x.sheet); err != nil {
			return nil, err
		}
	}
	for x.row < n && x.rows.Next() {
		x.row++
		if x.row == n {
			return x.rows.Columns(excelize.Options{})
		}
		if _, err := x.rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return nil, err
		}
	}
	return nil, x.rows.Error()
}

func (x *numbers) close() {
	if x.rows != nil {
		_ = x.rows.Close()
	}
}

// shorter is a number as people write it; false when it is written so already, or is no number.
func shorter(v string) (string, bool) {
	if !strings.ContainsAny(v, ".eE") || strings.Trim(v, "0123456789.eE+-") != "" {
		return "", false
	}
	digits, _, exponent := strings.Cut(strings.ToLower(v), "e")
	if !exponent && len(strings.TrimLeft(strings.ReplaceAll(digits, ".", ""), "-0")) <= kept {
		return "", false
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || math.Abs(f) >= 1e15 || f != 0 && math.Abs(f) < 1e-15 {
		return "", false
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', kept-1, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64), err == nil
}
