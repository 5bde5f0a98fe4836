package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestStats tells a supervisor what came in and what became of it, by township and category, marks what is made of few, and
// sends it as a spreadsheet, showing how far it is.
func TestStats(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办").handsIn("查实一处直排口，已封堵")
		w.sleep(26 * time.Hour)
		desk.presses("通过并答复").presses("就这样发出")
		yang.submits("高庙镇砖厂烟囱冒黑烟，刺鼻得很")
		desk.presses("不予受理").presses("诉讼、仲裁、复议").presses("就这样发出")
		yang.sees("不予受理。")

		ma.says("/stats").sees("只对有相应职责的人员开放")
		boss.says("/stats 十月").sees("看不懂“十月”")
		boss.says("/stats").sees("2026-11 办件统计").sees("登记 2 件 · 受理 1 件 · 不予受理 1 件").sees("诉讼、仲裁、复议 1")
		boss.sees("受理时限：100%（2/2）*").sees("受理到办结：中位 1.1 天")
		boss.presses("按乡镇").sees("寿乐镇：登记 1 · 受理 1").sees("高庙镇：登记 1 · 受理 0 · 不予受理 1")
		boss.presses("按受理月份").sees("2026-11 受理 1 · 已办结 1 · 按期 100%（1/1）*")
		boss.presses("导出表格").sees("表格已生成")
		name, data := boss.document()
		if !strings.HasSuffix(name, ".xlsx") {
			t.Fatalf("sent %q", name)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		rows, err := f.GetRows("总体")
		if err != nil || len(rows) != 2 || rows[1][1] != "2" || rows[1][2] != "1" || rows[1][3] != "1" {
			t.Errorf("sheets %v: %v, %v", f.GetSheetList(), rows, err)
		}
		if towns, err := f.GetRows("按乡镇"); err != nil || len(towns) != 3 {
			t.Errorf("townships %v, %v", towns, err)
		}
		if v, err := f.GetCellType("总体", "B2"); err != nil || v != excelize.CellTypeUnset && v != excelize.CellTypeNumber {
			t.Errorf("a number is stored as %v, %v", v, err)
		}
		if n := w.emulator.Unanswered(); len(n) > 0 {
			t.Errorf("%d presses were not answered", len(n))
		}
	})
}
