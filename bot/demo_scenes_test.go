package main

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// scenes are the scenes of the page in their order, each with what the store has to hold of its case when it is over.
var scenes = []struct {
	id   string
	left func(d *demo, c casework.Case) bool
}{
	{"closed", func(_ *demo, c casework.Case) bool { return c.State == casework.Answered || c.State == casework.Closed }},
	{"refused", func(_ *demo, c casework.Case) bool {
		l, moved := c.LetterOf(casework.MoveSeries)
		return c.State == casework.Refused && c.Disposition == casework.NotEnvironment && moved && l.ReceivedBy != ""
	}},
	{"extended", func(_ *demo, c casework.Case) bool {
		k, ok := c.Clock(casework.FinishClock)
		return c.State == casework.Handling && ok && k.Running() && k.Extended == 10 && c.Extension == nil
	}},
	{"bounced", func(d *demo, c casework.Case) bool {
		return c.State == casework.Accepted && c.Bounces == 1 && c.Dispute == nil && d.app.work.Tree.Township(c.Cell) == grid.CellCode("630202104")
	}},
	{"reopened", func(d *demo, c casework.Case) bool {
		return c.State == casework.Handling && c.Reopened == 1 && c.Seat() == d.app.work.Tree.Root().Code
	}},
	{"emergency", func(_ *demo, c casework.Case) bool {
		return c.Incident != nil && c.Incident.Heard != nil && len(c.Incident.Graded) == 1 && c.Incident.Stands()
	}},
}

// TestDemo_PlaysEveryScene plays every scene on the real program, one after the other as somebody does who tries them all: each
// must come to its end and leave its case as its title says, even though the citizen had begun a report by hand. Played again, a
// scene takes another case; only the emergency joins the one that stands.
func TestDemo_PlaysEveryScene(t *testing.T) {
	t.Parallel() // it waits in real time, for a minute: stories can be told meanwhile
	d, url := openDemo(t)
	defer func() { t.Log(d.emulator.Transcript(time.UTC)) }()
	first := d.phones()[0]
	d.emulator.User(first.User, first.Name, first.Language).Says("雨润镇有人烧垃圾")
	seen := make(map[casework.CaseID]bool)
	for _, scene := range scenes {
		d.playsOut(t, url, scene.id)
		made := d.newCases(t, seen)
		if len(made) != 1 || !scene.left(d, made[0]) {
			t.Errorf("%s left %+v", scene.id, made)
		}
		if t.Failed() {
			return
		}
	}
	for id, more := range map[string]int{"refused": 1, "emergency": 0} {
		d.playsOut(t, url, id)
		if made := d.newCases(t, seen); len(made) != more {
			t.Errorf("%s played again makes %+v", id, made)
		}
	}
}

// playsOut plays a scene to its end.
func (d *demo) playsOut(t *testing.T, url, scene string) {
	t.Helper()
	d.plays(t, url, scene)
	v := await(t, url, finished)
	if v.Play.Status != "done" || v.Play.Scene != scene || v.Play.Step != v.Play.Steps {
		t.Errorf("%s ended with %+v", scene, v.Play)
	}
}

// newCases are the cases of the store that were not seen before.
func (d *demo) newCases(t *testing.T, seen map[casework.CaseID]bool) []casework.Case {
	t.Helper()
	var made []casework.Case
	for c, err := range d.app.store.EachCase(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if !seen[c.ID] {
			seen[c.ID] = true
			made = append(made, c)
		}
	}
	return made
}

// plays asks the page to play a scene, as its button does.
func (d *demo) plays(t *testing.T, url, scene string) {
	t.Helper()
	page := get(t, url+"/")
	token := regexp.MustCompile(`name="phones-token" content="([^"]+)"`).FindStringSubmatch(page)
	if token == nil {
		t.Fatalf("no token in the page:\n%s", page)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/play", strings.NewReader(`{"do":"start","scene":"`+scene+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Phones-Token", token[1])
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("play: %s", res.Status)
	}
}
