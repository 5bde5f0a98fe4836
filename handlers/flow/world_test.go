package flow

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// book is a district of two townships and three villages for the tests.
type book struct{ rules Rules }

func testBook() book {
	return book{rules: Rules{
		MinHan: 5, MinWords: 3, MaxText: 200, MaxFiles: 4, MaxOffered: 3, PlaceTries: 2, DraftTTL: 24 * time.Hour,
		Pause: time.Hour, JoinTime: 15 * time.Minute, LateArrival: 10 * time.Minute, Hotline: "12345", ReviewAsk: 30, ReviewAnswer: 30,
		Emergency: []string{"110", "119", "12345"},
	}}
}

var cells = []grid.Cell{
	{Code: "630202", Level: 1, Name: "乐都区"},
	{Code: "630202102", Parent: "630202", Level: 2, Name: "寿乐镇"},
	{Code: "630202102201", Parent: "630202102", Level: 3, Name: "土官口村"},
	{Code: "630202102202", Parent: "630202102", Level: 3, Name: "新堡子村"},
	{Code: "630202103", Parent: "630202", Level: 2, Name: "高庙镇"},
	{Code: "630202103201", Parent: "630202103", Level: 3, Name: "新堡子村"},
	{Code: "630202999", Parent: "630202", Level: 2, Name: "待分派", Kind: grid.UnassignedKind},
}

var inShoule = geo.Point{Lon: 102.4, Lat: 36.5}

func (b book) Rules() Rules              { return b.rules }
func (b book) Unassigned() grid.CellCode { return "630202999" }

func (b book) Path(code grid.CellCode) []grid.Cell {
	var out []grid.Cell
	for _, c := range cells {
		if c.Code == code {
			out = append(out, c)
		}
	}
	if len(out) > 0 && out[0].Parent != "" {
		return append(b.Path(out[0].Parent), out...)
	}
	return out
}

func (b book) Nearby(code grid.CellCode) []grid.CellCode {
	return []grid.CellCode{"630202102", "630202103", code}
}

func (b book) Departments() []grid.Department {
	return []grid.Department{"区水务局", "区农牧局"}
}

func (b book) NamedDepartments(text string) []grid.Department {
	var out []grid.Department
	for _, d := range b.Departments() {
		if strings.Contains(text, strings.TrimPrefix(string(d), "区")) {
			out = append(out, d)
		}
	}
	return out
}

func (b book) Proposal(categories, _ []string) (Proposal, bool) {
	return Proposal{Item: 23, Title: "整治排污口", Named: "区环保局", Supports: []grid.Department{"区水务局"}}, contains(categories, "water")
}

func (b book) Responsible(code grid.CellCode, _ time.Time) (grid.Role, bool) {
	return grid.Inspector, strings.HasPrefix(string(code), "630202102")
}

func (b book) Categories() []category.Category {
	return []category.Category{
		{Code: category.Water, Names: map[string]string{"zh-CN": "水", "en": "Water"}, Kinds: []category.Kind{{Code: "outfall"}}},
		{Code: category.Noise, Names: map[string]string{"zh-CN": "噪声", "en": "Noise"}},
		{Code: category.SolidWaste, Names: map[string]string{"zh-CN": "固体废物", "en": "Solid waste"}},
		{Code: category.Other, Names: map[string]string{"zh-CN": "其他", "en": "Other"}},
	}
}

func (b book) Classify(text string) category.Verdict {
	v := category.Verdict{Scope: category.Unclear}
	for _, w := range []struct{ word, code string }{{"污水", "water"}, {"黑水", "water"}, {"river", "water"}, {"噪音", "noise"}, {"垃圾", "solid_waste"}} {
		if strings.Contains(text, w.word) && !contains(v.Categories, w.code) {
			v.Categories = append(v.Categories, w.code)
			v.Scope = category.Environment
		}
	}
	if len(v.Categories) == 0 && strings.Contains(text, "路灯") {
		v.Scope, v.Matter = category.Elsewhere, "street_lamp"
	}
	return v
}

func (b book) Trigger(string) map[string]string { return nil }

func (b book) SiteKinds() []site.Kind          { return nil }
func (b book) Downstream() []routing.Neighbour { return nil }

