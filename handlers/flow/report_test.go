package flow

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// turnOf is one line of a conversation: what the person does, and what is said and done.
type turnOf struct {
	does any // text, or Event, or press
	sees []string
}

type press string

func say(text string, sees ...string) turnOf   { return turnOf{text, sees} }
func send(e Event, sees ...string) turnOf      { return turnOf{e, sees} }
func tap(button string, sees ...string) turnOf { return turnOf{press(button), sees} }

func (c *chat) plays(turns []turnOf) {
	c.t.Helper()
	for i, turn := range turns {
		switch d := turn.does.(type) {
		case string:
			c.says(d)
		case Event:
			c.gets(d)
		case press:
			c.presses(string(d))
		}
		got := append(c.keys(), c.commands()...)
		if len(got) != len(turn.sees) {
			c.t.Fatalf("turn %d (%v): got %v, want %v", i+1, turn.does, got, turn.sees)
		}
		for j := range got {
			if got[j] != turn.sees[j] {
				c.t.Fatalf("turn %d (%v): got %v, want %v", i+1, turn.does, got, turn.sees)
			}
		}
	}
}

const full = "寿乐镇土官口村有人往河里倒污水"

func all(e Event, caption string) Event {
	e.Text, e.Point = caption, &geo.Point{Lon: 102.4, Lat: 36.5}
	return e
}

