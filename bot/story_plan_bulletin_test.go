package main

import (
	"context"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// TestPlanBulletin: on the first working day of the quarter every department gets the numbered bulletin on how the plan came on in
// the quarter before, once; "received" is on record, and of the silent the supervisors hear.
func TestPlanBulletin(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		boss, housing, water := w.officer("boss"), w.officer("clerk-housing"), w.officer("clerk-water")
		housing.says("/measure 22").presses("2").presses("📝 报告进展").says("100%").says("清淤已全部完成").presses("✅ 提交")
		w.until("2018-01-01 10:00")
		housing.seesNot("进展通报") // New Year is no working day
		w.until("2018-01-02 09:00")
		housing.sees("2017年第四季度工作计划进展通报 乐环进通〔2018〕1号").presses("已收到").sees("已签收 乐环进通〔2018〕1号")
		water.sees("乐环进通〔2018〕1号")
		boss.sees("抄送·2017年第四季度工作计划进展通报").presses("📄 查看签收").sees("签收 1/").sees("未签收：").sees("样例·clerk-water").presses("🖨 打印件").sees("可以直接打印")
		if text := printed(t, boss.receives(".pdf")); !strings.Contains(text, "关于工作计划季度进展情况的通报") || !strings.Contains(text, "乐环进通〔2018〕1号") {
			t.Errorf("the bulletin says:\n%s", text)
		}
		housing.forges("y:pdf:2017Q4").forges("y:pdf:2099Q1").seesNot("可以直接打印")
		w.until("2018-01-04 09:00")
		boss.sees("人未签收")
		w.until("2018-01-05 09:00")
		for _, o := range []*person{housing, water} {
			if n := o.count("进展通报 乐环进通〔2018〕"); n != 1 && o == water || n > 1 {
				t.Errorf("%s got %d", o.Name(), n)
			}
		}
		if n := boss.count("人未签收"); n != 1 {
			t.Errorf("told of the silent %d times", n)
		}
		d, err := w.app.store.Dossier(context.Background(), plan.CircularKind, "2017Q4")
		var c plan.Circular
		if err != nil || d.Into(&c) != nil || c.Letter.No != "乐环进通〔2018〕1号" || len(c.Acks) != 1 || c.Acks[0].By != "clerk-housing" {
			t.Errorf("on record as %+v, %v", c, err)
		}
		for _, words := range []string{"2017年第四季度（2017-10-01至2017-12-31）工作计划节点进展：完成1项", "区住房和规划建设局：完成1项（22-", "超期未完成", "下季度到期"} {
			if !strings.Contains(c.Letter.Text, words) {
				t.Errorf("the bulletin lacks %q:\n%s", words, c.Letter.Text)
			}
		}
		if n := len(housing.papers()); n != 1 {
			t.Errorf("%d documents were drawn", n)
		}
	})
}
