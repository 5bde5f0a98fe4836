package flow

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var clockForm = regexp.MustCompile(`^(.*?)(\d{1,2}):(\d{0,2})$`)

// ReadMoment reads an hour, with a day before it or without, as people write it: 15:30, 11-10 9:00, and the same in Chinese with
// its own marks and parts of the day. An hour without a day is the next one after now. The answer is in now's time zone.
func ReadMoment(text string, now time.Time) (time.Time, bool) {
	before, hour, minute, ok := readHour(text)
	if !ok {
		return time.Time{}, false
	}
	day, given := now, before != ""
	if given {
		if day, ok = ReadDay(before, now); !ok {
			return time.Time{}, false
		}
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location())
	if !given && !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at, true
}

// readHour reads the hour and minute at the end of a text, and what stands before them.
func readHour(text string) (before string, hour, minute int, ok bool) {
	said := strings.ToLower(strings.TrimSpace(text))
	later := false
	for _, word := range phrases["afternoon"] {
		if head, rest, found := strings.Cut(said, word); found {
			said, later = head+rest, true
		}
	}
	for _, word := range phrases["forenoon"] {
		said = strings.Replace(said, word, "", 1)
	}
	for _, mark := range phrases["half_past"] {
		if head, found := strings.CutSuffix(said, mark); found {
			said = head + ":30"
		}
	}
	for _, mark := range phrases["hour_marks"] {
		said = strings.ReplaceAll(said, mark, ":")
	}
	for _, mark := range phrases["minute_marks"] {
		said = strings.TrimSuffix(said, mark)
	}
	m := clockForm.FindStringSubmatch(strings.TrimSpace(said))
	if m == nil {
		return "", 0, 0, false
	}
	hour, _ = strconv.Atoi(m[2])
	minute, _ = strconv.Atoi("0" + m[3])
	if later && hour < 12 {
		hour += 12
	}
	return strings.TrimSpace(m[1]), hour, minute, hour <= 23 && minute <= 59
}
