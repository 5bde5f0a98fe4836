package calendar_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

func TestParseLimit(t *testing.T) {
	for text, want := range map[string]calendar.Limit{
		"3wd": {N: 3, Unit: calendar.Workday}, "60d": {N: 60, Unit: calendar.Day}, "5min": {N: 5, Unit: calendar.Minute},
		"4h": {N: 4, Unit: calendar.Hour}, "9999d": {N: 9999, Unit: calendar.Day},
	} {
		if got, err := calendar.ParseLimit(text); err != nil || got != want {
			t.Errorf("ParseLimit(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "3", "d", "wd", "0d", "-3d", "+3d", "03d", " 3d", "3d ", "3 d", "3D", "3WD", "3w", "3dw", "3wdd", "3dd", "3m", "3mi", "3hmin",
		"3hd", "1.5h", "1e3d", "10000d", "99999999999999999999d", "３d", "三日", "3m", "d3", "0x3d",
	} {
		got, err := calendar.ParseLimit(text)
		var e *grid.Error
		if got != (calendar.Limit{}) || !errors.As(err, &e) || e.Code != grid.Invalid || e.Key != "calendar.limit" {
			t.Errorf("ParseLimit(%q) = %v, %v", text, got, err)
		}
	}
}

func TestLimitInJSON(t *testing.T) {
	type settings struct {
		Reply calendar.Limit `json:"reply"`
	}
	var s settings
	if err := json.Unmarshal([]byte(`{"reply":"15d"}`), &s); err != nil || s.Reply.String() != "15d" {
		t.Fatalf("%v, %v", s, err)
	}
	if data, err := json.Marshal(s); err != nil || string(data) != `{"reply":"15d"}` {
		t.Errorf("%s, %v", data, err)
	}
	if err := json.Unmarshal([]byte(`{"reply":"15"}`), &s); grid.CodeOf(err) != grid.Invalid || s.Reply.N != 15 {
		t.Errorf("a wrong limit: %v, %v", s, err)
	}
	if _, err := json.Marshal(settings{}); err == nil {
		t.Error("the zero limit cannot be read back and so must not be written")
	}
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"2026-02-29", "2026-2-3", "26-02-03", "2026-02-03T00:00:00Z", "", "2026/02/03", " 2026-02-03"} {
		if d, err := calendar.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s", text, d)
		}
	}
	var d calendar.Date
	if err := json.Unmarshal([]byte(`"2024-02-29"`), &d); err != nil || d.AddDays(1).String() != "2024-03-01" {
		t.Errorf("%s, %v", d, err)
	}
	if err := json.Unmarshal([]byte(`"2023-02-29"`), &d); err == nil {
		t.Error("2023-02-29 does not exist")
	}
}

// goodYear is the smallest table that can be right.
const goodYear = `{
  "year": 2025,
  "source": "the notice",
  "status": "verified",
  "off": ["2024-12-31", "2025-01-01", "2025-05-01", "2025-05-02", "2025-10-01", "2025-10-02", "2025-10-03"],
  "work": ["2025-01-26"]
}`

func TestParseYear(t *testing.T) {
	y, err := calendar.ParseYear([]byte(goodYear))
	if err != nil || y.Year != 2025 || y.Source != "the notice" || y.Status != calendar.StatusVerified ||
		len(y.Off) != 7 || y.Off[0].String() != "2024-12-31" || len(y.Work) != 1 {
		t.Errorf("%+v, %v", y, err)
	}
}

func TestParseYearSaysWhatIsWrong(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"not JSON", `"year": 2025,`, `"year": 2025`, "line 3"},
		{"wrong type", `"year": 2025`, `"year": "2025"`, "line 2: json"},
		{"unknown field", `"year"`, `"jahr"`, `line 2: json: unknown field "jahr"`},
		{"missing field", `  "year": 2025,`, "", `"year" is missing`},
		{"missing days", `"work": ["2025-01-26"]`, `"work": null`, `"work" is missing`},
		{"trailing text", `"work": ["2025-01-26"]` + "\n}", `"work": ["2025-01-26"]` + "\n}\n{}", "line 8: want nothing"},
		{"year out of range", `2025,`, `25,`, "year 25: want"},
		{"no source", `"the notice"`, `" "`, "source is empty"},
		{"strange status", `"verified"`, `"sure"`, `status "sure": want "verified" or "cross-checked"`},
		{"no such day", `"2025-10-03"`, `"2025-10-33"`, `line 5: off[6]: date "2025-10-33": want`},
		{"other format", `"2025-10-03"`, `"2025/10/03"`, `line 5: off[6]: date "2025/10/03": want`},
		{"later year", `"2025-10-03"`, `"2026-01-01"`, "line 5: off[6]: 2026-01-01 is outside the year: want 2024-12-29 to 2025-12-31"},
		{"too early", `"2024-12-31"`, `"2024-12-28"`, "off[0]: 2024-12-28 is outside"},
		{"twice", `"2025-10-03"`, `"2025-10-02"`, "off[6]: 2025-10-02 is there twice"},
		{"make-up on a weekday", `"2025-01-26"`, `"2025-01-27"`, "line 6: work[0]: 2025-01-27 is a Monday"},
		{"off and worked", `"2024-12-31"`, `"2025-01-26"`, "line 6: 2025-01-26 is both in off and in work"},
		{"half a table", `, "2025-10-03"`, "", "off lacks the public day 2025-10-03"},
		{"empty table", goodYear[strings.Index(goodYear, `["2024`):strings.Index(goodYear, ",\n  \"work")], "[]", "lacks"},
	} {
		text := strings.Replace(goodYear, tt.old, tt.new, 1)
		if text == goodYear {
			t.Fatalf("%s: nothing was replaced", tt.name)
		}
		y, err := calendar.ParseYear([]byte(text))
		var e *grid.Error
		if !errors.As(err, &e) || e.Code != grid.Invalid || e.Key != "calendar.year" || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
		if !reflect.DeepEqual(y, calendar.Year{}) {
			t.Errorf("%s: got a year beside the error: %+v", tt.name, y)
		}
	}
}

