package main

import (
	"context"
	"errors"
	"math"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
)

// assessments checks that every sealed assessment is as it was sealed, and that all results follow from their figures.
func (a *audit) assessments(ctx context.Context) error {
	periods, err := a.store.Shelf(ctx, assess.Dossiers, assess.All, 0, math.MaxInt64, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, period := range periods {
		d, err := a.store.Dossier(ctx, assess.Dossiers, period)
		if grid.CodeOf(err) == grid.NotFound {
			a.found(period, 0, "assess_gone", "")
			continue
		}
		if err != nil {
			return err
		}
		lines, err := a.store.DossierHistory(ctx, d.Kind, d.ID)
		if err != nil {
			return err
		}
		history, err1 := assess.ReadHistory(lines)
		x, err2 := assess.Read(d)
		if err := errors.Join(err1, err2); err != nil {
			a.found(period, 0, "unreadable", err.Error())
			continue
		}
		switch err := assess.Verify(x, history); {
		case errors.Is(err, assess.ErrAltered):
			a.found(period, 0, "assess_altered", "")
		case errors.Is(err, assess.ErrUnsealed):
			a.found(period, 0, "assess_unsealed", "")
		case err != nil:
			a.found(period, 0, "assess_sum", "")
		case x.Seal != nil:
			a.assessed++
		}
	}
	return nil
}
