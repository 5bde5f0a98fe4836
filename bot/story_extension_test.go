package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// handled brings a report of ma's to somebody who works on it, and returns its case number.
func (w *world) handled(desk, li, ma *person) string {
	w.t.Helper()
	number := ma.submits(sewage)
	desk.says("/find " + number).presses("✅ 受理")
	li.presses("接办")
	c := w.caseOf(number)
	return c.CaseNo
}

// finish is the last of the case's clocks to finish.
func (w *world) finish(number string) casework.Clock {
	w.t.Helper()
	c := w.caseOf(number)
	k, ok := c.Clock(casework.FinishClock)
	if !ok {
		w.t.Fatalf("%s has no limit", number)
	}
	return k
}

// TestExtension_Granted: asked for with days and a reason, granted by somebody else by name, and the reporter is told the new date,
// why, and in which function it was granted (rules §1, §12.9).
func TestExtension_Granted(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		number := w.handled(desk, li, ma) // 2 November + 30 days = 2 December
		li.presses("申请延期").presses("10天").says("等市监测站的水样化验结果").sees("等监督员批准")
		boss.sees("延期申请").sees("申请延期 10 天：等市监测站的水样化验结果").says("/extensions").sees(number)
		boss.presses("✅ 同意 10 天").sees("新期限 2026-12-14")
		li.sees("同意延期 10 天")
		ma.sees("经监督员批准").sees("延长 10 天").sees("最迟 2026-12-14 答复您").sees("延期理由：等市监测站的水样化验结果")
		if k := w.finish(number); k.Extended != 10 {
			t.Errorf("%+v", k)
		}
		events := w.history(w.caseOf(number))
		if e := events[len(events)-1]; e.Action != casework.Extend || e.By != "boss" || e.Note["days"] != "10" {
			t.Errorf("on record: %+v", e)
		}
		boss.says("/extensions").sees("没有延期申请")
		w.golden("extension_granted.txt")
	})
}

// TestExtension_FewerAndDenied: fewer days may be granted; a denial tells whoever asked, and the public nothing.
func TestExtension_FewerAndDenied(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		number := w.handled(desk, li, ma)
		li.presses("申请延期").says("20").says("等市监测站的水样化验结果").sees("等监督员批准")
		boss.presses("少几天").says("30").sees("1 到 19").presses("5天").sees("延期 5 天")
		li.presses("申请延期").sees("最多还能延 25 天").says("26").sees("1 到 25").presses("25天").says("企业还在整改，需要再等").sees("等监督员批准")
		before := len(ma.FromBot())
		boss.presses("不同意").says("先到现场核实整改进度").sees("期限仍是")
		li.sees("未获同意").sees("先到现场核实整改进度")
		if len(ma.FromBot()) != before {
			t.Errorf("the reporter heard of a denial:\n%s", ma.screen())
		}
		if k := w.finish(number); k.Extended != 5 {
			t.Errorf("%+v", k)
		}
	})
}

// TestExtension_TooLate gets its sentence at once, as does whoever has used it all; a stranger may do nothing.
func TestExtension_TooLate(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li, wang := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("wang")
		ma := w.citizen("马")
		number := w.handled(desk, li, ma)
		c := w.caseOf(number)
		for _, verb := range []string{"ask_extension", "extend", "extend_fewer", "deny_extension", "uphold", "rework", "receipt", "ask_more"} {
			wang.does(func() { wang.Forges(1, "c:"+verb+":"+string(c.ID)) })
		}
		if after := w.caseOf(number); after.Version != c.Version {
			t.Errorf("a stranger changed the case to %+v", after)
		}
		li.presses("申请延期").presses("30天").says("等市监测站的水样化验结果")
		boss.presses("✅ 同意 30 天")
		li.presses("申请延期").sees("已经用完")
		w.sleep(70 * 24 * time.Hour)
		li.says("/find " + number).presses("申请延期").sees("办理期限已到，不能再申请")
	})
}
