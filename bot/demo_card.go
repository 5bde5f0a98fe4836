package main

import (
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// sampleCard gives the first invented enterprise a yellow card: it exceeded a limit, and production is limited.
func (d *demo) sampleCard(ctx context.Context) error {
	sites := d.app.District.SampleSites
	i := slices.IndexFunc(sites, func(s site.Site) bool { return s.Kind == "enterprise" })
	if i < 0 {
		return nil
	}
	now := d.clock.Now()
	e, events, err := d.carded(enterprise.Enterprise{Number: sites[i].Number, Trade: enterprise.Food, Added: now}, now)
	if err != nil {
		return err
	}
	w, err := d.app.District.Enterprises().Write(ledger.Dossier{}, e, now, events...)
	if err != nil {
		return err
	}
	return d.put(ctx, w)
}

// carded is an enterprise that was put on the register and got a yellow card, with how that came.
func (d *demo) carded(e enterprise.Enterprise, now time.Time) (enterprise.Enterprise, []enterprise.Event, error) {
	work, boss := d.app.District.Enterprises(), d.holder(grid.Supervisor)
	events := []enterprise.Event{{At: now, By: boss, Via: viaDemo, Did: enterprise.Register}}
	fact := enterprise.Fact{
		Kind: enterprise.Exceed, Day: now.Add(-days(40)), Source: enterprise.Supervisory, Item: "COD", Value: 180, Limit: 100, Unit: "mg/L",
		Doc: d.said("demo.sample.report"),
	}
	for _, act := range []enterprise.Act{
		{Action: enterprise.Record, Fact: fact, Day: fact.Day},
		{Action: enterprise.Tell, Measure: enterprise.Limit, Ground: enterprise.GroundExceed, Facts: []int{1}, Day: now.Add(-days(30))},
		{Action: enterprise.Hear, Card: 1, Words: d.said("demo.sample.heard"), Day: now.Add(-days(28))},
		{Action: enterprise.Decide, Card: 1, Doc: d.said("demo.sample.decision"), Day: now.Add(-days(20))},
		{Action: enterprise.Serve, Card: 1, Day: now.Add(-days(19))},
		{Action: enterprise.FilePlan, Card: 1, Words: d.said("demo.sample.plan"), Where: "https://example.cn/plan", Day: now.Add(-days(10))},
	} {
		act.By, act.Via = boss, viaDemo
		after, more, err := work.Apply(e, act, now)
		if err != nil {
			return e, nil, err
		}
		e, events = after, append(events, more...)
	}
	return e, events, nil
}
