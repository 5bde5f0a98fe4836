package main

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// oweFromLastQuarter makes the demonstration begin with the quarter before the running one, so that something was published already.
func oweFromLastQuarter(district *seeds.District, now time.Time) {
	local := now.In(district.Settings.TimeZone)
	first := time.Date(local.Year(), local.Month()-(local.Month()-1)%3-3, 1, 0, 0, 0, 0, local.Location())
	district.Settings.PublicationSince = calendar.DateOf(first)
}

// samplePublications publishes whatever of the periods that are over is owed, each with a row that is an example, so that nothing is
// late in a demonstration that has only begun.
func (d *demo) samplePublications(ctx context.Context) error { return d.publishOwed(ctx, d.example) }

// publishOwed publishes whatever of the periods that are over is owed.
func (d *demo) publishOwed(ctx context.Context, says func(publication.Occasion) publication.Content) error {
	now, work, roster := d.clock.Now(), d.app.District.Publishing(), d.hands()
	chain := publication.Chain{}
	var writes []ledger.DossierWrite
	var links []any
	before := make(map[string]*publication.Sheet) // by the duty
	for _, duty := range work.Duties {
		for _, o := range work.Occasions(duty, now) {
			if o.Period.To.After(now) {
				continue
			}
			i, last, err := d.published(work, o, publication.Act{Via: viaDemo, Content: says(o), Chain: chain, Last: before[duty.ID]}, roster, now)
			if err != nil {
				return err
			}
			w, err := publication.Write(ledger.Dossier{Kind: publication.Dossiers, ID: i.ID}, i, last)
			if err != nil {
				return err
			}
			sheet, err := i.Sheet()
			if err != nil {
				return err
			}
			before[duty.ID] = &sheet
			after, link := chain.Add(i)
			chain, writes, links = after, append(writes, w), append(links, link)
		}
	}
	w, err := ledger.WriteDossier(ledger.Dossier{Kind: publication.Chains, ID: publication.ChainID}, chain, links...)
	if err != nil || len(writes) == 0 {
		return err
	}
	return d.put(ctx, append(writes, w)...)
}

// published goes the way of an issue: drawn up, approved by another, published in time.
func (d *demo) published(
	work publication.Work, o publication.Occasion, act publication.Act, roster *grid.Roster, now time.Time,
) (publication.Issue, publication.Event, error) {
	act.At = o.Due.Add(-time.Hour)
	if act.At.After(now) {
		act.At = now
	}
	i := publication.Issue{ID: o.ID()}
	var e publication.Event
	for _, action := range []publication.Action{publication.Draft, publication.Approve, publication.Publish} {
		act.Action = action
		for _, officer := range work.Officers(o.Duty, i.State, roster, act.At) {
			if action != publication.Approve || officer.ID != i.By {
				act.Person = officer.Person
				break
			}
		}
		var err error
		if i, e, err = work.Apply(o, i, act, roster); err != nil {
			return i, e, fmt.Errorf("%s %s as %q: %w", o.ID(), action, act.Person, err)
		}
	}
	return i, e, nil
}

// example is a publication that says that it is one.
func (d *demo) example(o publication.Occasion) publication.Content {
	title := maps.Clone(d.words("demo.sample.publication"))
	for lang := range title {
		period := texts.Period(o.Period.Name)
		title[lang] = strings.Join([]string{title[lang], o.Duty.Names.In(lang), d.app.desk.Texts.Plain(texts.Lang(lang), period.Key, period.Args)}, " ")
	}
	return publication.Content{
		Title: title, Intro: d.words("demo.sample.publication_intro"),
		Tables: []publication.Table{{
			Caption: o.Duty.Names, Columns: []publication.Words{d.words("demo.sample.column"), d.words("demo.sample.column_value")},
			Rows: []publication.Row{{Key: "sample", Cells: []publication.Words{d.words("demo.sample.row"), d.words("demo.sample.row_value")}}},
		}},
	}
}
