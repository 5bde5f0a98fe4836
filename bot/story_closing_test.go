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

// closingRoster adds whom closing needs beside the main thread: the district's own chief, a publisher, a second supervisor,
// and two certified officers.
func closingRoster(d *seeds.District) {
	appoint("district-chief", grid.Chief, d.Tree.Root().Code)(d)
	appoint("publisher", grid.Publisher, d.Tree.Root().Code)(d)
	appoint("boss-2", grid.Supervisor, d.Tree.Root().Code)(d)
	for _, id := range []grid.OfficerID{"cert-1", "cert-2"} {
		appoint(id, grid.Supervisor, d.Tree.Root().Code)(d)
		d.Officers[len(d.Officers)-1].Certificate = "样例-" + string(id)
	}
}

// answered brings a report to its answer and returns its number.
func (w *world) answered(ma, desk, li *person) string {
	w.t.Helper()
	number := ma.submits(sewage)
	desk.presses("✅ 受理")
	li.presses("接办").handsIn("查实村口污水管破裂，已换管并清淤")
	desk.presses("通过并答复").presses("就这样发出")
	ma.sees("问题解决了吗")
	return number
}

// TestThreeTexts: the finding is the office's, the reply is the reporter's, and the public reads neither: a third text, which
// names nobody and which somebody else approved.
func TestThreeTexts(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, li, pub := w.officer("desk"), w.officer("li"), w.officer("publisher")
		ma, yang := w.citizen("马"), w.citizen("杨")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办").handsIn("查实村口污水管破裂，已换管并清淤")
		desk.sees("结论：属实").presses("只审核结论").sees("已审核通过")
		c := w.caseOf(number)
		if k, ok := c.Clock(casework.ReplyClock); c.FindingBy != "desk" || !ok || !k.Running() {
			t.Errorf("an approved finding has no limit to be told: %+v", c)
		}
		desk.presses("通过并答复").sees("经现场核查属实").presses("就这样发出")
		ma.sees("经现场核查属实").seesNot("污水管破裂")
		desk.says("/find " + number).presses("拟公开文本").sees("公众将看到").sees("寿乐镇：群众反映的水问题，经查属实")
		desk.presses("就这样发出").sees("等另一人同意")
		c = w.caseOf(number)
		if text, ok := c.Public(); ok {
			t.Errorf("the public reads %q before anybody approved it", text)
		}
		desk.says("/find " + number)
		if desk.lastHasButton("同意公开") {
			t.Error("one may approve one's own words")
		}
		pub.sees("待同意公开").says("/publish").sees("共 1 件").presses("同意公开").sees("已同意公开")
		c = w.caseOf(number)
		if text, _ := c.Public(); text != "寿乐镇：群众反映的水问题，经查属实，已处理完毕。" {
			t.Errorf("the public reads %q", text)
		}
		pub.says("/publish").sees("没有待同意公开的文本")
		for _, p := range []*person{ma, yang} {
			p.seesNot("群众反映的水问题").seesNot("换管")
		}
		yang.says("/publish").sees("只对有相应职责的人员开放")
	})
}

// TestNothingIsClosedFromADeskChair: without the photos that the category asks for a result is not taken, and each verdict has
// its own reply.
func TestNothingIsClosedFromADeskChair(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办").presses("上报结果").says("到现场看了，没有发现排污").presses("不属实").sees("还缺照片：现场")
		if li.lastHasButton("✅ 上报结果") {
			t.Error("the result can be handed in without a photo")
		}
		li.photographs(7, "").presses("✅ 上报结果")
		desk.sees("结论：不属实").presses("通过并答复").sees("没有发现反映的情况").presses("就这样发出")
		ma.sees("没有发现反映的情况")
		if c := w.caseOf(number); c.Verdict != casework.Unfounded || c.Violation {
			t.Errorf("stored as %+v", c)
		}
	})
}

// TestSettled: one tap says that all is well, a second how satisfied; neither waits for the other.
func TestSettled(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		ma.sees("2026-11-09").presses("已解决").sees("满意吗")
		if c := w.caseOf(number); c.State != casework.Closed || c.Score != 0 {
			t.Errorf("stored as %+v", c)
		}
		ma.presses("4⭐").sees("打了 4 分")
		if c := w.caseOf(number); c.Score != 4 {
			t.Errorf("score %d", c.Score)
		}
		desk.says("/find " + number).sees("满意度：4 分")
		if n := w.counted("score_4"); n != 1 {
			t.Errorf("counted %d", n)
		}
		w.golden("reporter_is_satisfied.txt")
	})
}

