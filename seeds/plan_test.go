package seeds_test

import (
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/seeds"
)

// The plan says who leads and who supports in what people report.
func TestPlan_LeduProposesLeadAndSupports(t *testing.T) {
	d := mustLedu(t)
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

// All 47 items are there with who leads them; 47 is missing in the original.
func TestPlan_LeduIsWhole(t *testing.T) {
	d := mustLedu(t)
	items := make([]int, 0, 47)
	for _, m := range d.Plan.Measures {
		items = append(items, m.Item)
		if m.Title == "" || m.Text == "" || m.Chapter == "" || m.Lead == "" {
			t.Errorf("item %d: %+v", m.Item, m)
		}
	}
	want := make([]int, 0, 47)
	for i := 1; i <= 46; i++ {
		want = append(want, i)
	}
	if want = append(want, 48); !slices.Equal(items, want) {
		t.Errorf("items %v", items)
	}
	if d.Plan.Number != "乐政办〔2017〕125号" || d.Plan.Issued != (calendar.Date{Year: 2017, Month: 7, Day: 20}) || len(d.Measures) != 47 {
		t.Errorf("%s, %s, %s", d.Plan.Title, d.Plan.Number, d.Plan.Issued)
	}
}

// What the plan promises is told apart: by a date, again and again, from a day on, as a figure.
func TestPlan_LeduPromises(t *testing.T) {
	d := mustLedu(t)
	end2017, end2020 := calendar.Date{Year: 2017, Month: 12, Day: 31}, calendar.Date{Year: 2020, Month: 12, Day: 31}
	for id, want := range map[string]plan.Milestone{
		"22-1": {By: end2017}, "22-2": {By: end2017}, "22-3": {By: end2020}, "22-4": {Every: plan.HalfYear},
		"5-1":  {By: end2020, Target: &plan.Target{Relation: plan.Flat}},
		"5-2":  {By: end2020, Target: &plan.Target{Relation: plan.AtLeast, Value: 90, Unit: "%"}},
		"12-2": {From: calendar.Date{Year: 2018, Month: 1, Day: 1}, Every: plan.Regularly},
		"14-1": {By: end2020, Target: &plan.Target{Relation: plan.Down, Value: 10, Unit: "%", Against: 2015}},
		"43-1": {Every: plan.Yearly},
	} {
		got, ok := promise(d.Plan, id)
		if !ok || got.By != want.By || got.From != want.From || got.Every != want.Every || (got.Target == nil) != (want.Target == nil) ||
			got.Target != nil && *got.Target != *want.Target {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
}

func promise(p plan.Plan, id string) (plan.Milestone, bool) {
	for _, m := range p.Measures {
		for _, x := range m.Milestones {
			if x.ID == id {
				return x, true
			}
		}
	}
	return plan.Milestone{}, false
}

// Whatever is wrong with a plan is told with its line; a plan may leave out what it does not know.
func TestPlan_Faults(t *testing.T) {
	for text, want := range map[string]string{
		`{item: 1, title: a, lead: 市环保局, covers: [sewers]}`:                                      "codes of categories or kinds in categories.yaml",
		`{item: 1, title: a, lead: 市水务局}`:                                                        "a name in departments.yaml",
		`{item: 1, title: a, lead: 市环保局, supports: [市水务局]}`:                                      "names in departments.yaml",
		`{item: 1, title: a, lead: 市环保局, supports: [市环保局]}`:                                      "each department once in an item",
		`{item: 0, title: a, lead: 市环保局}`:                                                        "a number from 1",
		`{item: 1, title: a, lead: 市环保局}, {item: 1, title: b}`:                                   "numbers that rise, each once",
		`{item: 1, title: a, lead: 市环保局, covers: [water]}, {item: 2, title: b, covers: [water]}`: "each in one place only",
		`{item: 1, title: a}`: "the same in departments.yaml",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: a}]}`:                                                    "from, by, every or target",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: b, by: 2017-12-31}]}`:                                    "words of the item's title or text, in their order there",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: a, by: 2017-02-30}]}`:                                    "a day written as 2026-01-31, between 1990 and 2100",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: a, from: 2018-01-01, by: 2017-12-31}]}`:                  "a first day before the last",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: a, target: {relation: "=", value: NaN}}]}`:               "a number that is not negative",
		`{item: 1, title: a, lead: 市环保局, milestones: [{words: a, target: {relation: "down", value: 1, against: 15}}]}`: "a year",
	} {
		_, err := seeds.Load(withPlan(t, text))
		if faults := faultsOf(t, err); len(faults) == 0 || faults[0].Want != want || faults[0].File != "plan.yaml" || faults[0].Line != 2 {
			t.Errorf("%s: %v", text, err)
		}
	}
	d, err := seeds.Load(withPlan(t, `{item: 1, title: a, lead: 市环保局, milestones: [{words: a, every: month}]}, {item: 3, title: b}`))
	if err != nil || len(d.Plan.Measures) != 2 || d.Plan.Measures[0].Milestones[0].ID != "1-1" {
		t.Errorf("%v", err)
	}
}

func withPlan(t *testing.T, measures string) fstest.MapFS {
	t.Helper()
	fsys := tiny(t)
	fsys["plan.yaml"] = &fstest.MapFile{Data: []byte("title: x\nmeasures: [" + measures + "]\n")}
	return fsys
}

func FuzzPlan(f *testing.F) {
	fuzz(f, "plan.yaml", "title: x\nmeasures: [{item: 1, title: a, lead: 市环保局, milestones: [{words: a, target: {relation: up, value: 1}}]}]")
}

// What is written is read as the same, and a district can be given another plan.
func TestWritePlan_IsReadAsTheSame(t *testing.T) {
	d := mustLedu(t)
	data, err := seeds.WritePlan(d.Plan)
	if err != nil {
		t.Fatal(err)
	}
	fsys := copyOf(t, seeds.Ledu)
	fsys["plan.yaml"] = &fstest.MapFile{Data: data}
	again, err := seeds.Load(fsys)
	if err != nil || !reflect.DeepEqual(again.Plan, d.Plan) {
		t.Fatalf("%v\n%s", err, data)
	}
	other := d.WithPlan(plan.Plan{Title: "x", Measures: []plan.Measure{{Item: 7, Title: "y", Lead: "区水务局"}}})
	for _, x := range other.Departments {
		if leads := len(x.Leads) > 0; leads != (x.Name == "区水务局") || len(x.Supports) > 0 {
			t.Errorf("%s leads %v and supports %v", x.Name, x.Leads, x.Supports)
		}
	}
	if len(d.Measures) != 47 || len(other.Measures) != 1 {
		t.Error("the district itself was changed, or the other was not")
	}
}
