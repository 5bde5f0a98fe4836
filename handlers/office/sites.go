package office

import (
	"context"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
)

// sites is the register in force.
func (o *Office) sites(ctx context.Context) (sheet.Table, error) {
	all, _, err := register(ctx, o, site.Dossier, site.AllShelf, site.Read)
	if err != nil {
		return sheet.Table{}, err
	}
	return site.ToTable(all, o.Location), nil
}

// nameSites gives numbers to rows that have none.
func (o *Office) nameSites(ctx context.Context, candidate, before sheet.Table) (sheet.Table, error) {
	w := o.District.Sites()
	read, err := o.counters(ctx, w)
	if err != nil {
		return candidate, err
	}
	counters := make(map[string]*site.Counter)
	for _, d := range read {
		c := &site.Counter{}
		if err := d.Into(c); err != nil {
			return candidate, err
		}
		counters[d.ID] = c
	}
	return w.Name(candidate, before, counters), nil
}

func (o *Office) counters(ctx context.Context, w *site.Work) ([]ledger.Dossier, error) {
	prefixes := make([]string, 0, len(w.Rules.Kinds))
	for _, k := range w.Rules.Kinds {
		prefixes = append(prefixes, k.Prefix)
	}
	return o.Store.Dossiers(ctx, site.Register, prefixes)
}

// judgeSites finds what is wrong with a table of sites.
func (o *Office) judgeSites(p Proposal, r *grid.Roster) []sheet.Fault {
	return o.District.Sites().Judge(p.Table, func(id grid.OfficerID) bool {
		_, ok := r.Officer(id)
		return ok
	})
}

// changeSites puts what an import does to sites into a change.
func (o *Office) changeSites(ctx context.Context, c *ledger.Change, m ledger.Import, now time.Time) error {
	w := o.District.Sites()
	err := o.changeRegister(ctx, c, site.Dossier, m.Edits, func(read ledger.Dossier, e sheet.Edit) (ledger.DossierWrite, error) {
		before, err := site.Read(read)
		if err != nil {
			return ledger.DossierWrite{}, err
		}
		after, event := site.Edited(before, e, now)
		event.At, event.By, event.Via = now, m.By, "import/"+m.ID
		return w.Write(read, after, now, event)
	})
	if err != nil {
		return err
	}
	return o.moveCounters(ctx, c, w, m.Edits)
}

// moveCounters keeps numbers that a table brought from being given again.
func (o *Office) moveCounters(ctx context.Context, c *ledger.Change, w *site.Work, edits []sheet.Edit) error {
	docs, err := o.counters(ctx, w)
	if err != nil {
		return err
	}
	read := make(map[string]ledger.Dossier)
	for _, d := range docs {
		read[d.ID] = d
	}
	for _, k := range w.Rules.Kinds {
		d, there := read[k.Prefix]
		if !there {
			d = ledger.Dossier{Kind: site.Register, ID: k.Prefix}
		}
		var counter site.Counter
		if err := d.Into(&counter); err != nil {
			return err
		}
		last := counter.Last
		for _, e := range edits {
			if strings.HasPrefix(e.ID, k.Prefix) {
				counter.Seen(k.Prefix, site.Number(e.ID))
			}
		}
		if counter.Last == last {
			continue
		}
		write, err := counter.Write(d)
		if err != nil {
			return err
		}
		c.Dossiers = append(c.Dossiers, write)
	}
	return nil
}
