package main

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// englishman is somebody whose Telegram speaks English.
func (w *world) english(name string) *person {
	p := w.citizen(name)
	p.SetLanguage("en")
	return p
}

// TestEnglishSpeaker reads English to the end; who switches reads the other language from then on.
func TestEnglishSpeaker(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		john := w.english("John")
		john.says("/start").says("The brick kiln near 雨润镇 gives off thick black smoke every night")
		if !john.lastHasButton("Submit") {
			t.Fatalf("no summary in English:\n%s", john.screen())
		}
		john.presses("Submit")
		desk.presses("受理")
		han := regexp.MustCompile(`\p{Han}+`)
		for _, m := range john.FromBot() {
			for _, word := range han.FindAllString(m.Text, -1) {
				if word != "雨润镇" && word != "中文" {
					t.Errorf("an English speaker reads %q in %q", word, m.Text)
				}
			}
		}
		john.says("/language").presses("中文").says("/help").sees("您可以直接发照片")
		john.says("/language").presses("English").says("/help").sees("photo")
	})
}

// TestChitChatIsNotFiled, nor is what says nothing.
func TestChitChatIsNotFiled(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		for _, words := range []string{"你好", "在吗？", "谢谢", "好的", "test", "哈哈哈"} {
			ma.says(words)
		}
		ma.seesNot("请核对").says("/my").sees("还没有举报记录")
		desk.seesNot("待受理")
	})
}

// TestOutOfArea is kept, and the citizen is told where to turn.
func TestOutOfArea(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.says(smoke).locates(101.7782, 36.6171) // Xining
		ma.sees("归本区").sees("12345").presses("仍然登记").sees("请核对").presses("提交").sees("已登记")
		c := w.caseOf(ma.number())
		if c.State != casework.OutOfArea {
			t.Errorf("state %s", c.State)
		}
		desk.sees("待受理").presses("不予受理").presses("不在本区")
		if desk.Sees("这个地方归哪里管") {
			desk.says("西宁市城东区")
		}
		desk.presses("就这样发出")
		ma.sees("不予受理。").sees("不在本区")
		yang := w.citizen("杨")
		yang.says(smoke).says("兰州市城关区").sees("不归本区")
	})
}

// TestMatterOfOthers is told who is in charge, and may be filed all the same.
func TestMatterOfOthers(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says("雨润镇工地老板拖欠我们三个月工资不给").sees("负责").sees("12333").seesNot("请核对")
		ma.presses("仍然登记").sees("请核对").presses("提交").sees("已登记")
		yang := w.citizen("杨")
		yang.says("雨润镇工地老板拖欠我们三个月工资不给").presses("取消").sees("没有提交")
		if ids, err := w.app.store.ByPerson(context.Background(), w.reporter(yang)); err != nil || len(ids) != 0 {
			t.Errorf("filed %v, %v", ids, err)
		}
	})
}

// TestSameMatter joins as a follower, who then hears everything that the reporter hears; another goes on.
func TestSameMatter(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		at := func(p *person, words string) { p.photographs(3, words).locates(102.7543, 36.4434) }
		ma, yang, bai := w.citizen("马"), w.citizen("杨"), w.citizen("白")
		at(ma, "洗沙场往河里排泥水，河都浑了")
		ma.presses("提交").sees("已登记")
		number := ma.number()
		at(yang, "有人往河里排浑水，臭得很")
		yang.sees("是上面这件吗").presses("就是这件").sees("并入")
		at(bai, "养殖场粪水流进河里")
		bai.sees("是上面这件吗").presses("我报的是另一件").sees("请核对").presses("提交").sees("已登记")
		if bai.number() == number {
			t.Error("another matter got the same number")
		}
		c := w.caseOf(number)
		if !slices.Contains(c.Followers, w.reporter(yang)) {
			t.Errorf("followers %v", c.Followers)
		}
		desk.says("/find " + number).presses("受理")
		yang.sees("已受理")
		zhao.presses("接办")
		yang.sees("已开始办理")
		zhao.handsIn("现场责令洗沙场停产整改")
		desk.says("/review").presses("1").presses("通过并答复").presses("就这样发出")
		ma.sees("已办结")
		yang.sees("已办结").says("/my").sees("已办结")
		bai.seesNot("已受理")
	})
}

// TestSecondThoughts after submitting: more words reach the desk, and a report can be taken back.
func TestSecondThoughts(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		ma.says("/my").presses(number).presses("补充情况").says("刚才又排了一次，颜色发红")
		desk.sees("颜色发红")
		ma.says("/my").presses(number).presses("撤回").presses("不撤回").sees("没有撤回")
		if c := w.caseOf(number); c.State != casework.Registered {
			t.Errorf("state %s", c.State)
		}
		ma.presses("撤回").presses("确定撤回").sees("已撤回")
		desk.sees("已撤回，无需处理")
		desk.presses("✅ 受理")
		if c := w.caseOf(number); c.State != casework.Withdrawn {
			t.Errorf("a withdrawn report is %s", c.State)
		}
		desk.sees("现在不能这样做")
		desk.says("/desk").sees("没有待受理的举报")
	})
}

