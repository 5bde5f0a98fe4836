package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestTooFastIsToldOnce: past the limit the sender is told once how long to wait; what comes until then is counted and nothing
// else, unless it tells of danger; afterwards all is as before, and the supervisor reads the figure.
func TestTooFastIsToldOnce(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { d.Settings.MessagesPerPerson = 10 }, func(w *world) {
		boss, ma := w.officer("boss"), w.citizen("马")
		ma.says("/start")
		ma.does(func() {
			for i := range 30 {
				ma.Says(fmt.Sprintf("哈哈%d", i))
			}
		})
		w.sleep(time.Minute)
		if n := ma.count("发得太快"); n != 1 {
			t.Fatalf("told %d times:\n%s", n, ma.screen())
		}
		ma.sees("请等 5 分钟")
		said := len(ma.FromBot())
		ma.says(sewage)
		if n := len(ma.FromBot()); n != said {
			t.Errorf("answered in the window:\n%s", ma.screen())
		}
		ma.says("化工厂爆炸了，有人中毒晕倒").sees("119")
		w.sleep(5 * time.Minute)
		ma.says("/cancel")
		ma.submits(sewage)
		w.sleep(24 * time.Hour)
		boss.sees("昨日发得太快、未处理的消息 22 条")
	})
}

// TestAlarmsHaveAnEnd: nobody drowns the phones of all on duty, and with them what everybody else is to be answered, by words of
// danger without end.
func TestAlarmsHaveAnEnd(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { d.Settings.MessagesPerPerson = 10 }, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		before := len(desk.FromBot())
		ma.does(func() {
			for i := range 100 {
				ma.Says(fmt.Sprintf("寿乐镇河里死鱼一大片%d", i))
			}
		})
		w.sleep(4 * time.Minute)
		if n := len(desk.FromBot()) - before; n > 10 {
			t.Errorf("the desk was told %d times", n)
		}
		if n := ma.count("发得太快"); n != 1 {
			t.Errorf("told %d times:\n%s", n, ma.screen())
		}
		w.sleep(5 * time.Minute)
		ma.says("又有鱼死了，水发白").sees("119")
	})
}

// TestAnOfficerMayPressFast: work is made of presses, and an album is one message.
func TestAnOfficerMayPressFast(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { d.Settings.MessagesPerPerson = 5 }, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		for range 12 {
			desk.says("/desk")
		}
		desk.seesNot("发得太快")
		ma.does(func() {
			ma.SendsAlbum([][]byte{photo(1), photo(2), photo(3), photo(4), photo(5), photo(6)}, botapi.Caption(sewage))
		})
		ma.presses("提交").sees("已登记").seesNot("发得太快")
	})
}

// TestAFloodSlowsNobody: while one chat pours thousands of messages in, another is answered as soon as without it, and the
// flood leaves no more behind than a figure and one sentence.
func TestAFloodSlowsNobody(t *testing.T) {
	answered := func(w *world, p *person) time.Duration {
		said := len(p.FromBot())
		began := time.Now()
		p.Says("/help")
		for len(p.FromBot()) == said {
			time.Sleep(time.Millisecond)
			synctest.Wait()
			if time.Since(began) > time.Minute {
				w.t.Fatal("no answer within a minute")
			}
		}
		return time.Since(began)
	}
	story(t, func(w *world) {
		yang, flood := w.citizen("杨"), w.citizen("洪")
		yang.says("/start")
		flood.says("/start")
		w.sleep(time.Minute)
		calm := answered(w, yang)
		w.sleep(time.Minute)
		for i := range 3000 {
			flood.Says(fmt.Sprintf("刷屏 %d", i))
		}
		if busy := answered(w, yang); busy > calm {
			t.Errorf("answered after %v, without the flood after %v", busy, calm)
		}
		w.sleep(time.Hour)
		if n := flood.count("发得太快"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if d, err := w.app.store.InboxDepth(context.Background()); err != nil || d.Waiting != 0 {
			t.Errorf("%+v wait, %v", d, err)
		}
		counts, err := w.app.store.Counts(context.Background(), "2026-11-02")
		if want := int64(3000 + 1 - 60); err != nil || counts["throttled/630202"] != want {
			t.Errorf("%d counted, want %d: %v", counts["throttled/630202"], want, err)
		}
	})
}

// TestTheSameAgainAndForwards: the same words again add nothing and are answered once; what was only forwarded needs a
// sentence of the sender's own before it becomes a report, unless it tells of danger.
func TestTheSameAgainAndForwards(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, yang, author := w.citizen("马"), w.citizen("杨"), w.citizen("作者")
		for range 4 {
			ma.says("加微信领红包")
		}
		if n := ma.count("不用重复发"); n != 1 || len(ma.FromBot()) != 2 {
			t.Errorf("answered %d times:\n%s", n, ma.screen())
		}
		earlier := w.emulator.Now().Add(-time.Hour)
		yang.does(func() { yang.Says(sewage, botapi.ForwardedFrom(author.Person, earlier)) })
		yang.sees("请用自己的话补一句").seesNot("请核对")
		yang.does(func() { yang.Says("转发给更多人", botapi.ForwardedFrom(author.Person, earlier)) })
		if n := yang.count("请用自己的话补一句"); n != 1 {
			t.Errorf("asked %d times:\n%s", n, yang.screen())
		}
		yang.says("今早我也闻到了臭味").presses("提交").sees("已登记")
		if c := w.caseOf(yang.number()); !strings.Contains(c.Text, "引胜沟") || !strings.Contains(c.Text, "臭味") {
			t.Errorf("the report says %q", c.Text)
		}
	})
}

