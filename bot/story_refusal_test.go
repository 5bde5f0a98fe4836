package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

// clerkOf adds a clerk of a department to the roster.
func clerkOf(id grid.OfficerID, d grid.Department) func(*seeds.District) {
	return func(district *seeds.District) {
		appoint(id, grid.Clerk, "630202")(district)
		o := &district.Officers[len(district.Officers)-1]
		o.Appointments[0].Department = d
	}
}

const dancing = "碾伯街道西门广场每天晚上广场舞音响太吵，孩子没法睡觉"

// TestRefused_MovedToAClerk: noise of people is the police's (噪声污染防治法 Art 8, 31; rules §3, §12.16). It is moved by a numbered
// letter, the clerk has it and says so, the desk hears of it, and the reporter is told who, by which telephone, and that they need
// not report it again. The letter does not tell who reported.
func TestRefused_MovedToAClerk(t *testing.T) {
	storyFrom(t, monday, clerkOf("clerk-police", "区公安局"), func(w *world) {
		desk, clerk := w.officer("desk"), w.officer("clerk-police")
		ma := w.citizen("马秀英")
		number := ma.submits(dancing)
		clerk.seesNot(number)
		desk.presses("不予受理").presses("不属环保职责").sees("噪声污染防治法（2021）第八条").presses("区公安局").presses("就这样发出")
		ma.sees("由区公安局负责").sees("已经把您反映的情况移送区公安局").sees("电话 110").sees("不用再报一遍")
		clerk.sees("移送函").sees("乐环移〔2026〕1号").sees("广场舞").seesNot("马秀英").presses("📬 已收到").sees("已登记")
		desk.sees("区公安局已确认收到")
		c := w.caseOf(number)
		l, _ := c.LetterOf(casework.MoveSeries)
		if c.State != casework.Refused || c.CaseNo != "" || c.Onward != "区公安局" || l.No != "1" || l.ReceivedBy != "clerk-police" {
			t.Errorf("%+v\nletter %+v", c, l)
		}
		clerk.knowsNothingOf("马秀英")
		w.golden("refusal_moved_to_police.txt")
	})
}

// TestRefused_LetterForTheDesk: where the department has nobody here the desk gets the letter to send, and records the receipt.
func TestRefused_LetterForTheDesk(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		first, second := ma.submits(dancing), yang.submits("雨润镇深沟村有人占河道，把河堤挖了")
		for _, r := range []struct{ number, to string }{{first, "区公安局"}, {second, "区水务局"}} {
			desk.says("/find " + r.number).presses("不予受理").presses("不属环保职责").presses(r.to).presses("就这样发出")
			desk.sees("请把下面的函发过去").presses("对方已收到").sees(r.to + "已收到")
		}
		yang.sees("由区水务局负责").sees("电话 12345")
		for number, no := range map[string]string{first: "1", second: "2"} {
			if l := w.letterOf(number); l.No != no || l.ReceivedBy != "desk" {
				t.Errorf("letter of %s: %+v", number, l)
			}
		}
	})
}

// TestRefused_ByNameInWords finds a department by what people call it, and takes another as it is written.
func TestRefused_ByNameInWords(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(smoke + "，雨润镇")
		desk.presses("不予受理").presses("不属环保职责").says("住建局").sees("由区住房和规划建设局负责").says("返回")
		desk.says("区应急管理局").sees("由区应急管理局负责").sees("电话 12345").presses("就这样发出")
		if l := w.letterOf(number); l.To != "区应急管理局" {
			t.Errorf("letter %+v", l)
		}
	})
}

// TestRefusal_BecomesAcceptingUnderAnothersLead: black and odorous water is environmental, and led by another department (plan, item 22): the desk is
// shown so and accepts it under that lead.
func TestRefusal_BecomesAcceptingUnderAnothersLead(t *testing.T) {
	storyFrom(t, monday, clerkOf("clerk-housing", "区住房和规划建设局"), func(w *world) {
		desk, clerk := w.officer("desk"), w.officer("clerk-housing")
		ma := w.citizen("马")
		number := ma.submits("碾伯街道城里那条黑臭水体又黑又臭，没人管")
		desk.presses("不予受理").presses("不属环保职责").sees("年度方案第22项").presses("区住房和规划建设局")
		desk.sees("建议受理并由它牵头").presses("受理，区住房和规划建设局牵头").sees("已受理")
		ma.sees("已受理")
		c := w.caseOf(number)
		if c.State != casework.Accepted || c.Lead != "区住房和规划建设局" || c.CaseNo == "" {
			t.Errorf("%+v", c)
		}
		clerk.sees("新任务").sees(c.CaseNo)
	})
}

