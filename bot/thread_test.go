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
		li.presses("上报结果").says("现场查实一处直排口，已封堵并责令整改")
		li.presses("上报结果")
		desk.sees("待审核").sees("现场查实一处直排口").presses("办结")
		desk.says("您反映的排污口已封堵，责任人已被责令整改，我们会继续巡查。").presses("就这样发出")
		ma.sees("已办结").sees("排污口已封堵").seesNot("现场查实一处直排口")
		w.golden("report_to_closed_case.txt")
	})
}
