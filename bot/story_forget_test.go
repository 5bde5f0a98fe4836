package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// keysOf lists the keys of the store that hold or are named after any of the words.
func (w *world) keysOf(words ...string) []string {
	var out []string
	for key, value := range w.everything() {
		for _, word := range words {
			if strings.Contains(key+value, word) {
				out = append(out, key)
			}
		}
	}
	return out
}

// TestForget removes everything that leads to a person, readable or by either pseudonym, from every corner of the store; the
// cases go on, and can be asked for by their codes.
func TestForget(t *testing.T) {
	story(t, func(w *world) {
		const phone, name = "+8613997412058", "马秀英"
		desk, li := w.officer("desk"), w.officer("li")
		ma, yang := w.stranger("小马"), w.citizen("杨")
		ma.reportsAt(3, "寿乐镇有人往引胜沟里排黑水").presses("✍️ 实名举报").says(name).sharesPhone().presses("提交").sees("已登记")
		number := ma.number()
		code := w.caseOf(number).Code
		desk.presses("✅ 受理")
		yang.reportsAtTheRiver(4, "马厂乡洗沙场往河里排泥水")
		yang.presses("提交").sees("已登记")
		followed := yang.number()
		w.sleep(time.Hour)
		ma.reportsAtTheRiver(5, "马厂乡河里有浑水")
		ma.presses("就是这件").sees("并入")
		w.sleep(time.Hour)
		ma.says("寿乐镇还有一处在倒垃圾").sees("请核对") // a draft
		me, reporter := string(w.pseudonym(ma)), string(w.reporter(ma))
		if len(w.keysOf(me)) == 0 || len(w.keysOf(reporter)) == 0 {
			t.Fatal("there is nothing to forget")
		}
		aside(w, ma)

		ma.says("/forget").sees("删除后谁也无法再查出").sees(number + " " + code).presses("不删").sees("没有删除")
		ma.says("/my").sees("共 2 件")
		ma.says("删除我的信息").presses("🗑 确认删除").sees("已删除。您的举报继续办理")
		w.findsNowhere(phone, "13997412058", name, "7391846205")
		if keys := w.keysOf(me, reporter); len(keys) > 0 {
			t.Errorf("pseudonyms are left in %v", keys)
		}
		if n, err := w.app.store.AsideCount(context.Background()); err != nil || n != 1 {
			t.Errorf("%d put aside, %v; want only the other person's", n, err)
		}
		c, f := w.caseOf(number), w.caseOf(followed)
		if !c.Reporter.IsGone() || c.RealName || len(f.Followers) != 1 || !f.Followers[0].IsGone() || f.Reporter != w.reporter(yang) {
			t.Errorf("reported by %s, real name %v; followed by %v", c.Reporter, c.RealName, f.Followers)
		}
		w.history(c)

		before := len(ma.FromBot())
		li.says("/work").presses("1").presses("🔧 接办")
		li.presses("💬 问举报人").sees("举报人联系不上")
		if got := len(ma.FromBot()); got != before {
			t.Errorf("written to %d times after being forgotten:\n%s", got-before, ma.screen())
		}
		ma.says("/my").sees("还没有").says("/status " + number + " " + code).sees("责任人开始办理").says("/mydata").sees("您的举报（含一起反映的）：0 件")
		if !w.caseOf(number).Reporter.IsGone() {
			t.Error("writing again led back to the case")
		}
		desk.seesNot(name)
	})
}