// TestOnlyTheReporterConfirms: whoever follows a case hears how it ended and has no say in whether it did.
func TestOnlyTheReporterConfirms(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		ma, yang := w.citizen("马"), w.citizen("杨")
		at := func(p *person, words string) { p.says(words).locates(102.7543, 36.4434) }
		at(ma, "洗沙场往河里排泥水，河都浑了")
		ma.presses("提交")
		at(yang, "有人往河里排浑水，臭得很")
		yang.presses("就是这件").sees("并入")
		desk.says("/find " + ma.number()).presses("✅ 受理")
		zhao.presses("接办").handsIn("已责令洗沙场停产整改")
		desk.presses("通过并答复").presses("就这样发出")
		yang.sees("已办结").seesNot("问题解决了吗")
		if yang.lastHasButton("已解决") {
			t.Error("a follower may confirm")
		}
		ma.sees("问题解决了吗")
		id := w.caseOf(ma.number()).ID
		yang.does(func() { yang.Forges(1, "c:confirm:"+string(id)) })
		yang.sees("没有办理这一步的权限")
		if c := w.caseOf(ma.number()); c.State != casework.Answered {
			t.Errorf("a follower brought it to %s", c.State)
		}
	})
}

// TestAViolationNeedsCertifiedOfficers: a grid worker finds it and reports; nobody closes it before two certified officers
// were on the spot.
func TestAViolationNeedsCertifiedOfficers(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, li, first, second := w.officer("desk"), w.officer("li"), w.officer("cert-1"), w.officer("cert-2")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办")
		li.says("/find " + caseNumber(w, number))
		if li.lastHasButton("到场执法") {
			t.Error("a grid worker may investigate")
		}
		li.presses("📤 上报结果").says("发现一处暗管直排，已制止").presses("属实").presses("是违法行为").sees("还缺照片")
		li.photographs(91, "处理前").photographs(92, "处理后").sees("涉嫌违法").presses("✅ 上报结果")
		desk.sees("持证人员到场 0 人").presses("通过并答复").sees("须有 2 名以上持证执法人员").seesNot("举报人将收到")
		first.says("/find " + number).presses("登记到场执法").sees("已登记")
		desk.says("/find " + number).sees("持证人员到场 1 人").presses("通过并答复").seesNot("举报人将收到")
		second.says("/find " + number).presses("登记到场执法")
		desk.says("/find " + number).sees("持证人员到场 2 人").presses("通过并答复").sees("举报人将收到").presses("就这样发出")
		c := w.caseOf(number)
		if c.State != casework.Answered || len(c.Investigators) != 2 {
			t.Errorf("stored as %+v", c)
		}
		ma.sees("已办结").seesNot("暗管")
	})
}

// TestSilenceIsLookedAt: where the reporter says nothing, a supervisor looks, and not the one who closed it.
func TestSilenceIsLookedAt(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		w.outage(8 * 24 * time.Hour)
		if c := w.caseOf(number); c.State != casework.SpotCheck {
			t.Fatalf("after the week it is %s", c.State)
		}
		boss.says("/spot").sees("共 1 件").presses("1").presses("抽查通过").says("好").sees("至少 5 个字")
		boss.says("到村口看过，管子已换，水清了").presses("5⭐").sees("抽查通过")
		c := w.caseOf(number)
		if c.State != casework.Closed || c.Score != 5 {
			t.Errorf("stored as %+v", c)
		}
		if last := w.history(c); !strings.Contains(last[len(last)-1].Note["reason"], "到村口看过") {
			t.Errorf("history ends with %+v", last[len(last)-1])
		}
		boss.says("/spot").sees("没有待抽查的件")
		desk.says("/spot").sees("没有待抽查的件")
	})
}

// TestTheLot falls on answered cases two weeks later; the hash that decided is on record, each case is drawn once, and what the
// reporter said before stands when they are not reached.
func TestTheLot(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		ma.presses("已解决").presses("4⭐")
		w.outage(14 * 24 * time.Hour)
		c := w.caseOf(number)
		events := w.history(c)
		want := casework.Lot(w.district.Settings.CallbackSeed, "2026-W45", []string{c.Shown()}, w.district.Settings.CallbackShare)
		last := events[len(events)-1]
		if c.State != casework.SpotCheck || last.Action != casework.Draw || last.Note["ticket"] != want[0].Hash || last.Note["lot"] != "2026-W45" {
			t.Fatalf("%s after %+v", c.State, last)
		}
		boss.says("/spot").presses("1").sees("抽中回访").presses("抽查通过").says("打电话没有人接，到现场看水已清").presses("没有联系上举报人")
		w.outage(8 * 24 * time.Hour)
		if c = w.caseOf(number); c.State != casework.Closed || c.Score != 4 {
			t.Errorf("stored as %+v", c)
		}
		tickets, _, err := w.app.callbacks().Lot(context.Background(), "2026-W45")
		if err != nil || len(tickets) != 1 || tickets[0] != want[0] {
			t.Errorf("recomputed as %+v, %v", tickets, err)
		}
		var out strings.Builder
		lot := lotCmd{Week: "2026-W45", recordFlags: recordFlags{Lang: "zh-CN", Media: t.TempDir()}}
		lot.RedisURL, lot.Keys = w.parts.Redis.URL, strings.Repeat("0123456789abcdef", 4)
		if err = lot.Run(context.Background(), streams{out: &out}); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.Contains(got, "1 抽中 "+c.Shown()+" "+want[0].Hash+"（已办结）") || !strings.Contains(got, "答复 1 件，抽中 1 件") {
			t.Errorf("printed:\n%s", got)
		}
	})
}
