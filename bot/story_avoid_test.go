package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// avoidRoster puts people into a village, its township and the district, by names that a report may hold.
func avoidRoster(d *seeds.District) {
	closingRoster(d)
	appoint("village-inspector", grid.Inspector, "630202102200")(d)
	appoint("village-chief", grid.Chief, "630202102200")(d)
	for i, o := range d.Officers {
		switch o.ID {
		case "village-inspector":
			d.Officers[i].Name = "样例·李生财"
		case "village-chief":
			d.Officers[i].Name = "样例·祁得胜"
		default:
		}
	}
}

// TestACaseThatNamesAnOfficer is kept from them from the first moment: no message, no list, no search, no history. The level above
// is told why, in neutral words.
func TestACaseThatNamesAnOfficer(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, li, named, other := w.officer("desk"), w.officer("li"), w.officer("village-inspector"), w.officer("village-chief")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村李生财把猪场粪水直接排到引胜沟里，水都发黑了")
		c := w.caseOf(number)
		if len(c.Barred) != 1 || c.Barred[0].Officer != "village-inspector" || c.Seat() != "630202102" {
			t.Fatalf("stored as %+v", c)
		}
		if e := w.history(c)[1]; e.Action != casework.Bar || e.By != "system" || e.Note["reason"] != "named" {
			t.Errorf("history %+v", e)
		}
		desk.sees("回避：样例·李生财（举报中提到）").presses("✅ 受理")
		li.sees("新任务").sees("回避：样例·李生财（举报中提到）。由 寿乐镇 办理").presses("接办")
		id := string(w.caseOf(number).ID)
		named.says("/work").sees("没有待办任务").says("/find " + caseNumber(w, number)).sees("没有这个编号")
		for _, verb := range []string{"open", "photos", "history", "map", "take"} {
			named.does(func() { named.Forges(1, "c:"+verb+":"+id) })
		}
		named.knowsNothingOf("猪场", "粪水", caseNumber(w, number))
		named.seesNot("新任务")
		if named.count("没有办理这一步的权限") < 4 {
			t.Errorf("not refused:\n%s", named.screen())
		}
		other.seesNot("新任务").says("/work").sees("没有待办任务") // the level below has it no longer
		if c := w.caseOf(number); c.Handler != "li" {
			t.Errorf("handled by %s", c.Handler)
		}
		w.golden("kept_from_whom_it_names.txt")
	})
}

// TestACaseThatNamesAUnit is kept from everybody in it, and from those who are named later as well.
func TestACaseThatNamesAUnit(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, li, named, district := w.officer("desk"), w.officer("li"), w.officer("village-inspector"), w.officer("district-chief")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村村主任他哥的养殖场把粪水排到引胜沟里")
		if c := w.caseOf(number); len(c.Barred) != 1 || c.Barred[0].Unit != "630202102200" || c.Barred[0].Reason != "kin" {
			t.Fatalf("stored as %+v", c)
		}
		desk.presses("✅ 受理")
		named.seesNot("新任务")
		li.sees("新任务").presses("接办")
		ma.says("/my").presses(caseNumber(w, number)).presses("补充情况").says("镇长的亲戚也有一份，镇上的人都知道")
		c := w.caseOf(number)
		if c.State != casework.Accepted || c.Handler != "" || c.Seat() != w.district.Tree.Root().Code {
			t.Errorf("stored as %+v", c)
		}
		district.sees("新任务").sees("举报中提到其亲属")
		li.seesNot("镇上的人都知道").says("/work").sees("没有待办任务")
	})
}

// TestWhatOnlyTellsAPlaceKeepsNobody: the village office is a landmark as well.
func TestWhatOnlyTellsAPlaceKeepsNobody(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, inspector := w.officer("desk"), w.officer("village-inspector")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村村委会旁边的水沟有人排污水，发黑发臭")
		desk.presses("✅ 受理")
		inspector.sees("新任务")
		if c := w.caseOf(number); len(c.Barred) != 0 || c.Raised != "" {
			t.Errorf("stored as %+v", c)
		}
	})
}

