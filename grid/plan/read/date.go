package read

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// moment is a time that a text names.
type moment struct {
	from, to int // bytes of the text
	first    calendar.Date
	last     calendar.Date
	doubt    Code // Ambiguous, NoDate, or none
	ours     bool // the text leaves the year to the plan
}

// moments finds the times in a text, in their order, without those that only look back. year is the plan's own.
func moments(t string, year int) []moment {
	var out []moment
	taken := make([]bool, len(t)+1)
	for _, r := range genre.Dates {
		for _, m := range r.re.FindAllStringSubmatchIndex(t, -1) {
			if taken[m[0]] || taken[m[1]-1] {
				continue
			}
			for i := m[0]; i < m[1]; i++ {
				taken[i] = true
			}
			if looksBack(t, m[0], m[1]) {
				continue
			}
			if x, ok := when2(r.Means, groups(t, m), t[m[0]:m[1]], year); ok {
				x.from, x.to = m[0], m[1]
				out = append(out, x)
			}
		}
	}
	for _, re := range genre.unclear {
		for _, m := range re.FindAllStringIndex(t, -1) {
			if !taken[m[0]] {
				taken[m[0]] = true
				out = append(out, moment{from: m[0], to: m[1], doubt: NoDate})
			}
		}
	}
	sortMoments(out)
	return out
}

// looksBack tells whether a year is what something is compared with, or part of a name.
func looksBack(t string, from, to int) bool {
	before := t[:from]
	if at := genre.match("not_a_date", before); at != nil && !strings.HasSuffix(before, genre.Plain["at"]) {
		return true
	}
	if open := strings.LastIndex(before, "\u300a"); open >= 0 && !strings.Contains(before[open:], "\u300b") {
		return true
	}
	if open := strings.LastIndexAny(before, "[("); open >= 0 && open == len(before)-1 {
		return true
	}
	return genre.is("not_a_date_after", t[to:])
}

func groups(t string, m []int) []string {
	out := make([]string, 0, len(m)/2)
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] < 0 {
			out = append(out, "")
		} else {
			out = append(out, t[m[i]:m[i+1]])
		}
	}
	return out
}

// when2 tells which days an expression means.
func when2(means string, g []string, all string, year int) (moment, bool) {
	switch means {
	case "range", "years":
		return rangeOf(means, g)
	case "from":
		y, m, d := yearNumber(g[0]), max(count(g[1]), 1), 1
		if len(g) > 2 && g[2] != "" {
			d = count(g[2])
		}
		first := day(y, m, d)
		return moment{first: first}, first != calendar.Date{}
	case "by", "before_month":
		m := moment{last: endOf(g, 0)}
		if means == "before_month" {
			m.doubt = Ambiguous
		}
		return m, m.last != calendar.Date{}
	case "third":
		days := map[bool]int{true: 10, false: 20}[strings.HasPrefix(g[2], genre.Plain["upper"])]
		return last(day(yearNumber(g[0]), count(g[1]), days))
	case "quarter":
		return last(quarterEnd(yearNumber(g[0]), count(g[1])))
	case "part":
		return last(partEnd(yearNumber(g[0]), g[1]))
	case "year", "before_year":
		m, ok := last(day(yearNumber(g[0]), 12, 31))
		if means == "before_year" {
			m.doubt = Ambiguous
		}
		return m, ok
	case "five":
		return last(day(1955+5*(10+count(g[0])), 12, 31))
	case "iso", "point":
		return written(means, g, all)
	}
	m, ok := relative(means, g, year)
	m.ours = true
	return m, ok
}

func last(d calendar.Date) (moment, bool) { return moment{last: d}, d != calendar.Date{} }

// endOf is the last day of what the groups from i on name: a year, a month or a day.
func endOf(g []string, i int) calendar.Date {
	y := yearNumber(g[i])
	switch {
	case len(g) > i+2 && g[i+2] != "":
		return day(y, count(g[i+1]), count(g[i+2]))
	case len(g) > i+1 && g[i+1] != "":
		return monthEnd(y, count(g[i+1]))
	}
	return day(y, 12, 31)
}

// rangeOf reads 2017-2020年, and from one month to another.
func rangeOf(means string, g []string) (moment, bool) {
	if means == "years" {
		m := moment{first: day(yearNumber(g[0]), 1, 1), last: day(yearNumber(g[1]), 12, 31)}
		return m, m.first.Compare(m.last) < 0
	}
	first := day(yearNumber(g[0]), max(count(g[1]), 1), max(count(g[2]), 1))
	if g[3] == "" {
		g[3] = g[0]
	}
	if g[4] == "" && g[5] == "" && yearNumber(g[3]) == yearNumber(g[0]) {
		return moment{}, false
	}
	m := moment{first: first, last: endOf(g, 3)}
	return m, m.first != calendar.Date{} && m.last != calendar.Date{} && m.first.Compare(m.last) <= 0
}

func quarterEnd(y, q int) calendar.Date {
	if q < 1 || q > 4 {
		return calendar.Date{}
	}
	return monthEnd(y, 3*q)
}

// partEnd is the last day of a part of a year, which is the whole unless it says otherwise.
func partEnd(y int, part string) calendar.Date {
	return monthEnd(y, genre.Ends[part])
}

// written reads 2017-12-31 and 2017.12.
func written(means string, g []string, all string) (moment, bool) {
	if means == "point" {
		return last(monthEnd(numeral(g[0]), numeral(g[1])))
	}
	f := strings.FieldsFunc(all, func(r rune) bool { return r < '0' || r > '9' })
	if len(f) != 3 {
		return moment{}, false
	}
	return last(day(numeral(f[0]), numeral(f[1]), numeral(f[2])))
}

// relative reads what leaves the year to the plan; without that it is a time of which no day can be told.
func relative(means string, g []string, year int) (moment, bool) {
	if year == 0 {
		return moment{doubt: NoDate}, true
	}
	switch means {
	case "this":
		if len(g) > 0 && g[0] != "" && strings.HasPrefix(g[0], genre.Plain["next"]) {
			year++
		}
		part := ""
		if len(g) > 1 {
			part = g[1]
		}
		if genre.Ends[part] == 0 {
			return last(day(year, 12, 31))
		}
		return last(partEnd(year, part))
	case "this_quarter":
		return last(quarterEnd(year, count(g[0])))
	case "this_part":
		return last(partEnd(year, g[0]))
	case "this_by":
		if len(g) > 1 && g[1] != "" {
			return last(day(year, count(g[0]), count(g[1])))
		}
		return last(monthEnd(year, count(g[0])))
	}
	return moment{}, false
}
