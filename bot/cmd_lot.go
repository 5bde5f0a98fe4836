package main

import (
	"context"
	"fmt"

	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/jobs"
)

// lotCmd prints the lot of a week with every hash, so that anybody can recompute it.
type lotCmd struct {
	recordFlags
	Week string `required:"" placeholder:"2026-W45" help:"The ISO week in which the cases were answered."`
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
