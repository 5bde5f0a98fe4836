package main

import (
	"context"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers"
)

// files lets somebody without an account file a report.
func (w *world) files(r handlers.DoorReport) handlers.DoorReceipt {
	w.t.Helper()
	receipt, err := w.filesOrNot(r)
	if err != nil {
		w.t.Fatalf("the report was not taken: %v", err)
	}
	return receipt
}

func (w *world) filesOrNot(r handlers.DoorReport) (handlers.DoorReceipt, error) {
	if r.Source == "" {
		r.Source = casework.FromSite
	}
	if r.Visitor == "" {
		r.Visitor = "203.0.113.7"
	}
	receipt, err := w.app.desk.File(context.Background(), r)
	w.sleep(4 * time.Second)
	return receipt, err
}

// stored is the case as it is kept.
func (w *world) stored(id casework.CaseID) casework.Case {
	w.t.Helper()
	c, err := w.app.store.Case(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

var smokeAtShoule = handlers.DoorReport{
	Words: "砖厂烟囱每天晚上冒黑烟，味道刺鼻", Place: "寿乐镇", Once: "0123456789abcdef",
}

// TestReportByTheSiteReachesTheDesk like anybody's: numbered, routed, with its photo, and told to be from the site.
func TestReportByTheSiteReachesTheDesk(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		r := smokeAtShoule
		r.Files = []handlers.DoorFile{{Name: "smoke.jpg", Data: photo(10)}}
		receipt := w.files(r)
		if receipt.Number != "2026-00001" || len(receipt.Code) != 10 || receipt.Joined || receipt.Again {
			t.Fatalf("the receipt is %+v", receipt)
		}
		desk.sees("2026-00001").sees("砖厂烟囱")
		c := w.stored(receipt.Case)
		if c.State != casework.Registered || c.Source != casework.FromSite || c.Cell != "630202102" || c.Code != receipt.Code || len(c.Categories) == 0 {
			t.Errorf("the case is %+v", c)
		}
		desk.presses("照片")
		shown := 0
		for _, m := range desk.FromBot() {
			if len(m.Photo) > 0 {
				shown++
			}
		}
		if shown != 2 { // with the card, and when asked for
			t.Errorf("the desk was shown %d photos", shown)
		}
	})
}

// TestSameFormSentTwiceIsOneReport, whatever the network does in between.
func TestSameFormSentTwiceIsOneReport(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		first := w.files(smokeAtShoule)
		again := w.files(smokeAtShoule)
		if !again.Again || again.Number != first.Number || again.Code != first.Code || desk.count("待受理") > 1 {
			t.Errorf("first %+v, then %+v", first, again)
		}
	})
}

// TestGeoReportOutsideTheDistrict is kept as out of area; a category that was chosen stays.
func TestGeoReportOutsideTheDistrict(t *testing.T) {
	story(t, func(w *world) {
		receipt := w.files(handlers.DoorReport{
			Source: casework.FromOpen311, Words: "a chimney gives off black smoke here every single night", Category: "noise",
			Point: &geo.Point{Lon: 101.78, Lat: 36.62},
		})
		c := w.stored(receipt.Case)
		if c.State != casework.OutOfArea || c.Source != casework.FromOpen311 || len(c.Categories) != 1 || c.Categories[0] != "noise" {
			t.Errorf("the case is %+v", c)
		}
	})
}

// TestAlarmByTheSiteCallsOfficersOnDuty before anybody has looked at it.
func TestAlarmByTheSiteCallsOfficersOnDuty(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		receipt := w.files(handlers.DoorReport{Words: "槽罐车侧翻，柴油流进河里了，很多死鱼", Place: "寿乐镇"})
		c := w.stored(receipt.Case)
		if c.Incident == nil || c.State != casework.Registered || receipt.Code != c.Code {
			t.Fatalf("no incident: %+v", c)
		}
		desk.sees("报警")
	})
}

// TestDoorQuotas hold for one network, for one door and for all, and only what was made counts.
func TestDoorQuotas(t *testing.T) {
	story(t, func(w *world) {
		w.app.desk.Rules.Door = handlers.DoorRules{PerVisitor: 2, PerDoor: 3, InAll: 4}
		file := func(source casework.Source, visitor, words string) string {
			_, err := w.filesOrNot(handlers.DoorReport{Source: source, Visitor: visitor, Words: words, Place: "寿乐镇"})
			if e, ok := err.(*grid.Error); ok { //nolint:errorlint // as it comes
				return e.Key
			}
			return ""
		}
		smoke := "砖厂烟囱每天晚上冒黑烟，味道刺鼻"
		for i, x := range []struct {
			source               casework.Source
			visitor, words, want string
		}{
			{casework.FromSite, "a", "嗯", "error.door.words"},
			{casework.FromSite, "a", smoke, ""},
			{casework.FromSite, "a", smoke, ""},
			{casework.FromSite, "a", smoke, "error.door.quota"},
			{casework.FromSite, "b", smoke, ""},
			{casework.FromSite, "c", smoke, "error.door.full"},
			{casework.FromOpen311, "key", smoke, ""},
			{casework.FromOpen311, "other", smoke, "error.door.full"},
		} {
			if got := file(x.source, x.visitor, x.words); got != x.want {
				t.Errorf("report %d: %q, expected %q", i, got, x.want)
			}
		}
		w.sleep(24 * time.Hour)
		if got := file(casework.FromSite, "a", smoke); got != "" {
			t.Errorf("the next day: %q", got)
		}
	})
}
