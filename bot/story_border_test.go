package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// atTheEdge brings a report from a few hundred metres inside the district's eastern line to the desk, and returns the number of its case.
func (w *world) atTheEdge(p, desk *person) string {
	w.t.Helper()
	p.says("河边的砂场往河里排泥浆水，浑得看不见底").locates(102.785, 36.5)
	p.presses("提交").sees("已登记")
	desk.presses("✅ 受理")
	return caseNumber(w, p.number())
}

// TestBorderHandsACaseAcross: a case at the district's edge goes to the neighbour by a numbered letter that names nobody; who reported it
// reads so in plain words; the office is reminded while neither receipt nor answer comes, each is noted with who said it, and the year
// is counted.
func TestBorderHandsACaseAcross(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		number := w.atTheEdge(ma, desk)
		desk.says("/find " + number).presses("📮 移交民和县").sees("移交给哪里").presses("📮 民和县").sees("不要写举报人").says("请查砂场是否在贵县境内排放泥浆水")
		desk.sees("乐环界函〔2026〕1号").sees("请盖章发出").sees("已发函，待回执").sees("2026-11-09 前回执")
		if n := len(desk.papers()); n != 1 {
			t.Errorf("%d documents", n)
		}
		ma.sees("事发地靠近民和县").sees("我们这边照常办理").knowsNothingOf("乐环界函")
		desk.presses("📄 看函").sees("邻近民和县").sees("请查砂场是否在贵县境内").sees("湟水为双方共有").seesNotNow("泥浆水，浑得看不见底")
		desk.presses("🖨 打印件").sees("可以直接打印")
		if text := printed(t, desk.receives(".pdf")); !strings.Contains(text, "关于跨界环境问题的移交函") || !strings.Contains(text, "请查砂场是否在贵县境内") {
			t.Errorf("the letter says:\n%s", text)
		}
		desk.says("/borders " + number).presses("📮 民和县").says("再发一次").sees("还在等回复，不用再发")
		desk.says("/cancel")
		w.until("2026-11-09 08:00")
		desk.seesNot("还没有告知收到")
		w.until("2026-11-10 08:00")
		desk.sees("民和县还没有告知收到 乐环界函〔2026〕1号")
		boss.sees("民和县还没有告知收到")
		li.seesNot("还没有告知收到")
		w.until("2026-11-16 08:00")
		if n := desk.count("还没有告知收到"); n != 1 {
			t.Errorf("reminded %d times in a week", n)
		}
		desk.presses("📮 打开").presses("📥 记回执").says("民和县环境保护局办公室 王某").sees("已收函，待回复").sees("王某（样例·受理员 登记）")
		ma.sees("民和县已经收到我们的函").seesNot("王某")
		w.until("2026-12-03 08:00")
		desk.sees("还没有回复 乐环界函〔2026〕1号")
		boss.says("/borders").sees("🔴 超期").presses("民和县 " + number).presses("💬 记回复").says("砂场在我县境内，已责令停产")
		boss.sees("已回复")
		ma.sees("民和县已经回复我们：\n砂场在我县境内，已责令停产")
		boss.says("/borders").sees("没有等邻县回复的件").presses("📊 2026 年统计").sees("发函 1 件（举报件 1、断面 0）").sees("收到回执 1 件，收到回复 1 件").sees("超期回复 1 件")
		boss.says("/borders").presses("🤝 联系人").sees("民和县（东）共有：湟水").sees("联系人：—").seesNot("由办公室填写")
		c := w.caseOf(number)
		if l, ok := c.LetterOf(casework.AcrossSeries); !ok || l.No != "乐环界函〔2026〕1号" || strings.Contains(l.Text, "浑得") {
			t.Errorf("letter %+v", l)
		}
		w.golden("border.txt")
	})
}

// TestBorderInsideIsRefused: what lies in the middle of the district is nobody's but ours, and only the desk and supervisors hand over.
func TestBorderInsideIsRefused(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, li, yang := w.officer("desk"), w.officer("li"), w.citizen("杨")
		yang.says(sewage).locates(102.4, 36.5).presses("提交").sees("已登记")
		desk.says("/borders " + yang.number()).sees("先作受理决定")
		desk.says("/find " + yang.number()).presses("✅ 受理")
		desk.says("/borders " + caseNumber(w, yang.number())).sees("1000 米以内才移交邻县")
		desk.says("/borders A2026-09999").sees("没有")
		li.says("/borders").sees("只对有相应职责的人员开放")
		yang.says("/borders").sees("只对有相应职责的人员开放")
	})
}

// TestBorderKeepsWhatIsMovedThere: a report from outside that is refused as another area's goes there by the letter that it has anyway,
// and stands on the same list; its receipt is one, wherever it is entered.
func TestBorderKeepsWhatIsMovedThere(t *testing.T) {
	story(t, func(w *world) {
		desk, yang, ma := w.officer("desk"), w.citizen("杨"), w.citizen("马")
		for _, p := range []*person{yang, ma} {
			away := p.submits(smoke + "，雨润镇")
			desk.says("/find " + away).presses("不予受理").presses("不在本区").says("平安区").presses("就这样发出").sees("移送函")
		}
		desk.presses("收到").says("/borders").sees("邻县还没有回复的 2 件").sees("已收函，待回复").sees("已发函，待回执")
		desk.presses("平安区 " + yang.number()).presses("📥 记回执").says("平安区生态环境局").sees("已收函，待回复")
		w.sleep(time.Minute)
		for _, p := range []*person{yang, ma} {
			c := w.caseOf(p.number())
			l, ok := c.LetterOf(casework.MoveSeries)
			if !ok || l.Received.IsZero() {
				t.Errorf("%s: %+v", p.number(), l)
			}
		}
	})
}

// TestBorderHandsAFailingSectionAcross: a section at the edge that missed its target goes to the neighbour by a letter that says month,
// class, target and items; one that meets it, or lies inside, is offered to nobody, and no button of another proves anything.
func TestBorderHandsAFailingSectionAcross(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		boss, clerk := w.officer("boss"), w.officer("clerk-bureau")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-08-04", "2.4"), waterRow("入湟口断面", "2026-08-04", "2.4"), waterRow("老鸦峡口断面", "2026-09-04", "0.4")).presses("✅ 登记")
		boss.says("/sections ruhuangkou")
		if boss.lastHasButton("📮 移交邻县") {
			t.Error("a section inside the district is offered to neighbours")
		}
		boss.forges("bd:to:民和县:section:ruhuangkou")
		clerk.says("/sections laoyaxia")
		if clerk.lastHasButton("📮 移交邻县") {
			t.Error("a clerk is offered what the desk does")
		}
		clerk.forges("bd:to:民和县:section:laoyaxia")
		boss.says("/borders").sees("没有等邻县回复的件")
		boss.says("/sections laoyaxia").presses("📮 移交邻县").sees("把监测断面老鸦峡口断面移交给哪里").presses("📮 民和县").sees("已发函，待回执")
		boss.presses("📄 看函").sees("2026年8月").sees("劣Ⅴ类").sees("没有达到目标Ⅳ类").sees("氨氮")
		boss.says("/sections laoyaxia").presses("📮 移交邻县").presses("📮 民和县").sees("还在等回复，不用再发")
		boss.says("/borders").presses("📊 2026 年统计").sees("举报件 0、断面 1")
		w.until("2026-10-09 09:30")
		boss.forges("bd:section:laoyaxia").sees("不能按不达标移交")
	})
}
