package texts

import "strings"

// Period is how people call a year, a half, a quarter or a month of one: 2017, 2017-H1, 2017-Q3, 2017-09.
func Period(name string) Text {
	if year, half, ok := strings.Cut(name, "-H"); ok {
		return Text{Key: "period.half", Args: Args{"year": year, "half": Text{Key: "period.half." + half}}}
	}
	if year, month, ok := strings.Cut(name, "-"); ok && !strings.HasPrefix(month, "Q") {
		return Text{Key: "period.month", Args: Args{"year": year, "month": strings.TrimPrefix(month, "0")}}
	}
	year, quarter, ok := strings.Cut(name, "-Q")
	if !ok {
		return Text{Key: "period.year", Args: Args{"year": year}}
	}
	return Text{Key: "period.quarter", Args: Args{"year": year, "quarter": Text{Key: "period.quarter." + quarter}}}
}
