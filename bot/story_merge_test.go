package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

const sewageAgain = "土官口村有人往引胜沟里直接排污水，水都发黑发臭了"

// reportsAlso reports what others reported already, as a report of one's own.
func (p *person) reportsAlso(words string) string {
	p.w.t.Helper()
	p.says(words)
	for _, another := range []string{"是新的问题", "不是，我报的是另一件"} {
		if p.lastHasButton(another) {
			p.presses(another)
		}
	}
	p.presses("提交").sees("已登记")
	return p.number()
}

// TestSameMatterIsAnsweredToEach: another's report of the same matter is offered to be merged; its clocks are held; every step and
// the answer reach each reporter under their own number; whoever is not satisfied goes on alone, one level up.
func TestSameMatterIsAnsweredToEach(t *testing.T) {
	story(t, func(w *world) {
		desk, li, boss := w.officer("desk"), w.officer("li"), w.officer("boss")
		ma, liu := w.citizen("马"), w.citizen("刘")
		first := ma.submits(sewage)
		desk.presses("✅ 受理")
		second := liu.reportsAlso(sewageAgain)
		parent := caseNumber(w, first)
		desk.presses("🔗 并入 " + parent).sees(second + " 已并入 " + parent)
		liu.sees(second + " 与他人反映的同一问题一并办理").seesNot(parent)
		li.sees("同一问题的 " + second + " 已并入")
		c := w.caseOf(second)
		if _, runs := c.Due(); c.State != casework.Merged || runs || len(w.caseOf(first).Children) != 1 {
			t.Errorf("stored as %+v", c)
		}
		li.presses("接办")
		liu.sees(second + " 责任人已开始办理").seesNot(parent)
		li.handsIn("现场查实一处直排口，已封堵并责令整改")
		desk.presses("通过并答复").presses("就这样发出")
		ma.sees(parent + " 已办结")
		liu.sees(second + " 已办结").sees("您反映的 " + second).seesNot(parent)
		if n := liu.count("已办结"); n != 1 {
			t.Errorf("answered %d times", n)
		}
		if c := w.caseOf(second); c.State != casework.Answered || c.ClosedAt.IsZero() {
			t.Errorf("stored as %+v", c)
		}
		liu.presses("还没解决").says("下游还有一处在排污水，还是发臭").presses("没有照片，直接提交")
		if c := w.caseOf(second); c.State != casework.Accepted || c.Parent != "" || c.Raised == "" {
			t.Errorf("whoever is not satisfied is left with %+v", c)
		}
		ma.presses("已解决")
		if c := w.caseOf(first); c.State != casework.Answered && c.State != casework.Closed {
			t.Errorf("the other's word changed the main case to %s", c.State)
		}
		boss.knowsNothingOf("刘", "马")
		w.golden("merged_and_answered_to_each.txt")
	})
}

// TestMergedAreToldThatItIsLate: whoever's report goes with another's hears by their own number, too, that the office missed its date.
func TestMergedAreToldThatItIsLate(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, liu := w.citizen("马"), w.citizen("刘")
		first := ma.submits(sewage)
		second := liu.reportsAlso(sewageAgain)
		desk.says("/merge " + second + " " + first).sees("已并入")
		w.sleep(3 * 24 * time.Hour)
		ma.sees("抱歉，" + first + " 原定")
		liu.sees("抱歉，" + second + " 原定").seesNot(first)
	})
}

