package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// withBai prepares a district in which bai is a second inspector, of a village of the same township.
func withBai(d *seeds.District) { appoint("bai", grid.Inspector, "630202102211")(d) }

// TestAway: the deputy is told at once with what lies on the desk, gets the new tasks and acts on them in the absent one's
// name, which the history says; and cannot any more from the minute on in which the absence is over.
func TestAway(t *testing.T) {
	storyFrom(t, monday, withBai, func(w *world) {
		boss, desk, chief, li := w.officer("boss"), w.officer("desk"), w.officer("chief-shoule"), w.officer("li")
		w.officer("bai")
		ma, yang := w.citizen("马"), w.citizen("杨")
		first := ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办")
		li.says("/away 3天 bai").sees("不在您的网格或上级网格任职")
		li.says("/away 3天 chief-shoule").sees("已登记：2026-11-02 至 2026-11-04 外出，代理人：样例·寿乐网格长")
		chief.sees("样例·李某（寿乐镇网格员）外出至 2026-11-04").sees("名下在办 1 件")
		if !chief.lastHasButton(w.shown(first)) {
			t.Errorf("no way to what lies on the desk:\n%s", chief.screen())
		}
		boss.says("/roster 寿乐镇").sees("今日外出 1 人").sees("外出至 2026-11-04，代理：样例·寿乐网格长")
		before := li.count("新任务")
		yang.submits("寿乐镇土官口村养殖场粪水流进水渠")
		desk.presses("✅ 受理")
		chief.sees("粪水")
		if li.count("新任务") != before {
			t.Errorf("a task went to who is away:\n%s", li.screen())
		}
		chief.presses(w.shown(first)).handsIn("已经封堵排污口，清理河道").sees("已上报")
		events := w.history(w.caseOf(first))
		if e := events[len(events)-1]; e.Action != casework.HandIn || e.By != "chief-shoule" || e.Note["for"] != "" {
			t.Errorf("a chief acts with the own authority: %+v", e)
		}
	})
}

// shown is the number of the case that officers are shown for a report's.
func (w *world) shown(number string) string {
	c := w.caseOf(number)
	return c.Shown()
}

// TestDeputyActsForTheAbsent: somebody who has no post there may act while the absence lasts, and not a minute longer.
func TestDeputyActsForTheAbsent(t *testing.T) {
	storyFrom(t, monday, withBai, func(w *world) {
		admin, desk, li, bai := w.officer("root-admin"), w.officer("desk"), w.officer("li"), w.officer("bai")
		ma, yang := w.citizen("马"), w.citizen("杨")
		first := ma.submits(sewage)
		desk.presses("✅ 受理")
		bai.says("/work").seesNot(w.shown(first))
		admin.says("/away li 11-03 11-04 bai").sees("已为 样例·李某 登记：2026-11-03 至 2026-11-04")
		li.sees("管理员已为您登记")
		bai.sees("2026-11-03 至 2026-11-04 外出，由您代理").says("/work").seesNot(w.shown(first))
		w.sleep(24 * time.Hour) // Tuesday, 09:00
		bai.sees("样例·李某 今天起外出，至 2026-11-04，由您代理")
		bai.says("/work").sees(w.shown(first)).says("/find " + w.shown(first)).presses("接办").sees("样例·bai")
		events := w.history(w.caseOf(first))
		if e := events[len(events)-1]; e.Action != casework.Take || e.By != "bai" || e.Note["for"] != "li" {
			t.Errorf("the history does not say who acted for whom: %+v", e)
		}
		desk.says("/find " + w.shown(first)).presses("经过").sees("样例·bai 代 样例·李某")
		ma.says("/my").presses("A2026").seesNot("样例")
		second := yang.submits("寿乐镇土官口村养殖场粪水流进水渠")
		desk.presses("✅ 受理")
		bai.sees("粪水")
		w.sleep(39 * time.Hour) // Thursday, 00:00 and a few seconds
		bai.says("/find " + w.shown(second)).seesNot("来源：养殖").presses("接办").sees("没有办理这一步的权限")
		w.sleep(9 * time.Hour)
		bai.sees("登记的外出已结束，您的代理到此为止")
		li.sees("欢迎回来").says("/work").sees("共 2 件")
	})
}

