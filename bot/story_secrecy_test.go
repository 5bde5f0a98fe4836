package main

import (
	"bytes"
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
		w.sleep(2 * time.Minute)
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
		if got := strings.Join(by, " "); got != "reporter follower follower reporter desk system system system" {
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
		zhao.photographs(8, "马厂乡河边新倒了一堆建筑垃圾").sees("现场上报，已受理").says("/my").sees("共 1 件").sees("建筑垃圾")
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
		ma.sees("Work on A2026-00001 has begun")
	})
}

// firstLink is the code that the program prints while nobody is admin.
func (w *world) firstLink() string {
	w.t.Helper()
	var out bytes.Buffer
	if err := w.app.greetAdmin(context.Background(), &out); err != nil {
		w.t.Fatal(err)
	}
	if m := link.FindStringSubmatch(out.String()); m != nil {
		return m[1]
	}
	return ""
}

// TestOldFirstLinksAreDead: of the links for the first admin only the newest works, only once, only while nobody is admin,
// and an admin who blocked the bot is one still.
func TestOldFirstLinksAreDead(t *testing.T) {
	story(t, func(w *world) {
		old, newest := w.firstLink(), w.firstLink()
		thief, first := w.citizen("贼"), w.citizen("王")
		thief.does(func() { thief.Starts(old) })
		thief.sees("不存在或已被使用")
		first.does(func() { first.Starts(newest) })
		first.sees("欢迎您").does(func() { first.Blocks() })
		if code := w.firstLink(); code != "" {
			t.Error("a link is printed because the admin blocked the bot")
		}
		first.says("/help")
	})
}

// TestAFirstLinkDiesWithTheFirstAdmin: whoever finds it later gets nothing by it.
func TestAFirstLinkDiesWithTheFirstAdmin(t *testing.T) {
	story(t, func(w *world) {
		code := w.firstLink()
		w.officer("root-admin")
		thief := w.citizen("贼")
		thief.does(func() { thief.Starts(code) })
		thief.sees("不存在或已被使用").says("/roster").sees("只对有相应职责的人员开放")
	})
}

// invites lets the admin make a link.
func (p *person) invites(args string) string {
	p.w.t.Helper()
	p.says("/invite " + args)
	m := link.FindStringSubmatch(p.last())
	if m == nil {
		p.w.t.Fatalf("no link:\n%s", p.last())
	}
	return m[1]
}

// TestNobodyTakesAnOfficersPlace unless the admin says so, and then the officer hears of it.
func TestNobodyTakesAnOfficersPlace(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		stale, again := admin.invites("li"), admin.invites("wang")
		li := w.officer("li")
		thief := w.citizen("贼")
		thief.does(func() { thief.Starts(stale) })
		thief.sees("不存在或已被使用").says("/work").sees("只对有相应职责的人员开放")
		li.does(func() { li.Starts(again) })
		li.sees("不能再成为另一位责任人")
		admin.says("/invite li").sees("已接入").sees("/invite li replace").says("/invite li somebody").sees("没有“li”")
		successor := w.citizen("新")
		replace := admin.invites("li replace")
		successor.does(func() { successor.Starts(replace) })
		successor.sees("欢迎您，样例·李某").says("/work").sees("没有待办任务")
		li.sees("已改由另一个账号使用").says("/work").sees("只对有相应职责的人员开放")
	})
}

// TestDismissal takes effect at once, is told, and no invitation undoes it.
func TestDismissal(t *testing.T) {
	story(t, func(w *world) {
		admin, desk, li := w.officer("root-admin"), w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.submits(sewage)
		desk.presses("✅ 受理").says("/dismiss li").sees("只对有相应职责的人员开放")
		li.presses("接办")
		second := admin.invites("admin 乐都区 第二")
		deputy := w.citizen("第二")
		deputy.does(func() { deputy.Starts(second) })
		backdoor := deputy.invites("admin 乐都区 第三")
		before := admin.invites("wang")
		for said, answer := range map[string]string{
			"/dismiss": "用法", "/dismiss nobody": "没有“nobody”", "/dismiss root-admin": "不能解除自己", "/dismiss li king": "没有“king”",
			"/dismiss li desk": "没有可以解除的职责",
		} {
			admin.says(said).sees(answer)
		}
		admin.says("/help").sees("/dismiss").says("/dismiss li inspector").sees("已解除 样例·李某 的 1 项职责")
		li.sees("已由管理员解除").presses("上报结果").sees("没有办理这一步的权限").says("/work").sees("只对有相应职责的人员开放")
		admin.says("/dismiss wang").says("/dismiss " + string(w.roleOf(deputy).ID))
		deputy.says("/roster").sees("只对有相应职责的人员开放")
		late, third := w.citizen("迟"), w.citizen("第三")
		late.does(func() { late.Starts(before) })
		late.sees("欢迎您，样例·王某").says("/work").sees("只对有相应职责的人员开放")
		third.does(func() { third.Starts(backdoor) })
		third.sees("不存在或已被使用")
	})
}

// roleOf finds somebody on the roster.
func (w *world) roleOf(p *person) grid.Officer {
	w.t.Helper()
	roster, err := w.app.store.Roster(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	o, _ := roster.ByPerson(w.pseudonym(p))
	return o
}

// TestTheNextReporterSeesNoReportersPicture: whoever tells of the same matter may be the accused; a picture shows where whoever took it
// stood. An officer's may be shown.
func TestTheNextReporterSeesNoReportersPicture(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		ma := w.citizen("马")
		ma.reportsAtTheRiver(6, "洗沙场往河里排泥水")
		ma.presses("提交").sees("已登记")
		desk.presses("✅ 受理")
		pictures := func(p *person) int {
			n := 0
			for _, m := range p.FromBot() {
				n += len(m.Photo)
			}
			return n
		}
		asks := func(name string) *person {
			p := w.citizen(name)
			p.reportsAtTheRiver(7, "有人往河里排浑水")
			return p.sees("有人报过")
		}
		if p := asks("杨"); pictures(p) != 0 {
			t.Errorf("shown the reporter's picture:\n%s", p.screen())
		}
		zhao.presses("接办").presses("补充照片").photographs(9, "到现场了")
		zhao.presses("补充照片")
		if p := asks("何"); pictures(p) == 0 {
			t.Errorf("not shown the officer's picture:\n%s", p.screen())
		}
	})
}
