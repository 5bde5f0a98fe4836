package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/consultation"
)

// drafted lets the publisher draw up a consultation with one question of each form, and returns its link's part behind /start.
func (w *world) drafted(pub *person) string {
	w.t.Helper()
	pub.says("/consult").presses("➕ 新的意见征集").presses("🏷 标题").says("引胜沟沿线露天烧烤治理")
	pub.presses("📄 说明").says("沿线露天烧烤油烟、垃圾问题突出，区里拟划定禁烧区，请提意见。")
	pub.presses("❓ 加问题").says("是否支持划定禁烧区？\n支持\n不支持\n说不清").presses("❓ 加问题").says("希望先治理哪些？\n油烟\n垃圾\n噪声").presses("🔁 第 2 题单选/多选")
	pub.presses("❓ 加问题").says("您还有什么建议？").sees("1. 是否支持划定禁烧区？（单选）：支持、不支持、说不清").sees("2. 希望先治理哪些？（多选）").sees("3. 您还有什么建议？（文字）")
	pub.presses("⏰ 结束时间").says("11-20 18:00").sees("只有 18 天，一般不少于 30 天")
	ids, err := w.app.store.Shelf(context.Background(), consultation.Kind, consultation.All, 0, 1e15, 10)
	if err != nil || len(ids) == 0 {
		w.t.Fatalf("%v %v", ids, err)
	}
	return "/start c_" + ids[len(ids)-1]
}

// TestConsultationFromDraftToUse: drawn up, approved by another, answered in chat by a link, changed before the closing; the office reads
// opinions and never whose they are; results are frozen, groups of opinions answered, and the use published. What is late is said.
func TestConsultationFromDraftToUse(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss, li := w.officer("publisher"), w.officer("boss"), w.officer("li")
		ma, yang := w.citizen("马"), w.citizen("杨")
		link := w.drafted(pub)
		ma.says(link).sees("没有这项意见征集")
		pub.presses("✅ 审批").sees("不能审批自己经办的事项")
		boss.says("/consult").presses("引胜沟沿线露天烧烤治理").presses("✅ 审批").sees("征集中")
		pub.sees("已审批")
		w.sleep(2 * time.Minute)
		pub.sees("已经开始，2026-11-20 18:00 结束")
		ma.says(link).sees("工作人员只看意见，看不到是谁写的").presses("✍️ 开始回答").presses("⚪️ 不支持").sees("第 2/3 题（可选几个）").presses("⚪️ 油烟").presses("⚪️ 垃圾").presses("➡️ 下一题")
		ma.presses("✍️ 写意见").says("油烟熏得窗户不敢开，<b>夜里</b>最重").sees("谢谢，已记下您的意见").sees("1. 是否支持划定禁烧区？：不支持").sees("2. 希望先治理哪些？：油烟、垃圾")
		ma.presses("✏️ 改答案").presses("⚪️ 支持").sees("第 2/3 题")
		yang.says("/consult").presses("🗳 引胜沟").presses("✍️ 开始回答").presses("⚪️ 支持").presses("➡️ 下一题").presses("✍️ 写意见").says("王老五天天烧，电话13900000000").presses("✏️ 改答案")
		li.says("/consult").sees("意见征集，1 项").seesNot("新的意见征集")
		boss.says("/consult").presses("引胜沟").presses("📊 看数字").sees("参与：2。每题的数字结束后再看").seesNot("100%").seesNot("油烟熏得")
		w.until("2026-11-17 18:00")
		pub.sees("2026-11-20 18:00 结束，现在收到 2 份")
		w.until("2026-11-20 18:00")
		pub.sees("已结束，收到 2 份").presses("🗳 打开").presses("📢 公布结果").sees("还有意见没有整理")
		ma.says(link).sees("正在整理").says("/consult").presses("⏳ 引胜沟")
		ma.presses("🔘 油烟").sees("不再收意见")
		pub.presses("➕ 加分组").says("担心油烟").presses("📝 整理意见").sees("还剩 2 条没整理")
		for range 2 {
			if strings.Contains(pub.last(), "王老五") {
				pub.presses("🙈 不公开")
			} else {
				pub.presses("📂 担心油烟")
			}
		}
		pub.sees("意见都整理完了")
		w.until("2026-12-12 07:00")
		pub.sees("应于 2026-12-11 前公布结果，还没有公布")
		pub.says("/consult").presses("引胜沟").presses("📢 公布结果").sees("已公布结果")
		ma.says(link).sees("参与：2").sees("担心油烟：1 条").sees("“油烟熏得窗户不敢开，<b>夜里</b>最重”").seesNot("王老五").seesNot("答复：")
		pub.presses("📢 公布采纳情况").says("采纳").sees("还没有答复，请先逐组答复")
		pub.says("/cancel").says("/consult")
		pub.says("/consult").presses("引胜沟").presses("💬 答复第 1 组").says("禁烧区内统一安装油烟净化").presses("📢 公布采纳情况").says("共采纳 1 类意见，2027 年 1 月起施行").sees("已公布采纳情况")
		yang.says(link).sees("答复：禁烧区内统一安装油烟净化").sees("采纳情况：共采纳 1 类意见")
		ids, err := w.app.store.Shelf(context.Background(), consultation.AnswerKind, consultation.To(strings.TrimPrefix(link, "/start c_")), 0, 0, 10)
		if err != nil || len(ids) != 2 || strings.Contains(strings.Join(ids, " "), string(w.pseudonym(ma))) {
			t.Errorf("answers %v, %v", ids, err)
		}
		w.golden("consultation.txt")
	})
}

// TestConsultationIsAskedOnlyOnce: one answer a person, whoever they are; forgetting takes back what is not counted yet; a dropped one
// takes none.
func TestConsultationIsAskedOnlyOnce(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		ma := w.citizen("马")
		link := w.drafted(pub)
		boss.says("/consult").presses("引胜沟").presses("✅ 审批")
		for range 2 {
			ma.says(link).presses("✍️ 开始回答").presses("支持")
		}
		boss.presses("📊 看数字").sees("参与：1。")
		ma.says("/forget").presses("删除").sees("删")
		boss.presses("📊 看数字").sees("参与：0。")
		boss.says("/consult").presses("引胜沟").presses("✖️ 取消").says("方案有变").sees("已取消")
		ma.says(link).sees("已取消")
		li := w.officer("li")
		li.says("/consult").sees("意见征集")
		data := "cs:approve:" + strings.TrimPrefix(link, "/start c_")
		li.does(func() { _, _ = li.Presses(li.FromBot()[0].ID, data) })
		if c := w.consultation(link); c.Dropped == nil || c.Approved.By != "boss" {
			t.Errorf("%+v", c)
		}
	})
}

func (w *world) consultation(link string) consultation.Consultation {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), consultation.Kind, strings.TrimPrefix(link, "/start c_"))
	var c consultation.Consultation
	if err == nil {
		err = d.Into(&c)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}
