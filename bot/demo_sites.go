package main

import (
	"context"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// sampleSites puts the district's invented sites on the register of the demonstration.
func (d *demo) sampleSites(ctx context.Context) error {
	now := d.clock.Now()
	w := d.app.sites()
	c := ledger.Change{At: now}
	for _, x := range d.app.district().SampleSites {
		x.Added = now
		write, err := w.Write(ledger.Dossier{}, x, now, site.Event{At: now, Via: "demo", Did: site.Added})
		if err != nil {
			return err
		}
		c.Dossiers = append(c.Dossiers, write)
	}
	_, err := d.app.store.Commit(ctx, c)
	return err
}
