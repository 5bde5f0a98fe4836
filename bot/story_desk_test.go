package main

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestEveryRefusal has its own onward notice, which the reporter reads. Those that need a history are in story_refusal_test.go.
func TestEveryRefusal(t *testing.T) {
	notices := map[casework.Disposition][2]string{ // what the desk types when it is asked, what the reporter then reads
		casework.NotEnvironment: {"区交通运输局", "负责"},
		casework.InCourt:        {"", "诉讼、仲裁或行政复议"},
		casework.OtherArea:      {"平安区", "属于平安区"},
	}
	labels := map[casework.Disposition]string{
		casework.NotEnvironment: "不属环保职责", casework.InCourt: "诉讼、仲裁、复议",
		casework.OtherArea: "不在本区",
	}
	for d := range notices {
		t.Run(string(d), func(t *testing.T) {
			story(t, func(w *world) {
				desk := w.officer("desk")
				ma := w.citizen("马")
				number := ma.submits(sewage)
				desk.presses("不予受理").sees("不予受理的原因").presses(labels[d])
				if !desk.lastHasButton("就这样发出") {
					desk.says(notices[d][0])
				}
				desk.sees("举报人将收到").presses("就这样发出").sees("已告知举报人")
				ma.sees("不予受理。").sees(notices[d][1])
				c := w.caseOf(number)
				if c.State != casework.Refused || c.Disposition != d || c.CaseNo != "" || c.Reply == "" {
					t.Errorf("stored as %+v", c)
				}
				if _, ok := c.Due(); ok {
					t.Error("a clock still runs")
				}
				ma.says("/my").presses(number).sees(notices[d][1])
				desk.says(number).sees("来源：群众举报") // a number alone opens the case
				ma.says(number).sees("的查询码")
				desk.says("/desk").sees("没有待受理的举报")
			})
		})
	}
}

// TestTwoAtTheDesk press the same button at the same moment: one wins, the other gets a sentence.
func TestTwoAtTheDesk(t *testing.T) {
	storyFrom(t, monday, appoint("desk2", grid.Desk, "630202"), func(w *world) {
		one, two, li := w.officer("desk"), w.officer("desk2"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		press := func(p *person) {
			for _, m := range slices.Backward(p.FromBot()) {
				if data, ok := buttonData(m, "✅ 受理"); ok {
					if _, err := p.Presses(m.ID, data); err != nil {
						t.Fatal(err)
					}
					return
				}
			}
			t.Fatalf("no button:\n%s", p.screen())
		}
		one.does(func() { press(one); press(two) })
		won, lost := one, two
		if two.Sees("✅ 已受理") {
			won, lost = two, one
		}
		won.sees("✅ 已受理")
		lost.seesNot("✅ 已受理").sees("状态是“已受理，待处理”，可能已有人处理")
		if n := li.count("新任务"); n != 1 {
			t.Errorf("the inspector was told %d times", n)
		}
		if n := ma.count("已受理"); n != 1 {
			t.Errorf("the reporter was told %d times", n)
		}
		want := []casework.Action{casework.Submit, casework.Accept, casework.HandOn}
		if got := w.actions(w.caseOf(number)); !slices.Equal(got, want) {
			t.Errorf("history %v", got)
		}
	})
}

// TestForgedButtons are refused, change nothing, and are recorded.
func TestForgedButtons(t *testing.T) {
	story(t, func(w *world) {
		desk, li, wang := w.officer("desk"), w.officer("li"), w.officer("wang")
		ma, thief := w.citizen("马"), w.citizen("贼")
		number := ma.submits(sewage)
		thief.says("/start")
		c := w.caseOf(number)
		try := func(p *person, actions ...string) {
			t.Helper()
			before := w.caseOf(number)
			for _, a := range actions {
				p.does(func() { p.Forges(1, "c:"+a+":"+string(c.ID)) })
				p.sees("没有办理这一步的权限")
			}
			if after := w.caseOf(number); after.Version != before.Version {
				t.Errorf("%s changed the case to %+v", p.Name(), after)
			}
		}
		try(thief, "accept", "refuse", "reassign", "open", "history", "photos", "map")
		try(li, "accept", "refuse", "reassign")
		desk.presses("✅ 受理")
		try(thief, "take", "not_mine", "add_evidence")
		try(wang, "take", "not_mine", "reassign", "add_evidence", "open")
		li.presses("接办")
		try(wang, "hand_in")
		try(thief, "hand_in")
		for _, data := range []string{
			"", "c:", "c:accept:", "c:explode:" + string(c.ID), "w:decide:x", "w:cell/630202102:0", "w:decide:0", "o:",
			"w:work:-5", "x", strings.Repeat("界", 20), flow.Press{Nonce: "0000000", Verb: "submit"}.Data(), "c:take:../../etc",
		} {
			thief.does(func() { thief.Forges(2, data) })
		}
		thief.seesNot("引胜沟").seesNot("土官口")
		counts, err := w.app.store.Counts(context.Background(), "2026-11-02")
		if err != nil || counts["forged/630202"] == 0 || counts["forbidden/630202"] < 20 {
			t.Errorf("forgeries recorded: %v, %v", counts, err)
		}
		if left := w.emulator.Unanswered(); len(left) > 0 {
			t.Errorf("%d button presses were never answered", len(left))
		}
	})
}

// TestEndedAppointment gives no rights, however valid the button was.
func TestEndedAppointment(t *testing.T) {
	until := monday.Add(24 * time.Hour)
	ends := func(d *seeds.District) {
		for i := range d.Officers {
			if d.Officers[i].ID == "desk" {
				d.Officers[i].Appointments[0].Until = until
			}
		}
		appoint("desk2", grid.Desk, "630202")(d)
	}
	storyFrom(t, monday, ends, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		desk.sees("待受理")
		w.sleep(25 * time.Hour)
		desk.presses("✅ 受理").sees("没有办理这一步的权限")
		desk.says("/desk").sees("只对有相应职责的人员开放")
		desk.says("/help").seesNot("/review")
		if c := w.caseOf(number); c.State != casework.Registered {
			t.Errorf("state %s", c.State)
		}
	})
}

