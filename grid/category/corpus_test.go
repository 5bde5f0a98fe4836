package category_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
)

// complaint is a line of testdata/complaints.tsv: scope, labels, text.
type complaint struct {
	scope  string
	labels []string
	text   string
}

// district is a fixture: only the names of categories, no words, so the corpus judges the language alone.
func district() ([]category.Category, []category.Matter) {
	kind := func(codes ...string) (out []category.Kind) {
		for _, c := range codes {
			out = append(out, category.Kind{Code: c})
		}
		return out
	}
	return []category.Category{
			{Code: category.Air, Kinds: kind("odour", "oil_fumes", "dust", "burning", "smoke", "industrial_gas")},
			{Code: category.Water, Kinds: kind("livestock", "sewage", "outfall")},
			{Code: category.Noise, Kinds: kind("construction_noise", "social_noise")},
			{Code: category.SolidWaste, Kinds: kind("garbage", "construction_waste", "hazardous_waste")},
			{Code: category.Soil},
			{Code: category.Ecology},
			{Code: category.Radiation},
			{Code: category.Other},
		}, []category.Matter{
			{Code: "utilities"}, {Code: "wages"}, {Code: "traffic"},
		}
}

func plain() *category.Classifier {
	cats, matters := district()
	return category.NewClassifier(cats, matters)
}

func readCorpus(t *testing.T) []complaint {
	t.Helper()
	f, err := os.Open("testdata/complaints.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []complaint
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") || s.Text() == "" {
			continue
		}
		fields := strings.SplitN(s.Text(), "\t", 3)
		if len(fields) != 3 {
			t.Fatalf("complaints.tsv: %q: expected three fields", s.Text())
		}
		c := complaint{scope: fields[0], text: fields[2]}
		if fields[1] != "-" {
			c.labels = strings.Split(fields[1], ";")
		}
		out = append(out, c)
	}
	return out
}

// TestCorpus measures how often the verdict is right and fails below a floor. The floors leave room for a change of
// words that mends many sentences and breaks one.
func TestCorpus(t *testing.T) {
	judgeCorpus(t, plain())
}

func judgeCorpus(t *testing.T, c *category.Classifier) {
	t.Helper()
	var all, main, hit, scope, scoped int
	for _, k := range readCorpus(t) {
		v := c.Classify(k.text)
		scoped++
		if v.Scope == k.scope {
			scope++
		} else {
			t.Logf("scope %s, want %s: %s %v", v.Scope, k.scope, k.text, c.Explain(k.text))
		}
		if k.scope != category.Environment {
			continue
		}
		all++
		if len(v.Categories) > 0 && v.Categories[0] == k.labels[0] {
			main++
		} else {
			t.Logf("%v, want %v: %s %v", v.Categories, k.labels, k.text, c.Explain(k.text))
		}
		if slices.ContainsFunc(v.Categories, func(s string) bool { return slices.Contains(k.labels, s) }) {
			hit++
		}
	}
	t.Logf("%d environmental: main %d, any %d; scope %d of %d", all, main, hit, scope, scoped)
	if all < 120 || scoped-all < 30 {
		t.Fatalf("the corpus has shrunk: %d environmental of %d", all, scoped)
	}
	floor(t, "main category", main, all, 92)
	floor(t, "any category", hit, all, 96)
	floor(t, "scope", scope, scoped, 94)
}

func floor(t *testing.T, what string, got, of, percent int) {
	t.Helper()
	if got*100 < of*percent {
		t.Errorf("%s: %d of %d, the floor is %d %%", what, got, of, percent)
	}
}

// labels are the words of the case lists for our categories; livestock may be either water or air.
var labels = map[string][]string{
	"水": {category.Water}, "大气": {category.Air}, "油烟": {category.Air}, "恶臭": {category.Air},
	"扬尘": {category.Air}, "噪声": {category.Noise}, "固废": {category.SolidWaste}, "垃圾": {category.SolidWaste},
	"生态": {category.Ecology}, "土壤": {category.Soil}, "辐射": {category.Radiation},
	"养殖": {category.Water, category.Air},
}

// TestRealComplaints runs over complaints whose events and labels are real and whose wording is shortened; each line
// names its source.
func TestRealComplaints(t *testing.T) {
	judgeReal(t, plain())
}

func judgeReal(t *testing.T, c *category.Classifier) {
	t.Helper()
	f, err := os.Open("testdata/real.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var j judge
	for d := json.NewDecoder(f); d.More(); {
		var k struct{ Text, Category string }
		if err := d.Decode(&k); err != nil {
			t.Fatal(err)
		}
		j.judge(t, c, k.Text, strings.Split(k.Category, ";"))
	}
	t.Logf("%d real complaints: main %d, any %d", j.all, j.main, j.hit)
	floor(t, "main category", j.main, j.all, 89)
	floor(t, "any category", j.hit, j.all, 97)
}

// TestPublished runs over complaints as the inspections publish them.
func TestPublished(t *testing.T) {
	data, err := os.ReadFile("testdata/published.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*category.Classifier{"plain": plain(), "seeds": fromSeeds(t)} {
		var j judge
		for line := range strings.Lines(string(data)) {
			if want, text, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
				j.judge(t, c, text, strings.Split(want, ";"))
			}
		}
		t.Logf("%s: %d published: main %d, any %d", name, j.all, j.main, j.hit)
		floor(t, "main category", j.main, j.all, 90)
		floor(t, "any category", j.hit, j.all, 96)
	}
}

// judge counts the verdicts that agree with published labels.
type judge struct{ all, main, hit int }

func (j *judge) judge(t *testing.T, c *category.Classifier, text string, want []string) {
	t.Helper()
	j.all++
	v := c.Classify(text)
	if len(v.Categories) > 0 && slices.Contains(labels[want[0]], v.Categories[0]) {
		j.main++
	} else {
		t.Logf("%v, want %v: %s %v", v.Categories, want, text, c.Explain(text))
	}
	if slices.ContainsFunc(want, func(l string) bool {
		return slices.ContainsFunc(v.Categories, func(s string) bool { return slices.Contains(labels[l], s) })
	}) {
		j.hit++
	}
}
