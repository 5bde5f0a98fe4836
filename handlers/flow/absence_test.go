package flow

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
)

func (c *chat) leaves() *chat {
	c.t.Helper()
	return c.begins(Task{Story: Leaving, Colleagues: []Colleague{{ID: "wang", Name: "王某"}, {ID: "bai", Name: "白某"}, {ID: "bai2", Name: "白某某"}}})
}

// The conversation asks from when, how long and who, and leaves nothing out; buttons and words do the same.
func TestLeaving(t *testing.T) {
	want := SetAway{From: "2026-03-02", Until: "2026-03-04", Deputy: "wang"}
	for name, tell := range map[string]func(*chat){
		"buttons": func(c *chat) {
			c.sees("away.ask_from").presses("first_day 0").sees("away.ask_until").presses("for_days 3").sees("away.ask_deputy").presses("deputy wang")
		},
		"words":        func(c *chat) { c.says("今天").sees("away.ask_until").says("3").sees("away.ask_deputy").says("王") },
		"days first":   func(c *chat) { c.says("3天").sees("away.ask_deputy").says("王某") },
		"both at once": func(c *chat) { c.says("3-2 3-4").sees("away.ask_deputy").says("wang") },
		"last day":     func(c *chat) { c.says("今天").says("3月4日").presses("deputy wang") },
		"second thoughts": func(c *chat) {
			c.says("3-2 3-9").presses("deputy bai").sees("away.confirm").presses("back").sees("away.ask_deputy").presses("back").sees("away.ask_until").
				presses("back").sees("away.ask_from").says("今天").says("3天").presses("deputy wang")
		},
		"slips": func(c *chat) {
			c.says("随便").sees("away.no_day", "away.ask_from").says("3-1").sees("error.away.past", "away.ask_from").says("今天").says("3-1").sees("error.away.order", "away.ask_until").says("3天").
				says("白").sees("away.no_colleague", "away.ask_deputy").says("张").sees("away.no_colleague", "away.ask_deputy").says("王某")
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t).leaves()
			tell(c)
			c.sees("away.confirm").presses("leave").sees("SetAway")
			if got := last[SetAway](c); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
			if !c.state.Empty() {
				t.Errorf("left behind %+v", c.state)
			}
		})
	}
}

// Nobody may be named, by the button or in words; whoever is not offered cannot be.
func TestLeaving_nobody(t *testing.T) {
	for _, said := range []string{"", "无"} {
		c := newChat(t).leaves().says("明天").says("1天")
		c.gets(Event{Kind: Button, Data: Press{Nonce: c.state.Task.Nonce, Verb: "deputy", Arg: "admin"}.Data()}).sees("flow.old_button")
		if said == "" {
			c.gets(Event{Kind: Button, Data: Press{Nonce: c.state.Task.Nonce, Verb: "deputy"}.Data()})
		} else {
			c.says(said)
		}
		c.sees("away.confirm").presses("leave")
		if got := last[SetAway](c); got != (SetAway{From: "2026-03-03", Until: "2026-03-03", Deputy: grid.OfficerID("")}) {
			t.Errorf("%+v", got)
		}
	}
}
