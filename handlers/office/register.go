package office

import (
	"context"
	"math"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// longest is how many rows a register may have to be edited as a table.
const longest = 20000

// register reads the dossiers of a kind that stand on a shelf, each as what it holds.
func register[T any](
	ctx context.Context, o *Office, kind ledger.DossierKind, shelf ledger.Shelf, read func(ledger.Dossier) (T, error),
) (all []T, ids []string, err error) {
	if ids, err = o.Store.Shelf(ctx, kind, shelf, math.Inf(-1), math.Inf(1), longest); err != nil {
		return nil, nil, err
	}
	docs, err := o.Store.Dossiers(ctx, kind, ids)
	if err != nil {
		return nil, nil, err
	}
	all = make([]T, len(docs))
	for i, d := range docs {
		if all[i], err = read(d); err != nil {
			return nil, nil, err
		}
	}
	return all, ids, nil
}

// changeRegister puts what an import does to the dossiers of a kind into a change; edited makes of each what it is afterwards.
func (o *Office) changeRegister(
	ctx context.Context, c *ledger.Change, kind ledger.DossierKind, edits []sheet.Edit, edited func(ledger.Dossier, sheet.Edit) (ledger.DossierWrite, error),
) error {
	ids := make([]string, len(edits))
	for i, e := range edits {
		ids[i] = e.ID
	}
	docs, err := o.Store.Dossiers(ctx, kind, ids)
	if err != nil {
		return err
	}
	read := make(map[string]ledger.Dossier, len(docs))
	for _, d := range docs {
		read[d.ID] = d
	}
	for _, e := range edits {
		write, err := edited(read[e.ID], e)
		if err != nil {
			return err
		}
		c.Dossiers = append(c.Dossiers, write)
	}
	return nil
}
