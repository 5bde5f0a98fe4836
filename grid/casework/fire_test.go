package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// told says what reminders there are: clock/stage of each, and to whom.
func told(reminders []casework.Reminder) (out []string) {
	for _, r := range reminders {
		out = append(out, string(r.Clock.Name)+"/"+r.Stage.Name+": "+names(r.To))
	}
	return out
}

// names joins the IDs of officers.
func names(officers []grid.Officer) string {
	out := make([]string, len(officers))
	for i, o := range officers {
		out[i] = string(o.ID)
	}
	return strings.Join(out, " ")
}

// The whole ladder of a case that nobody touches: each stage once, at its hour, moved out of the night.
func TestLadder(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Registered, monday) // to be decided by Wednesday, 24:00
	type fired struct {
		at   time.Time
		told string
	}
	var got []fired
	for now := monday; now.Before(at(6, 30, 0)); now = now.Add(30 * time.Minute) {
		next, events, reminders := w.Fire(c, roster(), now)
		if len(events) != len(reminders) {
			t.Errorf("%s: %d events and %d reminders", now, len(events), len(reminders))
		}
		for _, line := range told(reminders) {
			got = append(got, fired{now, line})
		}
		c = next
	}
	want := []fired{
		{at(6, 10, 9), "decide/due: dora"},
		{at(6, 11, 7), "decide/overdue: dora otto sven"}, // midnight is quiet
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if next, ok := w.NextStage(c); ok {
		t.Errorf("after the last stage another comes at %s", next)
	}
}

// NextStage says exactly when Fire does something: not a nanosecond before.
func TestNextStageIsWhenFireFires(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	for range 20 {
		next, ok := w.NextStage(c)
		if !ok {
			return
		}
		if _, events, _ := w.Fire(c, roster(), next.Add(-time.Nanosecond)); len(events) != 0 {
			t.Fatalf("a stage was passed before %s", next)
		}
		after, events, _ := w.Fire(c, roster(), next)
		if len(events) == 0 {
			t.Fatalf("no stage was passed at %s", next)
		}
		c = after
	}
	t.Error("the ladder never ends")
}

// An emergency is not held back by the night.
func TestUrgentAtNight(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Registered, monday)
	midnight := at(6, 11, 0)
	c, _, _ = w.Fire(c, roster(), at(6, 10, 9))
	if _, _, r := w.Fire(c, roster(), midnight); len(r) != 0 {
		t.Errorf("at night: %v", told(r))
	}
	c.Urgent = true
	if next, _ := w.NextStage(c); !next.Equal(midnight) {
		t.Errorf("next stage %s, want %s", next, midnight)
	}
	if _, _, r := w.Fire(c, roster(), midnight); len(r) != 1 {
		t.Errorf("urgent at night: %v", told(r))
	}
}

// After a long pause every stage is on record and one reminder a clock is sent, the latest.
func TestStaleCollapse(t *testing.T) {
	w := work(t)
	c, events := in(t, w, casework.Accepted, monday)
	pause := at(9, 1, 12)
	after, more, reminders := w.Fire(c, roster(), pause)
	if len(more) != 8 {
		t.Errorf("%d stages on record, want all 8", len(more))
	}
	want := []string{"start/order: otto sven vera", "finish/order: otto sven vera"}
	if got := told(reminders); !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	stale := 0
	for _, e := range more {
		if e.Note["stale"] != "" {
			stale++
		}
		if e.By != "system" || e.Action != casework.Remind || e.To != casework.Accepted {
			t.Errorf("event %+v", e)
		}
	}
	if stale != 6 {
		t.Errorf("%d stages marked stale, want 6", stale)
	}
	if err := casework.Verify(after, append(events, more...)); err != nil {
		t.Error(err)
	}
	if _, again, _ := w.Fire(after, roster(), pause.AddDate(1, 0, 0)); len(again) != 0 {
		t.Errorf("%d stages were passed twice", len(again))
	}
	if c.Clocks[0].Fired != 0 {
		t.Error("the case before was changed")
	}
}

