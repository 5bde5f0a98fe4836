package main

import (
	"context"

	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/web"
)

// shownEnterprises are the enterprises as the public site shows them: their public part, and the name and cell of their site.
type shownEnterprises struct {
	a     *app
	known *ledger.Remembered[enterprise.Enterprise]
	sites *ledger.Remembered[site.Site]
}

func newShownEnterprises(a *app) shownEnterprises {
	return shownEnterprises{a, new(ledger.Remembered[enterprise.Enterprise]), new(ledger.Remembered[site.Site])}
}

// Carded lists those that ever had a card.
func (s shownEnterprises) Carded(ctx context.Context) ([]web.ShownEnterprise, error) {
	return s.shelf(ctx, enterprise.Carded)
}

// Registered lists all that stand on the register.
func (s shownEnterprises) Registered(ctx context.Context) ([]web.ShownEnterprise, error) {
	return s.shelf(ctx, enterprise.All)
}

// mostShown is how many enterprises are looked through; a district has some dozens with cards and some hundreds without.
const mostShown = 5000

func (s shownEnterprises) shelf(ctx context.Context, of ledger.Shelf) ([]web.ShownEnterprise, error) {
	ids, err := s.a.store.Shelf(ctx, enterprise.Kind, of, enterprise.First, enterprise.Last, mostShown)
	if err != nil {
		return nil, err
	}
	return s.read(ctx, ids)
}

// Enterprise is the one of that number; false when there is none.
func (s shownEnterprises) Enterprise(ctx context.Context, number string) (web.ShownEnterprise, bool, error) {
	if !site.Number(number).Valid() {
		return web.ShownEnterprise{}, false, nil
	}
	all, err := s.read(ctx, []string{number})
	if err != nil || len(all) == 0 {
		return web.ShownEnterprise{}, false, err
	}
	return all[0], true, nil
}

// Grade is what a credit grade is called.
func (s shownEnterprises) Grade(code string) texts.Names {
	for _, g := range s.a.district().Credit.Grades {
		if g.Code == code {
			return g.Names
		}
	}
	return texts.Name(code)
}

func (s shownEnterprises) read(ctx context.Context, ids []string) ([]web.ShownEnterprise, error) {
	docs, err := s.a.store.Dossiers(ctx, enterprise.Kind, ids)
	if err != nil {
		return nil, err
	}
	sites, err := s.a.store.Dossiers(ctx, site.Dossier, ids)
	if err != nil {
		return nil, err
	}
	where := make(map[string]site.Site, len(sites))
	for _, d := range sites {
		x, err := s.sites.Read(d, site.Read)
		if err != nil {
			return nil, err
		}
		where[d.ID] = x
	}
	work, now := s.a.district().Enterprises(), s.a.Clock()
	var out []web.ShownEnterprise
	for _, d := range docs {
		e, err := s.known.Read(d, enterprise.Read)
		if err != nil {
			return nil, err
		}
		if p, ok := work.Public(e, now); ok {
			x := where[d.ID]
			out = append(out, web.ShownEnterprise{Public: p, Name: x.Name, Cell: x.Cell})
		}
	}
	return out, nil
}
