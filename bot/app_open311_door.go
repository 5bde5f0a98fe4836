package main

import (
	"context"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/georeport"
)

// programDoor lets reports come in by programs that speak GeoReport: the same door as that of the site.
type programDoor struct{ *app }

// File makes a report. The key has been counted already, so nobody else's quota is used but that of the door.
func (d programDoor) File(ctx context.Context, r georeport.Report) (georeport.Receipt, error) {
	files := make([]handlers.DoorFile, len(r.Photos))
	for i, p := range r.Photos {
		files[i] = handlers.DoorFile(p)
	}
	got, err := d.desk.File(ctx, handlers.DoorReport{
		Source: casework.FromOpen311, Lang: r.Lang, Once: r.Once, Words: r.Words, Place: r.Place, Point: r.Point, Cell: r.Cell,
		Category: r.Category, Also: r.Also, Name: r.Name, Phone: r.Phone, Files: files,
	})
	if err != nil {
		return georeport.Receipt{}, err
	}
	out := georeport.Receipt{Number: got.Number, Token: string(got.Case)}
	cases, err := d.showcase.Cases(ctx)
	if err != nil { // it is filed: the number that it has will do
		return out, nil //nolint:nilerr // there is an answer
	}
	if c, ok := cases.Find(got.Number); ok {
		out.Number = c.Report
	}
	return out, nil
}

// ByToken finds a report by the id of its case, which nobody can guess, once the office has decided about it.
func (d programDoor) ByToken(ctx context.Context, token string) (georeport.Filed, bool, error) {
	c, err := d.store.Case(ctx, casework.CaseID(strings.TrimSpace(token)))
	if grid.CodeOf(err) == grid.NotFound {
		return georeport.Filed{}, false, nil
	}
	if err != nil {
		return georeport.Filed{}, false, err
	}
	if c.Source != casework.FromOpen311 { // the id of another door's case is nobody's token
		return georeport.Filed{}, false, nil
	}
	cases, err := d.showcase.Cases(ctx)
	if err != nil {
		return georeport.Filed{}, false, err
	}
	shown, ok := cases.Find(c.Number)
	if !ok {
		return georeport.Filed{}, false, nil
	}
	out := georeport.Filed{Token: token}
	if shown.Stage != public.Received {
		out.Number = shown.Report
	}
	return out, true, nil
}
