package water_test

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/seeds"
)

// station is a store with the readings of one section.
type station map[string]water.Reading

func (s station) Dossiers(_ context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	out := make([]ledger.Dossier, 0, len(ids))
	for _, id := range ids {
		w, err := s[id].Write(ledger.Dossier{Kind: kind, ID: id})
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Dossier{Kind: kind, ID: id, Version: 1, Body: w.Body})
	}
	return out, nil
}

// Shelf gives the lowest places first, as a store does.
func (s station) Shelf(_ context.Context, _ ledger.DossierKind, _ ledger.Shelf, from, to float64, n int) ([]string, error) {
	var ids []string
	for id, r := range s {
		if at := water.DayPlace(r.Day); at >= from && at <= to {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(s[a].Day, s[b].Day) })
	return ids[:min(n, len(ids))], nil
}

// A station that measures every day has more readings in two years than weekly sampling has in ten: the newest are read, too.
func TestWork_DailyReadingsAreAllRead(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	work := water.Work{Network: d.Water(), Location: time.FixedZone("", 8*60*60)}
	section := work.Sections[0]
	const days = 700
	last := time.Date(2026, 9, 30, 0, 0, 0, 0, work.Location)
	store := make(station)
	for n := range days {
		day := last.AddDate(0, 0, -n).Format(time.DateOnly)
		store[water.ReadingID(section.ID, day)] = water.Reading{Section: section.ID, Day: day, Now: water.Given{Values: clean(t, work.Rules, ""), Report: "r"}}
	}
	got, err := work.Readings(t.Context(), store, section.ID, last.AddDate(0, 0, -days), last.AddDate(0, 0, 1))
	if err != nil || len(got) != days || got[days-1].Day != "2026-09-30" {
		t.Errorf("%d readings, %v", len(got), err)
	}
	months, err := work.Periods(t.Context(), store, section, publication.Monthly, 25, last)
	if err != nil || months[24].Empty() || months[24].Period.Name != "2026-09" {
		t.Errorf("the newest month: %+v, %v", months[len(months)-1].Period, err)
	}
}

// A section goes by its id and by its names however they are written; a name that two go by is nobody's.
func TestNetwork_Named(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	n := d.Water()
	n.Sections = append(n.Sections, water.Section{ID: "a", Names: map[string]string{"zh-CN": "双桥断面"}}, water.Section{ID: "b", Names: map[string]string{"zh-CN": "双桥监测断面"}},
		water.Section{ID: "c", Names: map[string]string{"zh-CN": "Ａ桥（东）断面"}})
	for words, want := range map[string]string{
		"laoyaxia": "laoyaxia", "老鸦峡口断面": "laoyaxia", "老鸦峡口": "laoyaxia", " 老鸦峡口　断面": "laoyaxia", "laoyaxia MOUTH section": "laoyaxia",
		"A桥(东)": "c", "双桥断面": "a", "双桥监测断面": "b", "双桥": "", "断面": "", "没有的断面": "", "": "",
	} {
		if got, ok := n.Named(words); ok != (want != "") || ok && got.ID != want {
			t.Errorf("%q is %q (%t), want %q", words, got.ID, ok, want)
		}
	}
}
