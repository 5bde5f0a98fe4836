package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// TestCheckIn records where an inspector was, inside the own cell or not, and shows it as it is.
func TestCheckIn(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		zhao.says("/checkin").sees("发送位置打卡").locates(102.7543, 36.4434).sees("打卡成功").sees("本网格内").sees("马厂乡")
		zhao.says("/checkin").locates(102.286687, 36.488515).sees("不在您的网格内").sees("雨润镇")
		written := w.emulator.Now().Add(-95 * time.Minute)
		zhao.says("/checkin")
		zhao.does(func() { zhao.SendsLocation(36.4434, 102.7543, 12, botapi.At(written)) })
		local := written.In(w.district.Settings.TimeZone)
		zhao.sees(local.Format("15:04")).sees("晚到 95 分钟")
		zhao.says("/checkin")
		zhao.does(func() { zhao.SendsVenue(36.4434, 102.7543, "马厂乡政府", "马厂乡") })
		zhao.sees("不能选地点").says("/cancel")
		list, err := w.app.store.CheckIns(context.Background(), "zhao", 10)
		if err != nil || len(list) != 3 {
			t.Fatalf("%d check-ins kept, %v", len(list), err)
		}
		late := 0
		for _, in := range list {
			if in.Arrived.Sub(in.At) > time.Hour {
				late++
			}
		}
		if late != 1 {
			t.Errorf("%d of %+v are late", late, list)
		}
		citizen := w.citizen("马")
		citizen.says("/checkin").sees("只对有相应职责的人员开放")
	})
}

// TestFieldReport becomes a case at once, with the inspector as its source and both clocks running.
func TestFieldReport(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		zhao.photographs(1, "马厂乡河边新倒了一堆建筑垃圾").sees("现场上报，已受理")
		c := w.caseOf(zhao.number())
		if c.State != casework.Accepted || c.Source != casework.FromInspector || c.CaseNo == "" || len(c.Evidence) != 1 ||
			c.Evidence[0].By != "zhao" || w.district.Tree.Township(c.Cell) != "630202206" {
			t.Errorf("stored as %+v", c)
		}
		for _, name := range []casework.ClockName{casework.StartClock, casework.FinishClock} {
			if k, ok := c.Clock(name); !ok || !k.Running() {
				t.Errorf("clock %s does not run", name)
			}
		}
		desk.seesNot("待受理")
		zhao.says("/work").sees("共 1 件")
		zhao.says("马厂乡那边的烟囱又冒黑烟了，刺鼻").presses("另报一件").sees("请发一张现场照片")
		zhao.photographs(2, "")
		if n := zhao.count("现场上报，已受理"); n != 2 {
			t.Errorf("%d cases filed:\n%s", n, zhao.screen())
		}
	})
}

// TestWorklist is sorted by limit and turned page by page.
func TestWorklist(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		for i := range 11 {
			zhao.does(func() {
				zhao.SendsPhoto(photo(i), botapi.Caption(fmt.Sprintf("马厂乡第%d处河边倒垃圾没人管", i+1)))
			})
			if zhao.lastHasButton("另报一件") {
				zhao.presses("另报一件")
			}
			w.outage(26 * time.Hour)
		}
		zhao.says("/work").sees("共 11 件")
		first := zhao.last()
		if a, b := strings.Index(first, "第1处"), strings.Index(first, "第2处"); a < 0 || b < a || strings.Contains(first, "第9处") {
			t.Errorf("the first page is not the most pressing:\n%s", first)
		}
		zhao.presses("下一页")
		zhao.sees("第11处")
		zhao.presses("9").sees("来源：")
		for _, who := range []string{"样例·寿乐网格长", "样例·李某"} {
			zhao.seesNot(who)
		}
		li := w.officer("li")
		li.says("/work").sees("没有待办任务")
	})
}

// TestBeforeAndAfter photos tell the result; the rest of an album joins it late.
func TestBeforeAndAfter(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("受理")
		li.presses("接办").presses("上报结果")
		li.photographs(21, "").presses("这是处理前的照片")
		var group string
		li.does(func() {
			group = li.SendsAlbum([][]byte{photo(22), photo(23)}, botapi.Caption("直排口已经封堵，河道清理完毕"))[0].MediaGroupID
		})
		li.presses("属实").presses("不违法").sees("处理前照片：1").presses("✅ 上报结果").sees("已上报，等待审核")
		c := w.caseOf(number)
		stages := map[casework.Stage]int{}
		for _, e := range c.Evidence {
			stages[e.Stage]++
		}
		if stages[casework.Before] != 1 || stages[casework.After] != 2 || c.Finding == "" {
			t.Errorf("stored %v, finding %q", stages, c.Finding)
		}
		desk.sees("待审核").sees("直排口已经封堵").presses("退回").says("请补充河道下游的照片").sees("已退回")
		li.sees("请补充河道下游的照片")
		li.does(func() { li.SendsToAlbum(group, photo(24)) })
		li.presses("上报结果").says("下游照片已经补充，水质清澈").presses("属实").presses("不违法").presses("✅ 上报结果")
		desk.presses("通过并答复").presses("就这样发出")
		ma.sees("已办结").seesNot("下游照片")
		if got := w.caseOf(number); got.State != casework.Answered || len(got.Evidence) != 4 {
			t.Errorf("stored as %+v", got)
		}
	})
}

