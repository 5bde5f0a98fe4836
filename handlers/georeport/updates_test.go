package georeport_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
)

// TestUpdates_AreThoseOfEveryWindowGiven: whichever of the four bounds are given, for chosen requests or for all, a step is told when it
// lies within each of them.
func TestUpdates_AreThoseOfEveryWindowGiven(t *testing.T) {
	w := newWorld(t)
	w.index = public.NewIndex()
	at := func(hours int) time.Time { return monday.Add(time.Duration(hours) * time.Hour) }
	steps := make([]public.Step, 0, 7)
	for i := range cap(steps) { // what officers do is told by its moment
		steps = append(steps, public.Step{At: at(-7 + i), What: public.WasVisited})
	}
	const report = "2026-00007"
	w.index.Put(public.Case{Number: report, Report: report, Township: town, Stage: public.Handling, Opened: at(-8), Updated: at(-1), Told: at(-9)})
	w.server.Timelines = func(_ context.Context, reports []string) ([][]public.Step, error) {
		return slices.Repeat([][]public.Step{steps}, len(reports)), nil
	}
	type bound struct {
		name  string
		at    time.Time
		first bool // from then on
	}
	bounds := []bound{
		{"start_date", at(-6), true}, {"updated_after", at(-5), true}, {"updated_before", at(-2), false}, {"end_date", at(-3), false},
	}
	for given := range 1 << len(bounds) {
		ask, want := url.Values{}, []string{}
		for i, b := range bounds {
			if given>>i&1 == 1 {
				ask.Set(b.name, b.at.Format(time.RFC3339))
			}
		}
		for n, s := range steps {
			beyond := func(b bound) bool {
				return ask.Has(b.name) && (b.first && s.At.Before(b.at) || !b.first && s.At.After(b.at))
			}
			if !slices.ContainsFunc(bounds, beyond) {
				want = append(want, report+"."+strconv.Itoa(n+1))
			}
		}
		for _, chosen := range []string{"", report} {
			ask.Set("service_request_id", chosen)
			got := []string{}
			for _, u := range w.validGet(200, "service_request_updates", updateShape, v2+"/servicerequestupdates.FORMAT?"+ask.Encode()).([]any) {
				got = append(got, u.(map[string]any)["update_id"].(string))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", ask.Encode(), got, want)
			}
		}
	}
}
