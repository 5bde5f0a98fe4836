package main

import (
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

const itemsShown = 12 // of a long list; the file has the rest

// checkDistrict looks at the district's data: load has refused what is wrong; this is what works but should be mended.
func checkDistrict(d *seeds.District, now time.Time) []finding {
	out := []finding{found(good, "seeds",
		"name", d.Tree.Root().Name, "cells", len(d.Tree.Cells()), "settings", len(d.Settings.List()))}
	for _, w := range d.Check(now) {
		items := w.Items
		for i, item := range items {
			if c, ok := d.Tree.Cell(grid.CellCode(item)); ok {
				items[i] = d.Tree.PathName(c.Code)
			}
		}
		rest := ""
		if len(items) > itemsShown {
			items, rest = items[:itemsShown], " …"
		}
		out = append(out, found(warn, w.Code, "n", len(w.Items), "items", strings.Join(items, " ")+rest, "file", w.File))
	}
	return out
}
