package main

import (
	"context"
	"fmt"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// viaDemo is what histories name as the way by which a sample came.
const viaDemo = "demo"

// samples fill what the public sees of the demonstration, so that no page of the site is bare: each is invented, says so, and goes
// through the acts of its domain as if officers of the sample roster had done them. Nobody is told of it.
func (d *demo) samples(ctx context.Context) error {
	for _, fill := range []func(context.Context) error{d.sampleWater, d.sampleCard, d.sampleNotice, d.sampleConsultation, d.sampleBoard, d.samplePublications} {
		if err := fill(ctx); err != nil {
			return fmt.Errorf("samples: %w", err)
		}
	}
	return nil
}

// put commits dossiers of samples.
func (d *demo) put(ctx context.Context, writes ...ledger.DossierWrite) error {
	_, err := d.app.store.Commit(ctx, ledger.Change{At: d.clock.Now(), Dossiers: writes})
	return err
}

// hands are the officers of the sample roster, each with a person of their own, so that acts which ask for one can be done before
// anybody is connected.
func (d *demo) hands() *grid.Roster {
	officers := make([]grid.Officer, 0, len(d.app.District.Officers))
	for _, o := range d.app.District.Officers {
		o.Person = grid.PersonID("demo-" + string(o.ID))
		officers = append(officers, o)
	}
	return grid.NewRoster(1, officers)
}

// holder is who of the roster has a role for the whole district; nobody when it is not given.
func (d *demo) holder(role grid.Role) grid.OfficerID {
	found, _ := d.hands().Responsible(d.app.District.Tree, d.app.District.Tree.Root().Code, d.clock.Now(), role)
	if len(found) == 0 {
		return ""
	}
	return found[0].ID
}

// words are words of the catalogue in every language.
func (d *demo) words(key string) publication.Words {
	return publication.Words(d.inEveryLanguage(key))
}

// said are the words of the catalogue as an official of the district writes them.
func (d *demo) said(key string) string { return d.app.desk.Texts.Plain(texts.Chinese, key, nil) }
