package main

import "testing"

// TestReportToClosedCase is the thread on which everything hangs: a citizen reports, the report finds its cell, the desk
// accepts, the cell's inspector acts, the desk closes, the citizen is answered. The golden file is the README's example.
func TestReportToClosedCase(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.says("寿乐镇土官口村有人把污水直接排到引胜沟里，水都发黑了")
		ma.presses("提交").sees("已登记").sees("土官口")
		desk.sees("待受理").presses("受理")
		ma.sees("已受理")
		li.sees("新任务").presses("接办")
		ma.sees("已开始办理")
		li.handsIn("查实村口污水管破裂，污水流进水沟，已换管并清淤")
		desk.sees("待审核").sees("污水管破裂").presses("通过并答复")
		desk.says("您反映的情况属实：村口的污水管破了，已经换好，沟也清了。我们会继续巡查。").presses("就这样发出")
		ma.sees("已办结").sees("已经换好").seesNot("换管并清淤").presses("已解决").presses("5⭐")
		w.golden("report_to_closed_case.txt")
	})
}
