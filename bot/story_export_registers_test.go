package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/seeds"
)

// register is a table that somebody was sent: its rows by their headings.
type register struct {
	t    *testing.T
	f    *excelize.File
	name string
	head []string
	rows [][]string
}

// takes asks for a register by its button and opens what comes.
func (p *person) takes(button, name string) register {
	p.w.t.Helper()
	p.says("/export").presses(button).sees("已导出").sees("请勿外传")
	f := opened(p.w.t, p.receives(".xlsx"))
	rows, err := f.GetRows(name)
	if err != nil || len(rows) == 0 {
		p.w.t.Fatalf("%s: %v, %v", name, rows, err)
	}
	return register{t: p.w.t, f: f, name: name, head: rows[0], rows: rows[1:]}
}

// cell is what stands in a row, counted from 0, below a heading.
func (r register) cell(row int, heading string) string {
	r.t.Helper()
	i := slices.Index(r.head, heading)
	if i < 0 || row >= len(r.rows) {
		r.t.Fatalf("%s has no row %d or no column %q: %v, %v", r.name, row, heading, r.head, r.rows)
	}
	if i >= len(r.rows[row]) {
		return ""
	}
	return r.rows[row][i]
}

// says fails the test unless the cells of a row are these, in pairs of heading and words.
func (r register) says(row int, pairs ...string) {
	r.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got := r.cell(row, pairs[i]); got != pairs[i+1] {
			r.t.Errorf("%s, row %d, %s: %q, want %q", r.name, row, pairs[i], got, pairs[i+1])
		}
	}
}

// figure fails the test if a cell is text: a day or a figure that a spreadsheet cannot reckon with.
func (r register) figure(row int, heading string) {
	r.t.Helper()
	at, err := excelize.CoordinatesToCellName(slices.Index(r.head, heading)+1, row+2)
	if err != nil {
		r.t.Fatal(err)
	}
	kind, err := r.f.GetCellType(r.name, at)
	if err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		r.t.Errorf("%s, %s is text: %v, %v", r.name, at, kind, err)
	}
	if column, _, _ := excelize.SplitCellName(at); column != "" {
		if width, err := r.f.GetColWidth(r.name, column); err != nil || width < 6 {
			r.t.Errorf("%s, column %s is %v wide, %v", r.name, column, width, err)
		}
	}
}

// exportRoster has clerks of the bureau, of departments, and officers of two townships.
func exportRoster(d *seeds.District) {
	waterClerks(d)
	appoint("chief-hongshui", grid.Chief, "630202104")(d)
}

// TestExportEnterprises: whoever may see the cards of enterprises takes their register along, with days that are days; a fact that was
// struck counts for nothing, an enterprise that is off the register does not stand there, nor one that lies elsewhere.
func TestExportEnterprises(t *testing.T) {
	storyFrom(t, monday, exportRoster, func(w *world) {
		admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-bureau")
		li, chief := w.officer("li"), w.officer("chief-hongshui")
		w.haveSites(admin, 1, "涉水企业")
		clerk.registers("有色金属").exceeds("QY0001", "COD 180 50 mg/L").exceeds("QY0001", "氨氮 20 8 mg/L")
		boss.says("/enterprise QY0001").forges("en:facts:QY0001").presses("划销 2").says("样品编号有误").sees("第 2 条已划销")
		clerk.says("/enterprise QY0001").presses("作出处理").presses("1. 已告知").presses("陈述申辩").says("企业承认超标，放弃听证")
		boss.says("/enterprise QY0001").presses("作出决定").says("乐环限产〔2026〕1号")
		clerk.says("/enterprise QY0001").presses("已送达").says("今天")

		for _, p := range []*person{clerk, boss, li} {
			r := p.takes("🏭 企业名录", "企业名录")
			r.says(0, "编号", "QY0001", "行业", "有色金属", "黄红牌", "🟡黄牌", "牌的情况", "限制生产中", "决定文号", "乐环限产〔2026〕1号",
				"决定日期", "2026-11-02", "限产截止", "2027-02-02", "超标次数", "1", "最近超标", "2026-11-02", "登记日期", "2026-11-02")
			for _, heading := range []string{"决定日期", "限产截止", "超标次数", "最近超标", "登记日期"} {
				r.figure(0, heading)
			}
		}
		r := clerk.takes("📒 企业事实", "企业事实")
		r.says(0, "编号", "QY0001", "事实", "浓度超标", "项目", "COD", "数值", "180", "限值", "50", "单位", "mg/L", "倍数", "3.6", "来源", "监督性监测", "划销日期", "")
		r.says(1, "项目", "氨氮", "划销日期", "2026-11-02", "划销原因", "样品编号有误")
		r.figure(0, "日期")
		r.figure(0, "数值")
		for _, button := range []string{"🏭 企业名录", "📒 企业事实"} {
			if r := chief.takes(button, strings.Fields(button)[1]); len(r.rows) != 0 {
				t.Errorf("an officer of another township gets %v", r.rows)
			}
		}
		book := admin.exports("enterprises")
		book.removes(2)
		admin.sends(book).presses("确认导入").sees("已生效")
		if r := boss.takes("🏭 企业名录", "企业名录"); len(r.rows) != 0 {
			t.Errorf("what is off the register is in it: %v", r.rows)
		}
	})
}

