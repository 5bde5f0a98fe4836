package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// reach is how many of the last days of December the notice for the next year may still change. New Year is bridged
// from there: 29 December 2018 was worked for the two days before 1 January 2019, and no notice since 2001 went further.
const reach = 3

// Year is the table of one year: which days the State Council's notice declares off, weekends inside a holiday
// included, and which Saturdays and Sundays it declares worked. It may name 29 to 31 December of the year before.
type Year struct {
	Year   int    `json:"year"`
	Source string `json:"source"` // the notice, and who compared it with what
	Status string `json:"status"` // StatusVerified or StatusCrossChecked
	Off    []Date `json:"off"`
	Work   []Date `json:"work"`
}

// How far a Year can be trusted.
const (
	StatusVerified     = "verified"      // compared with the text of the notice
	StatusCrossChecked = "cross-checked" // taken from one collection of notices and compared with another
)

// yearFile is a Year as it stands in a file, before its days are known to be days.
type yearFile struct {
	Year   *int      `json:"year"`
	Source string    `json:"source"`
	Status string    `json:"status"`
	Off    *[]string `json:"off"`
	Work   *[]string `json:"work"`
}

// ParseYear reads the JSON of one year. It refuses unknown, missing and doubled fields or days, days that do not
// exist or lie outside the year, a day both off and worked, a worked day that is not at a weekend, and a table that
// lacks the public days with a fixed date, since an empty table would quietly turn holidays into working days.
// Each error is Invalid with key "calendar.year" and names line, field, value and what was expected.
func ParseYear(data []byte) (Year, error) {
	y, err := parseYear(data)
	if err != nil {
		return Year{}, invalid("calendar.year", err)
	}
	return y, nil
}

func parseYear(data []byte) (Year, error) {
	f, err := decodeYear(data)
	if err != nil {
		return Year{}, err
	}
	y, err := f.head()
	if err != nil {
		return Year{}, err
	}
	if y.Off, err = y.parseDays(data, "off", *f.Off); err != nil {
		return Year{}, err
	}
	if y.Work, err = y.parseDays(data, "work", *f.Work); err != nil {
		return Year{}, err
	}
	return y, y.checkDays(data)
}

func decodeYear(data []byte) (yearFile, error) {
	var f yearFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("line %d: %w; want {\"year\", \"source\", \"status\", \"off\", \"work\"}",
			lineOfError(data, err), err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return f, fmt.Errorf("line %d: want nothing behind the closing brace", lineAt(data, int(dec.InputOffset())))
	}
	for _, field := range []struct {
		name    string
		missing bool
	}{{"year", f.Year == nil}, {"off", f.Off == nil}, {"work", f.Work == nil}} {
		if field.missing {
			return f, fmt.Errorf("field %q is missing", field.name)
		}
	}
	return f, nil
}

// head takes everything but the days.
func (f yearFile) head() (Year, error) {
	y := Year{Year: *f.Year, Source: f.Source, Status: f.Status}
	switch {
	case y.Year < 1900 || y.Year > 9999:
		return y, fmt.Errorf("year %d: want a year with four digits, such as 2026", y.Year)
	case strings.TrimSpace(y.Source) == "":
		return y, errors.New("source is empty: want the notice the days come from")
	case y.Status != StatusVerified && y.Status != StatusCrossChecked:
		return y, fmt.Errorf("status %q: want %q or %q", y.Status, StatusVerified, StatusCrossChecked)
	}
	return y, nil
}

func (y Year) parseDays(data []byte, field string, texts []string) ([]Date, error) {
	days := make([]Date, 0, len(texts))
	for i, text := range texts {
		at := fmt.Sprintf("line %d: %s[%d]", lineOf(data, text), field, i)
		d, err := ParseDate(text)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", at, err)
		case !y.holds(d):
			return nil, fmt.Errorf("%s: %s is outside the year: want %d-12-%d to %d-12-31",
				at, d, y.Year-1, 32-reach, y.Year)
		case slices.Contains(days, d):
			return nil, fmt.Errorf("%s: %s is there twice", at, d)
		case field == "work" && !d.weekend():
			return nil, fmt.Errorf("%s: %s is a %s: want a Saturday or Sunday that is worked", at, d, d.Weekday())
		}
		days = append(days, d)
	}
	slices.SortFunc(days, Date.Compare)
	return days, nil
}

func (y Year) checkDays(data []byte) error {
	for _, d := range y.Work {
		if slices.Contains(y.Off, d) {
			return fmt.Errorf("line %d: %s is both in off and in work", lineOf(data, d.String()), d)
		}
	}
	for _, p := range fixedDays {
		if d := (Date{y.Year, p.month, p.day}); y.Year >= p.since && !slices.Contains(y.Off, d) {
			return fmt.Errorf("off lacks the public day %s: want the whole table of the notice", d)
		}
	}
	return nil
}

// holds tells whether the notice of this year may speak of d.
func (y Year) holds(d Date) bool {
	return d.Year == y.Year || d.Year == y.Year-1 && reachedByNext(d)
}

// reachedByNext tells whether the notice for the year after d's may still change d.
func reachedByNext(d Date) bool { return d.Month == time.December && d.Day > 31-reach }

// lineOfError is the line at which decoding gave up, as far as err tells: an unknown field is known by its name only.
func lineOfError(data []byte, err error) int {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return lineAt(data, int(syntax.Offset))
	case errors.As(err, &wrongType):
		return lineAt(data, int(wrongType.Offset))
	default:
		_, name, _ := strings.Cut(err.Error(), `"`)
		return lineOf(data, strings.TrimSuffix(name, `"`))
	}
}

// lineOf is the line of the last place where text stands as a string, or 1.
func lineOf(data []byte, text string) int {
	return lineAt(data, max(0, bytes.LastIndex(data, []byte(`"`+text+`"`))))
}

func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(offset, len(data))], []byte("\n"))
}
