package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/seeds"
)

// The plan that was imported last is one dossier; those before it stand in its history.
const (
	planKind    = ledger.DossierKind("plan")
	planInForce = "current"

	// planBook is the plan among what may have changed since the last look.
	planBook = sheet.Kind("plan")
)

// storedPlan is the plan that was imported, instead of the folder's.
type storedPlan struct {
	ledger.Dossier

	plan plan.Plan
}

// planImported is the entry in the history of the plan.
type planImported struct {
	At     time.Time      `json:"at"`
	By     grid.OfficerID `json:"by,omitempty"` // empty for somebody at the machine itself
	Via    string         `json:"via"`
	Did    string         `json:"did"`
	File   string         `json:"file"`
	Title  string         `json:"title"`
	Number string         `json:"number,omitempty"`
	Plan   *plan.Plan     `json:"plan"` // as it was then
}

// readPlan reads the imported plan; version 0 when none ever was.
func readPlan(ctx context.Context, store *redisstore.Store) (storedPlan, error) {
	s := storedPlan{Dossier: ledger.Dossier{Kind: planKind, ID: planInForce}}
	d, err := store.Dossier(ctx, planKind, planInForce)
	if e := (*grid.Error)(nil); errors.As(err, &e) && e.Code == grid.NotFound {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Dossier = d
	return s, d.Into(&s.plan)
}

// over is the district with the imported plan, if there is one.
func (s storedPlan) over(d *seeds.District) *seeds.District {
	if s.Version == 0 {
		return d
	}
	return d.WithPlan(s.plan)
}

// named gives the promises of another plan than the one before IDs of their own (1-1@2), for how far those of the old plan are is
// kept under theirs. The same plan read again keeps its IDs.
func named(p, folder plan.Plan, was storedPlan) plan.Plan {
	same := func(a plan.Plan) bool { return a.Title == p.Title && a.Number == p.Number }
	edition := ""
	switch {
	case same(folder):
	case was.Version > 0 && same(was.plan):
		edition = editionOf(was.plan)
	default:
		edition = "@" + strconv.FormatInt(was.Version+1, 10)
	}
	p.Measures = slices.Clone(p.Measures)
	for i, m := range p.Measures {
		m.Milestones = slices.Clone(m.Milestones)
		for j := range m.Milestones {
			m.Milestones[j].ID = plan.MilestoneID(m.Item, j+1) + edition
		}
		p.Measures[i] = m
	}
	return p
}

// editionOf is what the IDs of a plan's promises end with.
func editionOf(p plan.Plan) string {
	for _, m := range p.Measures {
		for _, x := range m.Milestones {
			if _, after, ok := strings.Cut(x.ID, "@"); ok {
				return "@" + after
			}
		}
	}
	return ""
}

// storePlan puts a plan into force, from the next time that a program that serves looks.
func storePlan(ctx context.Context, store *redisstore.Store, was storedPlan, p plan.Plan, file string, now time.Time) error {
	w, err := ledger.WriteDossier(was.Dossier, p, planImported{
		At: now, Via: "cli", Did: "import", File: file, Title: p.Title, Number: p.Number, Plan: &p,
	})
	if err != nil {
		return err
	}
	if _, err = store.Commit(ctx, ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}