// TestExportReadings: officers take every reading along as they may read it in the chat: as it holds after a correction, with the reason,
// and without what was undone.
func TestExportReadings(t *testing.T) {
	storyFrom(t, september, exportRoster, func(w *world) {
		clerk, chief := w.officer("clerk-bureau"), w.officer("chief-hongshui")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-07-06", "2.4"), waterRow("老鸦峡口断面", "2026-08-04", "1.62")).presses("✅ 登记")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-08-04", "1.26")).presses("✏️ 写更正原因").says("录错小数").presses("✅ 登记").sees("其中更正 1 条")
		clerk.sendsTable(waterRow("入湟口断面", "2026-08-05", "0.4")).presses("✅ 登记").presses("↩️ 撤销").sees("已撤销 1 条")
		r := chief.takes("💧 监测数据", "监测数据")
		if len(r.rows) != 2 {
			t.Fatalf("rows %v", r.rows)
		}
		r.says(0, "断面", "老鸦峡口断面", "采样日期", "2026-07-06", "水质目标", "Ⅳ类", "监测报告", "乐环监〔2026〕20260706号", "已更正", "", "氨氮 (mg/L)", "2.4", "铜 (mg/L)", "0.001L",
			"登记人", "样例·clerk-bureau")
		r.says(1, "采样日期", "2026-08-04", "已更正", "是", "更正原因", "录错小数", "氨氮 (mg/L)", "1.26")
		for _, heading := range []string{"采样日期", "登记时间", "氨氮 (mg/L)"} {
			r.figure(0, heading)
		}
	})
}

// TestExportPlan: every measure and every time that a milestone falls due, with what was reported and decided, to officers who may read it
// in the chat.
func TestExportPlan(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		boss, housing := w.officer("boss"), w.officer("clerk-housing")
		housing.says("/measure 22").presses("2").presses("📝 报告进展").says("30%").says("北门河段清淤完成").presses("✅ 提交")
		housing.says("/measure 22").presses("1").presses("📝 报告进展").presses("✅ 已经完成").says("名单已经公布").presses("✅ 提交")
		boss.says("/milestones review").presses("1").presses("✅ 通过").sees("已通过")
		r := housing.takes("🎯 任务和节点", "任务和节点")
		items, seen := make(map[string]bool), make(map[string]int)
		for n := range r.rows {
			items[r.cell(n, "序号")] = true
			seen[r.cell(n, "节点")] = n
		}
		if want := len(w.district.Plan.Measures); len(items) != want {
			t.Errorf("%d measures, want %d", len(items), want)
		}
		r.says(seen["22-2"], "序号", "22", "情况", "快到期", "进度（%）", "30", "最近报告", "北门河段清淤完成", "报告人", "样例·clerk-housing", "到期日期", "2017-12-31", "牵头部门", "区住房和规划建设局")
		r.says(seen["22-1"], "情况", "已完成", "剩余天数", "")
		for _, heading := range []string{"序号", "到期日期", "剩余天数", "进度（%）", "报告时间"} {
			r.figure(seen["22-2"], heading)
		}
	})
}

// TestExportRegistersAreForOfficers: a citizen is offered none and gets none, by a forged button or by a request that was written down
// while they still were an officer.
func TestExportRegistersAreForOfficers(t *testing.T) {
	storyFrom(t, september, exportRoster, func(w *world) {
		ma := w.citizen("马").says("/start")
		for _, what := range export.Registers() {
			ma.forges("ex:" + string(what) + ":").sees("只对有相应职责的人员开放")
		}
		for _, what := range export.Registers() {
			r := export.Request{ID: "old-" + string(what), By: w.pseudonym(ma), Lang: "zh-CN", What: what, At: time.Now()}
			write, err := r.Write(ledger.Dossier{Kind: export.Kind, ID: r.ID})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{write}}); err != nil {
				t.Fatal(err)
			}
		}
		w.sleep(5 * time.Minute)
		if n := ma.count("只对有相应职责的人员开放"); n != 2*len(export.Registers()) {
			t.Errorf("refused %d times:\n%s", n, ma.screen())
		}
		if name, _ := ma.document(); strings.HasSuffix(name, ".xlsx") {
			t.Errorf("%s came", name)
		}
	})
}
