package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// TestTelegramStumbles: whatever Telegram answers, the citizen gets every message in the end; twice only where Telegram
// had carried out what it then did not answer.
func TestTelegramStumbles(t *testing.T) {
	for _, trouble := range []struct {
		name  string
		fault botapi.Fault
		most  int
	}{
		{"429", botapi.Throttle(37 * time.Second), 1},
		{"500", botapi.Refuse(500, "Internal Server Error"), 1},
		{"502", botapi.BadGateway(), 1},
		{"hung up before", botapi.HangUp(false), 1},
		{"hung up after", botapi.HangUp(true), 4},
		{"cut short", botapi.CutShort(), 4},
		{"slow", botapi.Slow(20 * time.Second), 1},
	} {
		t.Run(trouble.name, func(t *testing.T) {
			story(t, func(w *world) {
				desk := w.officer("desk")
				ma := w.citizen("马")
				w.emulator.Inject(botapi.When{Method: "sendMessage", ChatID: ma.ID(), Times: 3}, trouble.fault)
				ma.says(sewage)
				w.sleep(10 * time.Minute)
				ma.presses("提交")
				w.sleep(10 * time.Minute)
				for _, words := range []string{"请核对", "已登记"} {
					if n := ma.count(words); n < 1 || n > trouble.most {
						t.Errorf("%q came %d times:\n%s", words, n, ma.screen())
					}
				}
				if n := desk.count("待受理"); n != 1 {
					t.Errorf("the desk was told %d times", n)
				}
				ma.says("/my")
				w.sleep(time.Minute)
				ma.sees("共 1 件")
			})
		})
	}
}

// TestRemindersOnTheWire come at most once, and are not lost because Telegram said to wait.
func TestRemindersOnTheWire(t *testing.T) {
	for _, trouble := range []struct {
		name  string
		fault botapi.Fault
		least int
	}{
		{"429", botapi.Throttle(90 * time.Second), 1},
		{"hung up after", botapi.HangUp(true), 1},
		{"hung up before", botapi.HangUp(false), 0},
		{"502", botapi.BadGateway(), 0},
	} {
		t.Run(trouble.name, func(t *testing.T) {
			story(t, func(w *world) {
				desk := w.officer("desk")
				ma := w.citizen("马")
				ma.submits(sewage)
				w.emulator.Inject(botapi.When{Method: "sendMessage", ChatID: desk.ID(), Times: 2}, trouble.fault)
				w.sleep(24*time.Hour + time.Hour)
				if n := desk.count("受理时限将到"); n < trouble.least || n > 1 {
					t.Errorf("reminded %d times:\n%s", n, desk.screen())
				}
			})
		})
	}
}

// TestBlockedCitizen is not written to again until they write; nothing else is held up.
func TestBlockedCitizen(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		ma.does(func() { ma.Blocks() })
		desk.presses("✅ 受理").sees("✅ 已受理")
		ma.seesNot("已受理，举报件号")
		if depth, err := w.app.store.OutboxDepth(context.Background()); err != nil || depth[ledger.Reply].Waiting != 0 {
			t.Errorf("left to say: %v, %v", depth, err)
		}
		ma.says("/my").sees("已受理，待处理")
		if p, err := w.app.store.Person(context.Background(), w.pseudonym(ma)); err != nil || p.Blocked {
			t.Errorf("still known as blocked: %+v, %v", p, err)
		}
		if c := w.caseOf(number); c.State != casework.Accepted {
			t.Errorf("state %s", c.State)
		}
	})
}

