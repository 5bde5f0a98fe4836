package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestRealName: left before submitting, seen by nobody, opened by the district for a reason, told to whom it concerns,
// shown in their data, and taken back.
func TestRealName(t *testing.T) {
	story(t, func(w *world) {
		const phone, name = "+8613997412058", "马秀英"
		secrets := []string{phone, "13997412058", name, "7391846205"}
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.stranger("小马")
		ma.says("寿乐镇土官口村有人把污水直接排到引胜沟里").presses("✍️ 实名举报").sees("匿名举报完全可以").sees("打电话核实")
		ma.says("123").sees("不像姓名").presses("✍️ 实名举报").says(name).sees("留下手机号").sharesPhone()
		ma.sees("实名举报：马**，电话 ****2058").presses("提交").sees("已登记")
		number := ma.number()
		c := w.caseOf(number)
		if !c.RealName {
			t.Error("the case does not know that there is a name")
		}
		w.findsNowhere(secrets...)

		desk.presses("✅ 受理")
		li.presses("🔧 接办").says("/find " + number).sees("群众（实名）")
		if li.lastHasButton("查看举报人") {
			t.Error("the handler is offered the name")
		}
		for _, p := range []*person{li, ma} {
			p.does(func() { p.Forges(p.FromBot()[0].ID, "c:unseal:"+string(c.ID)) })
			p.seesNot("为什么要看")
		}
		boss.says("/find " + number).presses("🔓 查看举报人").sees("为什么要看").presses("发放举报奖励").sees("请写明").says("领奖").sees("请写明")
		boss.seesNot(name)
		boss.says("奖励审批表第12号").sees("将记入").presses("🔓 记录在案").sees("姓名：" + name).sees(phone)
		if m := boss.shown("姓名：" + name); !m.HasProtectedContent {
			t.Error("the name can be passed on")
		}
		ma.sees("监督员查看了您留下的姓名和电话，理由：发放举报奖励")
		desk.says("/find " + number).presses("🔓 查看举报人").presses("法院、检察院依法调取").says("某法调字第3号").presses("🔓 记录在案").sees(name)
		ma.seesNot("法院")
		ma.says("/mydata").sees("手机号：" + phone).sees("姓名：" + name).sees("身份被查看：1 次").sees("监督员：发放举报奖励").sees("实名")
		ma.seesNot("法院")
		ma.says("/my").presses(number).sees("工作人员查看了举报人身份：发放举报奖励").seesNot("法院")
		li.knowsNothingOf(secrets...)
		w.findsNowhere(secrets...)
		var opened []string
		for _, e := range w.history(w.caseOf(number)) {
			if e.Action == casework.Unseal {
				opened = append(opened, e.By+" "+e.Note["reason"]+" "+e.Note["words"])
			}
		}
		if got := strings.Join(opened, "|"); got != "boss reward 奖励审批表第12号|desk court 某法调字第3号" {
			t.Errorf("on record: %s", got)
		}

		ma.presses("撤回实名").presses("确定撤回实名").sees("姓名和电话已删除")
		if w.caseOf(number).RealName {
			t.Error("the case still says that there is a name")
		}
		boss.says("/find " + number).presses("🔓 查看举报人").presses("需要打电话核实").says("现场找不到排口").presses("🔓 记录在案").sees("没有留下姓名和电话")
		ma.says("/mydata")
		if last := ma.shown("手机号：").Text; strings.Contains(last, phone) || strings.Contains(last, name) {
			t.Errorf("still there:\n%s", last)
		}
	})
}

// TestNameLater: somebody anonymous leaves a name when the case is closed already, for the reward; and no number with it.
func TestNameLater(t *testing.T) {
	story(t, func(w *world) {
		desk, li, boss := w.officer("desk"), w.officer("li"), w.officer("boss")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村有人把污水直接排到引胜沟里")
		desk.presses("✅ 受理")
		li.presses("🔧 接办").handsIn("现场查实一处直排口，已封堵")
		desk.presses("🏁 通过并答复").presses("就这样发出")
		ma.sees("已办结").says("/my").presses(ma.number()).presses("✍️ 实名举报").says("才让·多杰").sees("再留一个电话吗").says("不留").sees("加密保存您的姓名")
		boss.says("/find " + number).presses("🔓 查看举报人").presses("发放举报奖励").says("奖励审批表").presses("🔓 记录在案").sees("姓名：才让·多杰").sees("电话：—")
	})
}