// TestTakenApart: a mistake is undone; the report goes on with its old limits, and those that ran out meanwhile are told at once.
func TestTakenApart(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, liu := w.citizen("马"), w.citizen("刘")
		first := ma.submits(sewage)
		second := liu.reportsAlso(sewageAgain)
		before := w.caseOf(second)
		desk.says("/merge").sees("用法：/merge")
		desk.says("/merge " + second + " " + second).sees("不能与这一件并案")
		desk.says("/merge " + second + " " + first).sees("已并入")
		w.sleep(4 * 24 * time.Hour)
		for _, m := range desk.FromBot() { // no limit of what is merged is chased
			if strings.Contains(m.Text, "时限") && strings.Contains(m.Text, second) {
				t.Errorf("chased for what is merged: %s", m.Text)
			}
		}
		chased := desk.count("<b>受理时限")
		desk.says("/find " + second).sees("已并入 " + first).presses("✂️ 撤销并案").sees("恢复单独办理")
		liu.sees(second + " 恢复单独办理")
		after := w.caseOf(second)
		x, _ := before.Clock(casework.DecideClock)
		y, _ := after.Clock(casework.DecideClock)
		if after.State != casework.Registered || !y.Running() || !y.Due.Equal(x.Due) || len(w.caseOf(first).Children) != 0 {
			t.Errorf("stored as %+v", after)
		}
		w.sleep(2 * time.Minute)
		if desk.count("受理时限") <= chased {
			t.Errorf("what ran out meanwhile was told to nobody:\n%s", desk.screen())
		}
	})
}

// TestNobodyIsLeftBehind: a case that others were merged into is refused: they are refused in their own words; taken back: they
// go on by themselves.
func TestNobodyIsLeftBehind(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, liu, he := w.citizen("马"), w.citizen("刘"), w.citizen("何")
		first, second := ma.submits(sewage), liu.reportsAlso(sewageAgain)
		third := he.reportsAlso(sewageAgain)
		desk.says("/merge " + second + " " + first).says("/merge " + third + " " + first).sees("共并入 2 件")
		ma.says("/my").presses(first).presses("撤回").presses("确定撤回")
		liu.sees(second + " 恢复单独办理")
		he.sees(third + " 恢复单独办理")
		if a, b := w.caseOf(second), w.caseOf(third); a.State != casework.Registered || b.State != casework.Registered || a.Parent != "" {
			t.Errorf("left as %s and %s", a.State, b.State)
		}
		desk.says("/merge " + third + " " + second)
		desk.says("/find " + second).presses("不予受理").presses("诉讼、仲裁、复议").presses("就这样发出")
		liu.sees(second + " 不予受理。")
		he.sees(third + " 不予受理。").sees("您反映的 " + third).seesNot(second)
		if c := w.caseOf(third); c.State != casework.Refused || c.Disposition != casework.InCourt {
			t.Errorf("stored as %+v", c)
		}
	})
}

// TestOnePersonsRepeatsAreNotMerged: they are one person's same matter.
func TestOnePersonsRepeatsAreNotMerged(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		first := ma.submits(sewage)
		w.sleep(time.Hour)
		second := ma.reportsAlso(sewageAgain)
		desk.says("/merge " + second + " " + first).sees("两件是同一个人举报的")
		if c := w.caseOf(second); c.State != casework.Registered {
			t.Errorf("state %s", c.State)
		}
	})
}

// TestManyReportsAlarmTheSupervisorOnce: five people, one place, three days: the supervisors hear of it once, with the numbers and
// ways to act; nothing is merged by itself.
func TestManyReportsAlarmTheSupervisorOnce(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { d.Settings.ClusterReports = 3 }, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		var numbers []string
		for _, name := range []string{"甲", "乙", "丙", "丁"} {
			numbers = append(numbers, w.citizen(name).reportsAlso(sewage))
			w.sleep(time.Hour)
		}
		boss.sees("集中举报").sees("72 小时内 3 人反映（3 件）").sees(numbers[0]).sees(numbers[2])
		if n := boss.count("🔥 集中举报"); n != 1 {
			t.Errorf("alarmed %d times:\n%s", n, boss.screen())
		}
		for _, n := range numbers {
			if c := w.caseOf(n); c.State != casework.Registered || c.Gathered.IsZero() {
				t.Errorf("%s: %s, gathered %s", n, c.State, c.Gathered)
			}
		}
		boss.presses("📌 督办").presses("取消").presses("🔗 并入 " + numbers[0]).sees("已并入 " + numbers[0])
		desk.says("/find " + numbers[0]).sees("并入的举报 1 件").sees("🔥 集中举报")
		if strings.Contains(boss.screen(), "甲") {
			t.Error("the supervisor was shown who reported")
		}
	})
}
