package assess_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
)

const one = assess.One

// scheme judges townships by three figures and departments by one.
func scheme() assess.Scheme {
	town, office := []assess.Kind{assess.Township}, []assess.Kind{assess.Department}
	return assess.Scheme{
		Indicators: []assess.Indicator{
			{Code: "finish", Measure: assess.ClockRate(casework.FinishClock), For: town, Weight: 50, Zero: 50 * one, Full: 100 * one, Least: 3},
			{Code: "score", Measure: assess.Satisfaction, For: town, Weight: 30, Least: 2, Steps: []assess.Step{
				{At: 4 * one, Points: 100 * one}, {At: 3 * one, Points: 60 * one},
			}},
			{Code: "breaches", Measure: assess.Entered, For: town, Weight: 20, Zero: 10 * one, Full: 0, Least: 1},
			{Code: "task", Measure: assess.ClockRate(casework.TaskClock), For: office, Weight: 100, Zero: 0, Full: 100 * one, Least: 1},
		},
		Grades: []assess.Grade{{Code: "good", From: 80 * one}, {Code: "pass", From: 60 * one}, {Code: "fail"}},
		Pass:   60 * one, Least: 50,
	}
}

func town(code string) assess.Unit { return assess.Unit{Kind: assess.Township, Code: code, Name: code} }

// refs are n things of which got were kept.
func refs(got, n int) []assess.Ref {
	out := make([]assess.Ref, n)
	for i := range out {
		out[i] = assess.Ref{ID: string(rune('a' + i)), Of: 1}
		if i < got {
			out[i].Got = 1
		}
	}
	return out
}

func finish(got, n int) assess.Figure {
	return assess.Count("finish", assess.ClockRate(casework.FinishClock), refs(got, n))
}

func given(indicator string, v assess.Amount) assess.Figure {
	return assess.Figure{Indicator: indicator, Value: v, Given: &assess.Given{Value: v, Source: "doc"}}
}

func TestTheSchemeOfTheTestsHoldsTogether(t *testing.T) {
	if faults := scheme().Check(); len(faults) != 0 {
		t.Fatal(faults)
	}
}

func TestPointsLieBetweenZeroAndFullMarks(t *testing.T) {
	s := scheme()
	for _, c := range []struct {
		indicator string
		value     assess.Amount
		want      string
	}{
		{"finish", 100 * one, "100"},
		{"finish", 75 * one, "50"},
		{"finish", 50 * one, "0"},
		{"finish", 10 * one, "0"},
		{"finish", 66_66, "33.32"}, // rounded down
		{"breaches", 0, "100"},     // less is better
		{"breaches", 3 * one, "70"},
		{"breaches", 40 * one, "0"},
		{"score", 4 * one, "100"},
		{"score", 3_99, "60"},
		{"score", 2_99, "0"}, // steps have nothing in between
	} {
		i, _ := s.Indicator(c.indicator)
		if got := i.Points(c.value).String(); got != c.want {
			t.Errorf("%s of %s earns %s, want %s", c.indicator, c.value, got, c.want)
		}
	}
}

func TestMissingDataLeavesItsWeightOut(t *testing.T) {
	r := scheme().Score(town("1"), []assess.Figure{finish(4, 4), given("breaches", 10*one)})
	if r.Counted != 70 || r.Score.String() != "71.42" { // (100·50 + 0·20) / 70
		t.Errorf("score %s by %d %% of the weights, want 71.42 by 70", r.Score, r.Counted)
	}
	if m, _ := r.Mark("score"); m.Standing != assess.NoData || m.Points != 0 || m.Weight != 30 {
		t.Errorf("what nobody knows stands as %+v, want no data and its weight in sight", m)
	}
	if !r.Judged || r.Grade != "pass" || r.Failed {
		t.Errorf("judged %t, grade %q, failed %t, want a pass", r.Judged, r.Grade, r.Failed)
	}
}

func TestASmallSampleIsShownAndDoesNotJudge(t *testing.T) {
	r := scheme().Score(town("1"), []assess.Figure{finish(0, 2), given("breaches", 0)})
	m, _ := r.Mark("finish")
	if m.Standing != assess.TooFew || m.N != 2 || r.Counted != 20 {
		t.Errorf("two cases of at least three stand as %q with %d %% counted", m.Standing, r.Counted)
	}
	if r.Judged || r.Grade != "" || r.Failed {
		t.Errorf("a unit with a fifth of its weights is judged: %+v", r)
	}
}

func TestNothingAtAllIsNoScore(t *testing.T) {
	if r := scheme().Score(town("1"), nil); r.Judged || r.Score != 0 || !r.Empty() || r.Failed {
		t.Errorf("nothing known comes to %+v", r)
	}
}

