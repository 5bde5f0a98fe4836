package main

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// TestCredit: a grade is computed from what is on record, every reason with its day; the enterprise objects, a supervisor answers; a fact that was
// wrong is struck and the grade computed again; it is nobody's but the bureau's until a supervisor publishes it after the time to object.
func TestCredit(t *testing.T) {
	storyFrom(t, monday, bureau, func(w *world) {
		admin, boss, clerk, ma := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb"), w.citizen("马")
		w.haveSites(admin, 1, "涉水企业")
		clerk.registers("建材").exceeds("QY0001", "COD 180 50 mg/L 2026-09-01").exceeds("QY0001", "COD 60 50 mg/L 2026-10-08")
		clerk.says("/enterprise QY0001").presses("登记事实").presses("受到行政处罚").says("乐环罚〔2026〕3号 超标排放 2026-09-20").sees("受到行政处罚 乐环罚〔2026〕3号")

		clerk.presses("2026 年信用").sees("80/100 分").sees("2026-09-01 浓度超标 COD -5").sees("2026-09-20 受到行政处罚").sees("蓝牌")
		ma.says("/enterprise QY0001").seesNot("蓝牌").seesNot("行政处罚")
		clerk.presses("登记异议").says("10月8日的数据是仪器故障 2026-11-02").sees("待答复")
		boss.sees("提出异议：10月8日的数据是仪器故障").says("/enterprise QY0001").presses("2026 年信用").presses("🌐 公布").sees("企业的异议还没有答复")
		boss.says("/enterprise QY0001").presses("全部事实").presses("划销 2").says("仪器故障，已核实").sees("已划销")
		boss.presses("2026 年信用").presses("重新计算").sees("85/100 分").presses("答复异议").says("已划销并重新计算").sees("答复：已划销并重新计算")
		boss.presses("🌐 公布").sees("异议期到")
		w.until("2026-11-20 09:30")
		clerk.forges("en:publish:QY0001.2026").sees("这个功能只对有相应职责的人员开放")
		boss.says("/enterprise QY0001").presses("2026 年信用").presses("🌐 公布").sees("2026-11-20 已公布")
		ma.says("/enterprise QY0001").sees("信用等级（2026 年）").sees("85 分").sees("180/50 mg/L")
		if strings.Contains(ma.last(), "60/50") {
			t.Error("a fact that was struck is public")
		}
		w.browses("/enterprises/QY0001").reads("85", "180/50", "2026-09-01", "浓度超标 COD", "-5", "受到行政处罚").readsNot("仪器故障")
		w.browses("/en/enterprises/QY0001").reads("above the standard COD", "punished", "-10", "Points")
		w.browses("/enterprises").reads("QY0001", "蓝牌（环保良好）", "2026")
		w.goldenPart("credit.txt", func(entry string) bool {
			head, _, _ := strings.Cut(entry, "\n")
			return strings.Contains(head, " boss") && head > "2026-11-02 09:01" && !strings.Contains(head, "提要")
		})
		if r, _ := w.enterpriseOf("QY0001").Rating(2026); r.Published.IsZero() || len(r.Objections) != 1 {
			t.Errorf("stored %+v", r)
		}
	})
}

// TestEnterprise_WhatIsFound: a failed inspection goes on record of the enterprise at that site; two quarters running let open pressing be
// proposed; the lists are drawn up with all of it in every language.
func TestEnterprise_WhatIsFound(t *testing.T) {
	storyFrom(t, monday, bureau, func(w *world) {
		admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb")
		w.haveSites(admin, 2, "涉水企业")
		book := admin.exports("enterprises")
		for cell, v := range map[string]string{
			"A2": "QY0001", "E2": "建材", "H2": "每季度", "I2": "2026-01-01", "J2": "高", "L2": "地下水氯离子超标，已设监测井", "M2": "是", "O2": "1000", "P2": "1200",
		} {
			book.sets(cell, v)
		}
		admin.sends(book).presses("确认导入").sees("已生效")
		clerk.says("/enterprise QY0001").sees("逾期 3 期：2026年第一季度、2026年第二季度、2026年第三季度").sees("超计划")
		clerk.presses("自行监测公开").presses("2026年第三季度").says("https://example.cn/zxjc 2026-10-09").sees("2026年第三季度已登记公开")
		clerk.presses("自行监测公开").sees("✅ 2026年第三季度：2026-10-09 公开").sees("❗ 2026年第一季度")
		clerk.exceeds("QY0001", "COD 80 50 mg/L 2026-08-01").seesNot("连续两个季度").exceeds("QY0001", "COD 70 50 mg/L").sees("到2026年第四季度连续两个季度超标")
		boss.says("/enterprise QY0001").presses("提请挂牌督办").says("乐环督请〔2026〕2号").sees("已提请挂牌督办")
		e := w.enterpriseOf("QY0001")
		if len(e.Pressings) != 1 || len(e.Disclosures) != 1 || e.Land.Risk != enterprise.High {
			t.Errorf("stored %+v", e)
		}
	})
}