func TestConversations(t *testing.T) {
	outside := geo.Point{Lon: 102, Lat: 35}
	for name, turns := range map[string][]turnOf{
		"one message, one tap": {
			send(all(photo("a", "", ""), "工厂往河里排黑水"), "report.summary", "FindSimilar"),
			tap("submit", "Submit"),
		},
		"a question mark says nothing": {
			say("工厂往河里排黑水", "report.ask_where"), say("？", "flow.lost", "report.ask_where"), say("139", "flow.lost", "report.ask_where"),
		},
		"no number where one is asked for": {
			say(full, "report.summary", "FindSimilar"), tap("phone", "report.ask_phone"), say("不留", "report.phone_unclear", "report.summary"),
		},
		"words alone that tell everything": {
			say(full, "report.summary", "FindSimilar"), tap("submit", "Submit"),
		},
		"step by step": {
			say("/start", "start.welcome"), tap("report", "report.ask_first"),
			send(photo("a", "", ""), "report.ask_what_photo"), say("污水", "report.ask_more"),
			say("工厂晚上偷偷排", "report.ask_where"),
			send(location(inShoule), "report.summary", "FindSimilar"),
			tap("submit", "Submit"),
		},
		"a place first": {
			send(location(inShoule), "report.ask_what_place"), say("养殖场污水流进水渠", "report.summary", "FindSimilar"),
		},
		"a place in words first": {
			say("寿乐镇土官口村", "report.ask_what_place"), say("养殖场污水流进水渠", "report.summary", "FindSimilar"),
		},
		"a venue": {
			send(Event{Venue: "土官口小学 寿乐镇", Point: &inShoule, Picked: true}, "report.ask_what_place"),
			say("学校旁边垃圾成堆", "report.summary", "FindSimilar"),
		},
		"a live location, whose updates are not answered": {
			send(Event{Point: &inShoule, Live: true, ID: 77}, "report.ask_what_place"),
			send(Event{Point: &inShoule, Live: true, Edited: true, ID: 77}),
			say("学校旁边垃圾成堆", "report.summary", "FindSimilar"),
		},
		"a voice": {
			send(Event{Files: []File{{Unique: "v", Kind: "voice"}}}, "report.ask_what_voice"),
		},
		"an album is one report": {
			send(photo("a", "g", full), "report.summary", "FindSimilar"), send(photo("b", "g", "")), send(photo("c", "g", "")),
			tap("submit", "Submit"),
			send(photo("d", "g", ""), "AddWords"),
		},
		"an album whose caption comes last": {
			send(photo("a", "g", ""), "report.ask_what_photo"), send(photo("b", "g", "")),
			send(photo("c", "g", full), "report.summary", "FindSimilar"),
		},
		"unclear words ask for the category": {
			say("寿乐镇土官口村的味道让人受不了了", "report.ask_category"), tap("category noise", "report.summary", "FindSimilar"),
		},
		"a village that is there twice": {
			say("新堡子村旁边有人倒垃圾", "report.choose_cell"), tap("cell 630202103201", "report.summary", "FindSimilar"),
		},
		"a village that is there twice, said more exactly": {
			say("新堡子村旁边有人倒垃圾", "report.choose_cell"), say("高庙镇", "report.summary", "FindSimilar"),
		},
		"none of these, and nothing that is known": {
			say("新堡子村旁边有人倒垃圾", "report.choose_cell"), tap("none", "report.ask_village"),
			say("大槐树下面", "report.summary", "FindSimilar"),
		},
		"a place that sounds like pollution": {
			say("工厂往河里排黑水", "report.ask_where"), say("垃圾站后面", "report.ask_village"), say("寿乐镇", "report.summary", "FindSimilar"),
		},
		"a person who does not know the place": {
			say("工厂往河里排黑水", "report.ask_where"), say("不知道", "report.ask_village"),
			say("说不清楚。", "report.summary", "FindSimilar"), tap("submit", "Submit"),
		},
		"asked to choose, more of the matter": {
			say("新堡子村有人倒垃圾", "report.choose_cell"), say("晚上还有噪音", "report.choose_cell"),
			tap("cell 630202102202", "report.summary", "FindSimilar"),
		},
		"words and pin disagree": {
			say("高庙镇有人倒垃圾", "report.summary", "FindSimilar"), send(location(inShoule), "report.choose_conflict"),
			tap("cell 630202102", "report.summary", "FindSimilar"),
		},
		"outside, with a neighbour's phone": {
			say("平安区有人往河里排污水", "report.away_phone"), tap("away", "report.summary", "FindSimilar"),
			tap("submit", "Submit"),
		},
		"outside by point, then corrected": {
			say("有人往河里排污水", "report.ask_where"), send(location(outside), "report.away_direction"),
			tap("edit_place", "report.edit_place"), say("寿乐镇土官口村", "report.summary", "FindSimilar"),
		},
		"somebody else's matter": {
			say("寿乐镇土官口村路灯坏了好几天", "report.elsewhere"), tap("anyway", "report.summary", "FindSimilar"),
		},
		"an emergency": {
			say("土官口村化工厂爆炸了污水横流", "report.alarmed", "report.summary", "RaiseAlarm", "FindSimilar"),
		},
		"somebody feels ill": {
			say("土官口村化工厂废气熏得头晕", "report.urgent", "report.ask_category"),
		},
		"chit-chat is no report": {
			say("你好", "start.hello"), say("谢谢！", "start.thanks"), say("在吗？你好", "start.hello"), say("嗯嗯 好的", "start.lost"),
			send(Event{}, "start.lost"), say("怎么举报", "ShowHelp"),
		},
		"anonymous, then with a phone": {
			say(full, "report.summary", "FindSimilar"), tap("phone", "report.ask_phone"),
			send(Event{Contact: &Phone{Number: "1", Own: false}}, "report.phone_not_own", "report.summary"),
			tap("phone", "report.ask_phone"),
			send(Event{Contact: &Phone{Number: "13800000000", Own: true}}, "report.summary"),
			tap("submit", "Submit", "SavePhone"),
		},
		"every edit": {
			say(full, "report.summary", "FindSimilar"),
			tap("edit_category", "report.edit_category"), tap("toggle noise", "report.edit_category"),
			tap("toggle water", "report.edit_category"), tap("resume", "report.summary", "FindSimilar"),
			tap("edit_place", "report.edit_place"), say("高庙镇", "report.summary", "FindSimilar"),
			tap("edit_words", "report.edit_words"), say("工地半夜噪音很大", "report.summary", "FindSimilar"),
			tap("more_files", "report.more_files"), send(photo("x", "", ""), "report.summary"),
			tap("submit", "Submit"),
		},
		"a status inside a report": {
			say("工厂往河里排黑水", "report.ask_where"), say("/status 2026-00012 k7q2xx", "ShowStatus"), say("/my", "ShowMine"),
			say("土官口", "report.summary", "FindSimilar"),
		},
		"a status asked step by step inside a report": {
			say("工厂往河里排黑水", "report.ask_where"), say("/status", "status.ask_number"),
			say("不记得了吧", "status.not_a_number", "status.ask_number"), say("２０２６－００００１", "status.ask_code"),
			say("k7q2xx", "report.unfinished", "ShowStatus"), tap("continue", "report.ask_where"),
		},
		"a report where a number was asked for": {
			say("/status", "status.ask_number"), say("工厂往河里排黑水", "report.ask_where"), say("寿乐镇", "report.summary", "FindSimilar"),
		},
		"a report where a number was asked for, beside a draft": {
			say("工厂往河里排黑水", "report.ask_where"), say("/status", "status.ask_number"), say("工地半夜噪音很大", "flow.noted", "report.unfinished"),
			tap("continue", "report.ask_village"),
		},
		"is it anonymous? before anything": {
			say("我害怕，能不能不说我是谁", "start.safe"), say("Is it safe?", "start.safe"), say("工厂往河里排黑水", "report.ask_where"),
		},
		"is it anonymous? in the middle, and what was asked is asked again": {
			say("工厂往河里排黑水", "report.ask_where"), say("会不会知道是我举报的？", "start.safe", "report.ask_where"),
			say("有人管吗", "start.person", "report.ask_where"), say("寿乐镇", "report.summary", "FindSimilar"),
			say("这样算数吗", "start.counts", "report.summary"), tap("submit", "Submit"),
		},
		"is there anybody? while a number is asked for": {
			say("/status", "status.ask_number"), say("转人工", "start.person", "status.ask_number"),
		},
		"what tells of pollution is a report, whatever it asks": {
			say("土官口排黑水有人管吗", "report.summary", "FindSimilar"), tap("edit_words", "report.edit_words"),
			say("我怕污水流到井里", "report.ask_where"),
		},
		"a number and a code without a command": {
			say("2026-00012 k7q2xx", "ShowStatus"), say("2026-00012", "status.ask_code"), say("返回", "status.ask_number"),
			say("取消", "flow.cancelled"),
		},
		"a draft that is left is offered again": {
			say("工厂往河里排黑水", "report.ask_where"), say("/start", "flow.noted", "start.welcome", "report.unfinished"),
		},
		"cancelled by a slip": {
			say("工厂往河里排黑水", "report.ask_where"), say("取消", "flow.noted", "report.cancelled"), tap("restore", "report.ask_where"),
		},
		"an invitation":      {say("/start abc123", "TakeInvite")},
		"the language":       {say("/language", "lang.ask"), tap("lang en", "lang.set", "SetLanguage")},
		"an unknown command": {say("/frobnicate", "flow.no_command", "start.lost")},
		"English words": {
			say("black water", "report.ask_more"), say("into the river", "report.ask_where"),
			say("寿乐镇", "report.summary", "FindSimilar"),
		},
	} {
		t.Run(name, func(t *testing.T) { newChat(t).plays(turns) })
	}
}

