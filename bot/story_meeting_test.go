package main

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/seeds"
)

// withMeeting prepares a district with a leader in charge, the clerks of two departments, and no plan.
func withMeeting(d *seeds.District) {
	duty(d)
	clerks(d)
	d.Plan = plan.Plan{}
}

// TestMeeting: the agenda is drawn from a case that is long overdue and edited by hand; those concerned are invited and answer; what
// is decided becomes numbered minutes and tasks, which are chased, reported and accepted.
func TestMeeting(t *testing.T) {
	storyFrom(t, monday, withMeeting, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		chief, li, water, housing := w.officer("chief-shoule"), w.officer("li"), w.officer("clerk-water"), w.officer("clerk-housing")
		number := w.handed(w.citizen("马"), desk, li)
		w.until("2026-12-18 10:00")
		boss.says("/meeting").sees("拟议题").sees(number + "（乐都区寿乐镇）办理超期16天").seesNotNow("污水直接排")
		boss.presses("加议题").says("乡镇污水处理站运行").sees("乡镇污水处理站运行")
		boss.presses("加议题").says("写错了的议题").presses(w.lastDrop(boss)).seesNotNow("写错了")
		boss.presses("定时间").says("后天").sees("没看懂").says("12-21 15:00").sees("⏰ 2026-12-21 15:00")
		boss.presses("定地点").says("区政府三楼会议室").sees("📍 区政府三楼会议室").presses("通知全部")
		boss.sees("未回复").sees("没有接入，请电话通知")
		for _, p := range []*person{chief, water, housing} {
			p.sees("联席会议通知").sees("办理超期16天")
		}
		li.seesNot("联席会议")
		chief.presses("✅ 出席").sees("已回复：出席")
		water.presses("🤝 请人代").says("李科长").sees("请人代——李科长")
		housing.presses("🙏 请假").says("同日有省里督查").sees("请假——同日有省里督查")
		boss.sees("✅ 出席 1：寿乐镇").sees("🤝 请人代 1：区水务局（李科长）").sees("🙏 请假 1：区住房和规划建设局（同日有省里督查）")
		li.says("/meeting").sees("没有要您参加的联席会议")
		w.until("2026-12-20 15:00")
		chief.sees("联席会议将于 2026-12-21 15:00 召开")
		housing.seesNot("联席会议将于")
		w.until("2026-12-21 16:00")
		boss.presses("📝 决定").sees("还没有决定").presses("记一项决定").says("查清寿乐镇污水来源并封堵").presses("寿乐镇").says("12-28").sees("寿乐镇 · 限 2026-12-28")
		boss.presses("记一项决定").says("检修寿乐镇污水处理站").presses("某一位责任人").says("样例·clerk-water").says("明年").sees("没看懂").says("2027-01-15")
		boss.presses("形成纪要").sees("乐环纪〔2026〕1号").sees("决定 2 项")
		if n := len(chief.papers()); n < 1 {
			t.Errorf("the chief has no minutes:\n%s", chief.screen())
		}
		water.sees("检修寿乐镇污水处理站").sees("限 2027-01-15")
		housing.sees("纪要 乐环纪〔2026〕1号").seesNot("责任：")
		w.until("2026-12-25 09:00")
		chief.sees("会议决定快到期限：查清寿乐镇污水来源并封堵")
		w.until("2026-12-28 09:00")
		w.until("2026-12-29 09:00")
		chief.sees("会议决定已超期")
		boss.sees("会议决定超期未报")
		li.says("/meeting").seesNot("查清寿乐镇")
		chief.says("/meeting").presses("📤 报告完成").says("查明是村企业偷排，已封堵").sees("等待认可")
		boss.sees("报告完成会议决定").presses("↩️ 退回第 1 项").says("请附整改通知文号").sees("退回")
		chief.sees("退回继续办理：请附整改通知文号").presses("📤 报告完成").says("整改通知〔2026〕8号已送达")
		boss.presses("✅ 认可第 1 项").sees("已认可办结")
		chief.sees("已认可办结")
		water.says("/meeting").presses("📤 报告完成").says("已检修")
		boss.presses("✅ 认可第 2 项").sees("决定全部办结").says("/meeting").sees("拟议题")
		for _, o := range []*person{chief, water} {
			if n := strings.Count(o.screen(), "会议决定已超期"); n > 1 {
				t.Errorf("%s was told %d times", o.Name(), n)
			}
		}
	})
}