var link = regexp.MustCompile(`start=([0-9a-z]+)`)

// TestInvitations are good once, in time, until they are revoked, and only the admin makes them.
func TestInvitations(t *testing.T) {
	story(t, func(w *world) {
		admin, desk := w.officer("root-admin"), w.officer("desk")
		desk.says("/invite inspector 寿乐镇 王建国").sees("只对有相应职责的人员开放").seesNot("start=")
		invite := func(args string) string {
			t.Helper()
			admin.says("/invite " + args)
			m := link.FindStringSubmatch(admin.last())
			if m == nil {
				t.Fatalf("no link:\n%s", admin.last())
			}
			return m[1]
		}
		for _, wrong := range []string{"/invite", "/invite king 寿乐镇 王某", "/invite inspector 西宁 王某"} {
			admin.says(wrong)
			if link.MatchString(admin.last()) {
				t.Errorf("%s made a link", wrong)
			}
		}
		first := invite("inspector 寿乐镇 王建国")
		wang, other := w.citizen("王"), w.citizen("别人")
		wang.does(func() { wang.Starts(first) })
		wang.sees("欢迎您，王建国").says("/work").sees("没有待办任务")
		other.does(func() { other.Starts(first) })
		other.sees("已被使用").says("/work").sees("只对有相应职责的人员开放")
		late := invite("inspector 高庙镇 赵某")
		w.sleep(w.district.Settings.InvitationValid + time.Minute)
		other.does(func() { other.Starts(late) })
		other.sees("已过期").seesNot("欢迎您，")
		revoked := invite("inspector 高庙镇 赵某")
		desk.says("/revoke " + revoked).sees("只对有相应职责的人员开放")
		admin.says("/revoke " + revoked).sees("已撤销")
		other.does(func() { other.Starts(revoked) })
		other.seesNot("欢迎您，")
		guess := w.citizen("猜")
		guess.does(func() { guess.Starts("aaaaaaaaaaaaaaaa") })
		guess.sees("不存在或已被使用")
		for k, v := range w.everything() {
			for _, code := range []string{first, late, revoked} {
				if strings.Contains(v, code) {
					t.Errorf("an invitation lies readable under %s", k)
				}
			}
		}
	})
}

// TestFirstAdmin is whoever opens the link that the program prints, once, and it prints none when there is one.
func TestFirstAdmin(t *testing.T) {
	none := func(d *seeds.District) {
		d.Officers = slices.DeleteFunc(d.Officers, func(o grid.Officer) bool { return o.ID == "root-admin" })
	}
	storyFrom(t, monday, none, func(w *world) {
		var out bytes.Buffer
		if err := w.app.greetAdmin(context.Background(), &out); err != nil {
			t.Fatal(err)
		}
		m := link.FindStringSubmatch(out.String())
		if m == nil {
			t.Fatalf("printed %q", out.String())
		}
		wang, thief := w.citizen("王"), w.citizen("贼")
		wang.does(func() { wang.Starts(m[1]) })
		wang.sees("管理员").says("/invite desk 乐都区 马某").sees("start=")
		thief.does(func() { thief.Starts(m[1]) })
		thief.sees("已被使用").says("/invite admin 乐都区 贼").seesNot("start=")
		out.Reset()
		if err := w.app.greetAdmin(context.Background(), &out); err != nil || out.Len() > 0 {
			t.Errorf("printed %q with an admin there, %v", out.String(), err)
		}
	})
}

