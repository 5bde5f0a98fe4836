package flow

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

func FuzzParsePress(f *testing.F) {
	for _, s := range []string{"", "f1:::", "f1:abc:submit:", "f1::lang:zh-CN", "f1:a:cell:630202102201", "f2:a:b:c", "f1:a:b:c:d", strings.Repeat("f1:", 30)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		p, err := ParsePress(data)
		if err != nil {
			return
		}
		if p.Data() != data || len(data) > maxData || !Owns(data) {
			t.Errorf("%q was read as %+v, which writes %q", data, p, p.Data())
		}
	})
}

func TestEveryButtonFits(t *testing.T) {
	longest := ""
	for _, verbs := range []map[string]func(*turn, string){openPresses, draftPresses, taskPresses} {
		for v := range verbs {
			if len(v) > len(longest) {
				longest = v
			}
		}
	}
	p := Press{Nonce: "zzzzzzzz", Verb: longest, Arg: strings.Repeat("x", 32)}
	if got, err := ParsePress(p.Data()); err != nil || got != p {
		t.Errorf("%q: %+v, %v", p.Data(), got, err)
	}
}

// FuzzStep gives any text and any callback data to conversations at different steps.
func FuzzStep(f *testing.F) {
	for _, s := range []string{"", "/", "/start x", "取消", "f1:0:submit:", "f1::more:x", full, "\x00\xff", "/status １ ２", "🙂"} {
		for at := range 11 {
			f.Add(s, s, uint8(at))
		}
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	tasks := []Story{Checking, HandingIn, Objecting, Refusing, Closing, Missing, Extending, Granting, Denying, Appealing, Upholding, Reworking, Returning, Reassigning, Status, More}
	f.Fuzz(func(t *testing.T, text, data string, at uint8) {
		c := newChat(t)
		if i := int(at) % (len(tasks) + 2); i < len(tasks) {
			c.gets(Event{Kind: Begin, Task: &Task{Story: tasks[i], Case: casework.CaseID("c"), Cell: "630202102"}})
		} else if i == len(tasks) {
			c.says(full)
		}
		c.gets(Event{Text: text}).gets(Event{Kind: Button, Data: data}).gets(Event{Text: text, Edited: true, ID: 2})
		if data, err := c.state.Encode(); err == nil {
			if _, err := Decode(data, now); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"v":1,"s":"report","p":"summary"}`), "寿乐镇")
	f.Add([]byte(`{"v":1,"s":"handin"}`), "x")
	f.Add([]byte(`{"v":1,"d":{}}`), "")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		s, err := Decode(data, now)
		if err != nil {
			return
		}
		Step(testBook(), s, Event{Kind: Message, Text: text, ID: 1, At: now}, now)
	})
}