func TestQuiet(t *testing.T) {
	for _, tt := range []struct{ hours, at, want string }{
		{"22:00-07:00", "2026-03-02 21:59:59", "2026-03-02 21:59:59"},
		{"22:00-07:00", "2026-03-02 22:00:00", "2026-03-03 07:00:00"},
		{"22:00-07:00", "2026-12-31 23:59:59", "2027-01-01 07:00:00"},
		{"22:00-07:00", "2026-03-02 06:59:59", "2026-03-02 07:00:00"},
		{"22:00-07:00", "2026-03-02 07:00:00", "2026-03-02 07:00:00"},
		{"12:00-14:30", "2026-03-02 12:00:01", "2026-03-02 14:30:00"},
		{"22:00-00:00", "2026-03-02 23:00:00", "2026-03-03 00:00:00"},
		{"00:00-06:00", "2026-03-02 00:00:00", "2026-03-02 06:00:00"},
		{"08:00-08:00", "2026-03-02 08:00:00", "2026-03-02 08:00:00"},
		{"", "2026-03-02 03:00:00", "2026-03-02 03:00:00"},
	} {
		q, err := calendar.ParseQuiet(tt.hours, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation(time.DateTime, tt.at, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Next(at.UTC()).In(shanghai).Format(time.DateTime); got != tt.want {
			t.Errorf("%s at %s: %s, want %s", tt.hours, tt.at, got, tt.want)
		}
	}
}

func TestParseQuietRefuses(t *testing.T) {
	for _, text := range []string{"22:00", "22:00-", "-07:00", "22-07", "24:00-07:00", "22:60-07:00", "7:00-8:00", "22:00-07:00-", " "} {
		q, err := calendar.ParseQuiet(text, shanghai)
		if q != (calendar.Quiet{}) || grid.CodeOf(err) != grid.Invalid {
			t.Errorf("ParseQuiet(%q) = %s, %v", text, q, err)
		}
	}
	if _, err := calendar.ParseQuiet("22:00-07:00", nil); err == nil {
		t.Error("quiet hours without a time zone")
	}
	if q, err := calendar.ParseQuiet("22:05-07:00", shanghai); err != nil || q.String() != "22:05-07:00" {
		t.Errorf("%s, %v", q, err)
	}
}

func FuzzParseLimit(f *testing.F) {
	for _, seed := range []string{"3wd", "60d", "4h", "", "0d", "03d", "3dwh", "-1h", "９d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := calendar.ParseLimit(s)
		if err == nil && (!l.Valid() || l.String() != s) {
			t.Errorf("ParseLimit(%q) = %+v", s, l)
		}
		if err != nil && l != (calendar.Limit{}) {
			t.Errorf("ParseLimit(%q) = %+v and %v", s, l, err)
		}
	})
}

func FuzzParseYear(f *testing.F) {
	f.Add([]byte(goodYear))
	f.Add([]byte(`{"year":2025}`))
	if data, err := os.ReadFile(filepath.Join("..", "..", "seeds", "holidays", "2019.json")); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		y, err := calendar.ParseYear(data)
		if err != nil {
			return
		}
		if _, err = calendar.New(shanghai, y); err != nil {
			t.Errorf("a year that parses must build: %v", err)
		}
		again, err := json.Marshal(y)
		if err != nil {
			t.Fatal(err)
		}
		back, err := calendar.ParseYear(again)
		if err != nil || !reflect.DeepEqual(back, y) {
			t.Errorf("%s: %v", again, err)
		}
	})
}
