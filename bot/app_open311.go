package main

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/georeport"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// newMachines is what machines read and file, as the district in force has it at each request.
func (a *app) newMachines(words *texts.Catalogue) http.Handler {
	s := &georeport.Server{
		Cases:     func(ctx context.Context) (georeport.Cases, error) { return a.showcase.Cases(ctx) },
		Timelines: a.timelines, Publications: a.issuesOut(),
		Door:  programDoor{a},
		Keys:  apiKeys{store: a.store, zone: a.zone},
		Texts: words, Clock: a.Clock, Log: a.Log, Base: a.Site,
		District: a.forMachines(), Uploads: a.uploads, Proxies: a.Proxies,
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
		last, told = d, georeport.District{Tree: d.Tree, Categories: d.Categories, Duties: dutiesOut(d), Changed: a.Clock(), Rules: georeport.Rules{
			Names: d.Names, Office: s.OfficeName, Hotline: s.Hotline, Zone: s.TimeZone, Jurisdiction: s.Open311Jurisdiction, Batch: s.Open311Batch, Window: s.Open311Window,
			Page: s.Open311Page, Words: min(s.MaxText, 4000), Photos: s.Open311Photos, PhotoSize: int64(s.Open311PhotoSize) << 20,
		}}
		return told
	}
}

// dutiesOut are the duties that have a feed each.
func dutiesOut(d *seeds.District) []georeport.Duty {
	all := d.Publishing().Duties
	out := make([]georeport.Duty, 0, len(all))
	for _, duty := range all {
		out = append(out, georeport.Duty{ID: duty.ID, Names: texts.Names(duty.Names)})
	}
	return out
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

// issuesOut tells of the newest publications, the newest first, of one duty or of all. What is out never changes, so each is read once.
func (a *app) issuesOut() func(context.Context, string) ([]georeport.Publication, error) {
	var (
		mu    sync.Mutex
		known = make(map[string]georeport.Publication)
	)
	return func(ctx context.Context, duty string) ([]georeport.Publication, error) {
		ids, err := a.store.Shelf(ctx, publication.Dossiers, publication.OutNow, 0, math.MaxInt64, math.MaxInt32)
		if err != nil {
			return nil, err
		}
		slices.Reverse(ids)
		if duty != "" {
			ids = slices.DeleteFunc(ids, func(id string) bool { return publication.DutyOf(id) != duty })
		}
		ids = ids[:min(len(ids), georeport.FeedLength)]
		out := make([]georeport.Publication, 0, len(ids))
		for _, id := range ids {
			mu.Lock() // never while the store is asked: whoever waits for that can be called off
			p, ok := known[id]
			mu.Unlock()
			if !ok {
				if p, err = a.issueOut(ctx, id); err != nil {
					return nil, err
				}
				mu.Lock()
				known[id] = p
				mu.Unlock()
			}
			out = append(out, p)
		}
		return out, nil
	}
}

// issueOut is a publication as its feed tells it.
func (a *app) issueOut(ctx context.Context, id string) (georeport.Publication, error) {
	d, err := a.store.Dossier(ctx, publication.Dossiers, id)
	if err != nil {
		return georeport.Publication{}, err
	}
	issue, err := publication.Read(d)
	if err != nil {
		return georeport.Publication{}, err
	}
	sheet, err := issue.Sheet()
	return georeport.Publication{
		ID: sheet.ID, Title: texts.Names(sheet.Content.Title), Summary: texts.Names(sheet.Content.Intro), At: sheet.Published,
		Path: "/publications/" + sheet.ID,
	}, err
}
