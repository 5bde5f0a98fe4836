package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/jobs"
)

// lotCmd prints the lot of a week, or a draw of sites, with every hash, so that anybody can recompute it.
type lotCmd struct {
	recordFlags
	Week string `xor:"lot" required:"" placeholder:"2026-W45" help:"The ISO week in which the cases were answered."`
	Draw string `xor:"lot" required:"" placeholder:"2026-11" help:"Instead: the month of a draw of sites and inspectors; it is drawn anew from what is on record."`
}

// Run prints a line a ticket, those that are drawn first, and how each hash is made.
func (c lotCmd) Run(ctx context.Context, s streams) error {
	words, err := texts.New()
	if err != nil {
		return err
	}
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if c.Draw != "" {
		return c.redraw(ctx, s, r, words)
	}
	set := r.district.Settings
	tickets, cases, err := jobs.Callbacks{
		Store: &jobStore{r.store, nil}, Work: r.work, Location: set.TimeZone, Share: set.CallbackShare, Seed: set.CallbackSeed,
	}.Lot(ctx, c.Week)
	if err != nil {
		return err
	}
	lang := words.Match(c.Lang)
	drawn := 0
	for i, t := range tickets {
		key := "lot.passed"
		if t.Drawn {
			key = "lot.drawn"
			drawn++
		}
		state := texts.Text{Key: "state." + string(cases[i].State)}
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, key, texts.Args{"rank": i + 1, "number": t.Number, "hash": t.Hash, "state": state}))
	}
	_, _ = fmt.Fprintln(s.out, words.Plain(lang, "lot.summary", texts.Args{
		"week": c.Week, "n": len(tickets), "drawn": drawn, "share": set.CallbackShare, "seed": set.CallbackSeed,
	}))
	return nil
}

// errOtherDraw means that a draw on record is not what its seed and its pools give.
var errOtherDraw = errors.New("the draw on record is not what its seed and its pools give")

// redraw prints a draw of sites and inspectors, and fails when drawing anew from what is on record gives another.
func (c lotCmd) redraw(ctx context.Context, s streams, r *record, words *texts.Catalogue) error {
	doc, err := r.store.Dossier(ctx, site.DrawDossier, c.Draw)
	if err != nil {
		return err
	}
	d, err := site.ReadDraw(doc)
	if err != nil {
		return err
	}
	lang := words.Match(c.Lang)
	for i, t := range d.Drawn {
		who := make(texts.List, 0, len(t.Officers))
		for _, o := range t.Officers {
			who = append(who, texts.Name(string(o)))
		}
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "lot.ticket", texts.Args{"rank": i + 1, "number": string(t.Site), "hash": t.Hash, "officers": who}))
	}
	n := 0
	for _, p := range d.Pools {
		n += len(p.Sites)
	}
	_, _ = fmt.Fprintln(s.out, words.Plain(lang, "lot.draw", texts.Args{"month": d.Period, "n": n, "drawn": len(d.Drawn), "seed": d.Seed}))
	if !d.Recheck() {
		return errOtherDraw
	}
	return nil
}
