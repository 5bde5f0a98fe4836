package calendar_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

func mustLimit(tb testing.TB, s string) calendar.Limit {
	tb.Helper()
	l, err := calendar.ParseLimit(s)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func noon(d calendar.Date) time.Time { return d.In(shanghai).Add(12 * time.Hour) }

// The vectors that the office's rules are checked with.
func TestDeadlineVectors(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct{ from, limit, want string }{
		{"2026-02-13", "3wd", "2026-02-25"},
		{"2026-02-13", "7wd", "2026-03-02"},
		{"2026-02-13", "15d", "2026-02-28"}, // a make-up Saturday: stays
		{"2026-01-31", "15d", "2026-02-24"},
		{"2026-08-04", "60d", "2026-10-08"},
		{"2026-04-03", "30d", "2026-05-06"},
		{"2026-09-30", "2wd", "2026-10-09"},
		{"2026-04-30", "15wd", "2026-05-25"},
		{"2018-12-28", "1wd", "2018-12-29"}, // worked by the next year's notice
		{"2018-12-29", "1wd", "2019-01-02"},
		{"2020-01-20", "11d", "2020-02-03"}, // the Spring Festival that was lengthened
		{"2024-02-28", "1d", "2024-02-29"},
	} {
		d := c.Deadline(noon(mustDate(t, tt.from)), mustLimit(t, tt.limit))
		if got := d.Date().String(); got != tt.want || d.Provisional {
			t.Errorf("%s + %s = %s (provisional %v), want %s", tt.from, tt.limit, got, d.Provisional, tt.want)
		}
		if midnight := mustDate(t, tt.want).AddDays(1).In(shanghai); !d.At.Equal(midnight) {
			t.Errorf("%s + %s ends at %s, want 24:00 of %s", tt.from, tt.limit, d.At, tt.want)
		}
	}
}

// Ensure that the day of the start is the office's, whatever zone the instant comes in.
func TestDeadlineCountsFromTheOfficesDay(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	late := time.Date(2026, 3, 2, 23, 59, 59, 0, shanghai)
	early := late.Add(time.Second)
	for _, zone := range []*time.Location{shanghai, time.UTC, time.FixedZone("Chicago", -6*60*60)} {
		if got := c.Deadline(late.In(zone), mustLimit(t, "1d")).Date().String(); got != "2026-03-03" {
			t.Errorf("in %s: %s", zone, got)
		}
		if got := c.Deadline(early.In(zone), mustLimit(t, "1d")).Date().String(); got != "2026-03-04" {
			t.Errorf("in %s: %s", zone, got)
		}
	}
}

// Ensure that hours run through the night of a holiday.
func TestHoursNeverPause(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	from := time.Date(2026, 2, 16, 23, 30, 15, 0, shanghai)
	d := c.Deadline(from, mustLimit(t, "4h"))
	if want := from.Add(4 * time.Hour); !d.At.Equal(want) || d.Provisional || d.Date().String() != "2026-02-17" {
		t.Errorf("got %+v", d)
	}
	if unknown := c.Deadline(from.AddDate(5, 0, 0), mustLimit(t, "2h")); unknown.Provisional {
		t.Error("hours need no table")
	}
	if d := c.Deadline(time.Date(2026, 3, 2, 20, 0, 0, 0, shanghai), mustLimit(t, "4h")); d.Date().String() != "2026-03-02" {
		t.Errorf("24:00 belongs to the day it ends, got %s", d.Date())
	}
}

func TestLate(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	d := c.Deadline(noon(mustDate(t, "2026-02-13")), mustLimit(t, "3wd"))
	for _, tt := range []struct {
		now  time.Time
		want bool
	}{
		{time.Date(2026, 2, 25, 23, 59, 59, 999999999, shanghai), false},
		{time.Date(2026, 2, 26, 0, 0, 0, 0, shanghai), true},
	} {
		if got := d.Late(tt.now); got != tt.want {
			t.Errorf("Late(%s) = %v", tt.now, got)
		}
	}
	if got := c.LastDay(d.At.UTC()); got != d.Date() {
		t.Errorf("LastDay of a stored deadline = %s, want %s", got, d.Date())
	}
}

// Ensure that an extension starts where the old limit ends, and not a day later.
func TestExtend(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	first := c.Deadline(noon(mustDate(t, "2026-03-02")), mustLimit(t, "60d"))
	if first.Date().String() != "2026-05-06" { // 1 May is off
		t.Fatalf("first limit ends on %s", first.Date())
	}
	if got := c.Extend(first.At.UTC(), mustLimit(t, "30d")).Date().String(); got != "2026-06-05" {
		t.Errorf("extension ends on %s", got)
	}
	if got := c.Extend(first.At, mustLimit(t, "2h")).At; !got.Equal(first.At.Add(2 * time.Hour)) {
		t.Errorf("two hours more end at %s", got)
	}
}

func TestDeadlineBounds(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	saturday := noon(mustDate(t, "2026-03-07"))
	for _, unit := range []calendar.Unit{calendar.Day, calendar.Workday} {
		for _, n := range []int{0, -5} {
			if got := c.Deadline(saturday, calendar.Limit{N: n, Unit: unit}).Date().String(); got != "2026-03-09" {
				t.Errorf("%d%s = %s", n, unit, got)
			}
		}
	}
	most := c.Deadline(saturday, calendar.Limit{N: calendar.MaxLimit, Unit: calendar.Hour})
	if huge := c.Deadline(saturday, calendar.Limit{N: 1 << 40, Unit: calendar.Hour}); !huge.At.Equal(most.At) {
		t.Error("a number above MaxLimit counts as MaxLimit")
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown unit must panic")
		}
	}()
	c.Deadline(saturday, calendar.Limit{N: 1, Unit: "week"})
}

