package texts

import "strings"

// Period is how people call a year, a half, a quarter or a month of one, or a day: 2017, 2017-H1, 2017-Q3, 2017-09, 2017-09-04.
func Period(name string) Text {
	year, part, ok := strings.Cut(name, "-")
	switch {
	case !ok:
		return Text{Key: "period.year", Args: Args{"year": year}}
	case strings.HasPrefix(part, "Q"):
		return Text{Key: "period.quarter", Args: Args{"year": year, "quarter": Text{Key: "period.quarter." + part[1:]}}}
	case strings.HasPrefix(part, "H"):
		return Text{Key: "period.half", Args: Args{"year": year, "half": Text{Key: "period.half." + part[1:]}}}
	case strings.Contains(part, "-"):
		return Text{Key: "period.day", Args: Args{"day": name}}
	}
	return Text{Key: "period.month", Args: Args{"year": year, "month": strings.TrimPrefix(part, "0")}}
}
