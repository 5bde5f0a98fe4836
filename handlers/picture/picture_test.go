package picture_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

var out = flag.String("pictures", "", "write the pictures of the tests to this folder, to be looked at")

type draw func(title, unit string, labels []string, series []picture.Series) ([]byte, error)

var kinds = map[string]draw{"bars": picture.Bars, "stacked": picture.Stacked, "lines": picture.Lines}

var towns = []string{
	"碾伯街道", "岗沟街道", "雨润镇", "寿乐镇", "高庙镇", "洪水镇", "高店镇", "瞿昙镇", "共和乡", "中岭乡", "李家乡",
	"下营藏族乡", "芦花乡", "马营乡", "马厂乡", "蒲台乡", "中坝藏族乡", "峰堆乡", "城台乡", "达拉土族乡", "亲仁乡",
}

// counts makes n values from 0 to most that look like a week's work.
func counts(n, most int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(i * 7 % (most + 1))
	}
	return values
}

func mustPNG(tb testing.TB, name string, data []byte, err error) image.Image {
	tb.Helper()
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	keep(tb, name, data)
	return img
}

// keep writes a picture where it can be looked at, if the flag asks for it.
func keep(tb testing.TB, name string, data []byte) {
	tb.Helper()
	if *out == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*out, name+".png"), data, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestPicturesOfTheField(t *testing.T) {
	kindsOfPollution := []string{"水", "大气", "噪声", "固体废物", "土壤", "生态", "辐射", "其他"}
	two := func(n int) []picture.Series {
		return []picture.Series{{Name: "新增", Values: counts(n, 12)}, {Name: "办结", Values: counts(n, 4)}}
	}
	for _, tt := range []struct {
		name          string
		draw          draw
		labels        []string
		series        []picture.Series
		least, height int // the height lies between
	}{
		{"towns of two", picture.Bars, towns, two(21), 1800, 2300},
		{"towns stacked", picture.Stacked, towns, two(21), 1200, 1600},
		{"kinds stacked", picture.Stacked, kindsOfPollution, two(8), 500, 900},
		{"four", picture.Bars, kindsOfPollution[:4], two(4), 600, 800},
		{"lines", picture.Lines, towns, two(21), 600, 800},
		{"labels alone", picture.Stacked, towns, nil, 200, 500},
	} {
		data, err := tt.draw("各乡镇举报件 11月16日—22日", "件", tt.labels, tt.series)
		keep(t, tt.name, data)
		img, bad := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || bad != nil || img.Width != 900 || img.Height < tt.least || img.Height > tt.height {
			t.Errorf("%s is %d x %d (%v, %v)", tt.name, img.Width, img.Height, err, bad)
		}
	}
}