// TestKeepingByHand: the desk keeps somebody from a case, a supervisor takes that back, and an officer keeps themselves from one.
func TestKeepingByHand(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, boss, li, inspector := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("village-inspector")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		inspector.sees("新任务")
		desk.presses("⚖️ 回避").sees("谁需要回避").presses("样例·李生财").sees("已按回避办理")
		li.sees("新任务")
		inspector.says("/work").sees("没有待办任务")
		desk.says("/find " + number)
		if desk.lastHasButton("撤销回避") {
			t.Error("the desk may take back what keeps people from a case")
		}
		boss.says("/find " + number).presses("撤销回避").sees("已撤销回避")
		inspector.says("/work").sees("共 1 件").presses("1").presses("⚖️ 回避").sees("有利害关系吗").presses("我本人回避").sees("您已回避")
		inspector.says("/work").sees("没有待办任务")
		if c := w.caseOf(number); len(c.Barred) != 1 || c.Barred[0].Reason != "self" || c.Seat() != "630202102" {
			t.Errorf("stored as %+v", c)
		}
	})
}

// TestAnAlarmThatNamesAnOfficer goes out at once to whoever is on duty; from the moment at which the report is submitted it is
// kept from whom it names, like any other, and so is what is told of it later.
func TestAnAlarmThatNamesAnOfficer(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, named := w.officer("desk"), w.officer("village-inspector")
		ma := w.citizen("马")
		ma.says("寿乐镇土官口村李生财把农药倒进引胜沟，河里死鱼一大片").presses("提交").sees("已登记")
		number := ma.number()
		if c := w.caseOf(number); len(c.Barred) != 1 || c.Barred[0].Officer != "village-inspector" {
			t.Fatalf("kept from %+v", c.Barred)
		}
		desk.says("/find " + number).presses("受理")
		named.seesNot("新任务")
		named.does(func() { named.Forges(1, "c:open:"+string(w.caseOf(number).ID)) })
		named.sees("没有办理这一步的权限")
	})
}

// TestWhoeverWasCalledAndIsNamedLater hears nothing more.
func TestWhoeverWasCalledAndIsNamedLater(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		w.officer("desk")
		chief := w.officer("village-chief")
		ma := w.citizen("马")
		ma.says("寿乐镇土官口村引胜沟河里死鱼一大片")
		w.sleep(6 * time.Minute)
		chief.sees("呼叫下一级")
		ma.presses("提交").sees("已登记")
		ma.says("/my").presses(ma.number()).presses("补充情况").says("是祁得胜让人倒的农药")
		if c := w.theAlarm(); len(c.Barred) != 1 {
			t.Errorf("kept from %+v", c.Barred)
		}
		ma.says("/my").presses(ma.number()).presses("补充情况").says("下游的人都闻到气味了")
		chief.knowsNothingOf("祁得胜让人", "下游的人都闻到")
	})
}

// TestAnAlarmTakenUpThatNamesAnOfficer: what nobody ever submitted and the desk accepts is looked through, too.
func TestAnAlarmTakenUpThatNamesAnOfficer(t *testing.T) {
	storyFrom(t, monday, avoidRoster, func(w *world) {
		desk, named := w.officer("desk"), w.officer("village-inspector")
		w.citizen("马").says("寿乐镇土官口村李生财把农药倒进引胜沟，河里死鱼一大片")
		desk.says("/find " + w.theAlarm().Number).presses("✅ 受理")
		if c := w.theAlarm(); c.State != casework.Accepted || len(c.Barred) != 1 {
			t.Errorf("%s, kept from %+v", c.State, c.Barred)
		}
		named.seesNot("新任务").says("/work").sees("没有待办任务")
	})
}
