package water_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/seeds"
)

// rules are those of the district's folder: the real table.
func rules(tb testing.TB) water.Rules {
	tb.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		tb.Fatal(err)
	}
	return d.Water().Rules
}

// clean is a sample of the best water, with these values instead: "tp=0.3 nh3n=<0.05 cu=" (without a value: not measured).
func clean(tb testing.TB, r water.Rules, other string) water.Sample {
	tb.Helper()
	s := make(water.Sample)
	for _, i := range r.Standard.Judged() {
		switch limit, ok := i.Limit(water.River, water.I); {
		case i.High > 0:
			s[i.Code] = water.Value{Amount: i.High - (i.High-i.Low)/2}
		case ok:
			s[i.Code] = water.Value{Amount: limit}
		}
	}
	for pair := range strings.FieldsSeq(other) {
		code, v, _ := strings.Cut(pair, "=")
		if v == "" {
			delete(s, code)
			continue
		}
		got, ok := water.ParseValue(v, r.Standard.Undetected)
		if !ok {
			tb.Fatalf("%s is no value", pair)
		}
		s[code] = got
	}
	return s
}

func codes(findings []water.Finding) string {
	out := make([]string, len(findings))
	for i, f := range findings {
		out[i] = f.Code
	}
	return strings.Join(out, " ")
}