func TestEqualScoresHaveEqualRanksAndUnjudgedNone(t *testing.T) {
	s := scheme()
	all := []assess.Result{
		s.Score(town("4"), nil),
		s.Score(town("3"), []assess.Figure{finish(3, 4)}),
		s.Score(assess.Unit{Kind: assess.Department, Code: "d"}, []assess.Figure{assess.Count("task", assess.ClockRate(casework.TaskClock), refs(1, 2))}),
		s.Score(town("2"), []assess.Figure{finish(4, 4)}),
		s.Score(town("1"), []assess.Figure{finish(5, 5)}),
		s.Score(town("0"), []assess.Figure{finish(1, 1)}),
	}
	assess.Rank(all)
	want := []struct {
		code string
		rank int
	}{{"1", 1}, {"2", 1}, {"3", 3}, {"0", 0}, {"4", 0}, {"d", 1}}
	for i, w := range want {
		if all[i].Unit.Code != w.code || all[i].Rank != w.rank {
			t.Errorf("place %d: %s with rank %d, want %s with %d", i, all[i].Unit.Code, all[i].Rank, w.code, w.rank)
		}
	}
}

func TestASchemeThatCannotJudgeIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*assess.Scheme){
		"weights of 90":     func(s *assess.Scheme) { s.Indicators[0].Weight = 40 },
		"nobody's measure":  func(s *assess.Scheme) { s.Indicators[0].Measure = "clock/confirm" },
		"full is zero":      func(s *assess.Scheme) { s.Indicators[0].Full = 50 * one },
		"steps upside down": func(s *assess.Scheme) { s.Indicators[1].Steps[1].Points = 100*one + 1 },
		"steps that cross":  func(s *assess.Scheme) { s.Indicators[1].Steps[0].Points = 10 * one },
		"a gap below":       func(s *assess.Scheme) { s.Grades = s.Grades[:2] },
		"grades backwards":  func(s *assess.Scheme) { s.Grades[0], s.Grades[1] = s.Grades[1], s.Grades[0] },
		"no least":          func(s *assess.Scheme) { s.Least = 0 },
	} {
		s := scheme()
		spoil(&s)
		if len(s.Check()) == 0 {
			t.Errorf("%s: nothing found", name)
		}
	}
}

func TestNumbersAreReadAsTheyAreWritten(t *testing.T) {
	for said, want := range map[string]assess.Amount{"95": 9500, "87.5": 8750, "66.66": 6666, "0.05": 5, "0": 0} {
		got, err := assess.ParseAmount(said)
		if err != nil || got != want || got.String() != said {
			t.Errorf("%q is read as %d (%v) and written as %s", said, got, err, got)
		}
	}
	for _, said := range []string{"", "-1", "1.234", "1.", ".5", "1e3", "9999999999", "2000000", "abc", "1,5"} {
		if got, err := assess.ParseAmount(said); err == nil {
			t.Errorf("%q is read as %s", said, got)
		}
	}
}

// anyIndicator is one with steps or without, up or down.
func anyIndicator(t *rapid.T) assess.Indicator {
	amount := rapid.Custom(func(t *rapid.T) assess.Amount { return assess.Amount(rapid.Int64Range(0, 20_000).Draw(t, "amount")) })
	i := assess.Indicator{Code: "finish", For: []assess.Kind{assess.Township}, Weight: 100, Least: 1, Measure: assess.Entered}
	i.Zero = amount.Draw(t, "zero")
	i.Full = amount.Filter(func(a assess.Amount) bool { return a != i.Zero }).Draw(t, "full")
	return i
}

func TestABetterValueNeverEarnsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := anyIndicator(t)
		a, b := assess.Amount(rapid.Int64Range(0, 20_000).Draw(t, "a")), assess.Amount(rapid.Int64Range(0, 20_000).Draw(t, "b"))
		if i.Down() {
			a, b = max(a, b), min(a, b)
		} else {
			a, b = min(a, b), max(a, b)
		}
		if i.Points(a) > i.Points(b) {
			t.Fatalf("%s earns %s and %s, which is better, %s", a, i.Points(a), b, i.Points(b))
		}
		if p := i.Points(a); p < 0 || p > 100*one {
			t.Fatalf("%s points", p)
		}
	})
}

func TestTheScoreLiesBetweenTheWorstAndTheBestMark(t *testing.T) {
	s := scheme()
	rapid.Check(t, func(t *rapid.T) {
		var list []assess.Figure
		n := rapid.IntRange(0, 20).Draw(t, "n")
		list = append(list, finish(rapid.IntRange(0, n).Draw(t, "got"), n))
		if rapid.Bool().Draw(t, "entered") {
			list = append(list, given("breaches", assess.Amount(rapid.Int64Range(0, 2000).Draw(t, "breaches"))))
		}
		r := s.Score(town("1"), list)
		lo, hi, weights := 100*one, assess.Amount(0), 0
		for _, m := range r.Marks {
			if m.Standing == assess.Counts {
				lo, hi, weights = min(lo, m.Points), max(hi, m.Points), weights+m.Weight
			}
		}
		if weights != r.Counted {
			t.Fatalf("counted %d, the marks sum up to %d", r.Counted, weights)
		}
		if weights > 0 && (r.Score < lo || r.Score > hi) {
			t.Fatalf("score %s outside of %s to %s", r.Score, lo, hi)
		}
	})
}
