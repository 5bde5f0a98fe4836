package texts

import "strings"

// Period is how people call a year or a quarter of one: 2017, 2017-Q3.
func Period(name string) Text {
	year, quarter, ok := strings.Cut(name, "-Q")
	if !ok {
		return Text{Key: "period.year", Args: Args{"year": year}}
	}
	return Text{Key: "period.quarter", Args: Args{"year": year, "quarter": Text{Key: "period.quarter." + quarter}}}
}
