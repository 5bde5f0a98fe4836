package plan_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// shelf is a store with some progress and one open case.
type shelf struct {
	progress map[string]plan.Progress
	cases    []casework.Case
}

func (s shelf) Dossiers(_ context.Context, _ ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	var out []ledger.Dossier
	for _, id := range ids {
		if p, ok := s.progress[id]; ok {
			doc, err := json.Marshal(p)
			if err != nil {
				return nil, err
			}
			out = append(out, ledger.Dossier{Kind: plan.Kind, ID: id, Version: 1, Body: doc})
		}
	}
	return out, nil
}

func (s shelf) Queue(_ context.Context, q casework.Queue, _, _ int) ([]casework.CaseID, error) {
	var out []casework.CaseID
	for _, c := range s.cases {
		if casework.MatterQueue(c.Categories[0]) == q {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

func (s shelf) Cases(context.Context, []casework.CaseID) ([]casework.Case, error) {
	return s.cases, nil
}

// What was accepted is public, with its day and what speaks against it; what a lead merely says to have done is not.
func TestBoard_TellsOnlyWhatWasAccepted(t *testing.T) {
	w := work(t)
	cases := []casework.Case{{ID: "1", State: casework.Handling, Categories: []string{"black_water"}, Kinds: []string{"black_water"}}}
	b, err := w.Board(context.Background(), shelf{
		progress: map[string]plan.Progress{
			"22-1": {State: plan.Accepted, Claimed: morning("2018-01-05"), Words: "words of the house"},
			"23-1": {State: plan.Reported, Claimed: morning("2017-12-30"), Percent: 100},
			"12-2": {State: plan.Underway, Percent: 30},
		},
	}, w.Plan.OpenCases(cases), morning("2018-06-10"))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Items) != 3 || b.Total.All != 8 || b.Total.By[plan.Claimed] != 0 || b.Total.By[plan.Fulfilled] != 1 || b.Total.Contested != 1 {
		t.Fatalf("%+v", b.Total)
	}
	water, outfall, drinking := b.Items[0], b.Items[1], b.Items[2]
	if got := water.Promises[0].Times[0]; got.Standing != plan.Fulfilled || got.Done != day("2018-01-05") || !got.DoneLate || !got.Contested || water.Cases != 1 {
		t.Errorf("what was accepted is told as %+v", got)
	}
	if got := outfall.Promises[0].Times[0]; got.Standing != plan.Overdue || !got.Done.In(ledu).Before(day("0001-01-02").In(ledu)) {
		t.Errorf("what was only reported is told as %+v", got)
	}
	if got := water.Promises[2].Times; len(got) != 2 || got[0].Period != "2018H1" || got[1].Period != "2017H2" {
		t.Errorf("the newest period is not first: %+v", got)
	}
	if got := drinking.Promises[1].Times[0].Standing; got != plan.Undated {
		t.Errorf("without a date it is %s", got)
	}
	if !water.LedBy(housing) || water.LedBy(bureau) {
		t.Error("who leads is not known")
	}
}
