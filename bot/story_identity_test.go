package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// shown is the newest message of the bot with those words.
func (p *person) shown(words string) models.Message {
	p.w.t.Helper()
	messages := p.FromBot()
	for _, m := range slices.Backward(messages) {
		if strings.Contains(m.Text+m.Caption, words) {
			return m
		}
	}
	p.w.t.Fatalf("%s does not see %q; the phone shows:\n%s", p.Name(), words, p.screen())
	return models.Message{}
}

// quotes replies to the newest message of the bot with those words.
func (p *person) quotes(words, text string) {
	p.w.t.Helper()
	to := p.shown(words).ID
	p.does(func() { p.Says(text, botapi.ReplyTo(to)) })
}

// TestRelay: an officer and whoever reported write to each other, by buttons and by Telegram's replies, and neither learns
// who the other is. The exchange stands in the history, and a follower sees nothing of it.
func TestRelay(t *testing.T) {
	storyFrom(t, monday, nil, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.stranger("马秀英")
		yang := w.citizen("杨")
		ma.reportsAt(3, "寿乐镇有人往引胜沟里排黑水")
		ma.presses("提交").sees("已登记")
		number := ma.number()
		yang.reportsAt(4, "寿乐镇引胜沟水发黑发臭")
		yang.presses("就是这件").sees("并入")
		desk.presses("✅ 受理")
		li.presses("🔧 接办")

		li.presses("💬 问举报人").sees("也看不到对方是谁").says("请问是哪一段排的？").sees("举报人将看到").seesNot("不再匿名")
		li.presses("发给举报人").sees("已转给")
		ma.sees("承办人员想问").sees("哪一段").presses("💬 回复").does(func() {
			ma.SendsPhoto(photo(9), botapi.Caption("土官口桥下面，我家在旁边"))
		})
		ma.sees("已转给办理")
		li.sees("举报人答复").sees("土官口桥下面")
		if m := li.shown("土官口桥下面"); len(m.Photo) == 0 {
			t.Error("the photo did not come along")
		}
		li.quotes("土官口桥下面", "白天排还是夜里排？")
		ma.sees("白天排还是夜里排").quotes("白天排还是夜里排", "夜里两点")
		li.sees("夜里两点")
		desk.says("/find " + number).presses("💬 问举报人").says("请打 0972-8622345 或加微信").sees("电话号码").sees("账号或链接").presses("发给举报人")
		ma.sees("受理台想问").quotes("受理台想问", "不想打电话")
		desk.sees("不想打电话")
		li.seesNot("不想打电话")

		ma.knowsNothingOf("样例", "李某", "li 想问")
		for _, p := range []*person{desk, li, yang} {
			p.knowsNothingOf("马秀英", "7391846205", "13997412058")
		}
		yang.says("/my").presses(number)
		yang.knowsNothingOf("哪一段", "土官口桥", "夜里两点")
		if strings.Contains(yang.last(), "询问") {
			t.Errorf("a follower sees that there was an exchange:\n%s", yang.last())
		}
		li.says("/find " + number).presses("🕒 经过").sees("举报人答复：夜里两点")
		c := w.caseOf(number)
		var said []string
		for _, e := range w.history(c) {
			if e.Action == casework.AskReporter || e.Action == casework.Answer {
				said = append(said, e.By+":"+e.Note["words"])
			}
		}
		if got := strings.Join(said, "|"); got != "li:请问是哪一段排的？|reporter:土官口桥下面，我家在旁边|li:白天排还是夜里排？|reporter:夜里两点|"+
			"desk:请打 0972-8622345 或加微信|reporter:不想打电话" {
			t.Errorf("the history says %s", got)
		}
		if len(c.Evidence) != 3 || c.Evidence[2].By != "" {
			t.Errorf("evidence %+v", c.Evidence)
		}
	})
}

// reportsAt reports with a photo from 寿乐镇.
func (p *person) reportsAt(seed int, words string) *person {
	return p.photographs(seed, words).locates(102.404, 36.538)
}

// TestRelayIsFor those who work on the case, in private, and not by forged buttons.
func TestRelayIsForWhoWorksOnTheCase(t *testing.T) {
	story(t, func(w *world) {
		desk, li, wang := w.officer("desk"), w.officer("li"), w.officer("wang")
		ma, thief := w.citizen("马"), w.citizen("贼")
		number := ma.submits(sewage)
		desk.presses("✅ 受理")
		id := string(w.caseOf(number).ID)
		for _, p := range []*person{wang, thief} {
			p.says("/help")
			p.does(func() { p.Forges(p.shown("/report").ID, "c:ask_reporter:"+id) })
			p.does(func() { p.Forges(p.shown("/report").ID, "c:ask_again:"+id) })
			p.seesNot("要问")
		}
		thief.does(func() { thief.Forges(thief.shown("/report").ID, "f1::answer:"+id) })
		thief.says("是我举报的").sees("没有办理这一步的权限")
		li.seesNot("是我举报的")
		li.presses("💬 问举报人").does(func() { li.SendsContact("+8618900000000", "李", li.ID()) })
		li.sees("只能转文字和照片").presses("取消")
		ma.seesNot("想问")
	})
}

// TestRelayAtNight waits for the morning, unless the case is urgent; whoever blocked the bot is not asked, and whoever asked
// is told when it turns out later.
func TestRelayAtNight(t *testing.T) {
	storyFrom(t, monday.Add(14*time.Hour), nil, func(w *world) { // 23:00
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.says("/find " + number).presses("💬 问举报人").says("现在还在排吗？").presses("发给举报人").sees("现在是夜间，11-03 07:00 送达")
		ma.seesNot("现在还在排吗")
		w.sleep(8*time.Hour + time.Minute)
		ma.sees("现在还在排吗")
		w.emulator.Inject(botapi.When{ChatID: ma.ID(), Times: 1}, botapi.Refuse(403, "Forbidden: bot was blocked by the user"))
		desk.presses("💬 问举报人").says("能拍张照片吗？").presses("发给举报人").sees("举报人联系不上")
		ma.seesNot("能拍张照片吗")
		before := desk.count("举报人联系不上")
		desk.says("/find " + number).presses("💬 问举报人")
		if desk.count("举报人联系不上") != before+1 {
			t.Errorf("asked all the same:\n%s", desk.screen())
		}
	})
}
