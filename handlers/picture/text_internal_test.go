package picture

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mustRuler(tb testing.TB, pixels int) ruler {
	tb.Helper()
	font, err := loadFont()
	if err != nil {
		tb.Fatal(err)
	}
	return ruler{font, pixels}
}

// Ensure that the highest picture is one that Telegram takes as a photo: width and height together 10,000 pixels, and
// not more than twenty times higher than wide.
func TestTheHighestPictureIsAPhoto(t *testing.T) {
	labels, series := make([]string, MaxLabels), make([]Series, MaxSeries)
	for i := range series {
		series[i].Values = make([]float64, MaxLabels)
	}
	p, err := newPage(strings.Repeat("标题", 99), "件", labels, series, false)
	if err != nil {
		t.Fatal(err)
	}
	if height := p.headHeight() + p.barHeight(true, false); width+height > 10000 || height > 20*width {
		t.Errorf("%d x %d", width, height)
	}
}

func TestScale(t *testing.T) {
	for _, tt := range []struct {
		highest float64
		whole   bool
		want    scale
	}{
		{0, true, scale{1, 1}},
		{1, true, scale{1, 1}},
		{3, true, scale{3, 1}},
		{7, true, scale{8, 2}},
		{12, true, scale{15, 5}},
		{100, true, scale{100, 20}},
		{101, true, scale{150, 50}},
		{2.5, false, scale{2.5, 0.5}},
	} {
		if got := newScale(tt.highest, tt.whole); got != tt.want {
			t.Errorf("newScale(%g, %v) = %+v, want %+v", tt.highest, tt.whole, got, tt.want)
		}
	}
}

func TestScaleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		highest := rapid.Float64Range(1e-9, most).Draw(t, "highest")
		s := newScale(highest, false)
		steps := s.top / s.step
		if s.top < highest || steps > 5.001 || steps < 1 || math.Abs(steps-math.Round(steps)) > 1e-6 {
			t.Fatalf("%g: %+v", highest, s)
		}
	})
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 3: "3", 12.5: "12.5", 1.0 / 3: "0.333", 0.1 + 0.2: "0.3", 0.004: "0.004", 99.999: "100",
		1e15: "1000000000000000", 1e-20: "0",
	} {
		if got := number(v); got != want {
			t.Errorf("number(%g) = %q, want %q", v, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	u := mustRuler(t, 40)
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"短标题", []string{"短标题"}},
		{"一二三四五六七八九十", []string{"一二三四五", "六七八九十"}},
		{"a wide world", []string{"a wide", "world"}},
		{"一二三四五六七八九十一二三四五六", []string{"一二三四五", "六七八九十", "一二三四…"}},
	} {
		if got := u.wrap(tt.text, 5*40+10, 3); !slices.Equal(got, tt.want) {
			t.Errorf("wrap(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Ensure that a wrapped text fits, and that nothing is lost but blanks and what the ellipsis stands for.
func TestWrapProperties(t *testing.T) {
	u := mustRuler(t, 40)
	rapid.Check(t, func(t *rapid.T) {
		text := Printable(rapid.StringOfN(rapid.RuneFrom([]rune("abc wil 水土气，。")), 0, 80, -1).Draw(t, "text"))
		width, lines := rapid.IntRange(100, 900).Draw(t, "width"), rapid.IntRange(1, 4).Draw(t, "lines")
		got := u.wrap(text, width, lines)
		if len(got) > lines {
			t.Fatalf("%d lines, want at most %d", len(got), lines)
		}
		for _, line := range got {
			if u.width(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		shown, cut := strings.CutSuffix(squeeze(strings.Join(got, "")), "…")
		if all := squeeze(text); !strings.HasPrefix(all, shown) || !cut && shown != all {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
