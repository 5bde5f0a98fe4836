package jobs

import (
	"context"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// register is a store of sites and the states of their cases.
type register struct {
	docs   map[string]ledger.Dossier
	states map[casework.CaseID]casework.State
	writes []ledger.DossierWrite
}

func (r *register) Shelf(context.Context, ledger.DossierKind, ledger.Shelf, float64, float64, int) ([]string, error) {
	out := make([]string, 0, len(r.docs))
	for id := range r.docs {
		out = append(out, id)
	}
	return out, nil
}

func (r *register) Dossiers(_ context.Context, _ ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	out := make([]ledger.Dossier, len(ids))
	for i, id := range ids {
		out[i] = r.docs[id]
	}
	return out, nil
}

func (r *register) Cases(_ context.Context, ids []casework.CaseID) ([]casework.Case, error) {
	var out []casework.Case
	for _, id := range ids {
		if s, ok := r.states[id]; ok {
			out = append(out, casework.Case{ID: id, State: s})
		}
	}
	return out, nil
}

func (r *register) Commit(_ context.Context, c ledger.Change) (bool, error) {
	r.writes = append(r.writes, c.Dossiers...)
	for _, w := range c.Dossiers {
		d := w.Dossier
		d.Version++
		r.docs[d.ID] = d
	}
	return false, nil
}

// The night finds cases that ended by themselves and rules that changed, moves the sites, and leaves the others alone.
func TestSites_ReckonedAnew(t *testing.T) {
	tree, err := grid.NewTree([]string{"d", "t"}, []grid.Cell{
		{Code: "99", Level: 1, Name: "D"}, {Code: "9901", Parent: "99", Level: 2, Name: "T"}, {Code: "9900", Parent: "99", Level: 2, Name: "Q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	w := &site.Work{Tree: tree, Rules: site.Rules{Kinds: []site.Kind{{Code: "outfall", Warm: []int{30, 15}}}, Complained: 7, Location: time.UTC}}
	now := time.Date(2026, 6, 1, 3, 40, 0, 0, time.UTC)
	r := &register{docs: map[string]ledger.Dossier{}, states: map[casework.CaseID]casework.State{"over": casework.Closed, "open": casework.Handling}}
	for number, id := range map[site.Number]casework.CaseID{"PW0001": "over", "PW0002": "open", "PW0003": ""} {
		x := site.Site{Number: number, Kind: "outfall", Cell: "9901", State: site.Active, Added: now}
		if id != "" {
			x.Link(id, "A1", now)
		}
		made, fault := w.Write(ledger.Dossier{}, x, now)
		if fault != nil {
			t.Fatal(fault)
		}
		d := made.Dossier
		d.Version = 1
		r.docs[d.ID] = d
	}
	j := Sites{Store: r, Work: w}
	res, err := j.Run(t.Context(), now)
	if err != nil || res["changed"] != 1 || len(r.writes) != 1 || r.writes[0].ID != "PW0001" {
		t.Fatalf("%v, %v, %+v", res, err, r.writes)
	}
	x, err := site.Read(r.docs["PW0001"])
	if err != nil || x.Complained() || !x.Due.Equal(time.Date(2026, 6, 17, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", x, err)
	}
	w.Rules.Kinds[0].Warm = []int{30, 10}
	if res, err := j.Run(t.Context(), now); err != nil || res["changed"] != 2 {
		t.Errorf("after the rules changed: %v, %v", res, err)
	}
}
