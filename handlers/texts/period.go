package texts

import "github.com/gridwarden/gridwarden/grid/calendar"

// Period is how people call a period of that name: a year, a half, a quarter, a month, ten days or a week of one, a day.
func Period(name string) Text {
	kind, figures := calendar.Called(name)
	args := make(Args, len(figures))
	for k, v := range figures {
		args[k] = v
	}
	return Text{Key: "period." + kind, Args: args}
}