// Every rule has its vector: samples, the class ("?" cannot be judged), whether target IV is reached, and the main pollutants.
func TestJudge_Vectors(t *testing.T) {
	r := rules(t)
	for _, v := range []struct {
		rule    string
		body    water.Body
		samples []string // "" is clean water
		class   string
		target  water.Standing
		main    string
	}{
		{"clean water is class I", "", []string{""}, "I", water.Met, ""},
		{"no sample says nothing", "", nil, "?", water.Unjudged, ""},
		{"the single worst item decides", "", []string{"nh3n=1.2 tp=0.15"}, "IV", water.Met, "nh3n"},
		{"a value at the limit reaches the class", "", []string{"nh3n=1.5"}, "IV", water.Met, "nh3n"},
		{"a little more does not", "", []string{"nh3n=1.5001"}, "V", water.NotMet, "nh3n"},
		{"more than V is worse than V", "", []string{"nh3n=2.01"}, "worse", water.NotMet, "nh3n"},
		{"of oxygen more is better: at the limit", "", []string{"do=3"}, "IV", water.Met, "do"},
		{"of oxygen more is better: below it", "", []string{"do=2.99"}, "V", water.NotMet, "do"},
		{"oxygen below V", "", []string{"do=1.9"}, "worse", water.NotMet, "do"},
		{"pH at both ends is right", "", []string{"ph=6"}, "I", water.Met, ""},
		{"pH at the upper end", "", []string{"ph=9"}, "I", water.Met, ""},
		{"pH outside has no class: worse than V", "", []string{"ph=9.1"}, "worse", water.NotMet, "ph"},
		{"pH below has none either", "", []string{"ph=5.9"}, "worse", water.NotMet, "ph"},
		{"means come first", "", []string{"nh3n=0.4", "nh3n=1.6"}, "III", water.Met, ""},
		{"a mean at a limit is exact", "", []string{"tp=0.1", "tp=0.2", "tp=0.3"}, "III", water.Met, ""},
		{"phosphorus of rivers", water.River, []string{"tp=0.2"}, "III", water.Met, ""},
		{"phosphorus of lakes is another", water.Lake, []string{"tp=0.2"}, "V", water.NotMet, "tp"},
		{"total nitrogen does not count", "", []string{"tn=9"}, "I", water.Met, ""},
		{"temperature does not count", "", []string{"temperature=40"}, "I", water.Met, ""},
		{"faecal coliforms do not count", "", []string{"coliforms=99999"}, "I", water.Met, ""},
		{"a missing item leaves all open", "", []string{"cu="}, "?", water.Unjudged, ""},
		{"what fails for certain fails, whatever is missing", "", []string{"cu= nh3n=1.8"}, "?", water.NotMet, "nh3n"},
		{"worse than V needs nothing else", "", []string{"cu= nh3n=3"}, "worse", water.NotMet, "nh3n"},
		{"an item missing in one sample is the mean of the others", "", []string{"nh3n=", "nh3n=0.4"}, "II", water.Met, ""},
		{"not detected, limit low enough", "", []string{"cu=0.001L"}, "I", water.Met, ""},
		{"not detected, limit at that of class I", "", []string{"cu=<0.01"}, "I", water.Met, ""},
		{"not detected, limit above that of class I: I or II", "", []string{"cu=0.05L"}, "?", water.Met, ""},
		{"it does not matter when another item is worse", "", []string{"cu=0.05L nh3n=0.8"}, "III", water.Met, ""},
		{"not detected, limit above the target's", "", []string{"hg=0.002L"}, "?", water.Unjudged, ""},
		{"not detected, limit unknown", "", []string{"pb=未检出"}, "?", water.Unjudged, ""},
		{"not detected counts half in a mean", "", []string{"nh3n=0.02L", "nh3n=0.29"}, "I", water.Met, ""},
		{"no oxygen found", "", []string{"do=0.5L"}, "worse", water.NotMet, "do"},
		{"no oxygen found by a blunt method: worse than III for certain", "", []string{"do=4L"}, "?", water.Unjudged, "do"},
		{"three main pollutants, the worst class first", "", []string{"nh3n=1.6 tp=0.5 cod=31 bod5=7"}, "worse", water.NotMet, "tp bod5 nh3n"},
		{"of one class, by how far the limit is passed", "", []string{"nh3n=1.2 tp=0.3 cod=29"}, "IV", water.Met, "tp cod nh3n"},
		{"cyanide and metals come first in their class", "", []string{"nh3n=1.2 tp=0.3 cod=29 hg=0.0005"}, "IV", water.Met, "hg tp cod"},
		{"good water has no main pollutants", "", []string{"nh3n=0.9"}, "III", water.Met, ""},
	} {
		body := v.body
		if body == "" {
			body = water.River
		}
		var samples []water.Sample
		for _, s := range v.samples {
			samples = append(samples, clean(t, r, s))
		}
		if body == water.Lake {
			v.rule += " (lake)"
		}
		got := r.Judge(body, samples)
		class := "?"
		if c, ok := got.Class(); ok {
			class = c.Code()
		}
		if class != v.class || got.Meets(water.IV) != v.target || codes(got.Main()) != v.main {
			t.Errorf("%s: class %s (%s to %s), target IV %s, main %q; want %s, %s, %q", v.rule, class, got.Best.Code(), got.Worst.Code(),
				got.Meets(water.IV), codes(got.Main()), v.class, v.target, v.main)
		}
	}
}

// The office may count what was not detected as the whole detection limit: another mean, another class.
func TestJudge_NonDetectsAsTheOfficeCountsThem(t *testing.T) {
	r := rules(t)
	samples := []water.Sample{clean(t, r, "nh3n=0.02L"), clean(t, r, "nh3n=0.29")}
	for practice, want := range map[water.NonDetect]water.Class{water.HalfLimit: water.I, water.WholeLimit: water.II} {
		r.NonDetect = practice
		if got, _ := r.Judge(water.River, samples).Class(); got != want {
			t.Errorf("%s: class %s", practice, got.Code())
		}
	}
}

// How many times a limit is passed is against class III, and said of neither pH nor oxygen.
func TestJudge_HowFarOver(t *testing.T) {
	r := rules(t)
	v := r.Judge(water.River, []water.Sample{clean(t, r, "nh3n=2.5 tp=0.25 do=1 ph=10")})
	got := make(map[string]string)
	for _, f := range v.Failing(water.III) {
		got[f.Code] = f.Over.Round(2).String()
	}
	for code, want := range map[string]string{"nh3n": "1.5", "tp": "0.25", "do": "0", "ph": "0"} {
		if got[code] != want {
			t.Errorf("%s is %s over, want %s", code, got[code], want)
		}
	}
}

