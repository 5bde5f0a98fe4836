package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/georeport"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// newMachines is what machines read and file, as the district in force has it at each request.
func (a *app) newMachines(words *texts.Catalogue) http.Handler {
	s := &georeport.Server{
		Cases:     func(ctx context.Context) (georeport.Cases, error) { return a.showcase.Cases(ctx) },
		Timelines: a.timelines,
		Door:      programDoor{a},
		Keys:      apiKeys{store: a.store, zone: a.zone},
		Texts:     words, Clock: a.Clock, Log: a.Log, Base: a.Site,
		District: a.forMachines(),
	}
	return s.Handler()
}

// zone is the district's time zone.
func (a *app) zone() *time.Location { return a.district().Settings.TimeZone }

// forMachines tells what is in force, and since when it has been so.
func (a *app) forMachines() func() georeport.District {
	var (
		mu   sync.Mutex
		last *seeds.District
		told georeport.District
	)
	return func() georeport.District {
		mu.Lock()
		defer mu.Unlock()
		d := a.district()
		if d == last {
			return told
		}
		s := d.Settings
		last, told = d, georeport.District{Tree: d.Tree, Categories: d.Categories, Changed: a.Clock(), Rules: georeport.Rules{
			Names: d.Names, Zone: s.TimeZone, Jurisdiction: s.Open311Jurisdiction, Batch: s.Open311Batch, Window: s.Open311Window,
			Page: s.Open311Page, Words: min(s.MaxText, 4000), Photos: s.Open311Photos, PhotoSize: int64(s.Open311PhotoSize) << 20,
		}}
		return told
	}
}

// isForMachines tells addresses that machines read from pages.
func isForMachines(path string) bool {
	for _, start := range georeport.Roots() {
		if path == start || strings.HasSuffix(start, "/") && strings.HasPrefix(path, start) {
			return true
		}
	}
	return false
}

// timelines are the public timelines of cases, by the numbers of their registrations.
func (a *app) timelines(ctx context.Context, reports []string) ([][]public.Step, error) {
	out := make([][]public.Step, len(reports))
	for i, number := range reports {
		steps, err := a.showcase.Steps(ctx, number)
		if err != nil {
			return nil, err
		}
		out[i] = steps
	}
	return out, nil
}
