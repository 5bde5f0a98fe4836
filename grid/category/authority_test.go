package category_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/seeds"
)

// Rules §12.2, §12.16: who is named first for what people report, and whether it is refused or accepted under their lead.
func TestAuthorities_OfTheDistrict(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		text, kind string
		want       string
		leads      bool
	}{
		"noise of a building site":     {"", "construction_noise", "区住房和规划建设局", false},
		"noise of people":              {"", "social_noise", "区公安局", false},
		"noise of traffic":             {"", "traffic_noise", "区公安局", false},
		"square dancing, by its words": {"广场舞太吵", "", "区公安局", false},
		"black and odorous water":      {"", "black_water", "区住房和规划建设局", true},
		"a river bank":                 {"", "river_bank", "区水务局", false},
		"a river without water":        {"", "river_flow", "区水务局", true},
		"a restaurant's water":         {"", "restaurant_water", "区市场监督管理局", true},
		"a farm":                       {"", "livestock", "区农牧局", true},
	} {
		got := category.Authorities(d.Authorities, tc.text, []string{tc.kind}, nil)
		if len(got) == 0 || got[0].Name != tc.want || got[0].Leads != tc.leads || got[0].Source == "" || got[0].Phone == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := category.Authorities(d.Authorities, "", []string{"traffic_noise"}, nil); len(got) != 2 || got[1].Name != "区交通运输局" {
		t.Errorf("traffic noise: %+v", got)
	}
}

// Words come before kinds, kinds before categories, and nobody twice.
func TestAuthorities_LikeliestFirst(t *testing.T) {
	all := []category.Authority{
		{Name: "c", Claims: []category.Claim{{Codes: []string{"water"}}}},
		{Name: "k", Claims: []category.Claim{{Codes: []string{"sewer"}, Source: "kind"}, {Codes: []string{"water"}}}},
		{Name: "w", Claims: []category.Claim{{Words: []string{"bank"}}, {Codes: []string{"sewer"}}}},
	}
	got := category.Authorities(all, "on the bank", []string{"sewer"}, []string{"water"})
	if len(got) != 3 || got[0].Name != "w" || got[1] != (category.Option{Name: "k", Source: "kind"}) || got[2].Name != "c" {
		t.Errorf("%+v", got)
	}
	if got := category.Authorities(all, "", nil, nil); len(got) != 0 {
		t.Errorf("nothing said: %+v", got)
	}
}
