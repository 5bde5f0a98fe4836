package calendar_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	lunar "github.com/6tail/lunar-go/calendar"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// shanghai is the office's time zone, built here so that no test depends on an installed zone file.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

const (
	firstYear = 2017
	finalYear = 2026
)

// mustYears reads the tables that the program is shipped with.
func mustYears(tb testing.TB) []calendar.Year {
	tb.Helper()
	var years []calendar.Year
	for y := firstYear; y <= finalYear; y++ {
		data, err := os.ReadFile(filepath.Join("..", "..", "seeds", "holidays", fmt.Sprintf("%d.json", y)))
		if err != nil {
			tb.Fatal(err)
		}
		year, err := calendar.ParseYear(data)
		if err != nil {
			tb.Fatal(err)
		}
		if year.Year != y {
			tb.Fatalf("%d.json speaks of %d", y, year.Year)
		}
		years = append(years, year)
	}
	return years
}

func mustNew(tb testing.TB, years ...calendar.Year) *calendar.Calendar {
	tb.Helper()
	c, err := calendar.New(shanghai, years...)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func mustDate(tb testing.TB, s string) calendar.Date {
	tb.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// Ensure that every day of the shipped tables is what an independent collection of the notices says it is.
func TestEveryDayAgreesWithLunarGo(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	end := calendar.Date{Year: finalYear, Month: time.December, Day: 31}
	days := 0
	for d := (calendar.Date{Year: firstYear, Month: time.January, Day: 1}); d.Compare(end) <= 0; d = d.AddDays(1) {
		days++
		want := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if h := HolidayUtil.GetHolidayByYmd(d.Year, int(d.Month), d.Day); h != nil {
			want = h.IsWork()
		}
		if got := c.IsWorkday(d); got != want {
			t.Errorf("IsWorkday(%s) = %v, want %v", d, got, want)
		}
	}
	if days != 3652 {
		t.Errorf("compared %d days, want 3652", days)
	}
}

// Ensure that the lunar festivals computed for years without a table are where an independent lunar calendar has them.
func TestLunarFestivalsAgreeWithLunarGo(t *testing.T) {
	c := mustNew(t)
	want := map[string]calendar.Festival{
		"1-1": calendar.SpringFestival, "1-2": calendar.SpringFestival, "1-3": calendar.SpringFestival,
		"5-5": calendar.DragonBoat, "8-15": calendar.MidAutumn,
	}
	fixed := []calendar.Festival{"", calendar.NewYear, calendar.LabourDay, calendar.NationalDay}
	for d := (calendar.Date{Year: 2027, Month: time.January, Day: 1}); d.Year <= 2050; d = d.AddDays(1) {
		l := lunar.NewSolarFromYmd(d.Year, int(d.Month), d.Day).GetLunar()
		tomorrow := l.Next(1)
		expect := want[fmt.Sprintf("%d-%d", l.GetMonth(), l.GetDay())]
		switch {
		case tomorrow.GetMonth() == 1 && tomorrow.GetDay() == 1:
			expect = calendar.SpringFestival
		case l.GetJieQi() == "清明":
			expect = calendar.Qingming
		}
		got := c.FestivalOf(d)
		if expect == calendar.MidAutumn && got == calendar.NationalDay {
			continue // both fall on the day in some years
		}
		if got != expect && (expect != "" || !slices.Contains(fixed, got)) {
			t.Errorf("FestivalOf(%s) = %q, want %q", d, got, expect)
		}
	}
}

// Ensure that a year without a table has exactly the public days of the law, 13 since 2025 and 11 before.
func TestUnknownYearHasThePublicDaysOfTheLaw(t *testing.T) {
	c := mustNew(t)
	for year, want := range map[int]int{2024: 11, 2026: 13, 2027: 13, 2050: 13, 2051: 6} {
		got := 0
		for d := (calendar.Date{Year: year, Month: time.January, Day: 1}); d.Year == year; d = d.AddDays(1) {
			if c.Kind(d) == calendar.Holiday {
				got++
			}
		}
		if got != want {
			t.Errorf("%d has %d public days, want %d", year, got, want)
		}
	}
}

func TestKind(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct {
		day      string
		kind     calendar.Kind
		festival calendar.Festival
	}{
		{"2026-02-13", calendar.Ordinary, ""},
		{"2026-02-14", calendar.Makeup, ""},
		{"2026-02-15", calendar.Holiday, calendar.SpringFestival}, // before the first public day of its run
		{"2026-02-23", calendar.Holiday, calendar.SpringFestival},
		{"2026-03-01", calendar.Weekend, ""},
		{"2025-10-04", calendar.Holiday, calendar.NationalDay},
		{"2025-10-06", calendar.Holiday, calendar.MidAutumn},
		{"2018-12-29", calendar.Makeup, ""}, // by the notice for 2019
		{"2018-12-31", calendar.Holiday, calendar.NewYear},
		{"2027-10-01", calendar.Holiday, calendar.NationalDay}, // no table
		{"2027-10-08", calendar.Ordinary, ""},
	} {
		d := mustDate(t, tt.day)
		if kind, festival := c.Kind(d), c.FestivalOf(d); kind != tt.kind || festival != tt.festival {
			t.Errorf("%s is %s %q, want %s %q", d, kind, festival, tt.kind, tt.festival)
		}
	}
}

func TestKnownAndSettled(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct {
		day            string
		known, settled bool
	}{
		{"2016-12-31", false, false},
		{"2017-01-01", true, true},
		{"2018-12-31", true, true}, // 2019 is loaded
		{"2026-12-28", true, true},
		{"2026-12-29", true, false}, // 2027 is not
		{"2027-01-01", false, false},
	} {
		d := mustDate(t, tt.day)
		if c.Known(d.Year) != tt.known || c.Settled(d) != tt.settled {
			t.Errorf("%s: known %v settled %v, want %v %v", d, c.Known(d.Year), c.Settled(d), tt.known, tt.settled)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	day := mustDate(t, "2018-12-31")
	a := calendar.Year{Year: 2018, Work: []calendar.Date{day}}
	b := calendar.Year{Year: 2019, Off: []calendar.Date{day}}
	for name, build := range map[string]func() (*calendar.Calendar, error){
		"no time zone":       func() (*calendar.Calendar, error) { return calendar.New(nil) },
		"a year twice":       func() (*calendar.Calendar, error) { return calendar.New(shanghai, a, a) },
		"notices that clash": func() (*calendar.Calendar, error) { return calendar.New(shanghai, a, b) },
	} {
		c, err := build()
		var e *grid.Error
		if c != nil || !errors.As(err, &e) || e.Code != grid.Invalid || e.Key != "calendar.years" {
			t.Errorf("%s: got %v, %v", name, c, err)
		}
	}
}

func TestWorkdaysAndNextWorkday(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct {
		from, to string
		want     int
	}{
		{"2026-02-13", "2026-02-25", 3},
		{"2026-02-13", "2026-02-13", 0},
		{"2026-02-25", "2026-02-13", 0},
		{"2026-09-30", "2026-10-08", 1},
	} {
		if got := c.Workdays(mustDate(t, tt.from), mustDate(t, tt.to)); got != tt.want {
			t.Errorf("Workdays(%s, %s) = %d, want %d", tt.from, tt.to, got, tt.want)
		}
	}
	if got := c.NextWorkday(mustDate(t, "2026-02-15")); got != mustDate(t, "2026-02-24") {
		t.Errorf("NextWorkday = %s", got)
	}
}
