package main

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/seeds"
)

var seatCodeField = regexp.MustCompile(`name="code" value="([0-9A-Z]{10})"`)

// announces lets the office announce a hearing with so many seats, and returns its page.
func (w *world) announces(pub, boss *person, seats string) string {
	w.t.Helper()
	pub.says("/hearings").presses("➕ 听证会").presses("🏷 标题").says("禁烧区划定听证会").presses("📄 说明").says("听取沿线居民、商户意见")
	pub.presses("📍 地点").says("区政府一楼会议室").presses("⏰ 时间").says("11-20 14:30").presses("🪑 席位").says(seats).presses("⏱ 报名截止").says("11-18 18:00")
	boss.says("/hearings").presses("禁烧区划定听证会").presses("✅ 审批并发布")
	return "/hearings/" + w.hearingID()
}

// signsUp fills in the form of a hearing and returns the code that the page shows; empty when it shows none.
func (b *browser) signsUp(path, name, phone string) string {
	b.w.t.Helper()
	b.answers(path, url.Values{"name": {name}, "phone": {phone}}, nil)
	if m := seatCodeField.FindStringSubmatch(b.body); m != nil {
		return m[1]
	}
	return ""
}

// shows looks with a code.
func (b *browser) shows(path, code string) *browser {
	b.w.t.Helper()
	b.posts(path, url.Values{"code": {code}}, nil)
	return b
}

// TestHearingOnTheWeb: signed up without an account, a cookie or a script, on one list with those of the chat; a code tells how one
// stands and gives the seat up; whoever moves up hears so in chat and reads so on the web; the office reads sealed names for a reason and
// checks codes at the door; in the end no name is left.
func TestHearingOnTheWeb(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		ma, he := w.citizen("马"), w.citizen("何")
		path := w.announces(pub, boss, "2")
		w.browses(path).reads("报名参加", "只给会务用", "也可以在聊天里报名", "共 2，剩 2")
		w.browses("/en"+path).reads("Sign up", "never public", "2 of 2 left")

		b := w.browses(path)
		yang := b.signsUp(path, "杨某某", "139 0000-0001")
		b.reads("您有席位", "入场码", yang[:5])
		if len(b.res.Cookies()) > 0 || b.res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("cookies %v, kept %q", b.res.Cookies(), b.res.Header.Get("Cache-Control"))
		}
		ma.says("/hearings").presses("禁烧区").presses("📝 报名").says("马秀英 13997412058").sees("您有席位，入场码")
		li := b.signsUp("/en"+path, "Li Ping", "13900000003")
		b.reads("You wait for a seat, at place 1")
		he.says("/hearings").presses("禁烧区").presses("⏳ 报名候补").says("何某 13900000002").sees("候补，第 2 位")
		w.browses(path).reads("报名候补", "候补 2 人")
		w.findsNowhere("杨某某", "Li Ping", "13900000001", "139 0000-0001", "13900000003")

		b.shows("/en"+path, strings.ToLower(li[:5]+"-"+li[5:])).reads("at place 1", "Look again")
		ma.says("/hearings").presses("禁烧区").presses("✖️ 我来不了")
		b.shows(path, li).reads("您有席位")
		b.posts(path, url.Values{"code": {yang}, "leave": {"1"}}, nil)
		b.reads("已取消报名", "已经删除").readsNot(yang)
		w.sleep(4 * time.Second)
		he.sees("有空席了").sees("您有席位，入场码")
		b.shows(path, yang)
		if b.res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(b.body, "没有这个报名码") {
			t.Errorf("a code that was given up: %s", b.res.Status)
		}

		boss.says("/hearings").presses("禁烧区").sees("已报 2，候补 0").presses("🔓 看名单").says("打印席卡")
		boss.sees(strings.ToLower(li[:5]) + " Li Ping 13900000003 · 有席位 · 网上报名").sees("何某 13900000002 · 有席位").seesNotNow("杨某某")
		w.until("2026-11-18 18:00")
		w.browses(path).reads("报名截止").readsNot(`name="token"`)
		b.shows(path, li).reads("您有席位", "我来不了")
		w.until("2026-11-20 14:30")
		boss.says("/hearings").presses("禁烧区").presses("🚪 签到").says(li).sees("已到 1")
		b.shows(path, li).reads("您已签到").readsNot("我来不了")
		boss.presses("📄 公布记录").says("到会群众 1 人。")
		w.until("2026-12-21 00:00")
		for _, s := range w.hearing().Seats {
			if _, err := w.app.store.Person(context.Background(), s.Person); err == nil || s.Called != "" {
				t.Errorf("somebody is still known: %+v", s)
			}
		}
		for _, e := range w.hearingEvents() {
			if strings.Contains(e, `"did":"sign_up"`) && !strings.Contains(e, `"at":"0001-01-01`) {
				t.Errorf("the history tells when somebody signed up: %s", e)
			}
		}
	})
}