// TestAwayTalk is how it reads.
func TestAwayTalk(t *testing.T) {
	story(t, func(w *world) {
		chief, li := w.officer("chief-shoule"), w.officer("li")
		li.says("/away").presses("从明天起").says("五天").says("网格长").presses("确认外出")
		chief.says("/who 寿乐镇 11-04")
		w.sleep(24 * time.Hour)
		li.says("/away").presses("我回来了")
		w.golden("away.txt")
	})
}

// TestAwayStepByStep asks for everything by buttons, and returning early ends it.
func TestAwayStepByStep(t *testing.T) {
	storyFrom(t, monday, nil, func(w *world) {
		desk, chief, li := w.officer("desk"), w.officer("chief-shoule"), w.officer("li")
		li.says("请假").sees("您从哪天起外出").presses("从明天起").presses("3 天").sees("2026-11-03 至 2026-11-05，由谁代理")
		li.presses("样例·寿乐网格长").sees("请核对").presses("确认外出").sees("已登记：2026-11-03 至 2026-11-05")
		chief.sees("由您代理").sees("到时会再提醒您")
		li.says("/away").sees("您已登记外出：2026-11-03 至 2026-11-05（代理人：样例·寿乐网格长）")
		w.sleep(26 * time.Hour)
		chief.sees("今天起外出")
		li.says("回来了").sees("欢迎回来")
		chief.sees("不再外出，您的代理到此结束")
		w.citizen("马").submits(sewage)
		desk.presses("✅ 受理")
		li.sees("新任务")
		li.says("/away off").sees("没有登记外出")
		li.says("/away 11-20 11-21 chief-shoule").says("/away off").sees("登记的外出已取消")
		w.sleep(72 * time.Hour)
		if n := li.count("登记的外出已结束"); n != 0 {
			t.Errorf("told %d times of an end that came early", n)
		}
		ma := w.citizen("杨")
		ma.says("/away 3天").sees("只对有相应职责的人员开放")
		for said, answer := range map[string]string{
			"/away 11-01 11-02": "最早从今天", "/away 11-20 11-10": "最后一天不能早于第一天", "/away 2026-12-01 2029-12-01": "请核对年份",
			"/away 3天 nobody": "没有在岗的“nobody”", "/away 3天 li": "不能是本人", "/away 3天 wang": "还没有接入", "/away desk 3天": "用法",
		} {
			li.says(said).sees(answer)
		}
	})
}

// TestAwayWithoutDeputy: the admins are told, tasks climb to the cell above, and the digest tells of the blind spot once.
func TestAwayWithoutDeputy(t *testing.T) {
	storyFrom(t, monday, withBai, func(w *world) {
		admin, boss, desk, bai := w.officer("root-admin"), w.officer("boss"), w.officer("desk"), w.officer("bai")
		li := w.officer("li")
		w.sleep(24 * time.Hour) // Tuesday's digest was told: nothing changed
		quiet := boss.count("盲区网格")
		bai.says("/away 5天").sees("代理人：无人代理")
		admin.sees("外出，无人代理")
		w.citizen("马").submits("寿乐镇阳关沟村河道有人倒垃圾，没有人管")
		desk.presses("✅ 受理")
		li.sees("新任务")
		bai.seesNot("新任务")
		w.sleep(24 * time.Hour)
		if n := boss.count("盲区网格"); n != quiet+1 {
			t.Errorf("told %d times of the new blind spot:\n%s", n-quiet, boss.screen())
		}
		boss.presses("👁 盲区网格").sees("没有网格长和网格员")
		w.sleep(24 * time.Hour)
		if n := boss.count("👁 盲区网格"); n > quiet+1 {
			if d := boss.count("工作提要"); d < 3 {
				t.Errorf("%d digests", d)
			}
		}
		bai.says("/blind").sees("只对有相应职责的人员开放")
	})
}

