package main

import (
	"strings"
	"testing"
)

// TestWhoseItIsIsAskedWhenNobodyKnows: our own bureau is never named as the other authority.
func TestWhoseItIsIsAskedWhenNobodyKnows(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		ma.submits(sewage)
		desk.presses("不予受理").presses("不属环保职责").sees("归哪个部门管").seesNot("由生态环境")
		desk.says("区水务局").sees("由区水务局负责").presses("就这样发出")
		ma.sees("由区水务局负责")
	})
}

// TestWhoeverWritesOfDangerIsWarned, and told whom to call.
func TestWhoeverWritesOfDangerIsWarned(t *testing.T) {
	story(t, func(w *world) {
		ma := w.citizen("马")
		ma.says("工厂晚上味道大，熏得人呼吸困难，头晕恶心").sees("有人不舒服打 120").sees("着火、泄漏打 119")
	})
}

// TestUrgentCasesComeFirst, and everybody who hears of one is told that it is urgent.
func TestUrgentCasesComeFirst(t *testing.T) {
	story(t, func(w *world) {
		desk, ma, su := w.officer("desk"), w.citizen("马"), w.citizen("苏")
		plain := ma.submits(sewage)
		urgent := su.submits("雨润镇化工厂氨气泄漏，熏得人喘不上气")
		su.sees("已作紧急件转出").sees("最迟")
		ma.seesNot("紧急件").seesNot("前告知")
		desk.sees("🚨 突发报警").sees("举报已提交，并入本报警").says("/desk")
		if list := desk.last(); strings.Index(list, urgent) > strings.Index(list, plain) || !strings.Contains(list, urgent) {
			t.Errorf("the urgent one is not the first:\n%s", list)
		}
	})
}

// TestWhatLiesOutsideIsSaidSo to whoever reports it and to the desk; no queue's name is shown.
func TestWhatLiesOutsideIsSaidSo(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		ma.says("平安区工厂往河里排黑水").presses("仍然登记")
		ma.presses("提交").sees("会转告平安区并告知您。急的话请打 12345").seesNot("待定网格")
		desk.sees("⚠️ 区外：平安区").presses("✅ 受理")
		ma.sees("已受理").says("/my").presses("查看").sees("由区里分派").seesNot("待定网格")
	})
}

// TestACardSaysNothingOfNothing: no dashes, no zeros.
func TestACardSaysNothingOfNothing(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		number := ma.submits(sewage)
		desk.says("/find " + number).sees("来源：群众举报").seesNot("附件 0").seesNot("人反映").seesNot("承办：").seesNot("—")
	})
}

// TestCommandsInWords do what the commands do, and begin no report.
func TestCommandsInWords(t *testing.T) {
	story(t, func(w *world) {
		desk, li, ma := w.officer("desk"), w.officer("li"), w.citizen("马")
		number := ma.submits(sewage)
		ma.says("我的举报").sees("我的举报（共 1 件）").seesNot("补充刚才")
		desk.presses("✅ 受理").says("收到，明天看").sees("待受理的举报").seesNot("至少 5 个字")
		li.says("我的任务").sees("我的任务（共 1 件").says("打卡").sees("按下面的按钮发送位置打卡")
		if c := w.caseOf(number); len(c.Evidence) != 0 {
			t.Errorf("something joined the case: %+v", c)
		}
	})
}

// TestACaseMovesAfterOneMoreTap when its cell was typed.
func TestACaseMovesAfterOneMoreTap(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理").presses("➡️ 改派").says("高庙镇").sees("改派到这里吗")
		if c := w.caseOf(number); c.Cell == "630202103" {
			t.Error("moved without a tap")
		}
		desk.presses("高庙镇")
		if c := w.caseOf(number); c.Cell != "630202103" {
			t.Errorf("moved to %s", c.Cell)
		}
	})
}