// TestNotMine: the objection has a reason and a target, the clocks go on, and the desk decides.
func TestNotMine(t *testing.T) {
	story(t, func(w *world) {
		desk, li, wang := w.officer("desk"), w.officer("li"), w.officer("wang")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("受理")
		accepted := w.caseOf(number)
		before, _ := accepted.Clock(casework.StartClock)
		li.presses("不属于本网格").presses("地点在别的网格").says("高庙镇").sees("归属异议")
		c := w.caseOf(number)
		after, _ := c.Clock(casework.StartClock)
		if c.Dispute == nil || c.Dispute.Target != "630202103" || !after.Running() || !after.Due.Equal(before.Due) {
			t.Errorf("stored as %+v", c)
		}
		desk.sees("归属异议").sees("地点在别的网格").sees("建议转 高庙镇")
		desk.presses("改派").says("高庙镇").presses("高庙镇").sees("已转 高庙镇")
		wang.sees("新任务").presses("接办")
		ma.sees("已转交 高庙镇")
		c = w.caseOf(number)
		if k, _ := c.Clock(casework.FinishClock); c.Cell != "630202103" || c.Dispute != nil || c.Handler != "wang" || !k.Running() {
			t.Errorf("stored as %+v", c)
		}
		desk.says("/review").sees("没有待审核的结果")
		li.says("/work").sees("没有待办任务")
	})
}

// TestObjectionIsTurnedDown: the case stays, its people are told, and the reporter hears of no move.
func TestObjectionIsTurnedDown(t *testing.T) {
	story(t, func(w *world) {
		desk, li, wang := w.officer("desk"), w.officer("li"), w.officer("wang")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		before := w.caseOf(number)
		li.presses("不属于本网格").presses("地点在别的网格").says("高庙镇")
		desk.presses("改派").presses("不转，仍由寿乐镇").sees("异议未采纳")
		c := w.caseOf(number)
		if c.Cell != before.Cell || c.Dispute != nil || c.State != casework.Accepted {
			t.Errorf("stored as %+v", c)
		}
		li.sees("归属异议未采纳").says("/work").sees("共 1 件")
		ma.seesNot("已转交")
		wang.seesNot("新任务")
	})
}

// TestNothingInThePicture: what officers are shown of a photo that was sent as a file tells neither place nor telephone.
func TestNothingInThePicture(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.does(func() {
			ma.SendsDocument("a.jpg", "image/jpeg", photoAt(1, 36.488515, 102.286687), botapi.Caption(sewage))
		})
		if ma.lastHasButton("不是这里") {
			ma.presses("不是这里")
		}
		ma.presses("提交").sees("已登记")
		desk.presses("✅ 受理").presses("🖼 照片")
		li.presses("🖼 照片")
		for _, o := range []*person{desk, li} {
			pictures := 0
			for _, m := range o.FromBot() {
				if m.Document != nil {
					t.Errorf("%s was sent the file itself", o.Name())
				}
				for _, size := range m.Photo {
					raw, ok := w.emulator.File(size.FileID)
					if !ok || bytes.Contains(raw, []byte("Exif")) {
						t.Errorf("%s was shown %d bytes with metadata", o.Name(), len(raw))
					}
					pictures++
				}
			}
			if pictures == 0 {
				t.Errorf("%s was shown no picture:\n%s", o.Name(), o.screen())
			}
		}
	})
}

// TestWeakSignal brings an inspector's messages late and out of order: each keeps the time at which it was written.
func TestWeakSignal(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("受理")
		li.presses("接办").presses("上报结果")
		w.sleep(5 * time.Hour)
		now := w.emulator.Now()
		li.does(func() {
			li.SendsPhoto(photo(31), botapi.At(now.Add(-time.Hour)), botapi.Caption("处理后"))
			li.Says("直排口已经封堵，河道清理完毕", botapi.At(now.Add(-2*time.Hour)))
			li.SendsPhoto(photo(32), botapi.At(now.Add(-3*time.Hour)))
		})
		li.presses("属实").presses("不违法")
		li.presses("✅ 上报结果").sees("等待审核")
		c := w.caseOf(number)
		if len(c.Evidence) != 2 || c.Evidence[0].Arrived.Sub(c.Evidence[0].At) < 50*time.Minute {
			t.Errorf("evidence %+v", c.Evidence)
		}
		if c.Finding != "直排口已经封堵，河道清理完毕" {
			t.Errorf("finding %q", c.Finding)
		}
	})
}