// What would tell who reports is pointed out before it is sent: a number among the words, a film that nobody is shown.
func TestSummaryTellsWhatGivesTheReporterAway(t *testing.T) {
	warned := func(c *chat) (number, sealed bool) {
		c.t.Helper()
		c.sees("report.summary", "FindSimilar")
		warning, _ := c.said[0].Args["warning"].(texts.Text)
		files, _ := c.said[0].Args["files"].(texts.Text)
		return warning.Key == "report.summary_reveals", files.Key == "report.summary_sealed"
	}
	if number, sealed := warned(newChat(t).says("寿乐镇土官口村有人往河里排黑水，我的电话１３９ ９７４１ ２０５８")); !number || sealed {
		t.Errorf("number %v, sealed %v", number, sealed)
	}
	c := newChat(t).gets(Event{ID: 5, Files: []File{{Unique: "a", Kind: "video"}}}).says("寿乐镇土官口村2026年有人往河里排黑水")
	if number, sealed := warned(c); number || !sealed {
		t.Errorf("number %v, sealed %v", number, sealed)
	}
}

func TestAPlaceThatSoundsLikePollutionIsNoCategory(t *testing.T) {
	c := newChat(t).says("工厂往河里排黑水").says("垃圾站后面").says("说不清楚")
	if d := c.state.Draft; len(d.Categories) != 1 || d.Cell != c.book.Unassigned() || d.Place() != "垃圾站后面" {
		t.Errorf("drafted %+v", d)
	}
}

func TestKeyboardsSayWhatIsUnderstood(t *testing.T) {
	for _, lang := range texts.Langs() {
		for key, meaning := range map[string]string{"button.cancel": "cancel", "button.back": "back", "button.help": "help"} {
			if label := catalogue.Plain(lang, key, nil); !means(label, meaning) {
				t.Errorf("%s in %s is %q, which is not taken for %s", key, lang, label, meaning)
			}
		}
	}
}

func TestWhatIsSubmitted(t *testing.T) {
	c := newChat(t)
	c.gets(photo("a", "g", "有人倒垃圾还排污水")).gets(photo("b", "g", "")).says("寿乐镇").gets(location(inShoule))
	c.presses("submit")
	d := last[Submit](c).Draft
	if d.Text() != "有人倒垃圾还排污水" || d.Place() != "寿乐镇" || d.Cell != "630202102" || len(d.Files) != 2 || d.Pin == nil {
		t.Errorf("submitted %+v", d)
	}
	if len(d.Categories) != 2 || d.Categories[0] != category.Water || d.Phone != "" {
		t.Errorf("categories %v, phone %q", d.Categories, d.Phone)
	}
}

func TestSimilarCases(t *testing.T) {
	c := newChat(t)
	c.similar = []Similar{{Case: "old", Categories: []string{"water"}, Cell: "630202102", State: "handling", At: c.now, Photo: "abc"}}
	c.says(full).sees("report.similar", "report.ask_similar", "FindSimilar")
	if len(c.said[0].Photos) != 1 {
		t.Error("the similar case's photo is not shown")
	}
	other := *c
	c.presses("same").sees("Follow")
	if f := last[Follow](c); f.Case != "old" || f.Draft.Text() != full {
		t.Errorf("followed %+v", f)
	}
	other.presses("another").sees("report.summary")
	other.presses("submit").sees("Submit")
}
