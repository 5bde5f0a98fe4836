package flow

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// today is this day where the district is.
func (t *turn) today() time.Time {
	if t.rules.Location == nil {
		return t.now
	}
	return t.now.In(t.rules.Location)
}

// askLeave asks for what is not known yet of an absence: from when, how long, who stands in; then whether it is right.
func (t *turn) askLeave() {
	task := t.s.Task
	if task.Leave == nil {
		task.Leave = &Leave{}
	}
	switch l := task.Leave; {
	case l.From == "":
		t.ask("away.ask_from", nil, []Choice{
			t.choice("button.from_today", "first_day", "0"), t.choice("button.from_tomorrow", "first_day", "1"),
		})
	case l.Until == "":
		var days []Choice
		for _, n := range []int{1, 2, 3, 5, 7, 15} {
			c := t.choice("button.for_days", "for_days", strconv.Itoa(n))
			c.Args = args("n", n)
			days = append(days, c)
		}
		t.ask("away.ask_until", args("from", l.From), inRows(3, days)...)
	case !l.Named:
		t.ask("away.ask_deputy", args("from", l.From, "until", l.Until), t.colleagues()...)
	default:
		t.ask("away.confirm", args("from", l.From, "until", l.Until, "deputy", t.deputyName(l.Deputy)),
			[]Choice{t.choice("button.leave", "leave", "")})
	}
}

// colleagues are a button for each who may stand in, and one for nobody.
func (t *turn) colleagues() [][]Choice {
	all := make([]Choice, 0, len(t.s.Task.Colleagues)+1)
	for _, c := range t.s.Task.Colleagues {
		all = append(all, t.named(texts.Name(c.Name), "deputy", string(c.ID)))
	}
	return inRows(2, append(all, t.choice("button.no_deputy", "deputy", "")))
}

func (t *turn) deputyName(id grid.OfficerID) any {
	for _, c := range t.s.Task.Colleagues {
		if c.ID == id {
			return c.Name
		}
	}
	return texts.Text{Key: "away.nobody"}
}

// leaveMessage reads days or a name, whichever is asked for.
func (t *turn) leaveMessage() {
	if t.s.Task.Leave == nil {
		t.s.Task.Leave = &Leave{}
	}
	switch l := t.s.Task.Leave; {
	case l.From == "":
		t.takeSpan()
	case l.Until == "":
		from, _ := time.ParseInLocation(time.DateOnly, l.From, t.today().Location())
		until, ok := readEnd(t.e.Text, from, t.today())
		t.until(until, ok)
	case !l.Named:
		t.takeName()
	default:
		t.askAgain()
	}
}

// takeSpan reads the first day, and the last one as well when it is there.
func (t *turn) takeSpan() {
	span, rest, ok := ReadSpan(strings.Fields(t.e.Text), t.today())
	if !ok || len(rest) > 0 {
		t.sayKey("away.no_day", "said", excerpt(t.e.Text))
		t.askAgain()
		return
	}
	if span.From.Format(time.DateOnly) < t.today().Format(time.DateOnly) {
		t.sayKey("error.away.past")
		t.askAgain()
		return
	}
	t.s.Task.Leave.From = span.From.Format(time.DateOnly)
	if _, days := daysOf(t.e.Text); days || !span.Until.Equal(span.From) {
		t.until(span.Until, true)
		return
	}
	t.askAgain()
}

// until takes the last day.
func (t *turn) until(day time.Time, ok bool) {
	switch last := day.Format(time.DateOnly); {
	case !ok:
		t.sayKey("away.no_day", "said", excerpt(t.e.Text))
	case last < t.s.Task.Leave.From:
		t.sayKey("error.away.order")
	default:
		t.s.Task.Leave.Until = last
	}
	t.askAgain()
}

// takeName finds the colleague who was named in words: by the name, a part of it that only one has, or the ID.
func (t *turn) takeName() {
	said := strings.TrimSpace(t.e.Text)
	if means(said, "nobody") {
		t.chooseDeputy("")
		return
	}
	var found []grid.OfficerID
	for _, c := range t.s.Task.Colleagues {
		if string(c.ID) == said || c.Name == said {
			found = []grid.OfficerID{c.ID}
			break
		}
		if said != "" && strings.Contains(c.Name, said) {
			found = append(found, c.ID)
		}
	}
	if len(found) != 1 {
		t.sayKey("away.no_colleague", "said", excerpt(said))
		t.askAgain()
		return
	}
	t.chooseDeputy(string(found[0]))
}

func (t *turn) chooseFirstDay(ahead string) {
	n, err := strconv.Atoi(ahead)
	if t.s.Task.Leave == nil || err != nil {
		t.stale()
		return
	}
	t.s.Task.Leave = &Leave{From: t.today().AddDate(0, 0, n).Format(time.DateOnly)}
	t.askAgain()
}

func (t *turn) chooseDays(days string) {
	n, err := strconv.Atoi(days)
	l := t.s.Task.Leave
	if l == nil || l.From == "" || err != nil || n < 1 {
		t.stale()
		return
	}
	from, err := time.Parse(time.DateOnly, l.From)
	if err != nil {
		t.stale()
		return
	}
	l.Until, l.Named, l.Deputy = from.AddDate(0, 0, n-1).Format(time.DateOnly), false, ""
	t.askAgain()
}

func (t *turn) chooseDeputy(id string) {
	l := t.s.Task.Leave
	known := id == ""
	for _, c := range t.s.Task.Colleagues {
		known = known || string(c.ID) == id
	}
	if l == nil || l.Until == "" || !known {
		t.stale()
		return
	}
	l.Named, l.Deputy = true, grid.OfficerID(id)
	t.askAgain()
}

// leave gives the command once everything is known.
func (t *turn) leave() {
	l := t.s.Task.Leave
	if l == nil || !l.Named {
		t.stale()
		return
	}
	t.do(SetAway{From: l.From, Until: l.Until, Deputy: l.Deputy})
	t.endStory()
}

// back takes back the last answer of an absence and tells whether there was one.
func (l *Leave) back() bool {
	switch {
	case l == nil || l.From == "":
		return false
	case l.Named:
		l.Named, l.Deputy = false, ""
	case l.Until != "":
		l.Until = ""
	default:
		l.From = ""
	}
	return true
}
