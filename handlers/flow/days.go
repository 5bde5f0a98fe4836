package flow

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ReadDay reads a day as people write it: 2026-11-10, 20261110, 11-10, or today and
// tomorrow in words.
// A day without a year is the one nearest to today. The answer is midnight of the day where today is.
func ReadDay(text string, today time.Time) (time.Time, bool) {
	midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, today.Location())
	for back, word := range map[int]string{-1: "yesterday", 0: "today", 1: "tomorrow", 2: "overmorrow"} {
		if means(text, word) {
			return midnight.AddDate(0, 0, back), true
		}
	}
	n, ok := numbersOf(text)
	switch {
	case !ok:
		return time.Time{}, false
	case len(n) == 1 && n[0] > 19000101:
		return date(n[0]/10000, n[0]/100%100, n[0]%100, today.Location())
	case len(n) == 3:
		return date(n[0], n[1], n[2], today.Location())
	case len(n) == 2:
		return nearest(n[0], n[1], midnight)
	}
	return time.Time{}, false
}

// numbersOf are the numbers of a date; false when the text holds anything but numbers and what stands between them.
func numbersOf(text string) ([]int, bool) {
	between := strings.Join(phrases["date_marks"], "")
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(between, r) })
	out := make([]int, 0, len(fields))
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || n <= 0 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, len(out) > 0
}

// date is that day; false when there is none such.
func date(year, month, day int, loc *time.Location) (time.Time, bool) {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, loc)
	return d, year >= 1900 && year < 3000 && d.Month() == time.Month(month) && d.Day() == day
}

// nearest is the day of that month which is nearest to today, in whichever year.
func nearest(month, day int, today time.Time) (time.Time, bool) {
	var best time.Time
	for year := today.Year() - 1; year <= today.Year()+1; year++ {
		d, ok := date(year, month, day, today.Location())
		if ok && (best.IsZero() || d.Sub(today).Abs() < best.Sub(today).Abs()) {
			best = d
		}
	}
	return best, !best.IsZero()
}

// daysOf reads how many days are meant: "3 days", one week, and the same in Chinese with its own numbers up to ten.
func daysOf(text string) (int, bool) {
	said := bare(text)
	for unit, times := range map[string]int{"days": 1, "weeks": 7} {
		for _, word := range phrases[unit] {
			head, ok := strings.CutSuffix(said, word)
			if !ok {
				continue
			}
			if n, ok := count(strings.TrimSpace(head)); ok {
				return n * times, true
			}
		}
	}
	return 0, false
}

func count(said string) (int, bool) {
	for n := 1; n <= 10; n++ {
		if means(said, "number_"+strconv.Itoa(n)) {
			return n, true
		}
	}
	n, err := strconv.Atoi(said)
	return n, err == nil && n > 0 && len(said) <= 4 && !strings.ContainsFunc(said, unicode.IsLetter)
}

// Span is some days in a row, from the first to the last, both included, at midnight.
type Span struct{ From, Until time.Time }

// ReadSpan reads which days are meant at the beginning of the words: a day and a day, a day and how many, a day, or how
// many from today on. It returns the words that are left; false when the words begin with no day.
func ReadSpan(words []string, today time.Time) (Span, []string, bool) {
	if len(words) == 0 {
		return Span{}, nil, false
	}
	if n, ok := daysOf(words[0]); ok {
		from := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, today.Location())
		return Span{from, from.AddDate(0, 0, n-1)}, words[1:], true
	}
	from, ok := ReadDay(words[0], today)
	if !ok {
		return Span{}, words, false
	}
	if len(words) > 1 {
		if until, ok := readEnd(words[1], from, today); ok {
			return Span{from, until}, words[2:], true
		}
	}
	return Span{from, from}, words[1:], true
}

// readEnd reads the last day of a span that begins at from: a day, or how many days in all.
func readEnd(text string, from, today time.Time) (time.Time, bool) {
	n, ok := daysOf(text)
	if !ok {
		n, ok = count(bare(text))
	}
	if ok {
		return from.AddDate(0, 0, n-1), true
	}
	return ReadDay(text, today)
}

// Returns tells whether the text says that somebody is back from an absence, or will not be absent after all.
func Returns(text string) bool { return means(text, "return") || means(text, "cancel") }
