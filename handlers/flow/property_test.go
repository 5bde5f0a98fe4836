package flow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// What fills the slots of a report, in whatever order.
func slotFillers() []Event {
	return []Event{
		{ID: 1, Text: "工厂往河里排黑水"},
		{ID: 2, Text: "寿乐镇"},
		{ID: 3, Point: &inShoule, Accuracy: 20},
		{ID: 4, Files: []File{{Unique: "a", Kind: "photo", Group: "g"}}},
		{ID: 5, Files: []File{{Unique: "b", Kind: "photo", Group: "g"}}},
		{ID: 6, Files: []File{{Unique: "v", Kind: "voice"}}},
		{ID: 7, Kind: Fetched, File: "a", Point: &geo.Point{Lon: 102.3, Lat: 36.6}},
	}
}

func TestAnyOrderEndsInTheSameDraft(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChat(t)
		for _, e := range rapid.Permutation(slotFillers()).Draw(rt, "order") {
			if e.Kind == Fetched && !slices.ContainsFunc(c.files(), func(f File) bool { return f.Unique == e.File }) {
				continue // a file is fetched after it was sent
			}
			c.gets(e)
		}
		c.presses("submit")
		d := last[Submit](c).Draft
		var unique []string
		for _, f := range d.Files {
			unique = append(unique, f.Unique)
		}
		slices.Sort(unique)
		if d.Text() != "工厂往河里排黑水" || d.Place() != "寿乐镇" || d.Cell != "630202102" || d.Pin == nil || d.Pin.Point != inShoule ||
			!slices.Equal(unique, []string{"a", "b", "v"}) || !slices.Equal(d.Categories, []string{"water"}) {
			rt.Fatalf("submitted %+v", d)
		}
	})
}

func (c *chat) files() []File {
	if c.state.Draft == nil {
		return nil
	}
	return c.state.Draft.Files
}

var words = rapid.SampledFrom([]string{
	"工厂往河里排黑水", "寿乐镇", "土官口村", "新堡子", "高庙镇有噪音", "平安区", "路灯坏了很久了", "爆炸", "你好", "谢谢", "嗯", "取消", "返回", "帮助",
	"/start", "/report", "/cancel", "/my", "/status", "/status 2026-00001 abcd", "/language", "/help", "/checkin", "/x", "2026-00001", "abcd",
	"大槐树下", "<b>&amp;", "black water in the river", "13800000000", "啊啊啊啊啊啊", "臭", "每天晚上都有难闻的味道",
})

// anyEvent draws something that a person, or the program, may do at any time.
func (c *chat) anyEvent(t *rapid.T, n int) Event {
	e := Event{}
	file := func() []File {
		return []File{{
			Unique: rapid.StringMatching(`[a-h]`).Draw(t, "file"),
			Kind:   rapid.SampledFrom([]string{"photo", "voice", "document"}).Draw(t, "file kind"),
			Group:  rapid.SampledFrom([]string{"", "g1", "g2"}).Draw(t, "group"),
		}}
	}
	point := func() *geo.Point {
		return &geo.Point{Lon: 102.4, Lat: rapid.SampledFrom([]float64{36.5, 35, 999}).Draw(t, "lat")}
	}
	switch rapid.IntRange(0, 11).Draw(t, "what") {
	case 0, 1, 2:
		e.Text = words.Draw(t, "words")
	case 3:
		e.Text, e.Files = words.Draw(t, "caption"), file()
	case 4:
		e.Files = file()
	case 5:
		e.Point = point()
		e.Live, e.Edited = rapid.Bool().Draw(t, "live"), rapid.Bool().Draw(t, "update")
	case 6:
		e.Text, e.Edited, e.ID = words.Draw(t, "edit"), true, rapid.IntRange(1, n+1).Draw(t, "message")
	case 7:
		e.Contact = &Phone{Number: "138", Own: rapid.Bool().Draw(t, "own")}
	case 8, 9:
		e.Kind, e.Data = Button, "f1::report:"
		if len(c.shown) > 0 {
			e.Data = rapid.SampledFrom(c.shown).Draw(t, "button").Data
		}
	case 10:
		e.Kind, e.File, e.Point = Fetched, "a", point()
	case 11:
		e.Kind = Begin
		e.Task = &Task{
			Story: rapid.SampledFrom([]Story{Checking, HandingIn, Objecting, Refusing, Closing, Missing, Extending, Granting, Denying, Appealing, Upholding, Reworking, Returning, Reassigning, Leaving, More, Status, Asking, Answering, Naming, Unsealing, Supervising, Mustering, Arriving, Excusing, Wording, Remarking, Explaining, Entering, Correcting, Report, Idle, "x"}).Draw(t, "story"),
			Case:  "c", Number: "A2026-00001", Cell: "630202102", Needs: []casework.Stage{casework.Before}, Assess: &Assessed{Period: "2026-Q3", Unit: "t630202102", Name: "寿乐镇", Indicator: "x", Remark: 1}, Colleagues: []Colleague{{ID: "li", Name: "李某"}}, Offered: []grid.CellCode{"630202", "630202102"},
		}
	}
	return e
}

