package seeds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/seeds"
)

// All eight categories are there, each with names in both languages and a department that exists.
func TestLedu_Categories(t *testing.T) {
	d := mustLedu(t)
	known := func(lead string) bool {
		return slices.ContainsFunc(d.Departments, func(dep seeds.Department) bool { return dep.Name == lead })
	}
	leads, kinds := make(map[string]string), 0
	codes := make([]string, 0, len(d.Categories))
	for _, c := range d.Categories {
		codes = append(codes, c.Code)
		if !known(c.Lead) || c.Names["en"] == "" || len(c.Evidence) == 0 {
			t.Errorf("category %s: lead %q, names %v, evidence %v", c.Code, c.Lead, c.Names, c.Evidence)
		}
		for _, k := range c.Kinds {
			kinds++
			leads[k.Code] = k.Lead
			if k.Lead != "" && !known(k.Lead) || k.Names["en"] == "" || len(k.Words) == 0 {
				t.Errorf("kind %s: lead %q, names %v, %d words", k.Code, k.Lead, k.Names, len(k.Words))
			}
		}
	}
	want := []string{
		category.Air, category.Water, category.Noise, category.SolidWaste, category.Soil, category.Ecology, category.Radiation, category.Other,
	}
	if !slices.Equal(codes, want) || kinds < 40 {
		t.Errorf("categories %v with %d kinds", codes, kinds)
	}
	for kind, lead := range map[string]string{
		"black_water": "区住房和规划建设局", "restaurant_water": "区市场监督管理局", "livestock": "区农牧局", "river_flow": "区水务局", "outfall": "",
	} {
		if leads[kind] != lead {
			t.Errorf("%s is led by %q, want %q as the plan says", kind, leads[kind], lead)
		}
	}
}

// A word alone leads to its own category: a list that says otherwise misleads. Few exceptions are left to the language's
// own lexicon, which may know better.
func TestLedu_WordsLeadHome(t *testing.T) {
	d := mustLedu(t)
	c := category.NewClassifier(d.Categories, d.Matters)
	all, astray := 0, 0
	check := func(code string, list []string) {
		for _, w := range list {
			all++
			if v := c.Classify(w); len(v.Categories) == 0 || v.Categories[0] != code {
				astray++
				t.Logf("%s in %s leads to %+v", w, code, v)
			}
		}
	}
	for _, cat := range d.Categories {
		check(cat.Code, cat.Words)
		for _, k := range cat.Kinds {
			check(cat.Code, k.Words)
		}
	}
	if all < 1000 || astray*50 > all {
		t.Errorf("%d of %d words go astray, want at least a thousand words and at most 2 %% astray", astray, all)
	}
}

// Every matter says whose it is.
func TestLedu_Matters(t *testing.T) {
	d := mustLedu(t)
	c := category.NewClassifier(d.Categories, d.Matters)
	for _, m := range d.Matters {
		if m.Authority == "" || m.Phone == "" || m.Names["en"] == "" || strings.ContainsAny(m.Authority, "；0123456789") {
			t.Errorf("matter %+v", m)
		}
	}
	for text, want := range map[string]string{
		"老板拖欠民工工资": "wages", "小区物业不管事": "property", "我家没暖气": "utilities", "医保报销不了": "welfare",
		"路上坑坑洼洼": "roads", "有人打架": "public_order", "买到假货不退款": "consumer",
	} {
		if v := c.Classify(text); v.Scope != category.Elsewhere || v.Matter != want {
			t.Errorf("%s: %+v, want elsewhere and %s", text, v, want)
		}
	}
}
