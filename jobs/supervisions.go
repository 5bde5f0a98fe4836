package jobs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/water"
)

// supervisions proposes to the supervisors to put sections under public supervision (挂牌督办) that missed their target in as many
// periods in a row as the settings say, and reminds the units of those that are listed. Each proposal has the id of its section and
// last period, each reminder is remembered, so that another run says nothing twice.
func (d Deps) supervisions(ctx context.Context, now time.Time) (Result, error) {
	res := Result{"proposed": 0, "messages": 0}
	ids, err := d.Store.Shelf(ctx, water.Supervisions, water.Open, 0, math.MaxInt64, sweepBatch)
	if err != nil {
		return res, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	open, err := d.Store.Dossiers(ctx, water.Supervisions, ids)
	if err != nil {
		return res, err
	}
	var faults []error
	under := make(map[string]bool)
	for _, read := range open {
		var x water.Supervision
		if err := read.Into(&x); err != nil {
			return res, err
		}
		under[x.Section] = true
		if err := d.chaseListing(ctx, read, x, roster, now, res); err != nil {
			faults = keep(faults, fmt.Errorf("supervision %s: %w", read.ID, err))
		}
	}
	for _, s := range d.Water.Of(water.OfRiver) {
		if under[s.ID] {
			continue
		}
		if err := d.proposeListing(ctx, s, roster, now, res); err != nil {
			faults = keep(faults, fmt.Errorf("section %s: %w", s.ID, err))
		}
	}
	return res, errors.Join(faults...)
}

// proposeListing proposes a section if it failed often enough.
func (d Deps) proposeListing(ctx context.Context, s water.Section, roster *grid.Roster, now time.Time, res Result) error {
	after := d.Water.List.After
	periods, err := d.Water.Periods(ctx, d.Store, s, d.Water.Period, after+1, now)
	if err != nil {
		return err
	}
	ended := water.Ended(periods, now)
	if after < 1 || len(ended) < after || water.Failed(ended) < after {
		return nil
	}
	failed := ended[len(ended)-after:]
	id := water.ReadingID(s.ID, failed[after-1].Period.Name)
	before, err := d.Store.Dossiers(ctx, water.Supervisions, []string{id})
	if err != nil || len(before) > 0 {
		return err // it was declined, or lifted
	}
	x, event := water.Propose(id, failed, now)
	w, err := x.Write(ledger.Dossier{Kind: water.Supervisions, ID: id}, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	err = d.addListing(ctx, &change, d.supervisors(roster, now), "job.supervise.propose", x, []string{"list", "decline"})
	if err != nil {
		return err
	}
	res["proposed"]++
	return d.commitDossier(ctx, change, res)
}

// chaseListing reminds the unit of a listed section of its last day, or of its silence; supervisors hear of one that is late.
func (d Deps) chaseListing(ctx context.Context, read ledger.Dossier, x water.Supervision, roster *grid.Roster, now time.Time, res Result) error {
	of := d.Water.List.Reminder(x, now)
	if of == "" {
		return nil
	}
	x, event := x.Remind(of, now)
	w, err := x.Write(read, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	key := "job.supervise.remind"
	switch {
	case strings.HasPrefix(of, water.Silent):
		key = "job.supervise.silent"
	case x.Late(now):
		key = "job.supervise.late"
		if err := d.addListing(ctx, &change, d.supervisors(roster, now), key, x, []string{"lift"}); err != nil {
			return err
		}
	}
	buttons := []string{"report"}
	if x.Given == nil && x.Asked == nil && !now.After(x.Due.AddDate(0, 0, -d.Water.List.Ask)) {
		buttons = append(buttons, "ask")
	}
	if err := d.addListing(ctx, &change, casework.Clerks(roster, x.Unit, now), key, x, buttons); err != nil {
		return err
	}
	return d.commitDossier(ctx, change, res)
}

// addListing words a message about a supervision for officers.
func (d Deps) addListing(ctx context.Context, change *ledger.Change, to []grid.Officer, key string, x water.Supervision, buttons []string) error {
	section, err := d.Water.Section(x.Section)
	if err != nil {
		return err
	}
	for _, o := range to {
		if !o.Reachable() {
			continue
		}
		lang, err := d.lang(ctx, o)
		if err != nil {
			return err
		}
		var periods, items []string
		for _, p := range x.Periods {
			periods = append(periods, d.period(lang, p))
		}
		for _, code := range x.Items {
			i, _ := d.Water.Rules.Standard.Item(code)
			items = append(items, inLang(i.Names, lang))
		}
		separator := d.Words.T(lang, "list.separator", nil)
		m := ledger.Message{To: o.Person, Kind: key, Priority: ledger.Digest, Once: true, At: change.At, Text: d.Words.T(lang, key, map[string]any{
			"name": inLang(section.Names, lang), "periods": strings.Join(periods, separator), "items": strings.Join(items, separator),
			"target": d.Words.T(lang, "water.class."+section.Target.Code(), nil), "due": x.Last(d.Location), "unit": string(x.Unit), "words": x.Words,
		})}
		for _, b := range buttons {
			m.Rows = append(m.Rows, []ledger.Button{{Text: d.Words.T(lang, "button.supervision."+b, nil), Data: "wt:s_" + b + ":" + x.ID}})
		}
		change.Outbox = append(change.Outbox, m)
	}
	return nil
}

// blackWater reminds the units of black and odorous water bodies of the days by which they have to be treated.
func (d Deps) blackWater(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepShelf(ctx, water.Treatments, water.Untreated, math.MaxInt64, now, d.remindTreatment)
}

func (d Deps) remindTreatment(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var x water.Treatment
	if err := read.Into(&x); err != nil {
		return err
	}
	of := x.Reminder(d.Water.BlackRemind, now, d.Location)
	if of == "" {
		return nil
	}
	to, key := casework.Clerks(roster, x.Unit, now), "job.black.remind"
	if x.Late(now, d.Location) {
		to, key = append(to, d.supervisors(roster, now)...), "job.black.late"
	}
	x, event := x.Remind(of, now)
	w, err := x.Write(read, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	for _, o := range to {
		if !o.Reachable() {
			continue
		}
		lang, err := d.lang(ctx, o)
		if err != nil {
			return err
		}
		change.Outbox = append(change.Outbox, ledger.Message{
			To: o.Person, Kind: key, Priority: ledger.Digest, Once: true, At: now,
			Text: d.Words.T(lang, key, map[string]any{"site": x.Site, "name": x.Name, "due": x.Due, "person": x.Person, "unit": string(x.Unit), "percent": x.Percent}),
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.black.progress", nil), Data: "wt:progress:" + x.Site}}},
		})
	}
	return d.commitDossier(ctx, change, res)
}
