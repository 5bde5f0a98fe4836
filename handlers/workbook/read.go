package workbook

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Limits of a file that is read. A roster of two thousand appointments is some 200 KiB.
const (
	MaxBytes    = 2 << 20  // of the file
	maxUnzipped = 32 << 20 // of all that is packed in it
	maxRows     = 5000
	maxColumns  = 40
	maxCell     = 32767 // characters: what a spreadsheet itself can hold
	maxBlank    = 200   // rows in a row, after which nothing more is looked for
)

// What keeps a file from being read. Ask with errors.Is.
var (
	ErrTooLarge = errors.New("too large")
	ErrDamaged  = errors.New("no spreadsheet that can be read")
)

// Grid is a sheet as it was read: rows of cells, as texts; a date may be the number of its day.
type Grid struct {
	Rows     []Line
	Date1904 bool // days are counted from 1904 and not from 1900
}

// Line is one row and where it stood, from 1.
type Line struct {
	Number int
	Cells  []string
}

// Read reads the first sheet of a workbook, or a CSV file in UTF-8 or GBK. ErrTooLarge or ErrDamaged. Whatever the bytes
// are, it ends soon and takes no more than some times maxUnzipped.
func Read(ctx context.Context, data []byte) (g Grid, err error) {
	defer func() {
		if r := recover(); r != nil { // the library is fed by strangers
			g, err = Grid{}, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	switch {
	case len(data) > MaxBytes:
		return Grid{}, ErrTooLarge
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readWorkbook(ctx, data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")): // the format of before 2007, or one with a password
		return Grid{}, fmt.Errorf("%w: the old format", ErrDamaged)
	}
	return readCSV(ctx, data)
}

func readWorkbook(ctx context.Context, data []byte) (Grid, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return Grid{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer func() { _ = f.Close() }()
	g := Grid{}
	if props, propsErr := f.GetWorkbookProps(); propsErr == nil && props.Date1904 != nil {
		g.Date1904 = *props.Date1904
	}
	names := f.GetSheetList()
	if len(names) == 0 {
		return Grid{}, fmt.Errorf("%w: it has no sheet", ErrDamaged)
	}
	rows, err := f.Rows(names[0])
	if err != nil {
		return Grid{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer func() { _ = rows.Close() }()
	stored := numbers{file: f, sheet: names[0]}
	defer stored.close()
	blank := 0
	for n := 1; rows.Next() && blank < maxBlank; n++ {
		if ctx.Err() != nil {
			return Grid{}, ctx.Err()
		}
		cells, err := rows.Columns()
		if err == nil {
			err = stored.plain(n, cells)
		}
		if err != nil {
			return Grid{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		added, err := g.add(n, cells)
		if err != nil {
			return Grid{}, err
		}
		blank++
		if added {
			blank = 0
		}
	}
	return g, nil
}

// add keeps a row that is not empty.
func (g *Grid) add(n int, cells []string) (bool, error) {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return false, nil
	}
	if len(cells) > maxColumns || len(g.Rows) > maxRows {
		return false, ErrTooLarge
	}
	for i, c := range cells {
		if utf8.RuneCountInString(c) > maxCell {
			return false, ErrTooLarge
		}
		cells[i] = clean(c)
	}
	g.Rows = append(g.Rows, Line{Number: n, Cells: cells})
	return true, nil
}

// clean drops what has no business in a text: control characters, broken UTF-8, and the private-use characters that mark
// numbers in the store.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r':
			return '\n'
		case r < ' ', r == 0x7f, r >= '\uE000' && r <= '\uF8FF', r == '\uFFFD', r == '\uFEFF':
			return -1
		}
		return r
	}, s))
}

// readCSV reads comma-separated values; what is not UTF-8 is what spreadsheets on Chinese Windows write.
func readCSV(ctx context.Context, data []byte) (Grid, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return Grid{}, fmt.Errorf("%w: neither a workbook nor a text", ErrDamaged)
	}
	if !utf8.Valid(data) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			return Grid{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		data = decoded
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, separator(data)
	var g Grid
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return Grid{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if ctx.Err() != nil {
			return Grid{}, ctx.Err()
		}
		n, _ := r.FieldPos(0)
		if _, err := g.add(n, record); err != nil {
			return Grid{}, err
		}
	}
}

// separator is what stands most often between the headings.
func separator(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, r := range ";\t" {
		if bytes.Count(head, []byte(string(r))) > bytes.Count(head, []byte(string(best))) {
			best = r
		}
	}
	return best
}