// Ensure that the same numbers give the same bytes, also when pictures are drawn at the same time, that others give
// others, and that the caller's labels and numbers are his own.
func TestSameBytes(t *testing.T) {
	labels := []string{"寿乐镇", "高庙镇", "下营藏族乡环境保护工作站第一网格"} // the long one makes lying bars
	for name, draw := range kinds {
		mine, values := slices.Clone(labels), []float64{3, 1, 2}
		series := []picture.Series{{Name: "新增", Values: values}, {Name: "办结", Values: values}}
		var pictures [2][]byte
		var wg sync.WaitGroup
		for i := range pictures {
			wg.Go(func() {
				var err error
				if pictures[i], err = draw("逾期", "件", mine, series); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		if !bytes.Equal(pictures[0], pictures[1]) {
			t.Errorf("%s: two pictures of the same numbers", name)
		}
		if !slices.Equal(mine, labels) || !slices.Equal(values, []float64{3, 1, 2}) {
			t.Errorf("%s changed its arguments", name)
		}
		values[0] = 2
		if other, err := draw("逾期", "件", mine, series); err != nil || bytes.Equal(other, pictures[0]) {
			t.Errorf("%s: the same picture of other numbers (%v)", name, err)
		}
	}
}

// inked counts the pixels of the first series' colour in each row of pixels and returns rows with any.
func inked(img image.Image) (rows map[int]int, total int) {
	bar := color.RGBA{R: 84, G: 112, B: 198, A: 255}
	rows = map[int]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if color.RGBAModel.Convert(img.At(x, y)) == bar {
				rows[y]++
				total++
			}
		}
	}
	return rows, total
}

// Ensure that bars start at zero: their lengths stand to each other as the values do.
func TestBarsAreProportional(t *testing.T) {
	data, err := picture.Bars("标题", "件", towns[:10], []picture.Series{{Values: []float64{70, 75, 80, 70, 70, 70, 70, 70, 70, 35}}})
	rows, _ := inked(mustPNG(t, "proportional", data, err))
	ys := make([]int, 0, len(rows))
	longest := 0
	for y, n := range rows {
		ys = append(ys, y)
		longest = max(longest, n)
	}
	slices.Sort(ys)
	first, last := float64(rows[ys[5]]), float64(rows[ys[len(ys)-5]])
	if math.Abs(first/last-2) > 0.02 { // the first label is on top
		t.Errorf("70 and 35 are drawn %g and %g long", first, last)
	}
	if math.Abs(float64(longest)/first-80.0/70) > 0.02 {
		t.Errorf("80 and 70 are drawn %d and %g long", longest, first)
	}
}

func TestZeroDrawsNoLyingBars(t *testing.T) {
	data, err := picture.Bars("标题", "件", towns[:1], []picture.Series{{Values: []float64{0}}})
	if _, total := inked(mustPNG(t, "zero", data, err)); total > 0 {
		t.Errorf("nothing is drawn as %d pixels of bars", total)
	}
}

func TestRefuses(t *testing.T) {
	many := make([]string, picture.MaxLabels+1)
	for name, tt := range map[string]struct {
		labels []string
		series []picture.Series
	}{
		"too few values":  {towns[:2], []picture.Series{{Values: []float64{1}}}},
		"too many values": {towns[:2], []picture.Series{{Values: []float64{1, 2, 3}}}},
		"values alone":    {nil, []picture.Series{{Values: []float64{1}}}},
		"not a number":    {towns[:1], []picture.Series{{Values: []float64{math.NaN()}}}},
		"without end":     {towns[:1], []picture.Series{{Values: []float64{math.Inf(1)}}}},
		"a gap":           {towns[:1], []picture.Series{{Values: []float64{math.MaxFloat64}}}},
		"negative":        {towns[:1], []picture.Series{{Values: []float64{-1}}}},
		"too many labels": {many, nil},
		"too many series": {nil, make([]picture.Series, picture.MaxSeries+1)},
	} {
		for kind, draw := range kinds {
			if data, err := draw("标题", "件", tt.labels, tt.series); err == nil || data != nil {
				t.Errorf("%s of %s: %d bytes and no error", kind, name, len(data))
			}
		}
	}
}

// FuzzPicture ensures that no text and no number that is taken makes drawing fail or panic.
func FuzzPicture(f *testing.F) {
	f.Add("标题", "件", "水", "新增", 3.0, 0.0)
	f.Add("a\n\u200b😀", "μg/m³", strings.Repeat("长", 99), "\xff", 1e15, 1e-300)
	f.Fuzz(func(t *testing.T, title, unit, label, name string, a, b float64) {
		labels := []string{label, "", label + title}
		series := []picture.Series{{Name: name, Values: []float64{a, b, a}}, {Values: []float64{b, a, 1}}}
		ok := a >= 0 && b >= 0 && a <= 1e15 && b <= 1e15
		for kind, draw := range kinds {
			data, err := draw(title, unit, labels, series)
			if (err == nil) != ok {
				t.Fatalf("%s of %g and %g: %v", kind, a, b, err)
			}
			if img, bad := png.DecodeConfig(bytes.NewReader(data)); ok && (bad != nil || img.Width != 900) {
				t.Fatalf("%s: %+v, %v", kind, img, bad)
			}
		}
	})
}

// A gap is a gap: the line of a month without a reading is not drawn through it, and is not zero.
func TestTrend_LeavesGaps(t *testing.T) {
	months := []string{"1月", "2月", "3月", "4月", "5月"}
	draw := func(values ...float64) []byte {
		data, err := picture.Trend("氨氮", "mg/L", months, []picture.Series{{Name: "测值", Values: values}, {Name: "目标", Values: []float64{1.5, 1.5, 1.5, 1.5, 1.5}}})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	gap := draw(1, 1.2, math.NaN(), 1.4, 1)
	for name, other := range map[string][]byte{"zero": draw(1, 1.2, 0, 1.4, 1), "a value between": draw(1, 1.2, 1.3, 1.4, 1)} {
		if bytes.Equal(gap, other) {
			t.Errorf("a gap looks like %s", name)
		}
	}
	if _, err := picture.Lines("氨氮", "mg/L", months, []picture.Series{{Name: "测值", Values: []float64{1, 2, math.NaN(), 1, 1}}}); err == nil {
		t.Error("what has to be known everywhere was drawn with a gap")
	}
}
