package seeds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/seeds"
)

// The kinds that the plan names are there, each with its item.
func TestLedu_SiteKinds(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	rules := d.Sites()
	for code, item := range map[string]int{
		"outfall": 23, "enterprise": 32, "farm": 6, "farmstay": 8, "restaurant": 8, "water_source": 13, "black_water": 22,
		"section": 29, "well": 20, "landfill": 25, "petrol_station": 25,
	} {
		k, ok := rules.Kind(code)
		if !ok || !slices.Contains(k.Items, item) || len(k.Warm) != 3 || k.Names["en"] == "" {
			t.Errorf("%s: %+v", code, k)
		}
	}
	if farm, _ := rules.Kind("farm"); !farm.Zoned {
		t.Error("a farm lies in no zone")
	}
	if rules.Complained == 0 || rules.Near == 0 || rules.Cold == (site.Season{}) || rules.Location == nil {
		t.Errorf("rules %+v", rules)
	}
}

// The demonstration's sites are marked as invented, each in a cell and of a kind that there is; a bad one is named by its line.
func TestLedu_SampleSites(t *testing.T) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.SampleSites) < 5 {
		t.Errorf("only %d sample sites", len(d.SampleSites))
	}
	for _, s := range d.SampleSites {
		if !s.Sample || s.Point == nil || !s.Number.Valid() {
			t.Errorf("%+v", s)
		}
	}
	fsys := copyOf(t, seeds.Ledu)
	replace(t, fsys, "sample_sites.csv", "YL0002,farm", "YL0002,castle")
	if _, err := seeds.Load(fsys); err == nil || !strings.Contains(err.Error(), "sample_sites.csv:4") {
		t.Errorf("a castle: %v", err)
	}
}

// What is wrong with the kinds of sites is said with file and line.
func TestSites_Faults(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"prefix: PW", "prefix: pw", "1 to 4 capital letters"},
		{"prefix: QY", "prefix: PW", "PW"},
		{"covers: [livestock]", "covers: [dragons]", "dragons"},
		{"warm: [30, 15, 7]", "warm: [30, 15]", "2 numbers"},
		{"warm: [30, 15, 7]", "warm: [30, 15, 0]", "0 days"},
		{"cold: [30, 30, 15]", "cold: [30, 30, -1]", "-1 days"},
		{"share: 25", "share: 125", "percent"},
		{"status: local", "status: rumour", "rumour"},
	} {
		fsys := copyOf(t, seeds.Ledu)
		replace(t, fsys, "sites.yaml", c.before, c.after)
		_, err := seeds.Load(fsys)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "sites.yaml:") {
			t.Errorf("%s for %s: %v", c.after, c.before, err)
		}
	}
}