// TestNameIsToldInTheMorning, and a setting says of which reasons nobody is told.
func TestNameIsToldInTheMorning(t *testing.T) {
	storyFrom(t, monday.Add(14*time.Hour), func(d *seeds.District) { d.Settings.UnsealSilent = nil }, func(w *world) {
		desk := w.officer("desk")
		ma := w.stranger("马")
		ma.says("寿乐镇土官口村有人把污水直接排到引胜沟里").presses("留手机号").sharesPhone().presses("提交").sees("已登记")
		number := ma.number()
		desk.says("/find " + number).presses("🔓 查看举报人").presses("法院、检察院依法调取").says("某法调字第3号").presses("🔓 记录在案").sees("13997412058")
		ma.seesNot("查看了您留下的")
		w.sleep(8 * time.Hour)
		ma.sees("查看了您留下的姓名和电话，理由：法院、检察院依法调取")
	})
}

// TestTheAccusedGridUnsealsNothing: whoever answers for the cell does not learn who reported it, whatever they are beside.
func TestTheAccusedGridUnsealsNothing(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) {
		for i, o := range d.Officers {
			if o.ID == "boss" {
				a := o.Appointments[0]
				a.Role, a.Cell = grid.Chief, "630202102"
				d.Officers[i].Appointments = []grid.Appointment{o.Appointments[0], a}
			}
		}
	}, func(w *world) {
		w.officer("desk")
		boss := w.officer("boss")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村有人把污水直接排到引胜沟里")
		boss.says("/find " + number)
		if boss.lastHasButton("查看举报人") {
			t.Error("offered to the chief of the cell")
		}
		boss.does(func() { boss.Forges(boss.shown(number).ID, "c:unseal:"+string(w.caseOf(number).ID)) })
		boss.seesNot("为什么要看").sees("没有办理这一步的权限")
	})
}

// TestANameIsReadWithItsOwnReportOnly: what somebody left with one report is not read through another that they made without a
// name, nor through one that they made anonymous again.
func TestANameIsReadWithItsOwnReportOnly(t *testing.T) {
	story(t, func(w *world) {
		const name = "马秀英"
		boss := w.officer("boss")
		w.officer("desk")
		ma := w.stranger("小马")
		ma.says(sewage).presses("✍️ 实名举报").says(name).sharesPhone().presses("提交").sees("已登记")
		first := ma.number()
		second := ma.says(smoke + "，就在寿乐镇土官口村口").presses("另报一件").presses("提交").sees("已登记").number()
		tries := func(number string) {
			boss.says("/find " + number).presses("🔓 查看举报人").presses("需要打电话核实").says("现场找不到排口").presses("🔓 记录在案")
		}
		tries(second)
		boss.sees("没有留下姓名和电话").knowsNothingOf(name, "13997412058")
		ma.seesNot("查看了您留下的")
		ma.says("/my").presses(second).presses("✍️ 实名举报").says(name).says("不留")
		if !w.caseOf(second).RealName {
			t.Fatal("no name was left")
		}
		ma.says("/my").presses(second).presses("撤回实名").presses("确定撤回实名")
		tries(second)
		boss.knowsNothingOf(name, "13997412058")
		tries(first)
		boss.sees("姓名：" + name)
	})
}

// TestANameLeftInAnAlarm is the report's, as any other.
func TestANameLeftInAnAlarm(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.stranger("小马")
		ma.says("寿乐镇土官口村引胜沟河里死鱼一大片").presses("✍️ 实名举报").says("马秀英").sharesPhone().presses("提交").sees("已登记")
		if c := w.theAlarm(); !c.RealName || !c.Phone {
			t.Errorf("the report knows of no name: %+v", c)
		}
	})
}
