package letterhead_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// A document has a title whatever its series, on the picture and on paper.
func TestPaper_EverySeriesHasATitle(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	head := letterhead.Head{Texts: words, Location: time.UTC}
	all := []casework.Series{
		casework.MoveSeries, casework.IncidentSeries, casework.NeighbourSeries, casework.AcrossSeries, casework.BulletinSeries, casework.PressSeries,
		casework.SummonSeries, letterhead.RestrictSeries, meeting.Series, plan.ProgressSeries, referral.Series,
	}
	for _, r := range casework.Rungs() {
		if s := r.Letter(); s != "" {
			all = append(all, s)
		}
	}
	for _, s := range all {
		if title := head.Paper(casework.Letter{Series: s, Text: "关于突发环境事件的通报\n"}, time.Time{}).Title; title == "" || strings.Contains(title, "⟨") {
			t.Errorf("%s: %q", s, title)
		}
	}
}

// TestPDF: a document is printed whole, over as many sheets as it takes. With GRIDWARDEN_PRINTS set it is left there to be looked at.
func TestPDF(t *testing.T) {
	long := strings.Repeat("该企业夜间通过暗管向湟水排放未经处理的废水，经现场检查属实，现将有关材料移送。\n", 60)
	data, err := letterhead.PDF(ledger.Paper{
		Issuer: "海东市乐都区环境保护局", No: "乐环督〔2026〕1号", Title: "督办单", To: "乐都区寿乐镇（样例·李某）：", Text: long, Day: "2026年11月2日", Copy: "抄送：样例·监督员",
	}, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("GRIDWARDEN_PRINTS"); dir != "" {
		if err = os.WriteFile(dir+"/letter.pdf", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := 1; n <= r.NumPage(); n++ {
		for _, letter := range r.Page(n).Content().Text {
			text.WriteString(strings.Trim(letter.S, " \n\u3000\uFFFD"))
		}
	}
	if n := strings.Count(text.String(), "现将有关材料移送"); n != 60 || r.NumPage() < 2 {
		t.Errorf("%d of 60 paragraphs on %d pages", n, r.NumPage())
	}
	for _, part := range []string{"海东市乐都区环境保护局", "乐环督〔2026〕1号", "督办单", "样例·李某", "2026年11月2日", "抄送：样例·监督员"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("it lacks %q", part)
		}
	}
}
