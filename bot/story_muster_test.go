package main

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/seeds"
)

// withTeam prepares a township with an inspector who is on leave and has a deputy, one who is not connected, and a second one.
func withTeam(d *seeds.District) {
	appoint("bai", grid.Inspector, "630202102211")(d)
	appoint("cao", grid.Inspector, "630202102211")(d)
	appoint("deng", grid.Inspector, "630202102211")(d)
}

// musterRecord is the history of the newest muster, line by line.
func (w *world) musterRecord() []string {
	w.t.Helper()
	ids, err := w.app.store.Shelf(context.Background(), muster.Kind, muster.All, 0, math.MaxInt64, 10)
	if err != nil || len(ids) == 0 {
		w.t.Fatalf("musters %v, %v", ids, err)
	}
	lines, err := w.app.store.DossierHistory(context.Background(), muster.Kind, ids[len(ids)-1])
	if err != nil {
		w.t.Fatal(err)
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = string(l)
	}
	return out
}

// TestMuster: a supervisor calls up the inspectors of a township; who is on leave is not called, the deputy is; each answers with
// a button, the caller's one message follows, and how it ended is on record.
func TestMuster(t *testing.T) {
	storyFrom(t, monday, withTeam, func(w *world) {
		boss, chief := w.officer("boss"), w.officer("chief-shoule")
		li, bai, cao := w.officer("li"), w.officer("bai"), w.officer("cao")
		cao.says("/away 3天 chief-shoule").sees("已登记")
		boss.says("/muster").presses("寿乐镇").presses("☐ 网格员").presses("下一步").says("引胜沟出现油污，带吸油毡到岸边").locates(102.4, 36.5)
		boss.presses("60 分钟内").sees("通知 3 人：样例·bai、样例·寿乐网格长、样例·李某").sees("叫不到 1 人").sees("样例·deng")
		boss.presses("发出集结").sees("未回应 3")
		chief.sees("您代 样例·cao 前往")
		cao.seesNot("集结")
		li.presses("✅ 收到").sees("✅ 已收到 11-02 09:00")
		bai.presses("🚗 在路上").sees("在路上（11-02 09:01 起）")
		boss.sees("✅ 已收到 1：样例·李某").sees("🚗 在路上 1：样例·bai（09:01）").sees("未回应 1：样例·寿乐网格长")
		w.sleep(11 * time.Minute)
		chief.sees("集结，请马上回应")
		li.seesNot("集结，请马上回应")
		bai.presses("📍 到达").sees("发送您现在的位置").locates(102.5, 36.5).sees("300 米以内才算到达").locates(102.401, 36.5).sees("距集合点 89 米")
		li.presses("⛔ 来不了").presses("在外地").sees("已告知召集人您来不了：在外地")
		chief.presses("📍 到达").says("不发位置，直接报到").sees("已报到").sees("未发位置")
		boss.sees("📍 到达 2：样例·bai（09:12）（距集合点 89 米）、样例·寿乐网格长（09:12）（未发位置）").sees("⛔ 来不了 1：样例·李某（在外地）")
		if n := boss.count("集结</b>") + boss.count("（11-02 09:00 发出"); n != 1 {
			t.Errorf("the caller has %d boards:\n%s", n, boss.screen())
		}
		boss.presses("🏁 结束集结").presses("确认结束").sees("集结已结束")
		bai.sees("集结已结束").presses("📍 到达").sees("已经结束")
		w.golden("muster.txt")
		events := w.musterRecord()
		if last := events[len(events)-1]; !strings.Contains(last, `"did":"end"`) || !strings.Contains(last, `"there":2`) {
			t.Errorf("the record ends with %s", last)
		}
	})
}

// TestMusterByTheChiefReachesWhoeverStandsIn: a chief calls up the own township; who blocked the bot shows as not reached, and the
// deputy who gets the call in their place answers it. Nobody else may.
func TestMusterByTheChiefReachesWhoeverStandsIn(t *testing.T) {
	prepare := func(d *seeds.District) {
		withTeam(d)
		for i := range d.Officers {
			if d.Officers[i].ID == "li" {
				d.Officers[i].Deputy = "wang"
			}
		}
	}
	storyFrom(t, monday, prepare, func(w *world) {
		chief, li, wang, bai := w.officer("chief-shoule"), w.officer("li"), w.officer("wang"), w.officer("bai")
		chief.says("/muster").sees("寿乐镇：要叫哪些人").presses("☐ 网格员").presses("下一步").says("今晚防汛").says("寿乐镇政府").says("明天 8点半")
		chief.sees("⏰ 11-03 08:30 前").presses("发出集结")
		wang.seesNot("今晚防汛")
		li.does(li.Blocks)
		chief.sees("📵 收不到（停用了机器人）1：样例·李某")
		wang.sees("今晚防汛").sees("您代 样例·李某 前往").presses("🚗 在路上").presses("📍 到达").locates(102.4, 36.5).sees("集合点只有地名，未核对")
		chief.sees("样例·李某（09:00，样例·王某 代）")
		bai.says("/muster").presses("⛔ 来不了").says("家里老人住院").presses("✅ 收到").sees("已经记录过了")
		chief.sees("来不了 1：样例·bai（家里老人住院）")
		desk := w.officer("desk")
		desk.says("/muster").sees("只对有相应职责的人员开放")
		w.sleep(2 * time.Hour)
		bai.seesNot("集结，请马上回应")
		li.Unblocks()
		li.says("/muster").sees("📍 已报到").seesNot("发出集结")
		chief.says("/muster").sees("正在集结 1 次").presses("寿乐镇 11-02").sees("样例·王某 代")
		record := strings.Join(w.musterRecord(), "\n")
		for _, part := range []string{`"did":"call"`, `"did":"unheard","who":"li"`, `"by":"wang"`, `"who":"li"`, `"reason":"家里老人住院"`} {
			if !strings.Contains(record, part) {
				t.Errorf("the record lacks %s:\n%s", part, record)
			}
		}
	})
}

// TestMusterReminds three times and not again, and nothing after its end.
func TestMusterReminds(t *testing.T) {
	story(t, func(w *world) {
		boss, li, wang := w.officer("boss"), w.officer("li"), w.officer("wang")
		boss.says("/muster").presses("乐都区").presses("☐ 网格员").presses("下一步").says("演练").says("区政府").presses("马上").presses("发出集结")
		wang.presses("✅ 收到")
		w.sleep(2 * time.Hour)
		if n := li.count("集结，请马上回应"); n != 3 {
			t.Errorf("reminded %d times", n)
		}
		wang.seesNot("集结，请马上回应")
		boss.says("/muster").presses("📣 新的集结").presses("高庙镇").presses("☐ 网格员").presses("☐ 监督员").presses("☑️ 监督员").presses("下一步")
		boss.says("再演练").says("返回").says("再演练").says("区政府").says("0:10").presses("发出集结")
		boss.presses("🏁 结束集结").presses("确认结束")
		w.sleep(time.Hour)
		wang.sees("再演练").seesNot("集结，请马上回应")
	})
}
