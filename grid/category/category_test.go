package category_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/category"
)

func TestVerdict(t *testing.T) {
	c := plain()
	for _, k := range []struct {
		text string
		want category.Verdict
	}{
		{"养猪场粪水流进河里", category.Verdict{
			Categories: []string{"water"}, Kinds: []string{"livestock", "sewage"}, Scope: category.Environment,
		}},
		{"饭店油烟大", category.Verdict{Categories: []string{"air"}, Kinds: []string{"oil_fumes"}, Scope: category.Environment}},
		{"家里停水了", category.Verdict{Scope: category.Elsewhere, Matter: "utilities"}},
		{"村干部贪污", category.Verdict{Scope: category.Elsewhere}}, // the district declares no such matter
		{"厂里不发工资,还往河里排污水", category.Verdict{
			Categories: []string{"water"}, Kinds: []string{"sewage", "outfall"}, Scope: category.Environment,
		}},
		{"粉尘噪声大", category.Verdict{Categories: []string{"air", "noise"}, Kinds: []string{"dust"}, Scope: category.Environment}},
		{"", category.Verdict{Scope: category.Unclear}},
	} {
		if got := c.Classify(k.text); !reflect.DeepEqual(got, k.want) {
			t.Errorf("%s: %+v, want %+v", k.text, got, k.want)
		}
	}
}

func TestDenied(t *testing.T) {
	c := plain()
	for _, text := range []string{
		"没有异味", "没闻到什么臭味", "没有噪声和异味", "噪声不大", "not noisy", "no smoke", "没有明显的油烟", "声音还好",
	} {
		if v := c.Classify(text); v.Scope != category.Unclear {
			t.Errorf("%s: %+v, want unclear", text, v)
		}
	}
	for text, want := range map[string]string{
		"没有任何处理设施,污水直排": "water", "不仅臭,还吵": "air", "生活污水没有处理": "water", "没人管的垃圾": "solid_waste",
		"没有防尘网,尘土飞扬": "air", "不停地冒黑烟": "air",
	} {
		if v := c.Classify(text); len(v.Categories) == 0 || v.Categories[0] != want {
			t.Errorf("%s: %+v, want %s first", text, v, want)
		}
	}
}

// TestDistrictWords: a district's words count, its place names hide what they contain, and a word the language knows
// to be harmless stays so.
func TestDistrictWords(t *testing.T) {
	cats := []category.Category{
		{Code: category.Water, Words: []string{"水", "响水", "涝坝发绿"}, Kinds: []category.Kind{{Code: "pool", Words: []string{"涝坝"}}}},
		{Code: category.Noise},
	}
	matters := []category.Matter{{Code: "snow", Words: []string{"积雪", "噪声"}}}
	c := category.NewClassifier(cats, matters, "羊圈村", "臭水沟村")
	for _, k := range []struct {
		text string
		want category.Verdict
	}{
		{"门前涝坝发绿", category.Verdict{Categories: []string{"water"}, Scope: category.Environment}},
		{"涝坝", category.Verdict{Categories: []string{"water"}, Kinds: []string{"pool"}, Scope: category.Environment}},
		{"羊圈村", category.Verdict{Scope: category.Unclear}},
		{"臭水沟村里积雪", category.Verdict{Scope: category.Elsewhere, Matter: "snow"}},
		{"噪声", category.Verdict{Categories: []string{"noise"}, Scope: category.Environment}},
	} {
		if got := c.Classify(k.text); !reflect.DeepEqual(got, k.want) {
			t.Errorf("%s: %+v, want %+v", k.text, got, k.want)
		}
	}
}

func TestExplain(t *testing.T) {
	c := plain()
	if got := c.Explain("猪场的臭味"); !slices.Contains(got, "猪场") || !slices.Contains(got, "臭味") {
		t.Errorf("explained by %v", got)
	}
}

// TestClassifyAlwaysConsistent: whatever is typed, the verdict's parts agree and the same text gets it again.
func TestClassifyAlwaysConsistent(t *testing.T) {
	c := plain()
	bits := rapid.SampledFrom([]string{
		"没有", "臭味", "污水", "河", "排", ",", "停水", "施工", "半夜", "不大", "烧", "垃圾", "猪场", "x", "。", "地", "和", "\xff",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(bits, 0, 12).Draw(t, "bits"), "")
		v := c.Classify(text)
		if !reflect.DeepEqual(v, c.Classify(text)) {
			t.Fatalf("%q: two verdicts", text)
		}
		if (v.Scope == category.Environment) != (len(v.Categories) > 0) || v.Matter != "" && v.Scope != category.Elsewhere {
			t.Fatalf("%q: %+v", text, v)
		}
		for i, code := range v.Categories {
			if slices.Contains(v.Categories[:i], code) {
				t.Fatalf("%q: %s twice", text, code)
			}
		}
	})
}

func FuzzClassify(f *testing.F) {
	for _, s := range []string{"没有臭味", "no smell", "污水,", "\xff臭", "ཆུ"} {
		f.Add(s)
	}
	c := plain()
	f.Fuzz(func(t *testing.T, text string) {
		switch v := c.Classify(text); v.Scope {
		case category.Environment, category.Elsewhere, category.Unclear:
		default:
			t.Fatalf("%q: scope %q", text, v.Scope)
		}
	})
}

var longComplaint = strings.Repeat("河边的养猪场半夜偷排粪水,臭味很大,施工噪声也吵得睡不着,", 8)[:600]

// TestFast keeps an order of magnitude: a goal of 50 µs for 200 characters, with room for a busy machine.
func TestFast(t *testing.T) {
	c := plain()
	best := time.Hour
	for range 50 {
		start := time.Now()
		c.Classify(longComplaint)
		best = min(best, time.Since(start))
	}
	if best > 500*time.Microsecond {
		t.Errorf("200 characters took %v", best)
	}
}

func BenchmarkClassify(b *testing.B) {
	c := plain()
	b.ReportAllocs()
	for b.Loop() {
		c.Classify(longComplaint)
	}
}
