package main

import (
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// deadlineCmd computes a legal deadline.
type deadlineCmd struct {
	seedsFlags
	From  string `required:"" help:"When the limit starts: 2026-02-13, or 2026-02-13T09:30."`
	Lang  string `default:"zh-CN" help:"Language of the reasons: zh-CN or en."`
	Limit string `required:"" help:"How long it is: 3wd (working days), 60d (days) or 4h (hours)."`
}

// Run prints the date and why it is that one.
func (c deadlineCmd) Run(s streams) error {
	district, err := c.load()
	if err != nil {
		return err
	}
	limit, err := calendar.ParseLimit(c.Limit)
	if err != nil {
		return fmt.Errorf("--limit %q: expected a whole number with wd, d or h, such as 3wd, 60d or 4h", c.Limit)
	}
	loc := district.Settings.TimeZone
	from, err := parseMoment(c.From, loc)
	if err != nil {
		return err
	}
	d := district.Calendar.Deadline(from, limit)
	if limit.Unit == calendar.Hour || limit.Unit == calendar.Minute {
		_, _ = fmt.Fprintln(s.out, d.At.In(loc).Format("2006-01-02 15:04"))
	} else {
		_, _ = fmt.Fprintln(s.out, d.Date())
	}
	words, err := texts.New()
	if err != nil {
		return err
	}
	lang := words.Match(c.Lang)
	for _, step := range d.Why {
		_, _ = fmt.Fprintln(s.out, "  "+words.Plain(lang, "deadline."+string(step.Code), texts.Args{
			"from": step.From.String(), "to": step.To.String(), "n": step.N, "festival": festival(step.Festival),
		}))
	}
	if d.Provisional {
		_, _ = fmt.Fprintln(s.out, "  "+words.Plain(lang, "deadline.provisional", nil))
	}
	return nil
}

func festival(f calendar.Festival) texts.Text {
	if f == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "festival." + string(f)}
}

// parseMoment reads a date, or a date with a time of day, in the office's time zone.
func parseMoment(text string, loc *time.Location) (time.Time, error) {
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(form, text, loc); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time: expected 2026-02-13 or 2026-02-13T09:30", text)
}