// TestDeputy is told what an officer who blocked the bot does not get, and everything after it.
func TestDeputy(t *testing.T) {
	deputy := func(d *seeds.District) {
		appoint("bai", grid.Inspector, "630202102400")(d)
		for i := range d.Officers {
			if d.Officers[i].ID == "li" {
				d.Officers[i].Deputy = "bai"
			}
		}
		d.Officers = slices.DeleteFunc(d.Officers, func(o grid.Officer) bool { return o.ID == "chief-shoule" })
	}
	storyFrom(t, monday, deputy, func(w *world) {
		desk, li, bai := w.officer("desk"), w.officer("li"), w.officer("bai")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.submits(sewage)
		desk.presses("✅ 受理")
		li.sees("新任务")
		bai.seesNot("新任务")
		li.does(func() { li.Blocks() })
		yang.submits("寿乐镇土官口村养殖场粪水流进水渠")
		desk.presses("✅ 受理")
		bai.sees("粪水")
		desk.says("/roster 寿乐镇").sees("已停用机器人")
		li.says("/work").sees("共 2 件")
		desk.says("/roster 寿乐镇")
		if strings.Contains(desk.last(), "已停用机器人") {
			t.Errorf("still shown as away:\n%s", desk.last())
		}
	})
}

// TestOverview shows what is open and late by cell, and opens the way to it.
func TestOverview(t *testing.T) {
	story(t, func(w *world) {
		boss, desk, li := w.officer("boss"), w.officer("desk"), w.officer("li")
		boss.says("/overview").sees("待受理 0")
		for _, name := range []string{"马", "杨", "白"} {
			w.citizen(name).submits(sewage)
			desk.presses("✅ 受理")
		}
		w.citizen("赵").submits("高庙镇河边倒了很多建筑垃圾")
		boss.says("/overview").sees("待受理 1").sees("寿乐镇：在办 3，超期 0")
		w.outage(14 * 24 * time.Hour)
		boss.says("/overview").sees("寿乐镇：在办 3，超期 3").presses("寿乐镇").sees("已超期")
		boss.presses("3").sees("来源：")
		li.says("/overview").sees("只对有相应职责的人员开放")
		ma := w.citizen("路人")
		ma.says("/overview").sees("只对有相应职责的人员开放")
	})
}

// TestOldButton of a message that was overtaken gets a sentence and does no harm.
func TestOldButton(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says(sewage)
		old := ma.FromBot()[len(ma.FromBot())-1]
		data, _ := buttonData(old, "提交")
		ma.presses("提交").sees("已登记")
		ma.does(func() { ma.Forges(old.ID, data) })
		if !strings.Contains(ma.toast(), "已经提交") {
			t.Errorf("toast %q", ma.toast())
		}
		w.outage(30 * 24 * time.Hour)
		ma.does(func() { ma.Forges(old.ID, data) })
		if !strings.Contains(ma.toast(), "用不上了") {
			t.Errorf("toast %q", ma.toast())
		}
		ma.says("/my").sees("共 1 件")
	})
}

// TestMenusByRole shows everybody the commands that are theirs.
func TestMenusByRole(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		w.officer("li")
		w.restart()
		names := func(p *person) string {
			var all []string
			for _, c := range p.Commands() {
				all = append(all, c.Command)
			}
			return strings.Join(all, " ")
		}
		ma := w.citizen("马")
		ma.says("/start")
		desk := &person{w.emulator.User(1001, "", ""), w}
		li := &person{w.emulator.User(1002, "", ""), w}
		if got := names(ma); strings.Contains(got, "desk") || !strings.Contains(got, "report") {
			t.Errorf("a citizen's menu: %s", got)
		}
		if got := names(desk); !strings.Contains(got, "review") || strings.Contains(got, "checkin") {
			t.Errorf("the desk's menu: %s", got)
		}
		if got := names(li); !strings.Contains(got, "checkin") || strings.Contains(got, "review") {
			t.Errorf("an inspector's menu: %s", got)
		}
	})
}
