package office

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
)

// enterprises is the register of enterprises in force, with the names of their sites.
func (o *Office) enterprises(ctx context.Context) (sheet.Table, error) {
	all, ids, err := register(ctx, o, enterprise.Kind, enterprise.All, enterprise.Read)
	if err != nil {
		return sheet.Table{}, err
	}
	names, err := o.siteNames(ctx, ids)
	return enterprise.ToTable(all, names), err
}

// siteNames are the names of sites that there are, closed ones too.
func (o *Office) siteNames(ctx context.Context, ids []string) (map[site.Number]string, error) {
	docs, err := o.Store.Dossiers(ctx, site.Dossier, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[site.Number]string, len(docs))
	for _, d := range docs {
		x, err := site.Read(d)
		if err != nil {
			return nil, err
		}
		out[x.Number] = x.Name
	}
	return out, nil
}

// judgeEnterprises finds what is wrong with a table of enterprises: each has to have its site.
func (o *Office) judgeEnterprises(ctx context.Context, p Proposal) ([]sheet.Fault, error) {
	ids := make([]string, 0, len(p.Table.Rows))
	for _, r := range p.Table.Rows {
		if site.Number(r.Values["number"]).Valid() {
			ids = append(ids, r.Values["number"])
		}
	}
	names, err := o.siteNames(ctx, ids)
	return enterprise.Judge(p.Table, func(n site.Number) bool { _, ok := names[n]; return ok }), err
}

// changeEnterprises puts what an import does to enterprises into a change.
func (o *Office) changeEnterprises(ctx context.Context, c *ledger.Change, m ledger.Import, now time.Time) error {
	w := o.District.Enterprises()
	return o.changeRegister(ctx, c, enterprise.Kind, m.Edits, func(read ledger.Dossier, e sheet.Edit) (ledger.DossierWrite, error) {
		before, err := enterprise.Read(read)
		if err != nil {
			return ledger.DossierWrite{}, err
		}
		after, event := enterprise.Edited(before, e, now)
		event.At, event.By, event.Via = now, m.By, "import/"+m.ID
		return w.Write(read, after, now, event)
	})
}
