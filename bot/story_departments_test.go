package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

const sewer = "寿乐镇土官口村下水道堵了，井盖冒污水"

// TestLeadAndSupportingDepartments: the plan says who leads and who supports; the desk asks them with one tap. A department
// that nobody can be reached in is told of and let go; one that says "not ours" still has to answer; the lead hands in only when
// all have. The reporter reads who works on it, and no department learns who reported.
func TestLeadAndSupportingDepartments(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		housing, water := w.officer("clerk-housing"), w.officer("clerk-water")
		ma := w.stranger("马秀英")
		number := ma.submits(sewer)
		desk.presses("✅ 受理").sees("计划第3项“全面加强污水管网配套建设”").sees("牵头：区住房和规划建设局").sees("区水务局")
		desk.presses("📑 按此指派").sees("已指派").sees("没有可以联系的经办人").sees("区财政局")
		ma.sees("区住房和规划建设局牵头。").sees("办理期限不变")
		housing.sees("请您部门牵头").presses("接办")
		water.sees("请您部门配合").sees("期限 2026-11-16")

		boss.says("/find " + caseNumber(w, number)).sees("配合：区水务局 ⏳ 未答复")
		for _, d := range []string{"区环境保护局", "区发展和改革委员会", "区财政局"} {
			boss.presses("移出部门").presses(d).says("这件不涉及该部门的职责").sees("已移出 " + d)
		}
		housing.presses("上报结果").sees("还有配合部门没有答复：区水务局")
		water.says("/tasks").sees("部门任务（共 1 件").presses("1").presses("不是我部门的").says("我局不管排水管网").sees("答复期限照常计算")
		desk.sees("区水务局 认为不属其职责：我局不管排水管网")
		if desk.lastHasButton("同意移出") {
			t.Error("the desk may let a department go")
		}
		boss.presses("仍请 区水务局 答复").sees("仍请 区水务局 答复")
		water.sees("经研究，仍请您部门答复").presses("📝 答复").photographs(3, "已查过附近渠道，没有漏水，水质正常").sees("请核对").presses("提交答复").sees("已提交")
		housing.sees("区水务局 已答复").sees("没有漏水").sees("配合部门已全部答复")
		c := w.caseOf(number)
		if k, _ := c.ClockOf(casework.TaskClock, "区水务局"); k.Running() || len(c.Tasks) != 1 || !c.Tasks[0].Done() || c.Tasks[0].Measures[0] != 3 {
			t.Errorf("stored as %+v", c)
		}
		water.says("/tasks").sees("没有待办的部门任务")
		housing.says("/tasks").sees("部门任务（共 1 件").presses("上报结果").sees("请写查到了什么")
		ma.says("/my").presses(caseNumber(w, number)).sees("已请部门办理：区住房和规划建设局牵头。").sees("区水务局 已答复").seesNot("没有漏水")
		for _, o := range []*person{desk, boss, housing, water} {
			o.knowsNothingOf("马秀英", "13997412058", "7391846205")
		}
		w.golden("departments_lead_and_support.txt")
	})
}

// TestDepartmentIsChased: reminders of a task go to its department's clerks; a late one is told to the district, too.
func TestDepartmentIsChased(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		housing, water := w.officer("clerk-housing"), w.officer("clerk-water")
		ma := w.citizen("马")
		ma.submits(sewer)
		desk.presses("✅ 受理").presses("✏️ 指派部门").presses("区住房和规划建设局").presses("区环境保护局").presses("区财政局").presses("区发展和改革委员会").presses("✅ 发出")
		housing.presses("接办")
		w.sleep(16 * 24 * time.Hour)
		water.sees("配合答复时限将到").sees("配合答复时限今天到期").sees("配合答复时限已超期")
		housing.sees("抄送·已超期")
		boss.sees("抄送·催办通知书")
	})
}

// TestDeskNamesOtherDepartments: the plan only proposes. Any department can be written, in full or by its short name.
func TestDeskNamesOtherDepartments(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		desk, li, farming := w.officer("desk"), w.officer("li"), w.officer("clerk-farming")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理").presses("✏️ 指派部门").sees("由哪个部门牵头").presses("不设牵头").says("火星局").sees("没找到部门")
		desk.says("文旅局").presses("区文化旅游体育局").presses("✓ 区文化旅游体育局").presses("✓ 区水务局").presses("✓ 区住房和规划建设局").presses("✅ 发出").sees("已指派")
		farming.sees("请您部门配合")
		li.presses("接办").presses("上报结果").sees("还有配合部门没有答复：区农牧局")
		c := w.caseOf(number)
		if c.Lead != "" || len(c.Tasks) != 1 || c.Tasks[0].Department != grid.Department("区农牧局") {
			t.Errorf("stored as lead %q, tasks %+v", c.Lead, c.Tasks)
		}
		if strings.Contains(farming.screen(), "接办") {
			t.Errorf("who supports is offered to take the case:\n%s", farming.screen())
		}
	})
}
