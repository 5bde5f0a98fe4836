package publicationsheet_test

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/publicationsheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// issue is one with so many rows.
func issue(rows int) publication.Public {
	words := func(zh, en string) publication.Words { return publication.Words{"zh-CN": zh, "en": en} }
	t := publication.Table{Caption: words("各断面水质", "Quality of each section"), Columns: []publication.Words{words("断面", "Section"), words("类别", "Class"), words("说明", "Remarks")}}
	for n := range rows {
		t.Rows = append(t.Rows, publication.Row{Key: strconv.Itoa(n), Cells: []publication.Words{
			words(fmt.Sprintf("湟水第%d断面", n+1), fmt.Sprintf("Huangshui section %d", n+1)), publication.Same("Ⅳ"),
			words("氨氮超标，已挂牌督办，正在整治上游排污口。", "Ammonia above the limit; supervised in public."),
		}})
	}
	return publication.Public{Hash: strings.Repeat("a1", 32), Sheet: publication.Sheet{
		ID: "sections.2026-Q3", Number: 7, Due: "2026-10-15", Published: time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC),
		Content: publication.Content{Title: words("地表水断面水质状况", "Quality of surface water"), Tables: []publication.Table{t}, Notes: []publication.Words{words("按 GB 3838-2002 评价。", "By GB 3838-2002.")}},
	}}
}

func catalogue(t *testing.T) *texts.Catalogue {
	t.Helper()
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// TestDraw: number, hash and every row are on the sheets, in the language that was asked for, and the same issue gives the same bytes. With
// GRIDWARDEN_PRINTS set the sheets are left there to be looked at.
func TestDraw(t *testing.T) {
	words := catalogue(t)
	for lang, want := range map[texts.Lang][]string{
		texts.Chinese: {"地表水断面水质状况", "湟水第1断面", "湟水第80断面", "正在整治上游排污口", "按GB3838-2002评价"},
		texts.English: {"Qualityofsurfacewater", "Huangshuisection1", "Huangshuisection80", "supervisedinpublic"},
	} {
		data, err := publicationsheet.Draw(words, "乐都区环境保护局", issue(80), lang)
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("GRIDWARDEN_PRINTS"); dir != "" {
			if err = os.WriteFile(dir+"/publication-"+string(lang)+".pdf", data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for n := 1; n <= r.NumPage(); n++ {
			var page strings.Builder
			for _, letter := range r.Page(n).Content().Text {
				page.WriteString(strings.TrimSpace(letter.S))
			}
			if !strings.Contains(page.String(), "sections.2026-Q3") {
				t.Errorf("%s: page %d does not say of what it is", lang, n)
			}
			text.WriteString(page.String())
		}
		if r.NumPage() < 2 {
			t.Errorf("%s: %d pages", lang, r.NumPage())
		}
		for _, part := range append(want, strings.Repeat("a1", 32)) {
			if !strings.Contains(text.String(), part) {
				t.Errorf("%s: it lacks %q:\n%.2000s", lang, part, text.String())
			}
		}
		if again, err := publicationsheet.Draw(words, "乐都区环境保护局", issue(80), lang); err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: drawn again it is another file, %v", lang, err)
		}
	}
}