func (b book) Incidents() incident.Rules {
	return incident.Rules{Unit: incident.Unit{Name: "局", Verifying: "正在核实"}, Criteria: []incident.Criterion{
		{Code: "dead_3", Level: incident.LevelIII, Measure: incident.Dead, From: 1},
		{Code: "poisoned_2", Level: incident.LevelII, Measure: incident.Poisoned, From: 50},
		{Code: "intake_3", Level: incident.LevelIII, Measure: incident.Fact, Names: map[string]string{"zh-CN": "乡镇取水中断"}},
	}}
}

func (b book) Alarm(text string, _ []string) incident.Alarm {
	switch {
	case strings.Contains(text, "爆炸"):
		return incident.Alarm{Triggers: []string{"explosion"}, Calls: true}
	case strings.Contains(text, "头晕"):
		return incident.Alarm{Triggers: []string{"unwell"}}
	default:
		return incident.Alarm{}
	}
}

func (b book) Matter(code string) (category.Matter, bool) {
	return category.Matter{Code: code, Names: map[string]string{"zh-CN": "路灯", "en": "street lamps"}, Authority: "区住建局", Phone: "0972-1"}, code == "street_lamp"
}

func (b book) Authorities(string, []string, []string) []category.Option {
	return []category.Option{{Name: "区公安局", Phone: "110", Source: "噪声法"}, {Name: "区住建局", Source: "第22项", Leads: true}}
}

func (b book) Authority(name string) (category.Option, bool) {
	return category.Option{Name: "区水务局", Phone: "12345"}, name == "水务局"
}

func (b book) Neighbour(name string) (routing.Neighbour, bool) {
	return routing.Neighbour{Name: name, Phone: "0972-12345"}, name == "平安区"
}

func (b book) Route(q routing.Query) routing.Answer {
	var a routing.Answer
	add := func(code grid.CellCode, why routing.Reason) {
		a.Candidates = append(a.Candidates, routing.Candidate{Cell: code, Why: why})
	}
	switch {
	case strings.Contains(q.Text, "土官口"):
		add("630202102201", routing.ByVillage)
	case strings.Contains(q.Text, "新堡子") && !strings.Contains(q.Text, "寿乐") && !strings.Contains(q.Text, "高庙"):
		add("630202102202", routing.ByVillage)
		add("630202103201", routing.ByVillage)
		a.Ask = true
	case strings.Contains(q.Text, "寿乐"):
		add("630202102", routing.ByTownship)
	case strings.Contains(q.Text, "高庙"):
		add("630202103", routing.ByTownship)
	case strings.Contains(q.Text, "平安区"):
		a.OutOfArea, a.Neighbour = true, "平安区"
	}
	if q.Point == nil {
		return a
	}
	if q.Point.Lat < 36 {
		return routing.Answer{OutOfArea: true, Direction: geo.North, Away: 5000}
	}
	if len(a.Candidates) == 1 && a.Candidates[0].Cell == "630202103" {
		add("630202102", routing.ByPoint)
		a.Ask, a.Conflict = true, true
	}
	if len(a.Candidates) == 0 && !a.OutOfArea {
		add("630202102", routing.ByPoint)
	}
	return a
}

// chat is a conversation in a test: it steps, stores the state as JSON after every event as a restart would find it,
// and answers the commands that the handlers answer in the same turn.
type chat struct {
	t       testing.TB
	book    book
	state   State
	now     time.Time
	id      int
	similar []Similar
	field   bool

	said  []Reply // of the last event
	done  []Command
	every []Command
	shown []Choice // every button there ever was
}