// TestRefused_SameMatter names the earlier report, its state, its next date and how to query (rules §1 Art 8 (4), §12.2-3). A
// follower of the refused report is told nothing of the other.
func TestRefused_SameMatter(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		earlier := ma.submits(sewage)
		w.sleep(15 * time.Minute)
		ma.says("土官口村的污水又直接排到引胜沟里，水发黑").sees("您今天报过").sees(earlier).presses("是新的问题").presses("提交").sees("已登记")
		again := ma.number()
		desk.sees("同一举报人此前 1 件：" + earlier).sees("像是同一件").seesNot("马")
		desk.presses("不予受理").presses("重复举报").presses(earlier + " 待受理").sees("下一步期限").presses("就这样发出")
		ma.sees("与您此前举报的 " + earlier + " 是同一件事").sees("现在的情况是：待受理").sees("下一步期限：受理时限 2026-11-04").sees("查询码")
		c := w.caseOf(again)
		if c.State != casework.Refused || c.Disposition != casework.SameMatter || c.Onward != earlier {
			t.Errorf("%+v", c)
		}
	})
}

// TestAddedToTheEarlierReport: asked before submitting, the person adds to what they reported already; nothing is registered twice.
func TestAddedToTheEarlierReport(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, other := w.citizen("马"), w.citizen("杨")
		number := ma.submits(sewage)
		w.sleep(15 * time.Minute)
		ma.says("土官口村的污水又直接排到引胜沟里，水发黑").sees("您今天报过").presses("补充到原来那件").sees("已补充到")
		desk.sees("举报人补充").sees("又直接排到")
		ma.says("/my")
		if ma.count("共 1 件") != 1 {
			t.Errorf("registered twice:\n%s", ma.screen())
		}
		other.says(sewage).seesNot("您今天报过").seesNot(number)
	})
}

// answers brings the report of ma to its answer.
func answers(w *world, desk, li, ma *person) string {
	number := ma.submits(sewage)
	desk.says("/find " + number).presses("✅ 受理")
	li.presses("接办").handsIn("现场查实一处直排口，已封堵")
	desk.presses("通过并答复").presses("就这样发出")
	return w.caseOf(number).CaseNo
}

// letterOf is the letter by which a report was moved.
func (w *world) letterOf(number string) casework.Letter {
	w.t.Helper()
	c := w.caseOf(number)
	l, ok := c.LetterOf(casework.MoveSeries)
	if !ok {
		w.t.Fatalf("%s was not moved", number)
	}
	return l
}

// confirmed closes an answered case as its reporter's word does.
func (w *world) confirmed(number string) {
	w.t.Helper()
	c := w.caseOf(number)
	next, e, err := w.app.work.Apply(c, casework.Act{Action: casework.Confirm, Person: c.Reporter}, grid.NewRoster(0, nil), time.Now())
	if err == nil {
		_, err = w.app.store.Commit(context.Background(), ledger.Change{
			At: time.Now(), Cases: []ledger.CaseWrite{{Before: c, After: next, Events: []casework.Event{e}}},
		})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestRefused_AfterReply: the same facts after an answer are the way to review: until which day, by which button, to whom, how long,
// and what is final (rules §1 Art 8 (5), §12.4; 信访工作条例 Art 35, 36).
func TestRefused_AfterReply(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma := w.citizen("马")
		earlier := answers(w, desk, li, ma)
		w.confirmed(earlier)
		w.sleep(15 * time.Minute)
		ma.submits("土官口村的污水又直接排到引胜沟里，水发黑")
		desk.presses("不予受理").presses("对答复不服").presses(earlier).presses("就这样发出")
		ma.sees("与 " + earlier + " 事实相同").sees("可以在 2026-12-02 前按下面的“申请复查”").sees("没有办过这件的监督负责人").sees("30 日内").sees("复核意见是最终意见")
		ma.presses("申请复查").says("水还是黑的，请再来看一次").presses("提交申请").sees("复查申请已收到")
		boss.sees("复查申请").sees(earlier)
	})
}

