package calendar

import (
	"regexp"
	"strings"
)

// periodForm is how periods are named: 2017, 2017H2, 2017Q3, 2017W36, 2017-09, 2017-09T1 (the first ten days), 2017-09-04.
// Publications write halves and quarters with a dash.
var periodForm = regexp.MustCompile(`^(\d{4})(?:-?(H[12]|Q[1-4]|W\d\d)|-(0[1-9]|1[0-2])(?:T([1-3]))?)?$`)

// Called takes the name of a period apart for the catalogue, which has the words: what kind of period it is, with its number where it
// has one ("quarter.3", "month.9", "year"), and the figures that the words may need. Any other name is a "day" that is called as it
// stands.
func Called(name string) (kind string, figures map[string]string) {
	m := periodForm.FindStringSubmatch(name)
	if m == nil {
		return "day", map[string]string{"day": name}
	}
	part, month, third := m[2], strings.TrimLeft(m[3], "0"), m[4]
	figures = map[string]string{"year": m[1]}
	switch {
	case strings.HasPrefix(part, "H"):
		return "half." + part[1:], figures
	case strings.HasPrefix(part, "Q"):
		return "quarter." + part[1:], figures
	case strings.HasPrefix(part, "W"):
		figures["week"] = strings.TrimLeft(part[1:], "0")
		return "week", figures
	case third != "":
		figures["month"] = month
		return "ten_days." + third, figures
	case month != "":
		return "month." + month, figures
	}
	return "year", figures
}
