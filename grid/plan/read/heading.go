package read

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

func itoa(n int) string { return strconv.Itoa(n) }

// heading reads what a document says of itself before its first number: its title, its number and the day on which it was issued.
func heading(lines []Line, f *finder) plan.Plan {
	var p plan.Plan
	notice, before := "", signs(nil)
	for _, l := range lines {
		s := spell(l.Text, l.Number)
		if _, numbered := numberAt(s); numbered && p.Title != "" {
			break
		}
		if p.Number == "" && len(s) < 40 {
			p.Number = documentNumber(s)
		}
		if p.Title == "" && len(s) > 0 && len(s) < 60 {
			both := slices.Concat(before, s)
			p.Title = title(both, s)
			notice = cmp.Or(notice, noticed(both))
		}
		if p.Issued == (calendar.Date{}) && len(s) < 16 {
			p.Issued = issued(s, f)
		}
		if len(s) > 0 {
			before = s
		}
	}
	p.Title = cmp.Or(p.Title, notice)
	if p.Title == "" {
		f.add(1, 0, NoTitle, "")
	}
	return p
}

// documentNumber is the number of the document that a line begins with: 乐政办〔2017〕125号.
func documentNumber(s signs) string {
	said := s.folded()
	if at := genre.match("document", said.string); first(at) {
		return s[:said.at[at[1]]].printed()
	}
	return ""
}

// title is the plan's, if a line or two are one.
func title(both, last signs) string {
	before := both[:len(both)-len(last)]
	if said := before.folded().string; len(last) < 14 && len(before) > 5 && !genre.is("bodies", said) && genre.is("plan_begins", said) {
		last = both // the title is broken in two
	}
	for _, s := range []signs{last, both} {
		said := s.folded().string
		if genre.is("plan_title", said) && !strings.ContainsAny(said, ",;\u3002:") && len(s) >= 8 {
			return s.printed()
		}
	}
	return ""
}

// noticed is the plan's title, if the lines are that of the notice that sends it round.
func noticed(both signs) string {
	said := both.folded()
	if m := genre.words["plan_title_in"].FindStringSubmatchIndex(said.string); len(m) > 2 && len(both) < 80 {
		return both[said.at[m[2]]:said.at[m[3]]].trim("\u300a").printed()
	}
	return ""
}

// issued is the day of issue, when a line is nothing but a date. Of one that has lost its characters the only reading counts.
func issued(s signs, f *finder) calendar.Date {
	said := s.folded().string
	if m := genre.words["day_alone"].FindStringSubmatch(said); m != nil {
		return day(yearNumber(m[1]), count(m[2]), count(m[3]))
	}
	if len(said) < 6 || len(said) > 8 {
		return calendar.Date{}
	}
	n, err := strconv.Atoi(said)
	if err != nil || n < 190000 {
		return calendar.Date{}
	}
	var only []calendar.Date
	year := numeral(said[:4])
	for cut := 5; cut <= 6 && cut < len(said); cut++ {
		if d := day(year, numeral(said[4:cut]), numeral(said[cut:])); d != (calendar.Date{}) && said[4] != '0' && said[cut] != '0' {
			only = append(only, d)
		}
	}
	if year < 1990 || year > 2100 || len(only) != 1 {
		f.add(s.line(), 0, Garbled, said)
		return calendar.Date{}
	}
	f.add(s.line(), 0, Garbled, said+" \u2192 "+only[0].String())
	return only[0]
}

// day is the date, or none if there is no such day.
func day(y, m, d int) calendar.Date {
	x := calendar.Date{Year: y, Month: time.Month(m), Day: d}
	if y < 1900 || m < 1 || m > 12 || d < 1 || d > lastDay(y, m) {
		return calendar.Date{}
	}
	return x
}

// lastDay is the number of days of a month.
func lastDay(y, m int) int { return time.Date(y, time.Month(m+1), 0, 0, 0, 0, 0, time.UTC).Day() }

// monthEnd is the last day of a month.
func monthEnd(y, m int) calendar.Date { return day(y, m, lastDay(y, m)) }

// yearNumber reads 2017, or a year in Chinese, one character for each digit.
func yearNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n = 10*n + int(r-'0')
		default:
			if v, ok := genre.Numerals[string(r)]; ok && v < 10 {
				n = 10*n + v
			}
		}
	}
	return n
}

// count reads the number in a piece of a date: 7月, 二十日.
func count(s string) int {
	return numeral(strings.Map(func(r rune) rune {
		if _, han := genre.Numerals[string(r)]; han || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s))
}

// yearOf is the year that a plan is for: that of its title, else of its number, else of its issue; 0 when none is known.
func yearOf(p plan.Plan) int {
	for _, s := range []string{p.Title, p.Number} {
		if m := genre.words["four_digits"].FindString(spell(s, 0).folded().string); m != "" {
			return numeral(m)
		}
	}
	return p.Issued.Year
}
