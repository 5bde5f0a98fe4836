package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// reportsAtTheRiver reports with a photo at a place in 马厂乡 that several people pass.
func (p *person) reportsAtTheRiver(seed int, words string) {
	p.photographs(seed, words).locates(102.7543, 36.4434)
}

// TestWhoFollowsReadsNoWords: the accused may follow the case against them, and learns that it exists, never what somebody
// wrote, nor the photo before the desk saw it, nor the minute.
func TestWhoFollowsReadsNoWords(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		const words = "我家隔壁洗沙场往河里排泥水"
		ma, accused := w.citizen("马"), w.citizen("老板")
		ma.reportsAtTheRiver(3, words)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		minute := w.caseOf(number).CreatedAt.In(w.district.Settings.TimeZone).Format("15:04")
		w.sleep(2 * time.Hour)
		accused.reportsAtTheRiver(4, "有人往河里排浑水")
		accused.sees("是上面这件吗")
		for _, m := range accused.FromBot() {
			if len(m.Photo) > 0 {
				t.Error("the photo is shown before the desk saw it")
			}
		}
		accused.presses("就是这件").sees("并入")
		accused.says("/my").sees("共 1 件").presses(number).sees("另有群众反映同一问题")
		accused.says("/status " + number + " " + w.caseOf(number).Code)
		accused.knowsNothingOf(words, "隔壁", minute)
		desk.says("/find " + number).presses("✅ 受理")
		late := w.citizen("白")
		late.reportsAtTheRiver(5, "洗沙场排泥水")
		late.sees("是上面这件吗")
		late.knowsNothingOf("隔壁", minute)
		ma.says("/my").sees("我家隔壁").presses(number).sees(words).sees(minute)
		zhao.presses("🕒 经过").sees(words).sees(minute)
	})
}

// TestMineIsNewestFirst, however many there are.
func TestMineIsNewestFirst(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		var numbers []string
		for range w.app.desk.Rules.PageSize + 2 {
			numbers = append(numbers, ma.submits(sewage))
			w.sleep(25 * time.Hour)
		}
		ma.says("/my")
		list := ma.last()
		newest, before := numbers[len(numbers)-1], numbers[len(numbers)-2]
		if a, b := strings.Index(list, newest), strings.Index(list, before); a < 0 || b < a || strings.Contains(list, numbers[0]) {
			t.Errorf("not the newest first:\n%s", list)
		}
	})
}

// reporter finds out who somebody is to the program as a reporter.
func (w *world) reporter(p *person) grid.PersonID { return w.app.desk.Reporter(p.ID()) }

// TestOfficersReportAsCitizens: what an officer reports or follows in their own time names no officer, neither in the case
// nor in its history, and the roster does not lead to it. They are told like anybody else.
func TestOfficersReportAsCitizens(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, boss, clerk, zhao := w.officer("desk"), w.officer("boss"), w.officer("root-admin"), w.officer("zhao")
		clerk.reportsAtTheRiver(6, "洗沙场往河里排泥水")
		clerk.presses("提交").sees("已登记")
		number := clerk.number()
		boss.reportsAtTheRiver(7, "有人往河里排浑水")
		boss.presses("就是这件").sees("并入")
		clerk.says("/my").presses(number).presses("补充情况").says("今天又排了一次")
		desk.presses("✅ 受理")
		clerk.sees("已受理，举报件号")
		boss.sees("已受理，举报件号")
		c := w.caseOf(number)
		if c.Reporter != w.reporter(clerk) || len(c.Followers) != 1 || c.Followers[0] != w.reporter(boss) {
			t.Errorf("reported by %s, followed by %s", c.Reporter, c.Followers)
		}
		for _, e := range c.Evidence {
			if e.By != "" {
				t.Errorf("a photo of the public's is by %s", e.By)
			}
		}
		var by []string
		for _, e := range w.history(c) {
			by = append(by, e.By)
		}
		if got := strings.Join(by, " "); got != "reporter follower follower reporter desk" {
			t.Errorf("history by %s", got)
		}
		for key, value := range w.everything() {
			if strings.Contains(key, ":case:") {
				for _, secret := range []string{"root-admin", "boss", string(w.pseudonym(clerk)), string(w.pseudonym(boss))} {
					if strings.Contains(value, secret) {
						t.Errorf("the case tells %s", secret)
					}
				}
			}
		}
		zhao.photographs(8, "马厂乡河边新倒了一堆建筑垃圾").sees("已立案").says("/my").sees("共 1 件").sees("建筑垃圾")
		if filed := w.caseOf(zhao.number()); filed.Reporter != w.pseudonym(zhao) || filed.Evidence[0].By != "zhao" {
			t.Errorf("what an inspector files is by %s, its photo by %s", filed.Reporter, filed.Evidence[0].By)
		}
	})
}

// TestReporterIsFoundUnderBothNames: language and blocking are the person's, whichever pseudonym a message is for.
func TestReporterIsFoundUnderBothNames(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.submits(sewage)
		blocked := func() (as [2]bool) {
			for i, id := range []grid.PersonID{w.pseudonym(ma), w.reporter(ma)} {
				p, err := w.app.store.Person(context.Background(), id)
				if err != nil {
					t.Fatal(err)
				}
				as[i] = p.Blocked
			}
			return as
		}
		ma.says("/language").presses("English")
		w.emulator.Inject(botapi.When{ChatID: ma.ID(), Times: 1}, botapi.Refuse(403, "Forbidden: bot was blocked by the user"))
		desk.presses("✅ 受理")
		if got := blocked(); got != [2]bool{true, true} {
			t.Errorf("after a 403 known as blocked: %v", got)
		}
		ma.says("/my")
		if got := blocked(); got != [2]bool{} {
			t.Errorf("after writing again known as blocked: %v", got)
		}
		w.officer("li").says("/work").presses("1").presses("🔧 接办")
		ma.sees("Somebody is at work")
	})
}