// TestBlockedOfficer: deputy and admins are told once, with what is left; nothing that is sent to them is lost.
func TestBlockedOfficer(t *testing.T) {
	lonely := func(d *seeds.District) {
		withBai(d)
		for i := range d.Officers {
			if d.Officers[i].ID == "li" {
				d.Officers[i].Deputy = "bai"
			}
		}
	}
	storyFrom(t, monday, lonely, func(w *world) {
		admin, desk, chief, li, bai := w.officer("root-admin"), w.officer("desk"), w.officer("chief-shoule"), w.officer("li"), w.officer("bai")
		number := w.citizen("马").submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办")
		li.does(func() { li.Blocks() })
		for _, p := range []*person{admin, chief, bai} {
			if n := p.count("停用了机器人，收不到消息。名下在办 1 件"); n != 1 {
				t.Errorf("%s was told %d times:\n%s", p.Name(), n, p.screen())
			}
		}
		if !chief.lastHasButton(w.shown(number)) || bai.lastHasButton(w.shown(number)) {
			t.Error("the case is not offered to exactly those who may open it")
		}
		w.citizen("杨").submits("寿乐镇土官口村养殖场粪水流进水渠")
		desk.presses("✅ 受理")
		chief.sees("粪水")
		for _, p := range []*person{admin, chief, bai} {
			if n := p.count("停用了机器人，收不到消息"); n != 1 {
				t.Errorf("%s was told %d times", p.Name(), n)
			}
		}
		desk.seesNot("停用了机器人")
	})
}

// TestLeftPost: when an officer's posts end, what they worked on goes back to the cell, whose people are told, and
// reminders reach somebody.
func TestLeftPost(t *testing.T) {
	story(t, func(w *world) {
		admin, desk, chief, li := w.officer("root-admin"), w.officer("desk"), w.officer("chief-shoule"), w.officer("li")
		number := w.citizen("马").submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办")
		admin.says("/dismiss li").sees("已解除 样例·李某")
		if n := chief.count("已不再任职。原来经手的在办件 1 件"); n != 1 {
			t.Errorf("told %d times:\n%s", n, chief.screen())
		}
		chief.presses(w.shown(number))
		if !chief.lastHasButton("上报结果") {
			t.Errorf("the cell cannot go on with it:\n%s", chief.screen())
		}
		w.outage(32 * 24 * time.Hour)
		if len(chief.told("办结时限")) == 0 {
			t.Errorf("no reminder reached the cell:\n%s", chief.screen())
		}
		if n := chief.count("已不再任职"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if len(li.told("办结时限")) > 0 {
			t.Error("who left is still reminded")
		}
	})
}

// TestWho was responsible on a day, and who stood in, is answered later as it was.
func TestWho(t *testing.T) {
	storyFrom(t, monday, withBai, func(w *world) {
		admin, li, chief := w.officer("root-admin"), w.officer("li"), w.officer("chief-shoule")
		li.says("/away 11-03 11-04 chief-shoule").sees("已登记")
		w.sleep(7 * 24 * time.Hour)
		admin.says("/dismiss li").sees("已解除")
		w.sleep(24 * time.Hour)
		ask := func(words string) string {
			admin.says("/who " + words)
			return admin.last()
		}
		for words, want := range map[string][]string{
			"寿乐镇 2026-11-03":     {"寿乐镇 2026-11-03 的责任人", "网格员 样例·李某", "外出，代理：样例·寿乐网格长", "网格长 样例·寿乐网格长"},
			"寿乐镇 2026-11-09":     {"网格员 样例·李某（2017-01-01 至 2026-11-09）"},
			"630202102211 11-03": {"网格员 样例·bai", "网格员 样例·李某"},
			"寿乐镇":                {"网格长 样例·寿乐网格长"},
			"马厂乡 2026-11-03":     {"马厂乡 当天没有网格长和网格员"},
		} {
			got := strings.NewReplacer("<b>", "", "</b>", "").Replace(ask(words))
			for _, part := range want {
				if !strings.Contains(got, part) {
					t.Errorf("/who %s does not say %q:\n%s", words, part, got)
				}
			}
		}
		if got := ask("寿乐镇"); strings.Contains(got, "李某") {
			t.Errorf("who left is still named today:\n%s", got)
		}
		chief.says("/who").sees("用法：/who")
		w.citizen("马").says("/who 寿乐镇").sees("只对有相应职责的人员开放")
		roster, err := w.app.store.Roster(context.Background())
		if o, _ := roster.Officer("li"); err != nil || len(o.Appointments) != 1 || len(o.Absences) != 1 {
			t.Errorf("the past was rewritten: %+v, %v", o, err)
		}
	})
}