// The table has 24 items, 21 of which count; of each the limits get no stricter from I to V.
func TestStandard_TwentyOneOfTwentyFour(t *testing.T) {
	s := rules(t).Standard
	if len(s.Items) != 24 || len(s.Judged()) != 21 || s.Source == "" || s.Status == "" {
		t.Errorf("%d items, %d count", len(s.Items), len(s.Judged()))
	}
	for n, i := range s.Items {
		if i.No != n+1 {
			t.Errorf("%s has number %d in place %d", i.Code, i.No, n+1)
		}
	}
	for _, code := range []string{"temperature", "tn", "coliforms"} {
		if i, ok := s.Item(code); !ok || i.Judged {
			t.Errorf("%s counts", code)
		}
	}
}

// A river with fewer than five sections is judged by the mean of their means, with five by shares.
func TestJudgeBasin(t *testing.T) {
	r := rules(t)
	at := func(values ...string) [][]water.Sample {
		var out [][]water.Sample
		for _, v := range values {
			out = append(out, []water.Sample{clean(t, r, v)})
		}
		return out
	}
	times := func(n int, v string) []string { return slices.Repeat([]string{v}, n) }
	many := func(good, four, bad int) [][]water.Sample {
		return at(slices.Concat(times(good, ""), times(four, "nh3n=1.2"), times(bad, "nh3n=9"))...)
	}
	for _, v := range []struct {
		what string
		of   [][]water.Sample
		want water.Quality
	}{
		{"two: the mean of 0.5 and 1.6 is 1.05, class IV", at("nh3n=0.5", "nh3n=1.6"), water.Light},
		{"four: means", at("nh3n=0.15", "nh3n=0.15", "nh3n=0.15", "nh3n=3"), water.Good},
		{"four, one of which is not known", at("", "", "", "cu="), ""},
		{"five: shares, 80 % are good", many(4, 0, 1), water.Good},
		{"ten: 90 % are excellent", many(9, 0, 1), water.Excellent},
		{"twenty: 75 % are good", many(15, 0, 5), water.Good},
		{"ten: 70 %, 10 % worse than V", many(7, 2, 1), water.Light},
		{"ten: 70 %, 20 % worse than V", many(7, 1, 2), water.Moderate},
		{"ten: 60 %, 40 % worse than V", many(6, 0, 4), water.Heavy},
		{"five, one of which is not known", at("", "", "", "", "cu="), ""},
	} {
		got := r.JudgeBasin(water.River, v.of)
		if got.Quality != v.want || (got.Ratio != nil) != (len(v.of) >= 5) {
			t.Errorf("%s: %q, want %q", v.what, got.Quality, v.want)
		}
	}
}

// TestJudgeBasin_ByTheNumbersOfTheStandard: where the standard in force has other numbers, they count.
func TestJudgeBasin_ByTheNumbersOfTheStandard(t *testing.T) {
	r := rules(t)
	two := [][]water.Sample{{clean(t, r, "")}, {clean(t, r, "nh3n=9 tp=0.35")}}
	r.Standard.Basin = water.BasinRule{ByShares: 2, Excellent: 51, Good: 50, Moderate: 10, Heavy: 20}
	if got := r.JudgeBasin(water.River, two); got.Ratio == nil || got.Quality != water.Good {
		t.Errorf("%+v", got)
	}
	r.Standard.Basin.Good = 60
	r.Standard.Basin.Excellent = 70
	if got := r.JudgeBasin(water.River, two); got.Quality != water.Heavy {
		t.Errorf("%+v", got)
	}
	r.Standard.Main = 1
	if got := r.Judge(water.River, two[1]).Main(); len(got) != 1 {
		t.Errorf("%d main pollutants", len(got))
	}
}