// TestStatusNeedsTheCode and says the same of a wrong code as of a number that does not exist.
func TestStatusNeedsTheCode(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		code := w.caseOf(number).Code
		ma.sees(code)
		anybody := w.citizen("路人")
		anybody.says("/status " + number + " " + code).sees(number).sees("待受理").sees("已登记，等待受理决定")
		wrong := w.citizen("甲")
		wrong.says("/status " + number + " ZZZZZZ")
		none := w.citizen("乙")
		none.says("/status 2026-09999 " + code)
		if wrong.last() != none.last() || !strings.Contains(wrong.last(), "没有找到") {
			t.Errorf("a wrong code is answered %q, an unknown number %q", wrong.last(), none.last())
		}
		steps := w.citizen("丙")
		steps.says("/status").sees("登记编号").says(strings.ToLower(number)).sees("查询码").says(strings.ToLower(code)).sees("等待受理决定")
	})
}

// TestNobodyActsOnOthersReports: the buttons of a reporter prove nothing in another's hand.
func TestNobodyActsOnOthersReports(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, thief := w.citizen("马"), w.citizen("贼")
		number := ma.submits(sewage)
		c := w.caseOf(number)
		thief.says("/start")
		for _, data := range []string{
			flow.Press{Verb: "withdraw_yes", Arg: string(c.ID)}.Data(), "c:history:" + string(c.ID), "c:open:" + string(c.ID),
			"c:photos:" + string(c.ID), "c:map:" + string(c.ID),
		} {
			thief.does(func() { thief.Forges(1, data) })
		}
		thief.does(func() { thief.Forges(1, flow.Press{Verb: flow.PressMore, Arg: string(c.ID)}.Data()) })
		thief.says("这是我加的话，骗人的内容")
		after := w.caseOf(number)
		if after.State != casework.Registered || after.Events != c.Events {
			t.Errorf("changed to %+v", after)
		}
		thief.seesNot("引胜沟")
		thief.knowsNothingOf(c.Text, c.Code)
	})
}

// TestQuotaKeepsTheDraft: who reports too much is told, and loses nothing.
func TestQuotaKeepsTheDraft(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		for range w.district.Settings.ReportsPerDay {
			ma.submits(sewage)
			w.sleep(15 * time.Minute)
		}
		ma.says(sewage).presses("是新的问题").presses("提交").sees("请明天再提交")
		w.sleep(20 * time.Hour)
		ma.presses("提交")
		if n := ma.count("已登记"); n != w.district.Settings.ReportsPerDay+1 {
			t.Errorf("registered %d times:\n%s", n, ma.screen())
		}
	})
}

// TestPhoneInTheMiddle: while Telegram keeps us waiting, everything that is under way lies in the store, and still nobody
// can read there who it is.
func TestPhoneInTheMiddle(t *testing.T) {
	story(t, func(w *world) {
		const phone, name = "+8613997412058", "马秀英"
		w.officer("desk")
		ma := w.stranger(name)
		ma.says(sewage).presses("留手机号")
		w.emulator.Inject(botapi.When{ChatID: ma.ID(), Times: -1}, botapi.Throttle(10*time.Minute))
		ma.sharesPhone().says("/my")
		if depth, err := w.app.store.OutboxDepth(context.Background()); err != nil || depth[ledger.Reply].Waiting == 0 {
			t.Fatalf("nothing waits: %v, %v", depth, err)
		}
		w.findsNowhere(phone, phone[3:], name, "7391846205")
		w.emulator.Heal()
		w.sleep(30 * time.Minute)
		ma.sees("****2058").presses("提交").sees("已登记")
		w.findsNowhere(phone, phone[3:], name, "7391846205")
	})
}

// TestGroup is no place to report: the bot answers commands only, and says where to write.
func TestGroup(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		group := w.emulator.Group(-500, "土官口村群", ma.Person)
		ma.does(func() { ma.Says("/report", botapi.In(group)) })
		ma.does(func() { ma.Says(sewage, botapi.In(group)) })
		said := 0
		for _, m := range w.emulator.Messages(group.ID()) {
			if m.From != nil && m.From.IsBot {
				said++
				if !strings.Contains(m.Text, "请私聊 @gridwarden_bot") {
					t.Errorf("the group is told %q", m.Text)
				}
			}
		}
		if said != 1 {
			t.Errorf("the bot said %d things in the group", said)
		}
		desk.seesNot("待受理")
	})
}

// TestFollowerOfAWithdrawnReport is told, for the matter may be there still.
func TestFollowerOfAWithdrawnReport(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.says("洗沙场往河里排泥水，河都浑了").locates(102.7543, 36.4434)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		yang.says("有人往河里排浑水，臭得很").locates(102.7543, 36.4434)
		yang.presses("就是这件").sees("并入")
		ma.says("/my").presses(number).presses("撤回").presses("确定撤回").sees("已撤回")
		yang.sees("已由最先举报的人撤回")
		yang.knowsNothingOf("洗沙场")
		if n := ma.count("已由最先举报的人撤回"); n != 0 {
			t.Error("the reporter is told of the own withdrawal as of another's")
		}
		desk.sees("无需处理")
		yang.says("有人往河里排浑水，臭得很").locates(102.7543, 36.4434)
		if yang.lastHasButton("另报一件") {
			yang.presses("另报一件")
		}
		yang.presses("提交").sees("已登记")
	})
}
