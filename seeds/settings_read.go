package seeds

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
)

const settingsFile = "settings.yaml"

// loadSettings fills every field of Settings from the entry of its name. A missing or unknown name, a value of the wrong
// kind or unit and a number without a source are faults.
func (l *loader) loadSettings() {
	var names []string
	t := reflect.TypeFor[Settings]()
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("setting"); name != "" {
			names = append(names, name)
		}
	}
	f, ok := l.open(settingsFile, names...)
	if !ok {
		return
	}
	s := reflect.ValueOf(&l.d.Settings).Elem()
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("setting")
		entry, there := f.byKey[name]
		if !there {
			continue // not a setting, or a fault already
		}
		e := entry.fields([]string{"value", "source", "status"}, "unit", "note")
		value, there := e.byKey["value"]
		if !there {
			continue
		}
		e.checkUnit(t.Field(i).Tag.Get("unit"))
		l.readSetting(value, s.Field(i).Addr().Interface())
		l.d.Settings.list = append(l.d.Settings.list, e.setting(name, value))
	}
	slices.SortFunc(l.d.Settings.list, func(a, b Setting) int { return cmp.Compare(a.Line, b.Line) })
	l.checkSettings(f)
}

func (f fields) checkUnit(unit string) {
	if got := f.text("unit"); got != unit {
		want := "unit: " + unit
		if unit == "" {
			want = "no unit: the value carries its own, or needs none"
		}
		f.fault(want, "unit %q", got)
		f.faults.at("unit")
	}
}

var (
	statuses    = []string{StatusCertain, StatusLocal, StatusUnverified, StatusOurs}
	statusNames = strings.Join(statuses, ", ")
)

// setting is the entry as documentation.
func (f fields) setting(name string, value node) Setting {
	s := Setting{
		Name: name, Value: value.shown(), Unit: f.text("unit"), Source: f.text("source"),
		Status: f.text("status"), Note: f.text("note"), Line: value.at.Line, cell: value.cell(),
	}
	if n, ok := f.byKey["status"]; ok && !slices.Contains(statuses, s.Status) {
		n.fault(statusNames, "status %q", s.Status)
	}
	return s
}

// shown is a value in one line.
func (n node) shown() string {
	if n.at.Value != "" {
		return n.at.Value
	}
	parts := make([]string, 0, len(n.at.Content))
	for i, at := range n.at.Content {
		part := n.child(at).shown()
		if i%2 == 1 && n.kind() == "a block of keys" {
			parts[len(parts)-1] += " " + part
			continue
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// readSetting reads a value into a field of Settings.
func (l *loader) readSetting(n node, into any) {
	switch v := into.(type) {
	case **time.Location:
		*v = n.location()
	case *calendar.Limit:
		*v = n.limit()
	case *[]casework.StageRule:
		*v = n.stages()
	case *calendar.Quiet:
		*v = n.quiet(l.d.Settings.TimeZone)
	case *site.Day:
		*v = n.yearDay()
	case *calendar.Date:
		*v = n.date()
	case *Cron:
		*v = n.cron()
	default:
		n.readPlain(into)
	}
}

// readPlain reads what is a number, a truth, a text or a list of them; it knows no other field.
func (n node) readPlain(into any) {
	switch v := into.(type) {
	case *time.Duration:
		*v = n.duration()
	case *int:
		*v = n.count()
	case *float64:
		*v = n.measure()
	case *bool:
		*v = fields{byKey: map[string]node{"value": n}}.truth("value")
	case *string:
		*v = n.text()
	case *[]string:
		*v = n.texts()
	case *[]int:
		*v = n.counts()
	default:
		n.fault("a field of another type in the program", "no way to read a %T", into)
	}
}

func (n node) location() *time.Location {
	loc, err := time.LoadLocation(n.text())
	// "Local" would be whatever the machine thinks; an empty name would be UTC.
	if err != nil || n.at.Value == "Local" || n.at.Value == "" {
		n.fault("a time zone such as Asia/Shanghai", "%s", n.kind())
		return time.UTC
	}
	return loc
}

func (n node) limit() calendar.Limit {
	l, err := calendar.ParseLimit(n.text())
	if err != nil {
		n.fault("a number and d, wd or h, such as 3wd", "limit %s", n.kind())
	}
	return l
}

func (n node) quiet(loc *time.Location) calendar.Quiet {
	if loc == nil {
		loc = time.UTC // a fault already
	}
	q, err := calendar.ParseQuiet(n.text(), loc)
	if err != nil {
		n.fault("two times of day such as 22:00-07:00", "%s", n.kind())
	}
	return q
}

func (n node) yearDay() site.Day {
	d, err := site.ParseDay(n.text())
	if err != nil {
		n.fault("month and day such as 11-16", "%s", n.kind())
	}
	return d
}

var cronFields = regexp.MustCompile(`^[0-9*,/\-]+( [0-9*,/\-A-Za-z]+){4}$`)

func (n node) cron() Cron {
	if s := n.text(); !cronFields.MatchString(s) {
		n.fault(`five cron fields: minute, hour, day, month, weekday, such as "0 8 * * *"`, "%s", n.kind())
	}
	return Cron(n.at.Value)
}

func (n node) duration() time.Duration {
	d, err := time.ParseDuration(n.text())
	if err != nil || d <= 0 {
		n.fault("a length of time such as 24h, 90m or 30s", "%s", n.kind())
	}
	return d
}

func (n node) count() int {
	v, err := strconv.Atoi(n.text())
	if err != nil || v < 1 {
		n.fault("a whole number from 1", "%s", n.kind())
	}
	return v
}

// counts is a list of whole numbers.
func (n node) counts() []int {
	items := n.items()
	out := make([]int, len(items))
	for i, item := range items {
		out[i] = item.count()
	}
	return out
}

func (n node) measure() float64 {
	const most = 1e6 // metres: no district is wider; it also refuses NaN and Inf
	v, err := strconv.ParseFloat(n.text(), 64)
	if err != nil || !(v >= 0 && v <= most) {
		n.fault("a number from 0 to a million", "%s", n.kind())
	}
	return v
}
