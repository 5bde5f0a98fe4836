package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// TestDemo_ShowsThePlanInItsOwnTime: the demonstration begins on a day of 2017; the plan is loaded, its scene ends with a milestone
// that went back to its lead, and a week later its last days are spoken of.
func TestDemo_ShowsThePlanInItsOwnTime(t *testing.T) {
	d, url := openDemoAsOf(t, "2017-12-20")
	if page := get(t, d.app.Site+"/publications/cards."+lastQuarter(d.clock.Now())); !strings.Contains(page, "样例对象") {
		t.Errorf("the last quarter of the plan's own time:\n%.2000s", page)
	}
	d.playsOut(t, url, "plan")
	var p plan.Progress
	stored, err := d.app.store.Dossier(context.Background(), plan.Kind, "23-1")
	if err == nil {
		err = stored.Into(&p)
	}
	if err != nil || p.State != plan.Underway || p.Returns == "" {
		t.Errorf("stored as %+v, %v", p, err)
	}
	if _, err := d.advance(t.Context(), 7*24*time.Hour); err != nil {
		t.Fatal(err)
	}
	phone := d.phones()[3]
	desk := d.emulator.User(phone.User, phone.Name, phone.Language)
	for range 100 {
		if desk.Sees("计划节点将到期") || pause(t.Context(), 20*time.Millisecond) != nil {
			break
		}
	}
	said := d.emulator.Transcript(d.app.District.Settings.TimeZone)
	for _, words := range []string{"截至 2017-12-20", "还有 11 天", "计划节点将到期", "还有 7 天"} {
		if !strings.Contains(said, words) {
			t.Errorf("nobody reads %q", words)
		}
	}
	if _, err := clockAsOf("soon", time.UTC); err == nil {
		t.Error("a demonstration begins soon")
	}
}