// Who is told climbs to whoever can be reached, each once, and is never nobody while anybody is there.
func TestAudience(t *testing.T) {
	w := work(t)
	gone := func(ids ...grid.OfficerID) *grid.Roster {
		all := officers()
		for i := range all {
			if slices.Contains(ids, all[i].ID) {
				all[i].Blocked = true
			}
		}
		return grid.NewRoster(1, all)
	}
	only := func(o ...grid.Officer) *grid.Roster { return grid.NewRoster(1, o) }
	deputised := officers()
	for i := range deputised {
		if deputised[i].ID == "ivan" {
			deputised[i].Blocked, deputised[i].Deputy = true, "carl"
		}
	}
	tests := []struct {
		name    string
		roster  *grid.Roster
		handler grid.OfficerID
		tell    []casework.Audience
		want    string
		cell    grid.CellCode
	}{
		{"handler", roster(), "ivan", []casework.Audience{casework.TellHandler}, "ivan", village},
		{"no handler: the cell", roster(), "", []casework.Audience{casework.TellHandler}, "ivan vera", village},
		{"handler out of reach: the cell", gone("ivan"), "ivan", []casework.Audience{casework.TellHandler}, "vera", village},
		{"handler's deputy", grid.NewRoster(1, deputised), "ivan", []casework.Audience{casework.TellHandler}, "carl vera", village},
		{"cell out of reach: the town", gone("ivan", "vera"), "ivan", []casework.Audience{casework.TellHandler}, "cert cole tom", town},
		{"chief", roster(), "ivan", []casework.Audience{casework.TellChief}, "vera", village},
		{"chief of the town", gone("vera"), "ivan", []casework.Audience{casework.TellChief}, "tom", town},
		{"each once", roster(), "vera", []casework.Audience{casework.TellHandler, casework.TellChief}, "vera", village},
		{"two audiences", roster(), "ivan", []casework.Audience{casework.TellChief, casework.TellDistrict}, "otto sven vera", village},
		{"desk", roster(), "", []casework.Audience{casework.TellDesk}, "dora", root},
		{"no chief at all: the district", gone("vera", "tom"), "ivan", []casework.Audience{casework.TellChief}, "adam dora otto sven", root},
		{"only an admin is left", only(officer("adam", grid.Admin, root)), "", []casework.Audience{casework.TellHandler}, "adam", root},
		{"nobody", only(), "", []casework.Audience{casework.TellHandler, casework.TellDistrict}, "", root},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine := *w
			engine.Rules.Stages = map[casework.ClockName][]casework.StageRule{
				casework.FinishClock: {{Name: "due", After: -time.Hour, Tell: tt.tell}},
			}
			c, _ := in(t, w, casework.Handling, monday)
			c.Handler = tt.handler
			due, _ := c.Due()
			_, _, reminders := engine.Fire(c, tt.roster, due)
			if len(reminders) != 0 {
				t.Fatal("midnight is quiet")
			}
			_, _, reminders = engine.Fire(c, tt.roster, due.Add(7*time.Hour))
			if len(reminders) != 1 {
				t.Fatalf("%d reminders", len(reminders))
			}
			if got := names(reminders[0].To); got != tt.want || reminders[0].Cell != tt.cell {
				t.Errorf("told %q of %s, want %q of %s", got, reminders[0].Cell, tt.want, tt.cell)
			}
		})
	}
}

// A limit that was recomputed to a later day keeps the stages that are over and comes to the rest at the new time.
func TestFireAfterRecompute(t *testing.T) {
	before := work(t, calendar.Year{Year: 2026})
	c, _ := in(t, before, casework.Registered, at(12, 30, 10))
	c, events, _ := before.Fire(c, roster(), time.Date(2027, 1, 4, 9, 0, 0, 0, shanghai))
	if len(events) != 1 {
		t.Fatalf("%d stages", len(events))
	}
	after := work(t, calendar.Year{Year: 2026}, calendar.Year{Year: 2027, Off: []calendar.Date{{Year: 2027, Month: 1, Day: 1}, {Year: 2027, Month: 1, Day: 4}}})
	c, _ = after.Recompute(c)
	if _, again, _ := after.Fire(c, roster(), time.Date(2027, 1, 5, 12, 0, 0, 0, shanghai)); len(again) != 0 {
		t.Errorf("%d stages before the new limit", len(again))
	}
	if next, _ := after.NextStage(c); !next.Equal(time.Date(2027, 1, 6, 7, 0, 0, 0, shanghai)) {
		t.Errorf("next stage %s", next)
	}
}
