package site_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/site"
)

var (
	ledu  = time.FixedZone("CST", 8*60*60)
	rules = site.Rules{
		Cold:       site.Season{From: site.Day{Month: time.November, Day: 16}, Until: site.Day{Month: time.March, Day: 15}},
		Complained: 7, Near: 100, Location: ledu,
	}
	outfall  = site.Kind{Code: "outfall", Prefix: "PW", Covers: []string{"outfall", "sewage"}, Warm: []int{30, 15, 7}, Cold: []int{60, 30, 15}}
	farmstay = site.Kind{Code: "farmstay", Prefix: "NJ", Warm: []int{60, 30, 15}, Cold: []int{0, 0, 0}}
	bare     = site.Kind{Code: "bare"}
)

// A site is due at the end of a day that kind, level of the cell, season and complaint say.
func TestNextDue(t *testing.T) {
	for _, c := range []struct {
		what       string
		kind       site.Kind
		level      int
		from       string
		complained bool
		want       string // the last day; empty for none
	}{
		{"a township's period in summer", outfall, 2, "2026-06-01 09:00", false, "2026-06-16"},
		{"a village's", outfall, 3, "2026-06-01 23:59", false, "2026-06-08"},
		{"a level that the kind does not name goes by the lowest", outfall, 4, "2026-06-01 09:00", false, "2026-06-08"},
		{"the longer one in winter", outfall, 2, "2026-12-01 09:00", false, "2026-12-31"},
		{"a winter's period does not outlast the first of spring", outfall, 1, "2026-03-01 09:00", false, "2026-04-15"},
		{"autumn's period counts though it ends in winter", outfall, 2, "2026-11-10 09:00", false, "2026-11-25"},
		{"what is closed in winter is due in spring", farmstay, 2, "2026-12-01 09:00", false, "2027-04-15"},
		{"and what would fall due in winter, too", farmstay, 2, "2026-11-01 09:00", false, "2027-04-15"},
		{"in January of the same year", farmstay, 2, "2027-01-10 09:00", false, "2027-04-15"},
		{"a complaint makes it sooner", outfall, 1, "2026-06-01 09:00", true, "2026-06-08"},
		{"but never later", outfall, 3, "2026-06-01 09:00", true, "2026-06-08"},
		{"a complaint ends the rest", farmstay, 2, "2026-12-01 09:00", true, "2026-12-08"},
		{"no period, no day", bare, 2, "2026-06-01 09:00", false, ""},
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", c.from, ledu)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if due := rules.NextDue(c.kind, c.level, from.UTC(), c.complained); !due.IsZero() {
			got = due.Add(-time.Second).In(ledu).Format(time.DateOnly)
			if h := due.In(ledu); h.Hour() != 0 || h.Minute() != 0 {
				t.Errorf("%s: due at %v, which is no end of a day", c.what, h)
			}
		}
		if got != c.want {
			t.Errorf("%s: due on %q, want %q", c.what, got, c.want)
		}
	}
}

// Whatever the day: the next inspection is later than the last one, a complaint never puts it off, and nothing that rests in the
// cold season is due in it.
func TestNextDue_AnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2024, 1, 1, 0, 0, 0, 0, ledu).Add(time.Duration(rapid.IntRange(0, 5*366*24*60).Draw(t, "minute")) * time.Minute)
		kind := rapid.SampledFrom([]site.Kind{outfall, farmstay}).Draw(t, "kind")
		level := rapid.IntRange(1, 3).Draw(t, "level")
		due, soon := rules.NextDue(kind, level, from, false), rules.NextDue(kind, level, from, true)
		if !due.After(from) || !soon.After(from) || soon.After(due) {
			t.Fatalf("from %v: due %v, under complaint %v", from, due, soon)
		}
		last := calendar.DateOf(due.Add(-time.Second).In(ledu))
		if kind.Code == farmstay.Code && rules.Cold.Cold(last) {
			t.Fatalf("from %v: due on %v, when it is closed", from, last)
		}
	})
}
