package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/seeds"
)

// nationalDay is 03:00 on 1 October 2026 in Ledu: night, and the first of seven days off.
var nationalDay = time.Date(2026, 9, 30, 19, 0, 0, 0, time.UTC)

// duty prepares a district that has a leader, too.
func duty(d *seeds.District) { appoint("leader", grid.Chief, d.Tree.Root().Code)(d) }

// atNight tells a story that begins on that night.
func atNight(t *testing.T, tell func(w *world)) {
	t.Helper()
	storyFrom(t, nationalDay, duty, tell)
}

// theAlarm is the only case that the district has.
func (w *world) theAlarm() casework.Case {
	w.t.Helper()
	found := make([]casework.Case, 0, 1)
	for c, err := range w.app.store.EachCase(context.Background()) {
		if err != nil {
			w.t.Fatal(err)
		}
		found = append(found, c)
	}
	if len(found) != 1 {
		w.t.Fatalf("%d cases, want one", len(found))
	}
	return found[0]
}

// TestDeadFishAtThree follows an incident from the first words of a citizen, at three in the morning of a holiday, through
// calls that nobody answers, a level that rises, three reports and a letter to the county downstream.
func TestDeadFishAtThree(t *testing.T) {
	atNight(t, func(w *world) {
		desk, boss, leader := w.officer("desk"), w.officer("boss"), w.officer("leader")
		chief, li := w.officer("chief-shoule"), w.officer("li")
		ma := w.citizen("马")
		began := time.Now()
		ma.says("寿乐镇河里死鱼一大片").sees("119").sees("已经马上转给值班人员").seesNot("2026-")
		desk.sees("突发报警：死鱼").sees("寿乐镇河里死鱼一大片").sees("举报还没填完")
		if called := time.Since(began); called > time.Minute {
			t.Errorf("the desk was called after %s", called)
		}
		for _, o := range []*person{boss, leader, chief, li} {
			o.seesNot("报警")
		}
		w.sleep(6 * time.Minute) // nobody answers
		chief.sees("报警无人应答，呼叫下一级").sees("寿乐镇河里死鱼一大片")
		boss.sees("呼叫下一级")
		leader.seesNot("报警")
		w.sleep(5 * time.Minute)
		leader.sees("呼叫区级")
		li.seesNot("报警")
		w.sleep(11 * time.Minute)
		if n := li.count("呼叫全体"); n != 2 {
			t.Errorf("the inspector was called %d times by then, want 2:\n%s", n, li.screen())
		}
		boss.presses("已收到").sees("请核实后定级")
		desk.sees("样例·监督员已收到")
		ma.sees("值班人员已收到您的报警")
		w.sleep(30 * time.Minute)
		if n := li.count("呼叫全体"); n != 2 {
			t.Errorf("the inspector was called %d times, though it was heard", n)
		}

		ma.presses("提交").sees("已登记")
		number := ma.number()
		desk.sees("举报已提交，并入本报警").seesNot("待受理 " + number)

		boss.presses("定级").presses("Ⅳ级").sees("10-01 07:00").sees("乐都区人民政府").seesNot("青海省")
		boss.presses("定级").says("死亡0 中毒12 转移300人 损失600万").sees("应为Ⅲ级").presses("定为Ⅲ级").sees("Ⅲ级（较大）")
		desk.sees("把等级升为Ⅲ级（较大）")
		w.sleep(2*time.Hour + 15*time.Minute) // past 06:00
		desk.reminded("突发事件上报时限将到", number, "2026-10-01 06:00")
		w.report(boss, "初报", "其余都正在核实")
		boss.sees("乐环突报〔2026〕1号").sees("突发环境事件初报").sees("1．发生时间：2026-10-01 03:00 接到报告").sees("签发人：样例·监督员")
		boss.sees("目前没有欠报的报告")

		boss.presses("定级").presses("Ⅱ级").presses("县级城市水源地取水中断").sees("须按新的等级再报一次").sees("青海省环境保护厅")
		c := w.caseOf(number)
		if k, ok := c.Clock(casework.ReportClock); !ok || !k.Running() || k.Limit.String() != "2h" || time.Until(k.Due) < 119*time.Minute {
			t.Errorf("after the rise the limit is %+v", k)
		}
		w.report(boss, "续报", "")
		boss.sees("乐环突报〔2026〕2号").sees("此前已报：乐环突报〔2026〕1号")

		boss.presses("水会流出本区").sees("乐环突函〔2026〕1号").sees("民和回族土族自治县环境保护局")
		w.sleep(61 * time.Minute)
		desk.sees("通报邻区时限已超期")
		boss.presses("已通报邻区").says("打电话给民和县环保局值班室张某").sees("已记下")
		w.report(boss, "处理结果报告", "其余都正在核实")
		boss.sees("乐环突报〔2026〕3号").presses("报告与函").sees("已通报：").presses("🖨 打印件").sees("乐环突报〔2026〕3号，可以直接打印")
		text := printed(t, boss.receives(".pdf"))
		for part, times := range map[string]int{"突发环境事件处理结果报告": 1, "乐环突报〔2026〕3号": 1, "青海省环境保护厅": 1, "签发人：样例·监督员": 1, "⟨": 0} {
			if n := strings.Count(text, part); n != times {
				t.Errorf("the report says %q %d times:\n%s", part, n, text)
			}
		}
		if c = w.caseOf(number); c.Incident.Stands() || len(c.Incident.Reports) != 3 || c.Incident.Reports[1].Level.Level != incident.LevelII {
			t.Errorf("the incident ends as %+v", c.Incident)
		}
		w.checkHistories()
	})
}