// TestPoison is set aside after three attempts, with its error and without its words, while everybody else goes on; once
// the cause is mended it can be tried again.
func TestPoison(t *testing.T) {
	story(t, func(w *world) {
		ctx := context.Background()
		admin := w.officer("root-admin")
		w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.says("/start")
		w.spoil(ma, "1\tx\nspoilt")
		ma.does(func() { ma.Says(sewage) })
		yang.submits(sewage)
		if err := w.app.store.Receive(ctx, []ledger.Entry{{Update: 900001, Data: []byte(`{"update_id":`)}}, w.emulator.Now()); err != nil {
			t.Fatal(err)
		}
		w.app.dispatcher.Wake()
		w.sleep(time.Minute)
		aside, err := w.app.store.Aside(ctx, 10)
		if err != nil || len(aside) != 2 {
			t.Fatalf("aside: %+v, %v", aside, err)
		}
		for _, a := range aside {
			if a.Tries != 3 || a.Error == "" || strings.Contains(a.Error, "污水") {
				t.Errorf("aside: tries %d, error %q", a.Tries, a.Error)
			}
		}
		if depth, err := w.app.store.InboxDepth(ctx); err != nil || depth.Waiting != 0 {
			t.Errorf("the inbox holds %v, %v", depth, err)
		}
		admin.says("/aside")
		admin.sees("试了 3 次").knowsNothingOf("引胜沟")
		ma.does(func() { ma.Forges(1, "a:drop:"+string(aside[0].ID)) })
		yang.says("/aside").sees("只对有相应职责的人员开放")
		yang.does(func() { yang.Forges(1, "a:drop:"+string(aside[0].ID)) })
		w.spoil(ma, "")
		admin.says("/aside").presses("1 重试").presses("2 重试").presses("1 重试") // the newest first: the forged press, then 马's words, then the other
		w.sleep(2 * time.Hour)
		ma.sees("请核对")
		if again, err := w.app.store.Aside(ctx, 10); err != nil || len(again) != 1 {
			t.Errorf("aside after trying again: %+v, %v", again, err)
		}
	})
}

// TestWebhook stores an update before it says so: while the store is away Telegram hears 500 and sends it again.
func TestWebhook(t *testing.T) {
	story(t, func(w *world) {
		const key = "Right_secret-1"
		hook := &handlers.Webhook{Secret: key, Clock: w.parts.Clock, Log: w.parts.Log}
		away := &flaky{}
		w.intake = func(a *app) intake {
			away.Receiver = a.store
			hook.Store, hook.Wake = away, a.dispatcher.Wake
			return func(ctx context.Context) error {
				if err := a.setWebhook(ctx, "https://office.invalid/hook", key); err != nil {
					return err
				}
				w.emulator.Deliver(ctx, botapi.InProcess(hook))
				return nil
			}
		}
		w.restart()
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.submits(sewage)
		desk.sees("待受理")
		away.fail = 3
		ma.does(func() { ma.Says("/my") })
		w.sleep(time.Minute)
		if n := ma.count("共 1 件"); n != 1 || away.fail != 0 {
			t.Errorf("answered %d times, the store was asked %d times too few", n, away.fail)
		}
		post := func(method, given string, body []byte) int {
			t.Helper()
			req, err := http.NewRequestWithContext(context.Background(), method, "https://office.invalid/hook", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", given)
			res, err := botapi.InProcess(hook).Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			return res.StatusCode
		}
		update, err := json.Marshal(map[string]any{"update_id": 777777})
		if err != nil {
			t.Fatal(err)
		}
		for _, try := range []struct {
			method, key string
			body        []byte
			want        int
		}{
			{http.MethodPost, "", update, 401},
			{http.MethodPost, key + "x", update, 401},
			{http.MethodPost, key[:5], update, 401},
			{http.MethodGet, key, update, 405},
			{http.MethodPost, key, []byte("{}"), 400},
			{http.MethodPost, key, []byte("<html>"), 400},
			{http.MethodPost, key, append(update, bytes.Repeat([]byte(" "), 8<<20)...), 413},
			{http.MethodPost, key, update, 200},
		} {
			if got := post(try.method, try.key, try.body); got != try.want {
				t.Errorf("%s with secret %q and %d bytes: %d, want %d", try.method, try.key, len(try.body), got, try.want)
			}
		}
	})
}

// flaky is a store that is away for a while.
type flaky struct {
	handlers.Receiver
	fail int
}

func (f *flaky) Receive(ctx context.Context, updates []ledger.Entry, now time.Time) error {
	if f.fail > 0 {
		f.fail--
		return errors.New("away")
	}
	return f.Receiver.Receive(ctx, updates, now)
}

// TestEverythingTwice: updates that Telegram delivers a second time change nothing.
func TestEverythingTwice(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		w.emulator.Inject(botapi.When{Method: "getUpdates", Skip: 1, Times: 3}, botapi.CutShort())
		ma.says(sewage)
		w.sleep(time.Minute)
		ma.presses("提交")
		w.sleep(time.Minute)
		if n := ma.count("已登记"); n != 1 {
			t.Errorf("registered %d times:\n%s", n, ma.screen())
		}
		if n := desk.count("待受理"); n != 1 {
			t.Errorf("the desk was told %d times", n)
		}
	})
}
