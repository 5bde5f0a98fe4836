package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestReview_ThenRereview_ThenFinal: against an answer there is the review, after it the re-review by somebody else, each within 30
// days and answered within 30 (rules §0, §12.4; 信访工作条例 Art 35, 36); after that it is final.
func TestReview_ThenRereview_ThenFinal(t *testing.T) {
	storyFrom(t, monday, appoint("boss2", grid.Supervisor, "630202"), func(w *world) {
		desk, boss, second, li := w.officer("desk"), w.officer("boss"), w.officer("boss2"), w.officer("li")
		ma := w.citizen("马")
		number := answers(w, desk, li, ma)
		w.confirmed(number)
		ma.says("/my").presses(number).presses("申请复查").says("水还是黑的，没有封堵").presses("提交申请").sees("复查申请已收到，最迟 2026-12-02")
		boss.sees("复查申请").sees("水还是黑的").says("/reviews").sees(number)
		boss.presses("维持原答复").says("经现场复核，排口已经封堵，黑水是上游清淤所致").presses("就这样发出").sees("维持原答复")
		ma.sees("的复查意见").sees("上游清淤所致").sees("可以在 2026-12-02 前申请复核").presses("申请复核").says("我不同意，请再查一次").presses("提交申请")
		boss.presses("维持原答复").presses("就这样发出").sees("不能审批自己经办的事项").says("/cancel")
		second.presses("维持原答复").presses("就这样发出")
		ma.sees("的复核意见").sees("这是最终意见，同一事实不再受理")
		ma.says("/my").presses(number)
		if ma.lastHasButton("申请复") {
			t.Errorf("there is nothing more to ask for:\n%s", ma.screen())
		}
		c := w.caseOf(number)
		if c.State != casework.Closed || len(c.Reviews) != 2 || c.Reviews[0].By != "boss" || c.Reviews[1].By != "boss2" {
			t.Errorf("%s %+v", c.State, c.Reviews)
		}
		w.golden("review_to_the_end.txt")
	})
}

// TestReview_FindsItWrong: the case is worked on anew, one level up, with a limit that the reporter is told.
func TestReview_FindsItWrong(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li, chief := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("chief-shoule")
		ma := w.citizen("马")
		number := answers(w, desk, li, ma)
		w.confirmed(number)
		ma.says("/my").presses(number).presses("申请复查").says("水还是黑的，没有封堵").presses("提交申请")
		boss.presses("重新办理").says("请重新取样并封堵第二个排口").sees("交上一级重新办理")
		ma.sees("经复查，由上一级重新办理，最迟 2026-12-02 再答复您")
		chief.sees("复查要求重新办理").sees("第二个排口")
		if c := w.caseOf(number); c.State != casework.Accepted || c.Reopened != 1 || c.Reviews[0].Upheld {
			t.Errorf("%s %+v", c.State, c.Reviews)
		}
	})
}

// TestReview_TooLate: after 30 days there is no button, and an old one gets its sentence.
func TestReview_TooLate(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := answers(w, desk, li, ma)
		w.confirmed(number)
		ma.says("/my").presses(number)
		if !ma.lastHasButton("申请复查") {
			t.Fatalf("no button:\n%s", ma.screen())
		}
		w.sleep(31 * 24 * time.Hour)
		ma.presses("申请复查").says("水还是黑的，没有封堵").presses("提交申请").sees("申请复查或复核的期限已过")
		ma.says("/cancel").says("/my").presses(number)
		if ma.lastHasButton("申请复查") {
			t.Errorf("too late, but a button:\n%s", ma.screen())
		}
	})
}
