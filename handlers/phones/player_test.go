package phones

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// during waits until the example stands as wanted.
func (w *world) during(tb testing.TB, wanted func(playView) bool) playView {
	tb.Helper()
	limit := time.NewTimer(30 * time.Second)
	defer limit.Stop()
	for {
		w.player.mu.Lock()
		view, changed := w.player.now, w.player.changed
		w.player.mu.Unlock()
		if wanted(view) {
			return view
		}
		select {
		case <-changed:
		case <-limit.C:
			tb.Fatalf("the example stands at %+v\n%s", view, w.emulator.Transcript(time.UTC))
		}
	}
}

func at(status playStatus) func(playView) bool {
	return func(v playView) bool { return v.Status == status }
}

func (w *world) ask(tb testing.TB, do string, scene ...string) {
	tb.Helper()
	body := map[string]string{"do": do, "scene": strings.Join(scene, "")}
	if status, answer := w.request(tb, http.MethodPost, "/play", body); status != http.StatusOK {
		tb.Fatalf("%s: %d %s", do, status, answer)
	}
}

var scenes = []Scene{{ID: "all", Title: Words{"zh-CN": "全部", "en": "Everything"}, Steps: script}, {
	ID: "other", Title: Words{"zh-CN": "另一个"}, Steps: []Step{{Who: "desk", Does: "say", Arg: "另一个"}},
}}

var script = []Step{
	{Who: "citizen", Does: "say", Arg: "有人排黑水", Caption: Words{"zh-CN": "一", "en": "one"}},
	{Who: "citizen", Does: "press", Arg: "c:never:*", Optional: true},
	{Who: "nobody|desk", Does: "photo", Arg: "black_water,cleaned|前后"},
	{Who: "citizen", Does: "location", Arg: "36.5, 102.5"},
	{Who: "citizen", Does: "press", Arg: "c:*:1"},
	{Does: "advance", Arg: "24h"},
	{Who: "inspector", Does: "contact"},
	{Does: "note", Caption: Words{"zh-CN": "完"}},
}

// Ensure that the example does everything that it is made of, in order, each step after the answer to the one before.
func TestExamplePlays(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Scenes = scenes })
	before := w.Now()
	w.ask(t, "start")
	if status, _ := w.request(t, http.MethodPost, "/play", `{"do":"start"}`); status != http.StatusConflict {
		t.Errorf("begun twice: %d", status)
	}
	view := w.during(t, func(v playView) bool { return v.Status == playDone || v.Status == playFailed })
	if view.Status != playDone || view.Step != len(script) || view.Caption["zh-CN"] != "完" {
		t.Fatalf("%+v", view)
	}
	if w.Now().Sub(before) != 24*time.Hour || len(w.firings()) != 2 {
		t.Errorf("the clock moved by %v, jobs %v", w.Now().Sub(before), w.firings())
	}
	rest := w.emulator.Transcript(time.UTC)
	for _, words := range []string{"有人排黑水", "回声：", "前后", "照片收到 前后", "[location", "位置收到", "presses [受理]", "LD-0001", "[contact", "电话收到"} {
		_, after, ok := strings.Cut(rest, words)
		if !ok {
			t.Fatalf("%q is missing or out of order in\n%s", words, w.emulator.Transcript(time.UTC))
		}
		rest = after
	}
	w.ask(t, "start") // again: what is left on the phones must not be taken for answers
	w.during(t, at(playDone))
	if n := strings.Count(w.emulator.Transcript(time.UTC), "presses [受理]"); n != 2 {
		t.Errorf("accepted %d times in two plays", n)
	}
	if first := w.emulator.Messages(4)[0]; first.MediaGroupID == "" {
		t.Error("the desk sent no album")
	}
}

// Ensure that the example can be held, goes on where it was, and can be stopped and begun anew.
func TestExamplePauses(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Scenes, o.Pace = scenes, time.Hour })
	w.ask(t, "start")
	w.await(t, 1, "回声：有人排黑水")
	w.ask(t, "pause")
	if v := w.during(t, at(playPaused)); v.Step != 1 {
		t.Fatalf("%+v", v)
	}
	w.ask(t, "resume")
	w.during(t, at(playRunning))
	w.ask(t, "stop")
	if v := w.during(t, at(playIdle)); v.Step != 0 || v.Caption != nil {
		t.Errorf("%+v", v)
	}
	w.ask(t, "start")
	w.during(t, func(v playView) bool { return v.Status == playRunning && v.Step == 1 })
	w.ask(t, "stop")
	w.during(t, at(playIdle))
}

// Ensure that the example says so when what it waits for does not come.
func TestExampleFails(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Scenes, o.Advance = []Scene{{ID: "a", Title: Words{"zh-CN": "一"}, Steps: []Step{{Does: "advance", Arg: "1h"}}}}, nil
	})
	w.ask(t, "start")
	if v := w.during(t, at(playFailed)); v.Step != 1 || v.Why != "other" {
		t.Errorf("%+v", v)
	}
	w.ask(t, "start")
	w.during(t, at(playFailed))
}
