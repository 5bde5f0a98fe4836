package phones

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Ensure that the scenes that come with the page can be read, and have titles and captions in both languages.
func TestEmbeddedScenes(t *testing.T) {
	list, err := embeddedScenes()
	if err != nil || len(list) < 6 {
		t.Fatal(len(list), err)
	}
	for _, scene := range list {
		if scene.Title["zh-CN"] == "" || scene.Title["en"] == "" {
			t.Errorf("scene %s has no title", scene.ID)
		}
		for i, step := range scene.Steps {
			if step.Caption["zh-CN"] == "" || step.Caption["en"] == "" {
				t.Errorf("scene %s: step %d has no caption", scene.ID, i+1)
			}
		}
		if last := scene.Steps[len(scene.Steps)-1]; last.Does != "note" {
			t.Errorf("scene %s ends without a word on how to go on by hand", scene.ID)
		}
	}
}

// Ensure that the scene that was chosen is played, and that one which is not there is refused.
func TestSceneIsChosen(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Scenes = scenes })
	if status, _ := w.request(t, http.MethodPost, "/play", map[string]string{"do": "start", "scene": "none"}); status != http.StatusNotFound {
		t.Errorf("a scene that is not there: %d", status)
	}
	w.ask(t, "start", "other")
	if v := w.during(t, at(playDone)); v.Scene != "other" || v.Steps != 1 {
		t.Errorf("%+v", v)
	}
	if said := w.emulator.Transcript(time.UTC); !strings.Contains(said, "另一个") || strings.Contains(said, "有人排黑水") {
		t.Errorf("another scene was played:\n%s", said)
	}
}

// Ensure that a scene stays with its case: a newer button of another case is not pressed, and when the own one does not come,
// the page is told so.
func TestSceneStaysWithItsCase(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.patience = 100 * time.Millisecond
		o.Scenes = []Scene{{ID: "a", Title: Words{"zh-CN": "一"}, Steps: []Step{
			{Who: "desk", Does: "say", Arg: "一件"},
			{Who: "desk", Does: "press", Arg: "c:accept:{case}"},
			{Who: "desk", Does: "say", Arg: "case 2"},
			{Who: "desk", Does: "press", Arg: "c:accept:{case}", Caption: Words{"zh-CN": "再受理"}},
		}}}
	})
	w.ask(t, "start")
	v := w.during(t, func(v playView) bool { return v.Status == playDone || v.Status == playFailed })
	if v.Status != playFailed || v.Why != "button" || v.Step != 4 || v.Who != "desk" {
		t.Errorf("%+v\n%s", v, w.emulator.Transcript(time.UTC))
	}
}

func TestSceneErrors(t *testing.T) {
	for steps, want := range map[string]string{
		`{}`:                             "scene:",
		`[]`:                             "no steps",
		`[{"does":"say","arg":"x"}]`:     "step 1: nobody",
		`[{"who":"a","does":"say"}]`:     "nothing is said",
		`[{"does":"note"},{"does":"x"}]`: "step 2: unknown",
		`[{"who":"a","does":"photo","arg":"moon"}]`:     "no built-in picture",
		`[{"who":"a","does":"location","arg":"NaN,1"}]`: "no point",
		`[{"who":"a","does":"location","arg":"91,1"}]`:  "no point",
		`[{"who":"a","does":"press","arg":"[" }]`:       "no pattern",
		`[{"who":"a","does":"press"}]`:                  "no pattern",
		`[{"does":"advance","arg":"99999h"}]`:           "no duration",
		`[{"does":"note","pause":3}]`:                   "unknown field",
	} {
		if _, err := ParseScene(sceneOf(steps)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", steps, err, want)
		}
	}
	for scene, want := range map[string]string{
		`{"id":"A b","title":{"zh-CN":"x"},"steps":[{"does":"note"}]}`: "no id",
		`{"id":"a","title":{"en":"x"},"steps":[{"does":"note"}]}`:      "no title",
	} {
		if _, err := ParseScene([]byte(scene)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", scene, err, want)
		}
	}
}

// sceneOf wraps steps into a scene.
func sceneOf(steps string) []byte {
	return []byte(`{"id":"a","title":{"zh-CN":"x"},"steps":` + steps + `}`)
}

// FuzzParseScene: whatever is accepted can be played without a surprise in its arguments.
func FuzzParseScene(f *testing.F) {
	f.Add(sceneOf(`[{"who":"a","does":"location","arg":"36.5,102.4"},{"does":"advance","arg":"1h"}]`))
	f.Add(sceneOf(`[{"who":"a|b","does":"press","arg":"c:*:\\*[a-z]"}]`))
	f.Add(sceneOf(`[{"who":"a","does":"photo","arg":"smoke,cleaned|x|y"}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		scene, err := ParseScene(raw)
		if err != nil {
			return
		}
		for _, step := range scene.Steps {
			if step.Does == "location" {
				if lat, lon, err := step.point(); err != nil || lat*lat > 90*90 || lon*lon > 180*180 {
					t.Errorf("%+v: %v %v %v", step, lat, lon, err)
				}
			}
			if step.Does == "photo" {
				names, _ := step.pictures()
				for _, name := range names {
					if sample(name) == nil {
						t.Errorf("%+v", step)
					}
				}
			}
		}
	})
}
