package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestLetterAsPDF: where a document of a case is shown as a picture, a button brings it for the printer, to whoever may see the case and
// to nobody else.
func TestLetterAsPDF(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) {
		duty(d)
		appoint("chief-hongshui", grid.Chief, "630202104")(d)
	}, func(w *world) {
		desk, boss, li, chief := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("chief-hongshui")
		ma := w.citizen("马")
		number := w.handed(ma, desk, li)
		boss.says("/find " + number).presses("📌 督办").presses("推诿").says("三次电话均未说明进展").sees("乐环督〔2026〕1号")
		li.says("/find " + number).presses("📄 文书").presses("🖨 打印件").sees("乐环督〔2026〕1号，可以直接打印")
		name, data := li.document()
		if name != "乐环督〔2026〕1号.pdf" {
			t.Errorf("it is called %q", name)
		}
		text := printed(t, data)
		for _, part := range []string{w.district.Settings.OfficeName, "督办单", number, "三次电话均未说明进展", "2026年11月2日"} {
			if !strings.Contains(text, part) {
				t.Errorf("it lacks %q:\n%s", part, text)
			}
		}
		if strings.Contains(text, "马") || strings.Contains(text, "⟨") {
			t.Errorf("it says too much, or lacks something:\n%s", text)
		}
		letter := fmt.Sprintf("ex:letter:%s.", w.caseOf(number).ID)
		for _, forged := range []string{letter + "0", letter + "2", letter + "-1", letter + "x", letter} {
			li.forges(forged)
		}
		if n := li.count("可以直接打印"); n != 1 {
			t.Errorf("%d documents came", n)
		}
		for _, stranger := range []*person{chief, ma} {
			stranger.forges(letter + "1")
			if got, _ := stranger.document(); got != "" {
				t.Errorf("%s got %s", stranger.Name(), got)
			}
		}
	})
}
