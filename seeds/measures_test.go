package seeds_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/seeds"
)

// The plan says who leads and who supports in what people report.
func TestMeasures_Ledu(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]struct {
		item    int
		lead    grid.Department
		support grid.Department
	}{
		"outfall":          {23, "区环境保护局", "区水务局"},
		"restaurant_water": {8, "区市场监督管理局", "区水务局"},
		"livestock":        {6, "区农牧局", "区环境保护局"},
		"black_water":      {22, "区住房和规划建设局", "区水务局"},
		"sewer":            {3, "区住房和规划建设局", "区财政局"},
		"groundwater":      {25, "区工业和商务局", "区国土资源局"},
	} {
		m, ok := plan.For(d.Measures, []string{"water"}, []string{kind})
		if !ok || m.Item != want.item || m.Lead != want.lead || !slices.Contains(m.Supports, want.support) || m.Title == "" {
			t.Errorf("%s: %+v, want %+v", kind, m, want)
		}
	}
	if _, ok := plan.For(d.Measures, []string{"noise"}, []string{"construction_noise"}); ok {
		t.Error("the plan is about water, and yet an item was found for noise")
	}
}

func TestMeasures_Faults(t *testing.T) {
	for text, want := range map[string]string{
		`measures: [{item: 2, title: a, covers: [water]}]`:                                       "an item that a department leads, in departments.yaml",
		`measures: [{item: 1, title: a, covers: [sewers]}]`:                                      "codes of categories or kinds in categories.yaml",
		`measures: [{item: 1, title: a, covers: [water]}, {item: 1, title: b, covers: [water]}]`: "each in one place only",
	} {
		fsys := tiny(t)
		fsys["measures.yaml"] = &fstest.MapFile{Data: []byte(text)}
		_, err := seeds.Load(fsys)
		if faults := faultsOf(t, err); len(faults) != 1 || faults[0].Want != want || faults[0].File != "measures.yaml" {
			t.Errorf("%s: %v", text, err)
		}
	}
}