// Ensure that a missing table is said, and that loading it changes the answer for good.
func TestProvisionalUntilTheYearIsLoaded(t *testing.T) {
	years := mustYears(t)
	from := noon(mustDate(t, "2026-02-10"))
	before := mustNew(t, years[:len(years)-1]...)
	after := mustNew(t, years...)
	for _, tt := range []struct{ limit, before, after string }{
		{"3wd", "2026-02-13", "2026-02-13"},
		{"4wd", "2026-02-20", "2026-02-14"}, // 16 to 19 February are public days by law; the make-up Saturday is not known
		{"12d", "2026-02-23", "2026-02-24"},
	} {
		l := mustLimit(t, tt.limit)
		d := before.Deadline(from, l)
		if got := d.Date().String(); got != tt.before || !d.Provisional {
			t.Errorf("without the table %s = %s (provisional %v), want %s", l, got, d.Provisional, tt.before)
		}
		if last := d.Why[len(d.Why)-1]; last.Code != calendar.YearUnknown || last.N != 2026 {
			t.Errorf("the last reason is %+v", last)
		}
		d = after.Deadline(from, l)
		if got := d.Date().String(); got != tt.after || d.Provisional {
			t.Errorf("with the table %s = %s (provisional %v), want %s", l, got, d.Provisional, tt.after)
		}
	}
}

// Ensure that only the days that matter make a deadline provisional.
func TestProvisionalOnlyWhereItMatters(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct {
		from, limit string
		want        bool
		year        int
	}{
		{"2026-12-25", "1wd", false, 0},
		{"2026-12-25", "2wd", true, 2027}, // 29 December may be changed by the notice for 2027
		{"2026-12-20", "60d", true, 2027},
		{"2016-12-20", "60d", false, 0}, // the days between do not matter
		{"2016-12-20", "30wd", true, 2016},
	} {
		d := c.Deadline(noon(mustDate(t, tt.from)), mustLimit(t, tt.limit))
		if d.Provisional != tt.want {
			t.Errorf("%s + %s = %s: provisional %v", tt.from, tt.limit, d.Date(), d.Provisional)
		}
		if last := d.Why[len(d.Why)-1]; tt.want && (last.Code != calendar.YearUnknown || last.N != tt.year) {
			t.Errorf("%s + %s: last reason %+v, want year %d", tt.from, tt.limit, last, tt.year)
		}
	}
}

func TestWhy(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	for _, tt := range []struct{ from, limit, want string }{
		{"2026-02-13", "3wd", `[
			{"code":"start_not_counted","from":"2026-02-13","to":"2026-02-13"},
			{"code":"workdays_counted","from":"2026-02-14","to":"2026-02-25","n":3},
			{"code":"makeup_counted","from":"2026-02-14","to":"2026-02-14"},
			{"code":"skipped_holiday","from":"2026-02-15","to":"2026-02-23","festival":"spring_festival"},
			{"code":"last_day","from":"2026-02-25","to":"2026-02-25"}]`},
		{"2026-01-31", "15d", `[
			{"code":"start_not_counted","from":"2026-01-31","to":"2026-01-31"},
			{"code":"days_counted","from":"2026-02-01","to":"2026-02-15","n":15},
			{"code":"rolled_holiday","from":"2026-02-15","to":"2026-02-24","festival":"spring_festival"},
			{"code":"last_day","from":"2026-02-24","to":"2026-02-24"}]`},
		{"2026-02-13", "15d", `[
			{"code":"start_not_counted","from":"2026-02-13","to":"2026-02-13"},
			{"code":"days_counted","from":"2026-02-14","to":"2026-02-28","n":15},
			{"code":"makeup_kept","from":"2026-02-28","to":"2026-02-28"},
			{"code":"last_day","from":"2026-02-28","to":"2026-02-28"}]`},
		{"2026-03-02", "5d", `[
			{"code":"start_not_counted","from":"2026-03-02","to":"2026-03-02"},
			{"code":"days_counted","from":"2026-03-03","to":"2026-03-07","n":5},
			{"code":"rolled_weekend","from":"2026-03-07","to":"2026-03-09"},
			{"code":"last_day","from":"2026-03-09","to":"2026-03-09"}]`},
		{"2026-03-02", "2h", `[{"code":"hours_run","from":"2026-03-02","to":"2026-03-02","n":2}]`},
	} {
		var want []calendar.Step
		if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
			t.Fatal(err)
		}
		if got := c.Deadline(noon(mustDate(t, tt.from)), mustLimit(t, tt.limit)).Why; !slices.Equal(got, want) {
			t.Errorf("%s + %s:\n got %+v\nwant %+v", tt.from, tt.limit, got, want)
		}
	}
}

// A month later is the day with the same number, or the last of a shorter month.
func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2027-11-30", 3, "2028-02-29"}, {"2026-10-15", 3, "2027-01-15"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-12-31", -24, "2024-12-31"},
	} {
		d, err := calendar.ParseDate(c.from)
		if err != nil || d.AddMonths(c.n).String() != c.want {
			t.Errorf("%s %+d months: %s, %v", c.from, c.n, d.AddMonths(c.n), err)
		}
	}
}