// TestUnclear_IsAskedForFirst: what is missing is asked for by name and until which day; a location answers it, the case lies there
// then, and the desk decides anew (rules §2: 举报线索不详).
func TestUnclear_IsAskedForFirst(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits("有人偷偷排黑水，臭得很，不知道在哪里，雨润镇附近")
		desk.presses("不予受理").presses("线索不清").sees("要先请举报人补充一次")
		desk.presses("请补充线索").presses("地点").presses("照片").says("是白天还是晚上排？").presses("发给举报人")
		ma.sees("请在 2026-11-09 前补充").sees("发一个位置最好").sees("一张现场的照片").sees("是白天还是晚上排").seesNot("是谁：")
		desk.sees("已请").says("/asked").sees(number)
		ma.presses("补充情况").locates(102.286687, 36.488515).sees("收到您对 " + number + " 的补充")
		desk.sees("补充来了").sees("请决定是否受理")
		c := w.caseOf(number)
		if c.State != casework.Registered || c.Point == nil || c.Point.Lon != 102.286687 {
			t.Errorf("%s at %v in %s", c.State, c.Point, c.Cell)
		}
		w.golden("refusal_unclear_answered.txt")
	})
}

// TestUnclear_Silence: nobody answers, the desk is told, and may refuse it then, with what would help.
func TestUnclear_Silence(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits("有人偷偷排黑水，臭得很，不知道在哪里，雨润镇附近")
		desk.presses("请补充线索").presses("地点").presses("发给举报人")
		desk.says("/find " + number).presses("不予受理").presses("线索不清").presses("就这样发出").sees("举报人还在补充期内").says("/cancel")
		w.sleep(8 * 24 * time.Hour)
		desk.sees("没有等到补充").says("/find " + number).presses("不予受理").presses("线索不清").presses("就这样发出")
		ma.sees("线索还不够").sees("请随时重新举报")
		if c := w.caseOf(number); c.State != casework.Refused || c.Disposition != casework.TooUnclear {
			t.Errorf("%+v", c)
		}
	})
}

// TestUnclear_AnsweredByReply: a reply to the message adds to the case, whatever else is under way.
func TestUnclear_AnsweredByReply(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits("有人偷偷排黑水，臭得很，不知道在哪里，雨润镇附近")
		desk.presses("请补充线索").presses("对象").presses("发给举报人")
		asked := ma.FromBot()[len(ma.FromBot())-1]
		ma.does(func() { ma.Says("是河边那家洗车店", botapi.ReplyTo(asked.ID)) })
		desk.sees("补充来了").sees("洗车店")
		if c := w.caseOf(number); c.State != casework.Registered {
			t.Errorf("%s", c.State)
		}
	})
}

// TestRefused_InCourtAndElsewhere: in court and outside the district: each says where to turn.
func TestRefused_InCourtAndElsewhere(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		court, away := ma.submits(sewage), yang.submits(smoke+"，雨润镇")
		desk.says("/find " + court).presses("不予受理").presses("诉讼").presses("就这样发出")
		ma.sees("法院、仲裁机构或复议机关").sees("可以打 12345 问清楚")
		desk.says("/find " + away).presses("不予受理").presses("不在本区").says("平安区").presses("就这样发出").sees("移送函")
		yang.sees("属于平安区").sees("已经把您反映的情况移送平安区")
		for _, n := range []string{court, away} {
			if c := w.caseOf(n); c.State != casework.Refused || c.Reply == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}

// TestLate_TheReporterIsToldOnce: when the office misses its own date, who reported it hears one sentence.
func TestLate_TheReporterIsToldOnce(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.submits(sewage)
		number := yang.submits(smoke + "，寿乐镇土官口村")
		desk.says("/find " + number).presses("✅ 受理")
		li.presses("接办")
		w.sleep(40 * 24 * time.Hour)
		if n := ma.count("抱歉"); n != 1 || !strings.Contains(ma.screen(), "原定 2026-11-04 前告诉您是否受理") {
			t.Errorf("told %d times:\n%s", n, ma.screen())
		}
		if n := yang.count("抱歉"); n != 1 || !yang.Sees("前办结答复") {
			t.Errorf("told %d times:\n%s", n, yang.screen())
		}
	})
}