// TestHearingOnTheWeb_OneSeatAPerson: a form sent twice is one sign-up; who is called so comes once, whatever the way; a network has so
// many sign-ups a day, and so many wrong codes; a form that nobody read, another site's, and one that a program filled are refused.
func TestHearingOnTheWeb_OneSeatAPerson(t *testing.T) {
	prepare := func(d *seeds.District) {
		closingRoster(d)
		d.Settings.HearingPerAddress, d.Settings.WrongCodes = 2, 3
	}
	storyFrom(t, monday, prepare, func(w *world) {
		pub, boss, ma := w.officer("publisher"), w.officer("boss"), w.citizen("马")
		path := w.announces(pub, boss, "9")
		refused := func(b *browser, why string) {
			t.Helper()
			if b.res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(b.body, why) {
				t.Errorf("%s, without %q:\n%s", b.res.Status, why, b.body)
			}
		}
		ma.says("/hearings").presses("禁烧区").presses("📝 报名").says("马秀英 13997412058")
		b := w.browses(path)
		for _, form := range []url.Values{
			{"name": {" "}, "phone": {"13900000001"}},
			{"name": {"杨某某"}, "phone": {"没有"}},
			{"name": {"<b>杨</b>"}, "phone": {"13900000001"}},
		} {
			b.answers(path, form, nil)
			refused(b, "请写姓名和打得通的电话")
		}
		b.signsUp(path, "马 秀英", "139-9741-2058")
		refused(b, "这个姓名和电话已经报过名")
		form := url.Values{"name": {"杨某某"}, "phone": {"13900000001"}}
		code := b.signsUp(path, "杨某某", "13900000001")
		b.opens(path)
		form.Set("token", tokenField.FindStringSubmatch(b.body)[1])
		b.posts(path, form, nil)
		refused(b, "提交得太快")
		w.sleep(5 * time.Second)
		form.Set("website", "http://spam.example")
		b.posts(path, form, nil)
		refused(b, "请看过再提交一次")
		form.Del("website")
		form.Set("name", "何某")
		b.posts(path, form, nil)
		first := seatCodeField.FindStringSubmatch(b.body)
		b.posts(path, form, nil)
		if again := seatCodeField.FindStringSubmatch(b.body); first == nil || again == nil || first[1] != again[1] || len(w.hearing().Seats) != 3 {
			t.Errorf("the same form gives %v and %v, seats %+v", first, again, w.hearing().Seats)
		}
		b.signsUp(path, "赵某某", "13900000009")
		refused(b, "您所在的网络今天报名的人已经很多了")
		b.address = "198.51.100.9:1"
		b.signsUp(path, "杨某某", "13900000001")
		refused(b, "这个姓名和电话已经报过名")

		ma.says("/forget").presses("删除")
		b.posts(path, url.Values{"code": {code}, "leave": {"1"}}, nil)
		b.reads("已取消报名")
		if code = b.signsUp(path, "杨某某", "13900000001"); code == "" {
			t.Error("who gave a seat up may not come back")
		}

		b.address = "192.0.2.4:1"
		for range 3 {
			b.shows(path, "AAAAA22222")
			refused(b, "没有这个报名码")
		}
		b.shows(path, code)
		refused(b, "输错报名码的次数太多")
		receipt := w.files(smokeAtShoule)
		b.address = "192.0.2.77:1"
		b.shows(path, receipt.Code)
		refused(b, "没有这个报名码")
		b.sends(postForm(path, url.Values{"code": {code}, "leave": {"1"}}, "cross-site"))
		if b.res.StatusCode != http.StatusForbidden {
			t.Errorf("another site's form: %s", b.res.Status)
		}

		boss.says("/hearings").presses("禁烧区").presses("✖️ 取消").says("大雪封路")
		b.shows(path, code).reads("这场会取消了：大雪封路。请您不必前来").readsNot("我来不了")
		b.posts("/hearings/nothing", url.Values{"code": {code}}, nil)
		if b.res.StatusCode != http.StatusNotFound {
			t.Errorf("a hearing that there is not: %s", b.res.Status)
		}
		w.sleep(25 * time.Hour)
		if h := w.hearing(); !h.Cleared || h.Seats[0].Standing != hearing.Gone {
			t.Errorf("%+v", h)
		}
	})
}
