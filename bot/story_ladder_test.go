package main

import (
	"bytes"
	"image"
	_ "image/jpeg" // as Telegram sends pictures on
	_ "image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// until lets the program stand still until shortly before that local time and run for a while after it: nothing of what lies
// between is due before.
func (w *world) until(local string) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, w.district.Settings.TimeZone)
	if err != nil {
		w.t.Fatal(err)
	}
	w.outage(time.Until(at.Add(-time.Minute)))
	w.sleep(3 * time.Minute)
}

// papers are the captions of the documents that the person was sent as pictures; each must be one.
func (p *person) papers() []models.Message {
	p.w.t.Helper()
	all := p.FromBot()
	out := make([]models.Message, 0, len(all))
	for _, m := range all {
		if len(m.Photo) == 0 {
			continue
		}
		raw, ok := p.w.emulator.File(m.Photo[len(m.Photo)-1].FileID)
		if size, _, err := image.DecodeConfig(bytes.NewReader(raw)); !ok || err != nil || size.Height < 1000 {
			p.w.t.Errorf("%q brings no document: %v, %+v", m.Caption, err, size)
		}
		out = append(out, m)
	}
	return out
}

// handed brings a report as far as the inspector who works on it and returns the number of the case.
func (w *world) handed(ma, desk, li *person) string {
	w.t.Helper()
	ma.submits(sewage)
	desk.presses("✅ 受理")
	li.presses("接办")
	return caseNumber(w, ma.number())
}

// TestLadderFromUrgingToTheProposal follows a case that is begun and never finished: urged, ordered by a numbered document with a
// copy to the chief, pressed, named in the next bulletin, proposed for summoning; each once, with who said "received" on record.
func TestLadderFromUrgingToTheProposal(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss, leader := w.officer("desk"), w.officer("boss"), w.officer("leader")
		chief, li := w.officer("chief-shoule"), w.officer("li")
		ma := w.citizen("马")
		number := w.handed(ma, desk, li)
		w.until("2026-12-03 07:00")
		li.sees("办结时限已超期").presses("已收到").sees("已签收")
		w.until("2026-12-04 07:00")
		li.reminded("催办通知书", number, "2026-12-04 07:00")
		li.sees("乐环催〔2026〕1号")
		chief.sees("抄送·催办通知书：" + number).sees("乐环催〔2026〕1号")
		if n := len(li.papers()); n != 1 {
			t.Errorf("the inspector got %d documents", n)
		}
		chief.seesNot("未签收")
		w.until("2026-12-05 07:00")
		chief.sees("催办通知书未签收：" + number).sees("样例·李某")
		w.until("2026-12-06 07:00")
		li.sees("乐环督〔2026〕1号").presses("已收到")
		chief.reminded("督办单", number, "2026-12-06 07:00")
		boss.sees("抄送·督办单：" + number)
		w.until("2026-12-07 07:00")
		boss.sees("督办未签收：" + number).sees("样例·寿乐网格长")
		w.until("2026-12-10 07:00")
		chief.reminded("列入通报", number, "2026-12-10 07:00")
		w.until("2026-12-17 07:00")
		leader.reminded("约谈建议", number, "2026-12-17 07:00")
		leader.sees("乐环约建〔2026〕1号").sees("本件只是建议")
		w.sleep(24 * time.Hour)
		for _, o := range []*person{desk, boss, leader, chief, li} {
			for key, at := range o.reminders() {
				if len(at) != 1 {
					t.Errorf("%s got %q at %v", o.Name(), key, at)
				}
			}
		}
		ma.seesNot("督办单").seesNot("通知书")
		c := w.caseOf(number)
		var rungs []casework.Rung
		for _, s := range c.Ladder {
			rungs = append(rungs, s.Rung)
		}
		if !slices.Equal(rungs, casework.Rungs()[1:]) {
			t.Errorf("the ladder is %v", rungs)
		}
		for i, no := range []string{"乐环催〔2026〕1号", "乐环督〔2026〕1号", "乐环约建〔2026〕1号"} {
			if c.Letters[i].No != no {
				t.Errorf("letter %d has number %q, want %q", i, c.Letters[i].No, no)
			}
		}
		boss.says("/find " + number).presses("📄 文书").sees("乐环催〔2026〕1号（" + number)
		w.golden("ladder.txt")
	})
}

