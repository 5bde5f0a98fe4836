package seeds

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// row is one line of a table with a heading.
type row struct {
	file   string
	line   int
	values map[string]string
	faults *faults
}

// bom is what some editors put before a text; a spreadsheet needs it, nobody else does.
var bom = []byte("\xef\xbb\xbf")

// readTable reads a CSV file whose first line names the columns, in any order; lines that begin with # are remarks.
// A column that is missing, unknown or there twice is a fault, as is a line with more or fewer values.
func readTable(file string, data []byte, columns []string, fs *faults) []row {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, bom)))
	r.Comment = '#'
	r.FieldsPerRecord = -1
	want := "the columns " + strings.Join(columns, ",")
	head, err := r.Read()
	if err != nil {
		fs.add(file, lineOfCSV(err, 1), want, "no heading can be read: %v", err)
		return nil
	}
	line, _ := r.FieldPos(0)
	sound := true
	for i, h := range head {
		head[i] = strings.TrimSpace(h)
		if !slices.Contains(columns, head[i]) || slices.Contains(head[:i], head[i]) {
			fs.add(file, line, want, "column %q is unknown or there twice", head[i])
			sound = false
		}
	}
	for _, c := range columns {
		if !slices.Contains(head, c) {
			fs.add(file, line, want, "column %q is missing", c)
			sound = false
		}
	}
	if !sound {
		return nil
	}
	var rows []row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			fs.add(file, lineOfCSV(err, 0), "comma-separated values, quoted where they contain a comma or quote", "%v", err)
			return rows
		}
		line, _ := r.FieldPos(0)
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue // a spreadsheet leaves empty lines behind
		}
		if len(record) != len(head) {
			fs.add(file, line, want, "%d values for %d columns", len(record), len(head))
			continue
		}
		values := make(map[string]string, len(head))
		for i, h := range head {
			values[h] = strings.TrimSpace(record[i])
		}
		rows = append(rows, row{file: file, line: line, values: values, faults: fs})
	}
}

// lineOfCSV is the line at which reading failed, or other when the error does not tell.
func lineOfCSV(err error, other int) int {
	var fault *csv.ParseError
	if errors.As(err, &fault) {
		return fault.Line
	}
	return other
}

func (r row) fault(want, what string, args ...any) { r.faults.add(r.file, r.line, want, what, args...) }

// wrong is a fault of one column.
func (r row) wrong(column, want, what string, args ...any) {
	r.fault(want, what, args...)
	r.faults.at(column)
}

// list is a value of several parts, separated by semicolons.
func (r row) list(column string) []string {
	var out []string
	for part := range strings.SplitSeq(r.values[column], ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// point reads the columns lon and lat; nil when both are empty.
func (r row) point() *geo.Point {
	lon, lat := r.values["lon"], r.values["lat"]
	if lon == "" && lat == "" {
		return nil
	}
	x, errLon := strconv.ParseFloat(lon, 64)
	y, errLat := strconv.ParseFloat(lat, 64)
	if errLon != nil || errLat != nil {
		r.wrong("lon", "two decimal numbers of degrees (WGS-84), or both empty", "lon %q, lat %q", lon, lat)
		return nil
	}
	p := geo.Point{Lon: x, Lat: y}
	if err := p.Valid(); err != nil {
		r.wrong("lon", "a place on earth, longitude first", "%v", err)
		return nil
	}
	return &p
}