// TestMeetingTalk is how it reads, and who may do what: one's own decision is accepted by another, what is incomplete is not
// minuted, nobody answers for a unit that is not theirs, and a meeting that is called off is told to whoever was invited.
func TestMeetingTalk(t *testing.T) {
	storyFrom(t, monday, withMeeting, func(w *world) {
		boss, water, li := w.officer("boss"), w.officer("clerk-water"), w.officer("li")
		boss.says("/meeting").sees("没有超期、有争议的事项").presses("加议题").says("引胜沟排污口整治")
		boss.presses("定时间").says("明天 15:00").presses("定地点").says("区政府三楼会议室").presses("通知全部")
		water.presses("✅ 出席")
		boss.presses("📝 决定").presses("记一项决定").says("排查引胜沟全部排污口").presses("📝 决定（0）").presses("形成纪要").sees("还没有定责任单位或期限")
		boss.presses("补全第 1 项").presses("区水务局").says("昨天").sees("期限不能早于今天").says("11-20")
		boss.presses("记一项决定").says("复核台账").presses("某一位责任人").says("样例·监督员").says("11-10").presses("形成纪要").sees("乐环纪〔2026〕1号")
		water.sees("会议决定").presses("📤 报告完成").says("排查 12 处，已建台账").sees("等待认可").presses("📤 报告完成").sees("已经报告完成了")
		boss.presses("✅ 认可第 1 项").sees("已认可办结").says("/meeting").presses("决定办理中").sees("✅ 已办结")
		w.golden("meeting.txt")
		boss.presses("📤 报告第 2 项完成").says("台账已复核").says("/meeting").presses("决定办理中").presses("认可第 2 项").sees("请另一位监督员认可")

		data, _ := buttonData(water.FromBot()[2], "出席")
		li.does(func() { _, _ = li.Presses(li.FromBot()[0].ID, data) })
		li.seesNot("联席会议通知")
		boss.presses("🗂 新的联席会议").presses("加议题").says("另一件事").presses("定时间").says("后天 9:00").presses("定地点").says("区水务局").presses("通知全部")
		water.sees("11-04 09:00")
		boss.presses("✖️ 取消会议").sees("联席会议已取消")
		water.sees("的联席会议取消，不用参加了")
		li.says("/meeting").sees("没有要您参加的联席会议")
		w.citizen("马").says("/meeting").sees("只对有相应职责的人员开放")
	})
}

// lastDrop is the label of the button that drops the last point.
func (w *world) lastDrop(p *person) string {
	w.t.Helper()
	label := ""
	m := p.FromBot()
	for _, row := range m[len(m)-1].ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if strings.HasPrefix(b.Text, "➖") {
				label = b.Text
			}
		}
	}
	return label
}

// seesNotNow fails when the newest message holds the words.
func (p *person) seesNotNow(words string) {
	p.w.t.Helper()
	if strings.Contains(p.last(), words) {
		p.w.t.Fatalf("%s sees %q:\n%s", p.Name(), words, p.last())
	}
}

// TestMeetingDrawsOnThePlan: the agenda begins with the milestones that are longest overdue, and those who lead them are invited.
func TestMeetingDrawsOnThePlan(t *testing.T) {
	storyFrom(t, december.AddDate(0, 1, 0), clerks, func(w *world) {
		boss, housing := w.officer("boss"), w.officer("clerk-housing")
		boss.says("/meeting").sees("6. ").seesNot("7. ").sees("已超期").sees("牵头：").presses("➖ 6").seesNotNow("6. ")
		boss.presses("定时间").says("明天 15:00").presses("定地点").says("区政府").presses("通知全部")
		housing.sees("联席会议通知").sees("牵头：").says("/meeting").sees("请按下面的按钮回复")
	})
}
