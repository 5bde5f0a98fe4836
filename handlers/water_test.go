package handlers

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// What passes the limit of class III is said with (value - limit) / limit, and with no figure where two decimals have none.
func TestHowFarOverTheLimit(t *testing.T) {
	c, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{Desk: &Desk{}}
	for over, want := range map[string][2]string{
		"0.62":  {"x（超Ⅲ类标准 0.62 倍）", "x (exceeds class III by 0.62 times its limit)"},
		"2":     {"x（超Ⅲ类标准 2 倍）", "x (exceeds class III by 2 times its limit)"},
		"0.005": {"x（超Ⅲ类标准 0.01 倍）", "x (exceeds class III by 0.01 times its limit)"},
		"0.004": {"x", "x"},
		"0":     {"x", "x"},
	} {
		amount, ok := water.ParseAmount(over)
		if !ok {
			t.Fatal(over)
		}
		said := s.itemNames([]water.Finding{{Code: "x", Over: amount}}, true)
		for i, lang := range []texts.Lang{texts.Chinese, texts.English} {
			if got := c.Plain(lang, "water.failing", texts.Args{"items": said}); got != c.Plain(lang, "water.failing", texts.Args{"items": want[i]}) {
				t.Errorf("%s in %s is said as %q", over, lang, got)
			}
		}
	}
}