// report gives out a report of the chain by buttons and a few words.
func (w *world) report(p *person, kind, rest string) {
	w.t.Helper()
	p.presses(kind)
	if rest != "" {
		p.presses(rest)
	} else {
		p.says("已投放活性炭，正在监测")
	}
	p.presses("样例·监督员").presses("签发")
}

// TestAlarmStandsWithoutTheForm: whoever cancels, or never comes back, has said it all the same; the officers decide. What
// turns out to be nothing ends as a false alarm with its reason.
func TestAlarmStandsWithoutTheForm(t *testing.T) {
	atNight(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		ma.says("引胜沟里鱼都翻肚皮了").sees("值班人员").presses("取消")
		desk.sees("报警人没有把举报填完").sees("报警仍在").presses("已收到")
		w.sleep(25 * time.Hour)
		if c := w.theAlarm(); c.State != casework.Alarm || !c.Incident.Stands() {
			t.Fatalf("the alarm is %s", c.State)
		}
		ma.says("/my").sees("您还没有举报记录")
		desk.presses("误报").says("没有").sees("至少 5 个字")
		desk.says("到现场看过，是上游放水，没有死鱼").sees("已记为不是突发事件")
		if c := w.theAlarm(); c.State != casework.FalseAlarm || !strings.Contains(c.Incident.Off.How, "上游放水") {
			t.Errorf("it ends as %s: %+v", c.State, c.Incident.Off)
		}
		ma.sees("目前没有发现突发环境事件")
		before := desk.count("突发事件上报")
		w.sleep(24 * time.Hour)
		if after := desk.count("突发事件上报"); after != before {
			t.Errorf("%d reminders after it was stood down", after-before)
		}
		w.checkHistories()
	})
}

// TestAlarmBecomesACase without the form; who comes back to it is given number and code, and no second report is made.
func TestAlarmBecomesACase(t *testing.T) {
	atNight(t, func(w *world) {
		desk, li, ma := w.officer("desk"), w.officer("li"), w.citizen("马")
		ma.says("寿乐镇有人往水渠里投毒")
		desk.presses("✅ 受理")
		li.sees("新任务")
		ma.presses("提交").sees("值班人员已先行处理").sees("查询码")
		if c := w.theAlarm(); c.State != casework.Accepted || c.CaseNo == "" {
			t.Errorf("it is %s %s", c.State, c.CaseNo)
		}
		w.checkHistories()
	})
}

// TestTwoSeeTheSameIncident: the second joins the first, nobody is called twice, and the officers read both.
func TestTwoSeeTheSameIncident(t *testing.T) {
	atNight(t, func(w *world) {
		desk, ma, yang, su := w.officer("desk"), w.citizen("马"), w.citizen("杨"), w.citizen("苏")
		ma.says("寿乐镇土官口村河里死鱼一大片")
		yang.says("寿乐镇土官口村桥下鱼死了好多，水发红").sees("值班人员")
		desk.sees("另有人报告同一事件").sees("水发红")
		if n := desk.count("突发报警："); n != 1 {
			t.Errorf("the desk was called %d times", n)
		}
		yang.presses("提交").sees("您说的情况已并入")
		if c := w.theAlarm(); len(c.Followers) != 1 {
			t.Errorf("followers %v", c.Followers)
		}
		desk.presses("已收到")
		yang.sees("值班人员已收到您的报警")
		su.says("雨润镇罐车侧翻，柴油流到水渠里") // elsewhere and something else
		if n := desk.count("突发报警："); n != 2 {
			t.Errorf("the desk was called %d times for two incidents", n)
		}
		w.checkHistories()
	})
}