// A worse value never gives a better class, and never reaches a target that was missed.
func TestJudge_WorseIsNeverBetter(t *testing.T) {
	r := rules(t)
	items := r.Standard.Judged()
	rank := map[water.Standing]int{water.Met: 0, water.Unjudged: 1, water.NotMet: 2}
	rapid.Check(t, func(rt *rapid.T) {
		body := rapid.SampledFrom(water.Bodies()).Draw(rt, "body")
		samples := make([]water.Sample, rapid.IntRange(1, 4).Draw(rt, "samples"))
		for n := range samples {
			samples[n] = make(water.Sample)
			for _, i := range items {
				if rapid.IntRange(0, 30).Draw(rt, "missing") == 0 {
					continue
				}
				samples[n][i.Code] = water.Value{
					Amount: water.Amount(rapid.Int64Range(0, 30_000_000_000).Draw(rt, i.Code)) + 1, Below: i.High == 0 && rapid.IntRange(0, 5).Draw(rt, "below") == 0,
				}
			}
		}
		before := r.Judge(body, samples)
		n, i := rapid.IntRange(0, len(samples)-1).Draw(rt, "n"), rapid.SampledFrom(items).Draw(rt, "item")
		v, ok := samples[n][i.Code]
		if !ok || v.Below {
			rt.Skip("there is no amount to make worse")
		}
		if i.High > 0 && len(samples) > 1 {
			rt.Skip("a mean of pH has two sides")
		}
		by := water.Amount(rapid.Int64Range(0, 30_000_000_000).Draw(rt, "by"))
		if i.Least || i.High > 0 && v.Amount < (i.Low+i.High)/2 {
			v.Amount = max(v.Amount-by, 0)
		} else {
			v.Amount += by
		}
		samples[n][i.Code] = v
		after := r.Judge(body, samples)
		if after.Best < before.Best || after.Worst < before.Worst {
			rt.Fatalf("%s: %s to %s became %s to %s", i.Code, before.Best.Code(), before.Worst.Code(), after.Best.Code(), after.Worst.Code())
		}
		for c := water.I; c <= water.V; c++ {
			if rank[after.Meets(c)] < rank[before.Meets(c)] {
				rt.Fatalf("%s: target %s was %s and became %s", i.Code, c.Code(), before.Meets(c), after.Meets(c))
			}
		}
	})
}

func TestParseValue(t *testing.T) {
	words := rules(t).Standard.Undetected
	for said, want := range map[string]string{
		"0.05": "0.05", " 7 ": "7", "<0.05": "0.05L", "＜0.05": "0.05L", "0.05L": "0.05L", "0.05l": "0.05L", "０.０５": "0.05", "未检出": "ND",
		"nd": "ND", "未检出（0.001）": "0.001L", "未检出(<0.001)": "0.001L", "0.00004L": "0.00004L", "100000": "100000", "1 234": "1234",
		"": "", "-1": "", "0.05LL": "", "<<1": "", "<0.05L": "", "1e5": "", "1,5": "", "abc": "", "L": "", "<": "", "0L": "", "<0": "", "5.": "", ".5": "",
		"0.123456789": "0.12345679", "0.28000000000000003": "0.28", "9999999999": "", "NaN": "", "未检出x": "", "５．１": "5.1",
	} {
		v, ok := water.ParseValue(said, words)
		got := ""
		if ok {
			got = v.String()
		}
		if got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// Whatever is written, it is refused or means one value, which reads the same again.
func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"0.05", "<0.05", "0.05L", "未检出", "ND", "未检出（0.05）", "＜０．０５", "1e9", "-", "0.00000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := water.ParseValue(s, []string{"未检出", "ND"})
		if !ok {
			return
		}
		again, ok := water.ParseValue(v.String(), []string{"未检出", "ND"})
		if !ok || again != v || v.Amount < 0 {
			t.Errorf("%q is %+v, which is written %q and read as %+v", s, v, v.String(), again)
		}
		text, err := v.MarshalText()
		var back water.Value
		if err != nil || back.UnmarshalText(text) != nil || back != v {
			t.Errorf("%q does not survive being stored: %s", s, text)
		}
	})
}

func ExampleValue() {
	v, _ := water.ParseValue("＜0.05", nil)
	fmt.Println(v)
	// Output: 0.05L
}
