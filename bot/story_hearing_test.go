package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/hearing"
)

// TestHearing: announced by another than who drafted it; seats, waiting list, a seat that becomes free, a reminder the day before, codes at
// the door, sealed names that are read for a reason, minutes, and in the end no names any more.
func TestHearing(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss, li := w.officer("publisher"), w.officer("boss"), w.officer("li")
		ma, yang, he := w.citizen("马"), w.citizen("杨"), w.citizen("何")
		pub.says("/hearings").presses("➕ 听证会").presses("🏷 标题").says("禁烧区划定听证会").presses("📄 说明").says("听取沿线居民、商户意见")
		pub.presses("📍 地点").says("区政府一楼会议室").presses("⏰ 时间").says("11-20 14:30").presses("🪑 席位").says("两个").sees("请写群众席位的数目").says("2")
		pub.presses("⏱ 报名截止").says("11-21 18:00").sees("不能晚于开会时间").says("11-18 18:00").presses("✅ 审批并发布").sees("不能审批自己经办的事项")
		boss.says("/hearings").presses("禁烧区划定听证会").presses("✅ 审批并发布").sees("报名中")
		pub.sees("已审批发布")
		ma.says("/hearings").presses("禁烧区").sees("席位 2，还剩 2").presses("📝 报名").sees("封存保管").says("马秀英").sees("再写电话").says("马秀英 13997412058").sees("已报名").sees("您有席位，入场码")
		yang.says("/start h_" + w.hearingID()).presses("📝 报名").says("杨某某，13900000001").sees("您有席位")
		he.says("/hearings").presses("禁烧区").sees("已满").presses("⏳ 报名候补").says("何某 13900000002").sees("候补，第 1 位")
		he.says("/hearings").presses("禁烧区").seesNotNow("报名候补")
		yang.says("/hearings").presses("禁烧区").presses("✖️ 我来不了").sees("已经删除")
		he.sees("有空席了").sees("您有席位，入场码")
		w.until("2026-11-19 14:30")
		ma.sees("明天开会").sees("区政府一楼会议室")
		yang.seesNot("明天开会")
		w.findsNowhere("马秀英", "13997412058")
		boss.says("/hearings").presses("禁烧区").presses("🔓 看名单").says("打印席卡").sees("马秀英 13997412058 · 有席位").sees("何某 13900000002").seesNotNow("杨某某")
		if last := w.hearingEvents()[len(w.hearingEvents())-1]; !strings.Contains(last, `"did":"open_list"`) || !strings.Contains(last, "打印席卡") || !strings.Contains(last, `"by":"boss"`) {
			t.Errorf("reading the names is not on record: %s", last)
		}
		li.says("/hearings").presses("禁烧区")
		li.does(func() { _, _ = li.Presses(li.FromBot()[0].ID, "hr:list:"+w.hearingID()) })
		li.seesNot("马秀英")
		w.until("2026-11-20 14:30")
		code := ma.seatCode()
		boss.says("/hearings").presses("禁烧区").presses("🚪 签到").says("XXXXX").sees("没有这个入场码").says(strings.ToUpper(code)).sees("已到 1")
		w.until("2026-12-05 07:00")
		pub.sees("会议记录还没有公布").presses("🗳 打开").presses("📄 公布记录").says("到会群众 1 人，多数支持划定禁烧区。").sees("记录已公布")
		ma.sees("会议记录已公布").presses("📄 看记录").sees("多数支持划定禁烧区")
		w.until("2026-12-21 00:00")
		boss.says("/hearings").sees("现在没有听证会")
		w.golden("hearing.txt")
		if d := w.hearing(); !d.Cleared || len(d.Seats) != 3 {
			t.Errorf("%+v", d)
		}
		for _, p := range w.hearing().People() {
			if _, err := w.app.store.Person(context.Background(), p); err == nil {
				t.Errorf("%s is still known", p)
			}
		}
	})
}

// TestHearingIsCalledOff: whoever signed up is told why; somebody who is forgotten leaves the list.
func TestHearingIsCalledOff(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss, ma, yang := w.officer("publisher"), w.officer("boss"), w.citizen("马"), w.citizen("杨")
		pub.says("/hearings").presses("➕ 座谈会").presses("🏷 标题").says("村民座谈").presses("📄 说明").says("听意见").presses("📍 地点").says("村部")
		pub.presses("⏰ 时间").says("11-20 14:30").presses("🪑 席位").says("1")
		boss.says("/hearings").presses("村民座谈").presses("✅ 审批并发布")
		for _, p := range []*person{ma, yang} {
			p.says("/hearings").presses("村民座谈").presses("报").says(p.Name() + "某 13900000001")
		}
		yang.sees("候补，第 1 位")
		ma.says("/forget").presses("删除")
		yang.sees("有空席了")
		boss.says("/hearings").presses("村民座谈").presses("✖️ 取消").says("大雪封路").sees("已取消")
		yang.sees("大雪封路。给您添麻烦了，请不必前来")
		ma.seesNot("大雪封路")
		w.sleep(25 * time.Hour)
		if !w.hearing().Cleared {
			t.Error("the names are kept")
		}
	})
}

// seatCode is the code that the person was given.
func (p *person) seatCode() string {
	p.w.t.Helper()
	_, after, ok := strings.Cut(p.screen(), "入场码 ")
	if !ok {
		p.w.t.Fatal("no code")
	}
	return after[:5]
}

func (w *world) hearingID() string {
	w.t.Helper()
	ids, err := w.app.store.Shelf(context.Background(), hearing.Kind, hearing.All, 0, 1e15, 10)
	if err != nil || len(ids) == 0 {
		w.t.Fatalf("%v %v", ids, err)
	}
	return ids[len(ids)-1]
}

func (w *world) hearing() hearing.Hearing {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), hearing.Kind, w.hearingID())
	var h hearing.Hearing
	if err == nil {
		err = d.Into(&h)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

func (w *world) hearingEvents() []string {
	w.t.Helper()
	lines, err := w.app.store.DossierHistory(context.Background(), hearing.Kind, w.hearingID())
	if err != nil {
		w.t.Fatal(err)
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = string(l)
	}
	return out
}
