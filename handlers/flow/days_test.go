package flow

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// today is a Tuesday evening in Ledu, when it is still Tuesday in London and Wednesday nowhere.
var someDay = time.Date(2026, 11, 3, 21, 30, 0, 0, time.FixedZone("Ledu", 8*3600))

func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-10": "2026-11-10", "2026/1/2": "2026-01-02", "2026.11.10": "2026-11-10", "20261110": "2026-11-10",
		"2026年11月10日": "2026-11-10", "11月10日": "2026-11-10", "11-10": "2026-11-10", "11.10": "2026-11-10", "1月5号": "2027-01-05",
		"9-1": "2026-09-01", "2-29": "2028-02-29", "今天": "2026-11-03", "tomorrow": "2026-11-04", "后天": "2026-11-05", "昨天": "2026-11-02",
		"": "", "10": "", "2026": "", "13-1": "", "2-30": "", "2026-02-29": "", "11-10 王": "", "li": "", "3天": "", "-5": "", "1-2-3-4": "", "99999999999999999999": "",
	} {
		got, ok := ReadDay(text, someDay)
		if text == "2-29" { // no leap year is near: the day is not there
			want = ""
		}
		if ok != (want != "") || ok && got.Format(time.DateOnly) != want {
			t.Errorf("%q: %s, %v, want %q", text, got.Format(time.DateOnly), ok, want)
		}
	}
}

func TestReadSpan(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-10 2026-11-20 li": "2026-11-10 2026-11-20 li", "11-10 11-20": "2026-11-10 2026-11-20", "11-10 3天 王某": "2026-11-10 2026-11-12 王某",
		"3天": "2026-11-03 2026-11-05", "三天": "2026-11-03 2026-11-05", "两周": "2026-11-03 2026-11-16", "1 day": "",
		"明天 li": "2026-11-04 2026-11-04 li", "今天 11-5": "2026-11-03 2026-11-05", "12-30 1-2": "2026-12-30 2027-01-02",
		"li 11-10": "", "off": "", "": "", "0天": "", "99999天": "",
	} {
		span, rest, ok := ReadSpan(strings.Fields(text), someDay)
		got := strings.TrimSpace(span.From.Format(time.DateOnly) + " " + span.Until.Format(time.DateOnly) + " " + strings.Join(rest, " "))
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, ok, want)
		}
	}
}

// However a day is written, it is read as that day, where the district is.
func TestReadDay_anyDay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		day := someDay.AddDate(0, 0, rapid.IntRange(-150, 150).Draw(rt, "ahead"))
		form := rapid.SampledFrom([]string{"2006-01-02", "2006/1/2", "20060102", "2006年1月2日", "1-2", "1月2日", "1.2"}).Draw(rt, "form")
		got, ok := ReadDay(day.Format(form), someDay)
		if !ok || got.Format(time.DateOnly) != day.Format(time.DateOnly) || got.Location() != someDay.Location() || got.Hour() != 0 {
			rt.Fatalf("%q is read as %v, %v", day.Format(form), got, ok)
		}
	})
}

func FuzzReadSpan(f *testing.F) {
	for _, s := range []string{"2026-11-10 11-20 li", "3天", "off", "11月", "0", "99999999-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Fields(s)
		span, rest, ok := ReadSpan(words, someDay)
		if ok && (span.From.IsZero() || span.Until.IsZero() || len(rest) >= len(words)) {
			t.Errorf("%q: %v, %q", s, span, rest)
		}
	})
}
