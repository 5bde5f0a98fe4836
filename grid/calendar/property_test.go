package calendar_test

import (
	"testing"
	"time"
	_ "time/tzdata" // Chicago and Shanghai on a machine without zone files

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// drawInstant draws an instant from 2016 to 2028, so that years without a table on both sides come up too.
func drawInstant(t *rapid.T) time.Time {
	start := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	seconds := int64(12 * 366 * 24 * 60 * 60)
	return start.Add(time.Duration(rapid.Int64Range(0, seconds).Draw(t, "second")) * time.Second)
}

func drawLimit(t *rapid.T) calendar.Limit {
	unit := rapid.SampledFrom([]calendar.Unit{calendar.Day, calendar.Workday, calendar.Hour}).Draw(t, "unit")
	return calendar.Limit{N: rapid.IntRange(1, 400).Draw(t, "n"), Unit: unit}
}

func TestDeadlineProperties(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	rapid.Check(t, func(t *rapid.T) {
		from, l := drawInstant(t), drawLimit(t)
		d := c.Deadline(from, l)
		more := c.Deadline(from, calendar.Limit{N: l.N + 1, Unit: l.Unit})
		if more.At.Before(d.At) {
			t.Fatalf("%s is shorter than %s", more.At, d.At)
		}
		if !d.At.After(from) {
			t.Fatalf("%s is not after %s", d.At, from)
		}
		if l.Unit == calendar.Hour {
			return
		}
		start, last := c.LastDay(from.Add(time.Nanosecond)), d.Date()
		if !c.IsWorkday(last) {
			t.Fatalf("ends on the rest day %s", last)
		}
		if !last.AddDays(1).In(shanghai).Equal(d.At) {
			t.Fatalf("%s is not the end of %s", d.At, last)
		}
		if l.Unit == calendar.Workday {
			if got := c.Workdays(start, last); got != l.N {
				t.Fatalf("%d working days between %s and %s, want %d", got, start, last, l.N)
			}
			return
		}
		nominal := start.AddDays(l.N)
		if last.Compare(nominal) < 0 || c.Workdays(nominal.AddDays(-1), last) != 1 {
			t.Fatalf("%s rolled to %s, which is not the first working day from there", nominal, last)
		}
	})
}

// Ensure that neither the zone in which an instant is written nor a deadline's way through a store changes a day.
func TestDeadlineIgnoresTheZoneOfItsStart(t *testing.T) {
	c := mustNew(t, mustYears(t)...)
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		from, l := drawInstant(t), drawLimit(t)
		a, b := c.Deadline(from, l), c.Deadline(from.In(chicago), l)
		if !a.At.Equal(b.At) || a.Date() != b.Date() || a.Provisional != b.Provisional {
			t.Fatalf("%+v is not %+v", a, b)
		}
		if c.LastDay(a.At.In(chicago)) != a.Date() {
			t.Fatalf("last day %s read as %s", a.Date(), c.LastDay(a.At.In(chicago)))
		}
	})
}

// Ensure that whatever is not provisional stays as it is when another year becomes known.
func TestSettledDeadlinesNeverChange(t *testing.T) {
	years := mustYears(t)
	knowing := make([]*calendar.Calendar, len(years)+1) // knowing[n] has the first n tables
	for n := range knowing {
		knowing[n] = mustNew(t, years[:n]...)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, len(years)).Draw(t, "known years")
		from, l := drawInstant(t), drawLimit(t)
		less, more := knowing[n].Deadline(from, l), knowing[len(years)].Deadline(from, l)
		if !less.Provisional && (more.Provisional || !less.At.Equal(more.At)) {
			t.Fatalf("with %d years %s, with all %s", n, less.At, more.At)
		}
	})
}

func TestQuietProperties(t *testing.T) {
	zones := []*time.Location{shanghai, time.UTC}
	if chicago, err := time.LoadLocation("America/Chicago"); err != nil { // clocks are changed there
		t.Fatal(err)
	} else {
		zones = append(zones, chicago)
	}
	rapid.Check(t, func(t *rapid.T) {
		clock := func(label string) string {
			m := rapid.IntRange(0, 24*60-1).Draw(t, label)
			return time.Date(2000, 1, 1, 0, m, 0, 0, time.UTC).Format("15:04")
		}
		text := clock("from") + "-" + clock("to")
		q, err := calendar.ParseQuiet(text, rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := drawInstant(t).Add(time.Duration(rapid.IntRange(0, 999).Draw(t, "ms")) * time.Millisecond)
		next := q.Next(at)
		switch {
		case q.Covers(next):
			t.Fatalf("%s: %s is still quiet", text, next)
		case !q.Covers(at) && !next.Equal(at):
			t.Fatalf("%s: %s was not quiet and moved to %s", text, at, next)
		case q.Covers(at) && !q.Covers(next.Add(-time.Nanosecond)):
			t.Fatalf("%s: %s is not the first instant after %s", text, next, at)
		case next.Sub(at) > 25*time.Hour:
			t.Fatalf("%s: %s waits until %s", text, at, next)
		}
	})
}
