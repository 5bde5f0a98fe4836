package flow

import (
	"regexp"
	"strings"
)

var (
	statusNumber = regexp.MustCompile(`^[A-Z]{0,3}\d{4}-\d{3,9}$`)
	statusCode   = regexp.MustCompile(`^[0-9A-Z-]{4,16}$`)
)

// startStatus answers /status with whatever of number and code came along.
func (t *turn) startStatus(rest string) {
	number, code := parseStatus(rest)
	if number != "" && code != "" {
		t.do(ShowStatus{Number: number, Code: code})
		return
	}
	t.startTask(Task{Story: Status, Number: number})
}

// statusLine answers a text that is a report number, with or without its code, and tells whether it was one.
func (t *turn) statusLine(text string) bool {
	number, code := parseStatus(text)
	if number == "" || len(strings.Fields(narrow(text))) > 2 {
		return false
	}
	if code == "" && len(strings.Fields(text)) > 1 {
		return false
	}
	t.startStatus(text)
	return true
}

func (t *turn) askStatus() {
	if t.s.Task.Number == "" {
		t.ask("status.ask_number", nil)
		return
	}
	t.ask("status.ask_code", args("number", t.s.Task.Number))
}

func (t *turn) statusMessage() {
	task := t.s.Task
	number, code := parseStatus(t.e.Text)
	if number != "" {
		task.Number = number
	}
	if number == "" && code == "" {
		if t.bringsMatter() { // the wrong button was pressed: what was written is not lost
			t.s.Story, t.s.Step, t.s.Task = Idle, "", nil
			t.idle()
			return
		}
		t.sayKey("status.not_a_number")
	}
	if task.Number == "" || code == "" {
		t.askStatus()
		return
	}
	t.do(ShowStatus{Number: task.Number, Code: code})
	t.endStory()
}

// Number is the report or case number that a text is and nothing else, or "".
func Number(text string) string {
	if said := strings.TrimSpace(narrow(text)); statusNumber.MatchString(said) {
		return said
	}
	return ""
}

// parseStatus finds a report number and a query code in a text; either is empty when it is not there.
func parseStatus(text string) (number, code string) {
	for f := range strings.FieldsSeq(narrow(text)) {
		switch {
		case number == "" && statusNumber.MatchString(f):
			number = f
		case code == "" && statusCode.MatchString(f):
			code = f
		}
	}
	return number, code
}

// narrow writes full-width letters, digits and dashes, as Chinese keyboards type them, as plain capitals.
func narrow(text string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　' || r == '，' || r == '、':
			return ' '
		case r == '—' || r == '–' || r == '－':
			return '-'
		}
		return r
	}, text))
}
