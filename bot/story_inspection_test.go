package main

import (
	"context"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
)

// inspections are the finished ones of a site, as the store has them.
func (w *world) inspections(n site.Number) []site.Inspection {
	w.t.Helper()
	ctx := context.Background()
	ids, err := w.app.store.Shelf(ctx, site.InspectionDossier, site.InspectedShelf(n), site.First, site.Last, 10)
	if err != nil {
		w.t.Fatal(err)
	}
	docs, err := w.app.store.Dossiers(ctx, site.InspectionDossier, ids)
	if err != nil {
		w.t.Fatal(err)
	}
	out := make([]site.Inspection, len(docs))
	for i, d := range docs {
		if out[i], err = site.ReadInspection(d); err != nil {
			w.t.Fatal(err)
		}
	}
	return out
}

// A checklist is answered by buttons, with a photo of what fails; a failure becomes a case by one tap; when it is finished the
// site is due anew.
func TestInspection(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		w.sleep(10 * 24 * time.Hour)
		zhao.says("/site PW0001").presses("到场打卡").locates(102.7544, 36.4435).sees("距点位 14 米")
		zhao.says("/site PW0001").presses("开始检查").sees("（1/5）").sees("排水无异常颜色")
		zhao.presses("✅ 合格").sees("（2/5）").presses("❌ 不合格").sees("请发照片或写明情况")
		zhao.photographs(41, "一根白色软管直通河里").sees("已保存（本项照片 1 张）").presses("继续").sees("（3/5）")
		zhao.presses("✅ 合格").presses("➖ 不适用").presses("✅ 合格").sees("不合格 1 项")
		zhao.presses("第2项立案").sees("已立案")
		c := w.caseOf(zhao.number())
		if c.State != casework.Accepted || c.Source != casework.FromInspector || c.Site != "PW0001" || c.Text != "马厂沟排口：未经处理的污水直排入河\n一根白色软管直通河里" ||
			len(c.Evidence) != 1 || len(c.Kinds) != 1 || c.Kinds[0] != "sewage" || c.Point == nil {
			t.Errorf("the case: %+v", c)
		}
		zhao.presses("完成检查").sees("检查完成").sees("下次：⏳ 应于 2026-11-19 前检查")
		done := w.inspections("PW0001")
		if len(done) != 1 || done[0].Officer != "zhao" || len(done[0].Answers) != 5 || len(done[0].Failed()) != 1 || done[0].Failed()[0].Case != c.ID {
			t.Errorf("the record: %+v", done)
		}
		x := w.siteOf("PW0001")
		if !x.Inspected.Equal(done[0].Done) || len(x.Open()) != 1 || x.Open()[0] != c.ID {
			t.Errorf("the site: %+v", x)
		}
		zhao.presses("看检查记录").sees("已立案").sees("检查记录")
		w.golden("inspection.txt")
	})
}

// Whoever loses the signal, or is called away for days, goes on where the inspection stands; an old button changes what it was made for and
// nothing else.
func TestInspection_Resumed(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao, li := w.officer("zhao"), w.officer("li")
		zhao.addsSite("加油站", "样例加油站", 102.7543, 36.4434)
		zhao.presses("开始检查").presses("✅ 合格")
		w.restart()
		w.sleep(3 * 24 * time.Hour)
		zhao.says("马厂乡河边新倒了一堆建筑垃圾").says("/cancel")
		zhao.says("/inspections").sees("1/3 项").presses("JY0001").sees("（2/3）")
		zhao.presses("⬅️ 上一项").sees("双层罐").presses("❌ 不合格").says("只有单层罐").presses("继续").sees("（2/3）")
		zhao.says("/site JY0001")
		if !zhao.lastHasButton("继续检查") {
			t.Errorf("a second one could be begun:\n%s", zhao.screen())
		}
		zhao.presses("继续检查").presses("✅ 合格").presses("✅ 合格").sees("不合格 1 项").presses("完成检查").sees("没有现场打卡")
		if done := w.inspections("JY0001"); len(done) != 1 || done[0].Answer("tanks").Words != "只有单层罐" {
			t.Errorf("the record: %+v", done)
		}
		zhao.says("/inspections").sees("没有未完成的检查")
		m := zhao.FromBot()
		for i := len(m) - 1; i >= 0; i-- {
			if data, ok := buttonData(m[i], "完成检查"); ok {
				zhao.does(func() { _, _ = zhao.Presses(m[i].ID, data) })
				break
			}
		}
		zhao.sees("这次检查已经完成")
		li.does(func() { li.Forges(1, "q:done:"+w.inspections("JY0001")[0].ID) })
		li.sees("没有这次检查")
	})
}

// A check-in far from the site is kept as it is, and counts as no visit.
func TestInspection_FarAway(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		zhao.addsSite("加油站", "样例加油站", 102.7543, 36.4434)
		visited := w.siteOf("JY0001").Visited
		w.sleep(24 * time.Hour)
		zhao.says("/site JY0001").presses("开始检查").says("/site JY0001").presses("到场打卡").locates(102.7643, 36.4434)
		zhao.sees("不算到场").says("/inspections").presses("JY0001")
		zhao.presses("✅ 合格").presses("✅ 合格").presses("✅ 合格").sees("距点位 89").presses("完成检查")
		if done := w.inspections("JY0001"); len(done) != 1 || done[0].Metres == nil || *done[0].Metres < 800 {
			t.Errorf("the record: %+v", done)
		}
		if x := w.siteOf("JY0001"); x.Visited.Equal(visited) || !x.Visited.Equal(x.Inspected) {
			t.Errorf("visited %v, inspected %v, before %v", x.Visited, x.Inspected, visited)
		}
	})
}