func newChat(tb testing.TB) *chat {
	tb.Helper()
	return &chat{t: tb, book: testBook(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

// gets gives the conversation one event.
func (c *chat) gets(e Event) *chat {
	c.t.Helper()
	c.said, c.done = nil, nil
	c.now = c.now.Add(time.Second)
	if e.Kind == "" {
		e.Kind = Message
	}
	if e.ID == 0 {
		c.id++
		e.ID = c.id
	}
	if e.At.IsZero() {
		e.At = c.now
	}
	if e.Arrived.IsZero() {
		e.Arrived = e.At
	}
	e.Field = c.field
	c.step(e)
	return c
}

func (c *chat) step(e Event) {
	c.t.Helper()
	before, _ := json.Marshal(c.state)
	state, replies, commands := Step(c.book, c.state, e, c.now)
	if after, _ := json.Marshal(c.state); !bytes.Equal(after, before) {
		c.t.Fatalf("Step changed the state it was given:\n%s\n%s", before, after)
	}
	data, err := state.Encode()
	if err != nil {
		c.t.Fatal(err)
	}
	stored, err := Decode(data, c.now)
	if err != nil {
		c.t.Fatal(err)
	}
	again, _ := stored.Encode()
	if !bytes.Equal(again, data) {
		c.t.Fatalf("the state does not survive a restart:\n%s\n%s", data, again)
	}
	c.state = stored
	c.said = append(c.said, replies...)
	c.done = append(c.done, commands...)
	c.every = append(c.every, commands...)
	checkReplies(c.t, replies)
	for _, r := range replies {
		for _, row := range r.Rows {
			c.shown = append(c.shown, row...)
		}
	}
	for _, cmd := range commands {
		switch cmd.(type) {
		case FindSimilar:
			c.step(Event{Kind: SimilarFound, Similar: c.similar, At: c.now, Arrived: c.now})
		case Submit, FileReport:
			c.step(Event{Kind: Sent, Case: "case1", At: c.now, Arrived: c.now})
		}
	}
}

var catalogue = func() *texts.Catalogue {
	c, err := texts.New()
	if err != nil {
		panic(err)
	}
	return c
}()

// checkReplies renders everything that is said in every language and holds it against Telegram's limits.
func checkReplies(tb testing.TB, replies []Reply) {
	tb.Helper()
	for _, r := range replies {
		for _, lang := range texts.Langs() {
			text := catalogue.T(lang, r.Key, r.Args)
			if strings.Contains(text, "⟨") || text == "" || len([]rune(text)) > 4096 || r.Toast && len([]rune(text)) > 200 {
				tb.Fatalf("%s in %s is not fit to be said: %q", r.Key, lang, text)
			}
		}
		if len(r.Rows) > 0 && (len(r.Ask) > 0 || r.Hide) {
			tb.Fatalf("%s has two keyboards", r.Key)
		}
		for _, row := range r.Rows {
			for _, b := range row {
				if _, err := ParsePress(b.Data); err != nil {
					tb.Fatalf("%s: button %s%v carries %q: %v", r.Key, b.Key, b.Label, b.Data, err)
				}
				for _, lang := range texts.Langs() {
					label := b.Label.In(lang)
					if b.Label == nil {
						label = catalogue.Plain(lang, b.Key, b.Args)
					}
					if label == "" || strings.Contains(label, "⟨") {
						tb.Fatalf("%s: button %q has the label %q", r.Key, b.Data, label)
					}
				}
			}
		}
	}
}

func (c *chat) says(text string) *chat { c.t.Helper(); return c.gets(Event{Text: text}) }

// presses presses the button of that verb (and argument, after a space) that was shown last.
func (c *chat) presses(what string) *chat {
	c.t.Helper()
	verb, arg, _ := strings.Cut(what, " ")
	for i := len(c.shown) - 1; i >= 0; i-- {
		if p, _ := ParsePress(c.shown[i].Data); p.Verb == verb && (arg == "" || p.Arg == arg) {
			return c.gets(Event{Kind: Button, Data: c.shown[i].Data})
		}
	}
	c.t.Fatalf("there is no button %q under %v", what, c.keys())
	return c
}

func (c *chat) keys() []string {
	keys := make([]string, 0, len(c.said))
	for _, r := range c.said {
		keys = append(keys, r.Key)
	}
	return keys
}

func (c *chat) commands() []string {
	names := make([]string, 0, len(c.done))
	for _, d := range c.done {
		names = append(names, reflect.TypeOf(d).Name())
	}
	return names
}

// sees checks what was said, and done, in answer to the last event: reply keys and command names, in order.
func (c *chat) sees(want ...string) *chat {
	c.t.Helper()
	if got := append(c.keys(), c.commands()...); fmt.Sprint(got) != fmt.Sprint(want) && len(got)+len(want) > 0 {
		c.t.Fatalf("got %v, want %v (state %s %s)", got, want, c.state.Story, c.state.Step)
	}
	return c
}

func photo(unique, group, caption string) Event {
	return Event{Text: caption, Files: []File{{ID: "id" + unique, Unique: unique, Kind: "photo", Group: group}}}
}

func location(p geo.Point) Event { return Event{Point: &p, Accuracy: 20} }

// last finds the last command of that type.
func last[T Command](c *chat) T {
	c.t.Helper()
	for i := len(c.every) - 1; i >= 0; i-- {
		if cmd, ok := c.every[i].(T); ok {
			return cmd
		}
	}
	var none T
	c.t.Fatalf("no %T was given", none)
	return none
}