// TestLadderByHand: a supervisor presses with a reason and words of their own; whoever has the case gets the order and says
// "received"; the leader gets a copy. Once is enough until it is acknowledged.
func TestLadderByHand(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss, leader := w.officer("desk"), w.officer("boss"), w.officer("leader")
		chief, li := w.officer("chief-shoule"), w.officer("li")
		number := w.handed(w.citizen("马"), desk, li)
		boss.says("/find " + number).presses("📌 督办").presses("推诿").says("三次电话均未说明进展").sees("已督办").sees("乐环督〔2026〕1号")
		for _, o := range []*person{li, chief} {
			o.sees("督办原因：推诿、敷衍、拖延").sees("乐环督〔2026〕1号")
		}
		leader.sees("抄送·督办单")
		if text := w.caseOf(number).Letters[0].Text; !bytes.Contains([]byte(text), []byte("三次电话均未说明进展")) {
			t.Errorf("the order says %q", text)
		}
		boss.says("/find " + number).presses("📌 督办").presses("推诿").presses("直接发出").sees("按同一原因督办过")
		li.presses("已收到").sees("已签收")
		chief.presses("已收到")
		boss.says("/find " + number).presses("📌 督办").presses("推诿").presses("直接发出").sees("乐环督〔2026〕2号")
		li.says("/work")
		if c := w.caseOf(number); len(c.Ladder) != 2 || len(c.Ladder[0].Unacknowledged()) != 0 || len(c.Ladder[1].To) != 2 {
			t.Errorf("the ladder is %+v", c.Ladder)
		}
	})
}

// TestLadderBulletin: what was circulated is drafted once a month, gets its number when a supervisor gives it out, reaches all chiefs
// and clerks, and is in no later one. What was done meanwhile is named as done late.
func TestLadderBulletin(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		chief, li := w.officer("chief-shoule"), w.officer("li")
		first := w.handed(w.citizen("马"), desk, li)
		second := w.handed(w.citizen("杨"), desk, li)
		w.until("2026-12-10 07:00")
		if n := chief.count("列入通报"); n != 2 {
			t.Errorf("the chief heard of %d", n)
		}
		w.until("2027-01-01 09:00")
		boss.sees("本月通报草稿").sees("2 件")
		boss.presses("发出通报").sees("通报已发出：乐环通〔2027〕1号，共 2 件")
		chief.sees("通报 乐环通〔2027〕1号：2 件")
		for _, number := range []string{first, second} {
			c := w.caseOf(number)
			l, ok := c.LetterOf(casework.BulletinSeries)
			if !ok || l.No != "乐环通〔2027〕1号" || c.Uncirculated() != 0 {
				t.Errorf("%s: letter %+v", number, l)
			}
			for _, words := range []string{"1个单位的2件", "1．乐都区寿乐镇：" + first, "2．乐都区寿乐镇：" + second, "已超期30天，仍未完成。"} {
				if !strings.Contains(l.Text, words) {
					t.Errorf("the bulletin lacks %q:\n%s", words, l.Text)
				}
			}
		}
		boss.presses("发出通报").sees("没有要通报的举报件")
		w.until("2027-02-01 09:00")
		if n := boss.count("本月通报草稿"); n != 1 {
			t.Errorf("%d drafts", n)
		}
	})
}

// TestLadderPressedList: a supervisor sees at any time who is silent, in the digest every morning, and what a year amounts to.
func TestLadderPressedList(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		w.officer("chief-shoule")
		li := w.officer("li")
		boss.says("/pressed").sees("目前没有催办、督办中的举报件")
		number := w.handed(w.citizen("马"), desk, li)
		w.until("2026-12-03 07:00")
		w.until("2026-12-04 07:00")
		boss.says("/pressed").sees("1. " + number).sees("催办通知书").sees("未签收：样例·李某")
		li.presses("已收到")
		boss.says("/pressed").sees("都已签收")
		w.until("2026-12-06 07:00")
		w.sleep(2 * time.Hour)
		boss.sees("未签收 1 件").presses("📌 未签收").sees("督办")
		boss.presses("2026 年合计").sees("2026 年催办督办").sees("催办 1 次（签收 1/1）").sees("催办通知书 1 次（签收 1/1）").sees("督办 1 次（签收 0/2）")
		boss.sees("提醒 1 次").sees("寿乐镇")
		boss.says("/pressed 2025").sees("2025 年没有")
		boss.says("/pressed soon").sees("请写年份")
		li.says("/pressed").seesNot("催办督办（")
		w.until("2026-12-07 08:30")
		boss.sees("催办 1 · 催办通知书 1 · 督办 1 · 列入通报 0")
	})
}

// TestLadderProposals: what nobody reports on is proposed to the supervisor, who presses with one press or lets it be.
func TestLadderProposals(t *testing.T) {
	storyFrom(t, monday, duty, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		first := w.handed(w.citizen("马"), desk, li)
		second := w.handed(w.citizen("杨"), desk, li)
		w.until("2026-11-13 08:00")
		if n := boss.count("建议督办"); n != 2 {
			t.Fatalf("%d proposals:\n%s", n, boss.screen())
		}
		boss.sees("未按规定反馈办理情况").presses("不必").sees("这次不督办").presses("📌 督办").sees("乐环督〔2026〕1号")
		li.sees("督办原因：未按规定反馈办理情况")
		if n := len(w.caseOf(first).Ladder) + len(w.caseOf(second).Ladder); n != 1 {
			t.Errorf("%d steps", n)
		}
		w.until("2026-11-20 08:00")
		if n := boss.count("建议督办"); n > 2 {
			t.Errorf("%d proposals", n)
		}
	})
}