// TestTooLargeAFile is told with the limit and never fetched; the report goes on, and its history says that the file was
// not kept.
func TestTooLargeAFile(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says(sewage)
		before := w.emulator.Calls("getFile")
		ma.does(func() { ma.SendsHugeDocument("film.mp4", "video/mp4", 300<<20) })
		ma.sees("超过 20 MB")
		ma.presses("提交").sees("已登记")
		w.sleep(10 * time.Minute)
		if n := w.emulator.Calls("getFile"); n != before {
			t.Errorf("asked for it %d times", n-before)
		}
		c := w.caseOf(ma.number())
		if len(c.Evidence) != 1 || c.Evidence[0].Lost != "not_kept" {
			t.Errorf("%+v", c.Evidence)
		}
	})
}

// TestMarkedAsAbuse: a mark changes nothing of the report's way; three of them lower what the reporter may send, which the
// supervisor hears of without learning who it is, and can undo.
func TestMarkedAsAbuse(t *testing.T) {
	story(t, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		ma := w.citizen("马秀英")
		var numbers []string
		for range 3 {
			numbers = append(numbers, ma.submitsAnew(sewage))
		}
		for _, n := range numbers {
			desk.says("/find " + n).presses("标记滥用").sees("属于哪种滥用").presses("反复发同一件").sees("已标记 " + n)
		}
		desk.says("/find " + numbers[0]).sees("滥用标记：反复发同一件").presses("受理")
		ma.sees("已受理")
		boss.sees("已有 3 件被标记为滥用").sees("每天最多可提交 2 件")
		boss.knowsNothingOf("马秀英", string(w.pseudonym(ma)), string(w.reporter(ma)))
		ma.presses("查看进度").seesNot("滥用")

		ma.tries(sewage).sees("目前每天可提交的件数已减少")
		for _, n := range numbers[:1] {
			boss.says("/find " + n).presses("取消滥用标记").sees("已取消")
		}
		ma.submitsAnew(sewage)
		li := w.officer("li")
		li.says("/work").seesNot("标记滥用")
		if got := w.actions(w.caseOf(numbers[1])); len(got) != 2 || got[1] != "flag_abuse" {
			t.Errorf("history %v", got)
		}
	})
}

// tries writes a report, says that no earlier one is the same, and submits.
func (p *person) tries(words string) *person {
	p.says(words)
	for _, label := range []string{"另报一件", "是新的问题", "都不是"} {
		if p.has(label) {
			p.presses(label)
		}
	}
	return p.presses("提交")
}

// submitsAnew is tries, with a number in the end.
func (p *person) submitsAnew(words string) string {
	p.w.t.Helper()
	n := p.count("已登记")
	p.tries(words)
	if p.count("已登记") != n+1 {
		p.w.t.Fatalf("not registered; the phone shows:\n%s", p.screen())
	}
	return p.number()
}

// has tells whether the newest message has that button.
func (p *person) has(label string) bool {
	m := p.FromBot()
	if len(m) == 0 {
		return false
	}
	_, ok := buttonData(m[len(m)-1], label)
	return ok
}
