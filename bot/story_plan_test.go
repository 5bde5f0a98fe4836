package main

import (
	"strings"
	"testing"
	"time"
)

// december is 20 December 2017, 09:00 in Ledu: eleven days before the first dates of the plan.
var december = time.Date(2017, 12, 20, 1, 0, 0, 0, time.UTC)

// TestPlanInItsOwnTime: eleven days before the end of 2017 an officer sees what is due, by chapter, by department and as a list,
// and a clerk what is their department's.
func TestPlanInItsOwnTime(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		boss, housing := w.officer("boss"), w.officer("clerk-housing")
		boss.says("/plan").sees("乐政办〔2017〕125号 · 截至 2017-12-20").sees("🔴 逾期 12")
		boss.presses("🏛 按部门").sees("区住房和规划建设局")
		boss.says("/milestones soon").sees("⏰ 还有 11 天（2017-12-31 到期）")
		boss.says("/measure 23").sees("第 23 项　开展各类排污口取缔和整治").sees("牵头：区环境保护局").sees("区水务局").sees("还有 11 天").sees("未办结举报 0 件")
		boss.presses("1").sees("🎯 23-1")
		housing.says("/milestones").sees("22-1").seesNot("区农牧局")
		housing.says("/measure 47").sees("计划里没有这一项")
		w.golden("plan_in_december_2017.txt")
	})
}

// TestPlanYearsLater: in 2026 everything that had a date is past and shown so, in lines that stay few.
func TestPlanYearsLater(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		boss := w.officer("boss")
		boss.says("/plan").sees("截至 2026-11-02").sees("⏰ 30 天内到期 0")
		boss.says("/milestones soon").sees("这里没有节点")
		boss.says("/milestones overdue").sees("2017-12-31 到期")
		for boss.lastHasButton("下一页") {
			boss.presses("下一页")
		}
		if n := strings.Count(boss.last(), "\n"); n > 40 {
			t.Errorf("%d lines", n)
		}
		boss.says("/milestones sometime").sees("overdue（逾期）")
		ma := w.citizen("马")
		ma.says("/plan").seesNot("节点")
	})
}
