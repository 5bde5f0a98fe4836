package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"
	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestExportCases: a supervisor gets the cases of a month as a workbook with real days, a frozen head and filters; what a citizen
// wrote is text and no formula, and who reported is not in it; an officer of another township gets their own only.
func TestExportCases(t *testing.T) {
	storyFrom(t, monday, appoint("chief-hongshui", grid.Chief, "630202104"), func(w *world) {
		boss, desk, chief := w.officer("boss"), w.officer("desk"), w.officer("chief-hongshui")
		ma := w.citizen("马")
		ma.submits(sewage)
		w.citizen("韩").submits("=cmd|' /C calc'!A0 瞿昙镇瞿昙村的砖厂夜里冒黑烟")
		desk.presses("✅ 受理")
		ma.says("/export").sees("只对有相应职责的人员开放")
		boss.says("/export").presses("2026-11").presses("我能看到的全部").sees("已导出").sees("请勿外传")
		f := opened(t, boss.receives(".xlsx"))
		rows, err := f.GetRows("案件")
		if err != nil || len(rows) != 3 {
			t.Fatalf("rows %v, %v", rows, err)
		}
		if rows[0][0] != "举报件号" {
			t.Errorf("heading %v", rows[0])
		}
		text := strings.Join(append(rows[1], rows[2]...), "\n")
		if !strings.Contains(text, "=cmd|") || strings.Contains(text, "马") {
			t.Errorf("cells:\n%s", text)
		}
		for r := 2; r <= 3; r++ {
			for _, column := range []string{"A", "G", "P", "Q"} {
				cell := column + string(rune('0'+r))
				if formula, fault := f.GetCellFormula("案件", cell); fault != nil || formula != "" {
					t.Errorf("%s is the formula %q, %v", cell, formula, fault)
				}
			}
		}
		if kind, fault := f.GetCellType("案件", "H2"); fault != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
			t.Errorf("the day of receipt is a %v, %v", kind, fault)
		}
		if at, _ := f.GetCellValue("案件", "H2"); at != "2026-11-02 09:00" {
			t.Errorf("received %q", at)
		}
		if panes, fault := f.GetPanes("案件"); fault != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("panes %+v, %v", panes, fault)
		}
		chief.says("/export").presses("2026-11").presses("我能看到的全部").sees("已导出")
		rows, err = opened(t, chief.receives(".xlsx")).GetRows("案件")
		if err != nil || len(rows) != 1 {
			t.Errorf("an officer of elsewhere gets %v, %v", rows, err)
		}
		boss.says("/export").presses("点位清单").sees("点位")
		if rows, err = opened(t, boss.receives(".xlsx")).GetRows("点位"); err != nil || rows[0][0] != "编号" {
			t.Errorf("sites %v, %v", rows, err)
		}
		boss.says("/export").presses("巡查到位").sees("巡查到位")
		if rows, err = opened(t, boss.receives(".xlsx")).GetRows("巡查到位"); err != nil || len(rows) < 5 {
			t.Errorf("coverage %v, %v", rows, err)
		}
	})
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestExportFile: a case on paper, with its timeline, finding and pictures, for whoever sees its card; to anybody else there is none.
func TestExportFile(t *testing.T) {
	storyFrom(t, monday, appoint("chief-hongshui", grid.Chief, "630202104"), func(w *world) {
		desk, li, chief := w.officer("desk"), w.officer("li"), w.officer("chief-hongshui")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		c := w.caseOf(number)
		number = c.Shown()
		chief.says("/export file " + number).sees("没有").seesNot("正在准备")
		li.says("/export file " + number).sees("正在准备档案").sees("gridwarden-" + number + ".pdf")
		text := printed(t, li.receives(".pdf"))
		for _, part := range []string{"举报件档案" + number, "查实村口污水管破裂", "办理经过", "内部资料", "样例·李某"} {
			if !strings.Contains(text, strings.ReplaceAll(part, " ", "")) {
				t.Errorf("the file lacks %q:\n%s", part, text)
			}
		}
		if strings.Contains(text, "马") || strings.Contains(text, c.Code) {
			t.Errorf("the file tells who reported:\n%s", text)
		}
	})
}

// printed is the text of a PDF without blanks.
func printed(t *testing.T, data []byte) string {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := 1; n <= r.NumPage(); n++ {
		for _, letter := range r.Page(n).Content().Text {
			b.WriteString(strings.Trim(letter.S, " \n\u3000\uFFFD")) // the last stands where a line ends
		}
	}
	return b.String()
}

// TestExportGoesOnAfterARestart: what was begun before the program ended is made after it began again, once; what ended it again
// and again is given up, and said so.
func TestExportGoesOnAfterARestart(t *testing.T) {
	story(t, func(w *world) {
		boss, ma := w.officer("boss"), w.citizen("马")
		ma.submits(sewage)
		for id, tries := range map[string]int{"begun": 1, "deadly": 3} {
			r := export.Request{ID: id, By: w.pseudonym(boss), Lang: "zh-CN", What: export.Cases, At: time.Now(), Tries: tries}
			write, err := r.Write(ledger.Dossier{Kind: export.Kind, ID: id})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{write}}); err != nil {
				t.Fatal(err)
			}
		}
		w.restart()
		w.sleep(5 * time.Minute)
		if made, failed := boss.count("请勿外传"), boss.count("没有成功"); made != 1 || failed != 1 {
			t.Errorf("%d files, %d failures:\n%s", made, failed, boss.screen())
		}
	})
}