// TestAlarmIsNotTheEverydayTalk: what only sounds like it calls nobody.
func TestAlarmIsNotTheEverydayTalk(t *testing.T) {
	atNight(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		ma.says("寿乐镇鱼塘臭死了，污水没人管").says("今天参加水源地保护宣传活动")
		desk.seesNot("报警")
	})
}

// TestInspectorRaisesAnAlarm in the field: it is a case at once, and the desk is called.
func TestInspectorRaisesAnAlarm(t *testing.T) {
	atNight(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		li.photographs(3, "寿乐镇土官口村河面上一层油，污水横流")
		li.sees("现场上报，已受理")
		desk.sees("突发报警：河水突然变色或漂油")
		if c := w.theAlarm(); c.State != casework.Accepted || c.Source != casework.FromInspector || len(c.Evidence) != 1 || c.Incident == nil {
			t.Errorf("it is %s from %s with %d files", c.State, c.Source, len(c.Evidence))
		}
		w.checkHistories()
	})
}

// TestAlarmBringsWhatWasSaid: the photo and the place, as far as they are known, and what is added later, before anything is
// submitted; the words of whoever raised it and nobody's name.
func TestAlarmBringsWhatWasSaid(t *testing.T) {
	atNight(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.stranger("马秀英")
		ma.photographs(7, "化工厂旁边河里死鱼一大片").sees("在哪里")
		desk.sees("有人说：\n化工厂旁边河里死鱼一大片")
		shown := desk.FromBot()
		if m := shown[len(shown)-1]; len(m.Photo) == 0 {
			t.Errorf("the alarm brings no photo:\n%s", desk.screen())
		}
		ma.locates(102.40196, 36.48153)
		desk.sees("报警人又说").seesNot("马秀英").seesNot("7391846205")
		if c := w.theAlarm(); c.Point == nil || c.Cell == w.district.Tree.Unassigned().Code || len(c.Evidence) != 1 || len(c.Incident.Graded) > 0 {
			t.Errorf("the alarm is in %s at %v with %d files", c.Cell, c.Point, len(c.Evidence))
		}
		w.checkHistories()
		w.golden("alarm.txt")
	})
}

// TestReportedIncidentIsNoFalseAlarm: an unclear level at the border is reported like a grave one, and what was reported is
// neither stood down nor taken back.
func TestReportedIncidentIsNoFalseAlarm(t *testing.T) {
	atNight(t, func(w *world) {
		boss, ma := w.officer("boss"), w.citizen("马")
		number := ma.submits("寿乐镇土官口村河里死鱼一大片")
		boss.says("/incident " + number).presses("一时无法判明").presses("可能跨省").sees("按重大以上程序").sees("青海省环境保护厅")
		w.report(boss, "初报", "其余都正在核实")
		if g := w.caseOf(number).Incident.Level(); g.Level != incident.NoLevel || !g.Grave() {
			t.Errorf("level %+v", g)
		}
		boss.says("/incidents").sees(number)
		if boss.lastHasButton("误报") {
			t.Error("what was reported is offered as a false alarm")
		}
		ma.says("/my").presses(number)
		if ma.lastHasButton("撤回") {
			t.Error("the reporter may take back what stands")
		}
	})
}

// TestAlarmOnAnOldReport: more about a report may be what cannot wait.
func TestAlarmOnAnOldReport(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		ma.says("/my").presses(caseNumber(w, number)).presses("补充情况").says("现在河里死鱼一大片，水源地也漂着油").sees("已经马上转给值班人员")
		desk.sees("突发报警：死鱼")
		c := w.caseOf(number)
		if k, _ := c.Clock(casework.ReportClock); !k.Running() || k.Limit.N != 2 {
			t.Errorf("the limit of reporting is %+v", k)
		}
	})
}
