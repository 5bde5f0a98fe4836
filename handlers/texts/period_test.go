package texts

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/publication"
)

func TestPeriodsAreCalledByWords(t *testing.T) {
	c := load(t)
	for name, want := range map[string][2]string{
		"2017":       {"2017年度", "2017"},
		"2017-H1":    {"2017年上半年", "first half of 2017"},
		"2017H2":     {"2017年下半年", "second half of 2017"},
		"2017-Q3":    {"2017年第三季度", "third quarter of 2017"},
		"2018Q1":     {"2018年第一季度", "first quarter of 2018"},
		"2017-09":    {"2017年9月", "September 2017"},
		"2017-12":    {"2017年12月", "December 2017"},
		"2017-09T2":  {"2017年9月中旬", "9/2017, from the 11th to the 20th"},
		"2017W05":    {"2017年第5周", "week 5 of 2017"},
		"2017-09-04": {"2017-09-04", "2017-09-04"},
		"2017-Q5":    {"2017-Q5", "2017-Q5"}, // no period: as it stands
		"2017-13":    {"2017-13", "2017-13"},
	} {
		x := Period(name)
		for i, lang := range []Lang{Chinese, English} {
			if got := c.Plain(lang, x.Key, x.Args); got != want[i] {
				t.Errorf("%s in %s is called %q, want %q", name, lang, got, want[i])
			}
		}
	}
}

// Every name that plans and publications give to their periods has words.
func TestNoPeriodIsCalledByItsCode(t *testing.T) {
	c := load(t)
	names := make(map[string]bool)
	for day := (calendar.Date{Year: 2018, Month: 1, Day: 1}); day.Year == 2018; day = day.AddDays(1) {
		for _, p := range plan.Periods() {
			if name, _, _ := p.On(day); p != plan.Daily {
				names[name] = true
			}
		}
		for _, every := range publication.Rhythms() {
			names[every.At(day.In(time.UTC), time.UTC).Name] = true
		}
	}
	if len(names) < 90 {
		t.Fatalf("only %d names", len(names))
	}
	for name := range names {
		x := Period(name)
		for _, lang := range Langs() {
			if !c.Has(x.Key) || name != "2018" && c.Plain(lang, x.Key, x.Args) == name {
				t.Errorf("%s has no words in %s", name, lang)
			}
		}
	}
}
