package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// villages prepares a district with an inspector in each of two villages of 寿乐镇.
func villages(d *seeds.District) {
	appoint("zhao", grid.Inspector, "630202102200")(d)
	appoint("qian", grid.Inspector, "630202102201")(d)
}

// clerks prepares a district in which departments have a clerk each.
func clerks(d *seeds.District) {
	for id, department := range map[grid.OfficerID]grid.Department{
		"clerk-water": "区水务局", "clerk-housing": "区住房和规划建设局", "clerk-farming": "区农牧局",
	} {
		appoint(id, grid.Clerk, d.Tree.Root().Code)(d)
		d.Officers[len(d.Officers)-1].Appointments[0].Department = department
	}
}

// TestTransfersCannotPingPong: two villages push a case to each other. The desk moves it twice; the third objection is the
// common superior's alone, who sees all of it; then nobody can object any more. The reporter reads every hop in plain words, and
// the limits never stop.
func TestTransfersCannotPingPong(t *testing.T) {
	storyFrom(t, monday, villages, func(w *world) {
		desk, chief := w.officer("desk"), w.officer("chief-shoule")
		zhao, qian := w.officer("zhao"), w.officer("qian")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		accepted := w.caseOf(number)
		zhao.sees("新任务").presses("不属于本网格").presses("地点在别的网格").says("寿乐镇马家湾村").sees("由受理员裁定")
		desk.sees("建议转 寿乐镇马家湾村").presses("✅ 转 寿乐镇马家湾村").sees("已转 寿乐镇马家湾村")
		zhao.sees("已转 寿乐镇马家湾村 办理，原因：地点在别的网格。您这里不用再办")
		ma.sees("已转交 寿乐镇马家湾村 办理（原由 寿乐镇土官口村 办理，原因：地点在别的网格），办理期限不变")
		w.sleep(24 * time.Hour)
		qian.presses("不属于本网格").presses("这里找不到所报的问题").says("寿乐镇土官口村")
		desk.sees("已转办 1 次").presses("✅ 转 寿乐镇土官口村")
		w.sleep(24 * time.Hour)
		zhao.presses("不属于本网格").presses("地点在别的网格").says("寿乐镇马家湾村").sees("改由 寿乐镇 裁定")

		desk.says("/find " + caseNumber(w, number)).sees("须由 寿乐镇 裁定")
		if desk.lastHasButton("改派") || desk.lastHasButton("转 寿乐镇") {
			t.Errorf("the desk may still move it:\n%s", desk.screen())
		}
		desk.presses("改派").sees("没有办理这一步的权限")
		chief.sees("归属争议，请您裁定").sees("（第 3 次）").sees("第 1 次 11-02 寿乐镇土官口村 提出：地点在别的网格，建议转 寿乐镇马家湾村").
			sees("第 2 次 11-03 寿乐镇马家湾村 提出：这里找不到所报的问题").sees("请在 2026-11-06 前裁定")
		chief.presses("❌ 不转，仍由寿乐镇土官口村").sees("异议未采纳")
		zhao.sees("异议未采纳，仍由 寿乐镇土官口村")
		qian.sees("已由 寿乐镇 裁定：仍由 寿乐镇土官口村 办理")
		ma.sees("寿乐镇 已裁定由 寿乐镇土官口村 办理，办理期限不变")
		zhao.says("/work").presses("1")
		if zhao.lastHasButton("不属于本网格") {
			t.Errorf("what is decided may still be objected to:\n%s", zhao.screen())
		}
		zhao.presses("不属于本网格").sees("归属已由共同上级裁定，不能再提异议")
		zhao.presses("接办")
		ma.says("/my").presses(caseNumber(w, number)).
			sees("由 寿乐镇土官口村 转到 寿乐镇马家湾村，原因：地点在别的网格，办理期限不变").
			sees("由 寿乐镇马家湾村 转到 寿乐镇土官口村，原因：这里找不到所报的问题，办理期限不变").
			sees("寿乐镇土官口村 的归属异议（地点在别的网格）未采纳，仍由 寿乐镇土官口村 办理，办理期限不变（由 寿乐镇 裁定）").
			sees("已受理，交 寿乐镇土官口村 办理")
		c := w.caseOf(number)
		before, _ := accepted.Clock(casework.FinishClock)
		after, _ := c.Clock(casework.FinishClock)
		if !c.Decided || c.Bounces != 2 || after.Due != before.Due || !after.Running() {
			t.Errorf("stored as %+v", c)
		}
		w.golden("transfer_cannot_ping_pong.txt")
	})
}

// TestObjectionComesTooLate is told in words how long there was; each cell has its own five working days.
func TestObjectionComesTooLate(t *testing.T) {
	storyFrom(t, monday, villages, func(w *world) {
		desk, zhao, qian := w.officer("desk"), w.officer("zhao"), w.officer("qian")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		w.sleep(4 * 24 * time.Hour)
		zhao.presses("不属于本网格").presses("地点在别的网格").says("寿乐镇马家湾村")
		desk.presses("✅ 转 寿乐镇马家湾村")
		w.sleep(5 * 24 * time.Hour)
		qian.presses("不属于本网格").presses("地点在别的网格").says("寿乐镇土官口村").sees("由受理员裁定")
		desk.presses("❌ 不转，仍由寿乐镇马家湾村")
		w.sleep(3 * 24 * time.Hour)
		qian.presses("不属于本网格").sees("收到之日起 5个工作日")
		if c := w.caseOf(number); c.Dispute != nil || c.Cell != "630202102201" {
			t.Errorf("stored as %+v", c)
		}
	})
}

// TestObjectionNamesADepartment: it is no cell's but a department's; the desk lets that department lead, whose clerk works on
// it; and only a button made for this objection decides it.
func TestObjectionNamesADepartment(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		desk, li, housing := w.officer("desk"), w.officer("li"), w.officer("clerk-housing")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村下水道堵了，井盖冒污水")
		desk.presses("✅ 受理")
		li.presses("不属于本网格").presses("应由别的部门").sees("哪个部门牵头").says("火星局").sees("没找到部门")
		li.says("住建局").presses("区住房和规划建设局").sees("归属异议")
		desk.sees("建议转 区住房和规划建设局").presses("✅ 转 区住房和规划建设局").sees("已转 区住房和规划建设局")
		housing.sees("新任务").presses("接办")
		ma.sees("已转交 区住房和规划建设局 办理（原由 寿乐镇土官口村 办理，原因：应由别的部门")
		desk.presses("✅ 转 区住房和规划建设局").sees("已经处理过了")
		c := w.caseOf(number)
		if c.Lead != "区住房和规划建设局" || c.Handler != "clerk-housing" || c.State != casework.Handling || c.Bounces != 1 {
			t.Errorf("stored as %+v", c)
		}
	})
}