// kept is every word and file that the state or a command still holds.
func (c *chat) kept() map[string]bool {
	all := make(map[string]bool)
	add := func(ws []Words, fs []File) {
		for _, w := range ws {
			all[w.Text] = true
		}
		for _, f := range fs {
			all["file "+f.Unique] = true
		}
	}
	drafts := []*Draft{c.state.Draft, c.state.Dropped}
	for _, cmd := range c.every {
		switch cmd := cmd.(type) {
		case Submit:
			drafts = append(drafts, &cmd.Draft)
		case FileReport:
			drafts = append(drafts, &cmd.Draft)
		case Follow:
			drafts = append(drafts, &cmd.Draft)
		case AddWords:
			add([]Words{{Text: cmd.Words}}, cmd.Files)
		case AddEvidence:
			add([]Words{{Text: cmd.Words}}, cmd.Files)
		}
	}
	for _, d := range drafts {
		if d != nil {
			add(d.Words, d.Files)
			add(d.Former, nil)
			all[d.Name] = true
		}
	}
	for _, e := range c.state.Held {
		add([]Words{{Text: e.Text}}, e.Files)
	}
	delete(all, "")
	return all
}

// lets tells whether an event lets go of words by its meaning: another story, cancelling, beginning anew, editing a
// message that waits.
func (c *chat) lets(e Event) bool {
	p, _ := ParsePress(e.Data)
	return e.Kind == Begin || means(e.Text, "cancel") || e.Text == "/cancel" || e.Text == "/checkin" ||
		contains([]string{"cancel", "anew", "more", "restore"}, p.Verb) || e.Edited && len(c.state.Held) > 0
}

func TestNothingThatWasSaidIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChat(t)
		c.book.rules.MaxText, c.book.rules.MaxFiles = 100000, 1000
		c.field = rapid.Bool().Draw(rt, "field")
		if rapid.Bool().Draw(rt, "similar") {
			c.similar = []Similar{{Case: "old", Categories: []string{"water"}, Cell: "630202102", State: "handling", At: c.now}}
		}
		for i := range 25 {
			e := c.anyEvent(rt, i)
			if c.lets(e) {
				continue
			}
			if c.state.Story == Status {
				c.gets(Event{Text: "/cancel"})
			}
			story, step, before := c.state.Story, c.state.Step, c.kept()
			if story == Report && e.Kind == "" && !strings.HasPrefix(e.Text, "/") && !means(e.Text, "back") && !e.Edited {
				for _, f := range e.Files {
					before["file "+f.Unique] = true
				}
				if text := strings.TrimSpace(e.Text); text != "" && (step != stepPhone && step != stepName || enough(text, c.book.rules)) {
					before[text] = true
				}
			}
			c.gets(e)
			for what := range before {
				if after := c.kept(); !after[what] {
					rt.Fatalf("%q is lost in %s %s by %+v: %v %v", what, story, step, e, c.keys(), c.commands())
				}
			}
		}
	})
}

func TestAnythingAtAnyTime(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChat(t)
		c.field = rapid.Bool().Draw(rt, "field")
		for i := range rapid.IntRange(1, 40).Draw(rt, "length") {
			if rapid.IntRange(0, 9).Draw(rt, "waits") == 0 {
				c.now = c.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(rt, "hours")) * time.Hour)
			}
			c.gets(c.anyEvent(rt, i)) // checks what is said, and that the state survives a restart
			if c.state.Story != Idle {
				c.hasAWayOut(rt)
			}
		}
		for range 6 { // tasks, drafts and what is held go one by one
			c.gets(Event{Text: "/cancel"})
		}
		if s := c.state; s.Story != Idle || s.Draft != nil || s.Task != nil || len(s.Held) > 0 {
			rt.Fatalf("there is no way out of %+v", s)
		}
	})
}

// hasAWayOut checks that /cancel, tried on a copy, leaves the story under way.
func (c *chat) hasAWayOut(t *rapid.T) {
	s, said, _ := Step(c.book, c.state, Event{Kind: Message, Text: "/cancel", ID: 1000, At: c.now}, c.now)
	if s.Story != Idle || len(said) == 0 {
		t.Fatalf("/cancel in %s %s leads to %s and says %d things", c.state.Story, c.state.Step, s.Story, len(said))
	}
}
