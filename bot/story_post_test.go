package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestPost: the publisher writes a notice for a township, another approves it, at its time it becomes part of the digest of whoever
// follows that township and of nobody else, and its reach is counted.
func TestPost(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		ma, han := w.citizen("马"), w.citizen("韩")
		ma.says("/follow 寿乐镇")
		han.says("/follow 高庙镇").says("/posts").sees("只对有相应职责的人员开放")
		pub.says("/posts").presses("写一条").says("周六集中清理引胜沟\n上午九点在镇政府门口集合，请带手套。").sees("还没有选")
		pub.presses("提交审核").sees("还没有选发给谁")
		pub.presses("发给谁").presses("☐ 寿乐镇").sees("关注 寿乐镇 的群众").presses("选好了").sees("关注者最多 1 人")
		pub.presses("⏰ 时间").presses("11-03 09:00").sees("11-03 09:00 发").presses("提交审核").sees("待审核")
		if pub.lastHasButton("同意发出") {
			t.Error("one may approve one's own post")
		}
		boss.sees("周六集中清理引胜沟").presses("↩️ 退回").says("写明联系电话").sees("草稿")
		pub.sees("退回了“周六集中清理引胜沟”：写明联系电话")
		pub.presses("周六集中清理引胜沟").presses("改文字").says("周六集中清理引胜沟\n上午九点在镇政府门口集合，请带手套。电话 0972-8622345。").presses("提交审核")
		boss.presses("同意发出").sees("已同意")
		pub.sees("同意了“周六集中清理引胜沟”")
		w.sleep(25 * time.Hour)
		ma.seesNot("清理引胜沟")
		w.sleep(9 * time.Hour)
		ma.sees("您关注的，有 1 条新消息").sees("电话 0972-8622345")
		han.seesNot("清理引胜沟")
		w.browses("/notices").reads("周六集中清理引胜沟", "电话 0972-8622345")
		w.browses("/notices/" + w.lastPost()).reads("周六集中清理引胜沟")
		w.browses("/en/notices").reads("Notices and advice", "周六集中清理引胜沟")
		pub.says("/posts").sees("已发出").presses("周六集中清理引胜沟").sees("要发 1 人，已送达 1，还在发 0，停用机器人 0，没送到 0")
		w.goldenPart("post.txt", func(entry string) bool {
			return strings.Contains(entry, "publisher") || strings.Contains(entry, "boss")
		})
	})
}

// TestUrgentPost goes to everybody whom it reaches at once, at night as well, once however many topics they follow; whoever
// blocked the bot is counted; recalled before its time it goes to nobody.
func TestUrgentPost(t *testing.T) {
	storyFrom(t, monday.Add(13*time.Hour), closingRoster, func(w *world) { // 22:00
		pub, boss := w.officer("publisher"), w.officer("boss")
		ma, han, yang := w.citizen("马"), w.citizen("韩"), w.citizen("杨")
		ma.says("/follow 寿乐镇").says("/follow 引胜沟").says("/follow 水")
		han.says("/follow 湟水")
		yang.says("/follow 湟水")
		yang.does(yang.Blocks)
		pub.says("/posts").presses("参考文本").sees("样例，须经审核").presses("汛期").sees("往河道").presses("设为紧急").sees("夜里也发")
		pub.presses("发给谁").presses("☐ 湟水").presses("☐ 引胜沟").presses("选好了").presses("提交审核")
		boss.presses("同意发出")
		w.sleep(2 * time.Minute)
		ma.sees("紧急通知：汛期")
		han.sees("紧急通知：汛期")
		if n := ma.count("紧急通知：汛期"); n != 1 {
			t.Errorf("told %d times", n)
		}
		yang.seesNot("紧急通知：")
		pub.says("/posts").presses("汛期").sees("已送达 2")
		pub.says("/posts").presses("写一条").says("停止供水\n请储水。").presses("发给谁").presses("☐ 所有关注者").presses("选好了").presses("设为紧急")
		pub.presses("⏰ 时间").presses("自己写").says("明天 8:30").presses("提交审核")
		boss.presses("同意发出")
		pub.says("/posts").presses("停止供水").presses("撤回").says("消息有误").sees("已撤回")
		w.sleep(12 * time.Hour)
		ma.seesNot("停止供水")
		w.browses("/notices").readsNot("停止供水")
	})
}

// TestExposure: a typical case is exposed in the words of its approved notice, and not at all before there is one.
func TestExposure(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		w.channel()
		desk, li, pub, boss := w.officer("desk"), w.officer("li"), w.officer("publisher"), w.officer("boss")
		ma, han := w.citizen("马"), w.citizen("韩")
		han.says("/follow 水")
		number := w.answered(ma, desk, li)
		pub.says("/posts").presses("曝光典型案例").says(number).sees("没有已同意公开的公示文本")
		desk.says("/find " + number).presses("拟公开文本").presses("就这样发出")
		pub.says("/publish").presses("同意公开")
		pub.says("/posts").presses("曝光典型案例").says(number).sees("典型案例：水").sees("经查属实，已处理完毕")
		if pub.lastHasButton("改文字") {
			t.Error("the words of an exposed case can be changed")
		}
		pub.presses("提交审核")
		boss.presses("同意发出")
		w.sleep(10 * time.Hour)
		han.sees("典型案例：水").seesNot("换管")
		if n := w.posts("bot → 乐都环境公开: 📢 典型案例：水"); n != 1 {
			t.Errorf("%d posts in the channel", n)
		}
	})
}

// TestUrgentPostGoesOnAfterARestart: the program ends in the middle of telling many; afterwards everybody was told once.
func TestUrgentPostGoesOnAfterARestart(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		var crowd []*person
		for range 12 {
			p := w.citizen("众")
			p.says("/follow 寿乐镇")
			crowd = append(crowd, p)
		}
		pub.says("/posts").presses("写一条").says("水质异常\n请勿饮用。").presses("发给谁").presses("☐ 寿乐镇").presses("选好了").presses("设为紧急").presses("提交审核")
		boss.presses("同意发出")
		w.restart()
		w.sleep(3 * time.Minute)
		for _, p := range crowd {
			if n := p.count("水质异常"); n != 1 {
				t.Errorf("%s was told %d times", p.Name(), n)
			}
		}
		if n := w.tally("post/" + w.lastPost()); n[ledger.Queued] != 12 || n[ledger.Sent] != 12 {
			t.Errorf("reach %v", n)
		}
	})
}
