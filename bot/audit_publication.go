package main

import (
	"context"
	"errors"
	"math"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// publications checks that everything that was published is as it was published, and that nothing was taken out of the chain or put
// into it.
func (a *audit) publications(ctx context.Context) error {
	links, err := a.publicationLinks(ctx)
	if err != nil {
		return err
	}
	chained := make(map[string]bool)
	before := ""
	for _, link := range links {
		chained[link.ID] = true
		if fault := a.publication(ctx, link, before); fault != nil {
			return fault
		}
		before = link.Hash
	}
	out, err := a.store.Shelf(ctx, publication.Dossiers, publication.OutNow, 0, math.MaxInt64, math.MaxInt32)
	for _, id := range out {
		if !chained[id] {
			a.found(id, 0, "publication_stray", "")
		}
	}
	return err
}

// publicationLinks reads the chain; a break in it is noted.
func (a *audit) publicationLinks(ctx context.Context) ([]publication.Link, error) {
	var chain publication.Chain
	d, err := a.store.Dossier(ctx, publication.Chains, publication.ChainID)
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return nil, err
	}
	lines, err := a.store.DossierHistory(ctx, publication.Chains, publication.ChainID)
	if err != nil {
		return nil, err
	}
	if err = d.Into(&chain); err != nil {
		a.found(publication.ChainID, 0, "unreadable", err.Error())
		return nil, nil
	}
	links, err := publication.ReadLinks(chain, lines)
	if err != nil {
		a.found(publication.ChainID, len(links), "publication_chain", "")
	}
	return links, nil
}

// publication checks one issue against its link.
func (a *audit) publication(ctx context.Context, link publication.Link, before string) error {
	d, err := a.store.Dossier(ctx, publication.Dossiers, link.ID)
	if grid.CodeOf(err) == grid.NotFound {
		a.found(link.ID, 0, "publication_gone", "")
		return nil
	}
	if err != nil {
		return err
	}
	issue, err := publication.Read(d)
	if err != nil {
		a.found(link.ID, 0, "unreadable", err.Error())
		return nil
	}
	switch err := publication.Verify(issue, link, before); {
	case errors.Is(err, publication.ErrAltered):
		a.found(link.ID, 0, "publication_altered", "")
	case err != nil:
		a.found(link.ID, 0, "publication_chain", "")
	default:
		a.published++
	}
	return nil
}