// aside puts a message of the person's and one of somebody else's aside, as after three failures.
func aside(w *world, p *person) {
	w.t.Helper()
	ctx := context.Background()
	other := w.citizen("别人")
	for i, x := range []*person{p, other} {
		id := strconv.FormatInt(x.ID(), 10)
		update := int64(900000 + i)
		data := `{"update_id":` + strconv.FormatInt(update, 10) + `,"message":{"message_id":1,"date":1,"from":{"id":` + id + `},"chat":{"id":` + id + `,"type":"private"}}}`
		if err := w.app.store.Receive(ctx, []ledger.Entry{{Update: update, Data: []byte(data)}}, time.Now()); err != nil {
			w.t.Fatal(err)
		}
		in, err := w.app.store.ReadInbox(ctx, "", 10)
		if err != nil {
			w.t.Fatal(err)
		}
		if err := w.app.store.SetAside(ctx, in[len(in)-1].ID, "test", time.Now()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// TestForgetWithMessagesWaiting: what was still to be said reaches nobody, what is said after it comes from somebody new,
// and a photo that is fetched late brings nobody back.
func TestForgetWithMessagesWaiting(t *testing.T) {
	storyFrom(t, monday.Add(14*time.Hour), nil, func(w *world) { // 23:00
		desk := w.officer("desk")
		ma := w.stranger("小马")
		number := ma.submits(sewage)
		me, reporter := string(w.pseudonym(ma)), string(w.reporter(ma))
		desk.says("/find " + number).presses("💬 问举报人").says("还在排吗？").presses("发给举报人").sees("现在是夜间")
		ma.does(func() {
			ma.SendsDocument("a.jpg", "image/jpeg", photoAt(5, 36.538, 102.404))
			ma.Says("/forget")
		})
		ma.presses("🗑 确认删除").sees("已删除")
		w.sleep(9 * time.Hour)
		ma.seesNot("还在排吗")
		if keys := w.keysOf(me, reporter); len(keys) > 0 {
			t.Errorf("pseudonyms are left in %v", keys)
		}
		depth, err := w.app.store.OutboxDepth(context.Background())
		for _, d := range depth {
			if err != nil || d.Waiting != 0 {
				t.Errorf("still waiting: %+v, %v", depth, err)
			}
		}
	})
}

// TestForgetEndsNoDuty: an officer who is forgotten as a citizen works on.
func TestForgetEndsNoDuty(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		li.photographs(8, "寿乐镇河边新倒了一堆建筑垃圾").locates(102.404, 36.538)
		li.sees("现场上报，已受理")
		filed := li.number()
		desk.says("/language").presses("English")
		desk.reportsAtTheRiver(6, "马厂乡洗沙场往河里排泥水")
		desk.presses("Submit")
		number := desk.number()
		reporter := string(w.reporter(desk))
		desk.says("/forget").sees("your duties do not end by this").presses("Yes, remove it").sees("Removed.")
		if keys := w.keysOf(reporter); len(keys) > 0 {
			t.Errorf("as a reporter still in %v", keys)
		}
		if !w.caseOf(number).Reporter.IsGone() {
			t.Error("the report still names its reporter")
		}
		desk.says("/desk")
		if !strings.Contains(desk.last(), number) {
			t.Errorf("the desk reads %s", desk.last())
		}
		desk.says("/mydata").sees("You are on the roster, too")
		li.says("/forget").presses("🗑 确认删除").sees("已删除").says("/work").sees(filed)
		if w.caseOf(filed).Reporter != w.pseudonym(li) {
			t.Error("what an inspector filed lost its inspector")
		}
	})
}

// TestForgetIsAskedInPrivate, and its button proves nothing about anybody else.
func TestForgetIsAskedInPrivate(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, thief := w.citizen("马"), w.citizen("贼")
		number := ma.submits(sewage)
		group := w.emulator.Group(-500, "土官口村群", ma.Person)
		for _, command := range []string{"/forget", "/mydata"} {
			ma.does(func() { ma.Says(command, botapi.In(group)) })
		}
		for _, m := range w.emulator.Messages(group.ID()) {
			if m.From.IsBot && !strings.Contains(m.Text, "请私聊") {
				t.Errorf("the group reads %q", m.Text)
			}
		}
		thief.says("/help").does(func() { thief.Forges(thief.shown("/report").ID, "p:forget_yes:") })
		if w.caseOf(number).Reporter != w.reporter(ma) {
			t.Error("somebody else's report was forgotten")
		}
		if got := w.actions(w.caseOf(number)); !slices.Equal(got, []casework.Action{casework.Submit}) {
			t.Errorf("%v", got)
		}
	})
}
