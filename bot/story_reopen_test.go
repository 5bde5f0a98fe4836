package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestUnsolvedGoesOneLevelUp: the reporter says what is still wrong, with a photo; the level above begins anew, whoever had it
// is told that it is theirs no longer, and the same desk does not close it alone.
func TestUnsolvedGoesOneLevelUp(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, boss, li, chief := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("district-chief")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		chief.seesNot("还没解决")
		ma.presses("还没解决").sees("哪里还没有解决").says("水管又漏了，沟里还是黑水").sees("能再发一张")
		ma.photographs(41, "").sees("请核对").presses("✅ 提交").sees("由上一级").sees("不会只交给原来的承办人")
		c := w.caseOf(number)
		if c.State != casework.Accepted || c.Reopened != 1 || c.Handler != "" || c.Seat() != w.district.Tree.Root().Code {
			t.Errorf("stored as %+v", c)
		}
		li.sees("由上一级重新办理，您这里不用再办").says("/work").sees("没有待办任务")
		chief.sees("重新办理").sees("沟里还是黑水").presses("接办").handsIn("整段换了新管，沟已清淤")
		desk.seesNot("整段换了新管")
		boss.sees("整段换了新管").presses("通过并答复").presses("就这样发出")
		ma.presses("已解决").presses("5⭐")
		if c := w.caseOf(number); c.State != casework.Closed || c.Score != 5 || c.ClosedBy != "boss" {
			t.Errorf("stored as %+v", c)
		}
		w.golden("not_settled_goes_one_level_up.txt")
	})
}

// TestUnsolvedWithoutAPhoto is taken, too; and whoever objected often enough is shown that a review is the way.
func TestUnsolvedWithoutAPhoto(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, boss, boss2, li, chief := w.officer("desk"), w.officer("boss"), w.officer("boss-2"), w.officer("li"), w.officer("district-chief")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		for i, closer := range []*person{boss, boss2} {
			ma.presses("还没解决").says("水管又漏了，沟里还是黑水").presses("没有照片").sees("由上一级")
			chief.presses("接办").handsIn("又换了一次管子，清了沟")
			closer.presses("通过并答复").presses("就这样发出")
			if c := w.caseOf(number); c.Reopened != i+1 || c.State != casework.Answered {
				t.Fatalf("stored as %+v", c)
			}
		}
		ma.sees("申请复查")
		if ma.lastHasButton("还没解决") {
			t.Error("a third time is offered")
		}
	})
}

// TestSpotCheckFindsItWrong: the case begins anew one level up, and the reporter, who had kept silent, is told.
func TestSpotCheckFindsItWrong(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, boss, li, chief := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("district-chief")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		w.outage(8 * 24 * time.Hour)
		boss.says("/spot").presses("1").presses("发现问题").says("沟里还有污水，管子没有换").sees("已交上一级")
		ma.sees("我们抽查时发现")
		chief.sees("沟里还有污水").presses("接办")
		if c := w.caseOf(number); c.State != casework.Handling || c.Handler != "district-chief" || c.Reopened != 1 {
			t.Errorf("stored as %+v", c)
		}
	})
}
