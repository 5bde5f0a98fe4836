package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// receives lets an update of Telegram's arrive as it is written here.
func (w *world) receives(update int64, body string) {
	w.t.Helper()
	raw := fmt.Appendf(nil, `{"update_id":%d,%s}`, update, body)
	if err := w.app.store.Receive(context.Background(), []ledger.Entry{{Update: update, Data: raw}}, w.emulator.Now()); err != nil {
		w.t.Fatal(err)
	}
	w.app.dispatcher.Wake()
	w.sleep(4 * time.Second)
}

// TestOfficersStayWithinReach: taking the bot out of a group says nothing of whoever did it, and who writes again after
// blocking it is told again.
func TestOfficersStayWithinReach(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		w.receives(900001, fmt.Sprintf(`"my_chat_member":{"chat":{"id":-500,"type":"group"},"from":{"id":%d},"date":%d,
			"old_chat_member":{"status":"member","user":{"id":1}},"new_chat_member":{"status":"left","user":{"id":1}}}`,
			desk.ID(), w.emulator.Now().Unix()))
		if !w.roleOf(desk).Reachable() {
			t.Error("out of reach because the bot left a group")
		}
		w.citizen("马").submits(sewage)
		w.emulator.Inject(botapi.When{ChatID: desk.ID(), Times: 1}, botapi.Refuse(403, "Forbidden: bot was blocked by the user"))
		w.citizen("杨").submits(smokeAtYurun)
		if w.roleOf(desk).Reachable() {
			t.Fatal("within reach after a 403")
		}
		desk.says("/help")
		if !w.roleOf(desk).Reachable() {
			t.Error("out of reach after writing again")
		}
		w.citizen("白").submits(sewage)
		if n := desk.count("🆕 "); n != 2 {
			t.Errorf("told %d times:\n%s", n, desk.screen())
		}
	})
}

const smokeAtYurun = "雨润镇砖厂每天夜里冒黑烟，气味刺鼻"

// TestFindTellsNothing: to whoever may not see a case its number does not exist.
func TestFindTellsNothing(t *testing.T) {
	story(t, func(w *world) {
		desk, wang := w.officer("desk"), w.officer("wang")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		unknown := desk.says("/find 2026-09999").last()
		for _, p := range []*person{ma, wang} {
			if got := p.says("/find " + number).last(); got != unknown {
				t.Errorf("%s is told %q, want %q", p.Name(), got, unknown)
			}
		}
		desk.says("/find " + strings.ToLower(number)).sees("引胜沟")
	})
}

// TestCodesCannotBeGuessed: after ten wrong ones a day even the right one is refused; the next day it is shown.
func TestCodesCannotBeGuessed(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, thief := w.citizen("马"), w.citizen("贼")
		number := ma.submits(sewage)
		right := "/status " + number + " " + w.caseOf(number).Code
		for i := range 10 {
			thief.says(fmt.Sprintf("/status %s ZZZZZ%d", number, i))
		}
		if n := thief.count("没有找到"); n != 10 {
			t.Fatalf("answered %d times:\n%s", n, thief.screen())
		}
		thief.says(right).sees("请明天再查").seesNot("等待受理决定")
		ma.says(right).says("/my").sees("共 1 件")
		w.sleep(24 * time.Hour)
		thief.says(right).sees("等待受理决定")
	})
}

// TestEditsRepeatNothing: a command that is edited is not done again; words that are edited are corrected.
func TestEditsRepeatNothing(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.submits(sewage)
		id := ma.Says("/my").ID
		w.sleep(4 * time.Second)
		for _, text := range []string{"/my ", "/my again", "/status x y", "/report"} {
			ma.does(func() { ma.Edits(id, text) })
		}
		if n := ma.count("共 1 件"); n != 1 || ma.Sees("没有找到") {
			t.Errorf("answered %d times:\n%s", n, ma.screen())
		}
	})
}

// TestForgedUpdates change nothing: a private chat that is not the person's, a word of the fetcher's about nobody.
func TestForgedUpdates(t *testing.T) {
	story(t, func(w *world) {
		ma, thief := w.citizen("马"), w.citizen("贼")
		ma.says("/start")
		thief.says("/start")
		said := len(ma.FromBot()) + len(thief.FromBot())
		before := len(w.everything())
		w.receives(900001, fmt.Sprintf(`"message":{"message_id":77,"date":%d,"from":{"id":%d},"chat":{"id":%d,"type":"private"},"text":"/help"}`,
			w.emulator.Now().Unix(), thief.ID(), ma.ID()))
		for _, word := range []string{`{"p":"../roster","u":"x"}`, `{"p":"ABCDEFGHIJKLMNOP","u":"x"}`} {
			if err := w.app.desk.Handle(context.Background(), ledger.Entry{Data: []byte(word), Arrived: w.emulator.Now()}); err != nil {
				t.Errorf("%s: %v", word, err)
			}
		}
		if n := len(ma.FromBot()) + len(thief.FromBot()); n != said {
			t.Errorf("%d messages, want %d", n, said)
		}
		if after := len(w.everything()); after > before {
			t.Errorf("%d keys, before %d", after, before)
		}
	})
}
