package main

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/water"
)

const (
	demoMonths   = 4      // that are over and have readings
	demoSampled  = 6      // day of the month on which samples are taken
	demoSections = 2      // that have readings
	demoAbove    = "1.62" // ammonia, above class IV, once
)

// demoSample is what the invented readings say of every item but ammonia.
var demoSample = map[string]string{
	"ph": "7.8", "do": "8.1", "codmn": "1.9", "cod": "14", "bod5": "2.5", "tp": "0.05", "cu": "0.001L", "zn": "0.05L", "f": "0.4", "se": "0.0004L",
	"as": "0.002", "hg": "0.00004L", "cd": "0.0005L", "cr6": "0.004L", "pb": "0.002L", "cn": "0.001L", "phenol": "0.0003L", "oil": "0.01L",
	"las": "0.05L", "sulfide": "0.005L",
}

// sampleWater enters readings of months that are over; the newest of the first section misses its target.
func (d *demo) sampleWater(ctx context.Context) error {
	now := d.clock.Now().In(d.app.District.Settings.TimeZone)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	var writes []ledger.DossierWrite
	for n, x := range d.app.District.Water().Of(water.OfRiver) {
		for back := 1; back <= demoMonths && n < demoSections; back++ {
			ammonia := []string{"0.62", "0.85", "0.48", "0.71"}[(back+n)%4]
			if n == 0 && back == 1 {
				ammonia = demoAbove
			}
			day := month.AddDate(0, -back, demoSampled-1)
			r, e, err := water.Reading{}.Enter(x.ID, day.Format(time.DateOnly), water.Given{
				Values: demoValues(ammonia), Report: d.said("demo.sample.report"), By: d.holder(grid.Supervisor), At: now,
			})
			if err != nil {
				return err
			}
			e.Via = viaDemo
			w, err := r.Write(ledger.Dossier{Kind: water.Readings, ID: water.ReadingID(r.Section, r.Day)}, e)
			if err != nil {
				return err
			}
			writes = append(writes, w)
		}
	}
	return d.put(ctx, writes...)
}

// demoValues is a sample with that much ammonia.
func demoValues(ammonia string) water.Sample {
	out := make(water.Sample, len(demoSample)+1)
	for code, text := range demoSample {
		out[code], _ = water.ParseValue(text, nil)
	}
	out["nh3n"], _ = water.ParseValue(ammonia, nil)
	return out
}
