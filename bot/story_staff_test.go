package main

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
)

// staffStory gives the site an address, so that the chat can give links to the staff page.
func staffStory(t *testing.T, tell func(w *world)) {
	t.Helper()
	storyFrom(t, monday, nil, func(w *world) {
		w.stop()
		w.parts.Site = "https://hb.example.cn"
		w.start()
		tell(w)
	})
}

// clerk is an officer at a computer.
type clerk struct {
	*visitor
	cookie string
}

var linkForm = regexp.MustCompile(`https://hb\.example\.cn(/staff/open/[A-Za-z0-9_-]+)`)

// link asks the chat for a link.
func (p *person) link() string {
	p.w.t.Helper()
	p.says("/page")
	m := linkForm.FindStringSubmatch(p.last())
	if m == nil {
		p.w.t.Fatalf("no link:\n%s", p.screen())
	}
	return m[1]
}

// sitsDown opens the staff page with a link of the chat.
func (w *world) sitsDown(p *person) *clerk {
	w.t.Helper()
	c := &clerk{visitor: w.visitor()}
	c.enters(p.link())
	if c.cookie == "" {
		w.t.Fatalf("not let in (%d): %s", c.status, c.brief())
	}
	return c
}

// enters looks at a link and presses the button there.
func (c *clerk) enters(link string) *clerk {
	c.opens(link)
	c.sends(link, nil)
	if set := c.header.Get("Set-Cookie"); set != "" && c.status == http.StatusSeeOther {
		c.cookie, _, _ = strings.Cut(set, ";")
	}
	return c
}

func (c *clerk) with(r *http.Request) *clerk {
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	c.does(r)
	return c
}

func (c *clerk) goes(path string) *clerk {
	return c.with(httptest.NewRequest(http.MethodGet, path, http.NoBody))
}

// posts sends a form of the session.
func (c *clerk) posts(path string, fields url.Values) *clerk {
	return c.with(postForm(path, fields, "same-origin"))
}

func (c *clerk) sees(words ...string) *clerk {
	c.w.t.Helper()
	c.visitor.sees(words...)
	return c
}

// presses presses a button of the page.
func (c *clerk) presses(label string) *clerk {
	c.w.t.Helper()
	return c.posts("/staff/act", url.Values{"token": {c.token()}, "data": {c.data(label)}})
}

// says writes into the conversation.
func (c *clerk) says(words string) *clerk {
	c.w.t.Helper()
	return c.posts("/staff/act", url.Values{"token": {c.token()}, "words": {words}})
}

// token is that of the page's forms.
func (c *clerk) token() string {
	c.w.t.Helper()
	m := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(c.page)
	if m == nil {
		c.w.t.Fatalf("no token on the page (%d): %s", c.status, c.brief())
	}
	return html.UnescapeString(m[1])
}

// TestOfficerWorksAtAComputer: lists, a case with its picture and its timeline, the very verbs of the chat with their questions
// in the same conversation, and nothing of who reported.
func TestOfficerWorksAtAComputer(t *testing.T) {
	staffStory(t, func(w *world) {
		desk, li, ma := w.officer("desk"), w.officer("li"), w.citizen("马")
		ma.photographs(5, "砖厂烟囱每天晚上冒黑烟，在寿乐镇").presses("提交")
		number := ma.number()
		c := w.caseOf(number)
		at := w.sitsDown(desk)
		desk.sees("已在一台电脑上打开")
		at.goes("/staff/").sees("待受理 1", number, "砖厂烟囱")
		if h := at.header; h.Get("Cache-Control") != "no-store" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(at.page, "<script") {
			t.Errorf("headers: %v", h)
		}
		at.goes("/staff/case/"+string(c.ID)).sees(number, "砖厂烟囱", "经过", "✅ 受理").seesNot(string(c.Reporter), string(w.pseudonym(ma)), c.Code)
		picture := regexp.MustCompile(`/staff/picture/[0-9a-f]{64}`).FindString(at.page)
		at.goes(picture)
		if at.status != http.StatusOK || at.header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("the picture %q: %d", picture, at.status)
		}
		at.goes("/staff/case/"+string(c.ID)).presses("问举报人").sees("要问", "请写在这里")
		desk.says("是白天还是晚上？").presses("发给举报人") // the same conversation
		ma.sees("是白天还是晚上")
		at.goes("/staff/case/" + string(c.ID)).presses("✅ 受理").sees("已受理")
		if after := w.caseOf(number); after.State != casework.Accepted {
			t.Fatalf("it is %s", after.State)
		}
		last := w.history(w.caseOf(number))
		if e := last[len(last)-1]; e.Via != "" && e.Via != "door/page" {
			t.Errorf("came via %q", e.Via)
		}
		li.sees("新任务")
		inspector := w.sitsDown(li)
		inspector.goes("/staff/").sees("我的任务 1").goes("/staff/case/" + string(c.ID)).presses("接办")
		if taken := w.caseOf(number); taken.Handler != "li" {
			t.Errorf("worked on by %q", taken.Handler)
		}
		inspector.goes("/staff/map").sees("在办案件").goes("/staff/map.png")
		if inspector.status != http.StatusOK || !strings.HasPrefix(inspector.page, "\x89PNG") {
			t.Errorf("the map: %d", inspector.status)
		}
		at.goes("/staff/").says("/find " + number).sees("砖厂烟囱")
		at.posts("/staff/act", url.Values{"token": {at.token()}, "number": {number}}).sees("砖厂烟囱")
	})
}

// TestSeveralCasesAtOnce: one verb, and of each case what became of it.
func TestSeveralCasesAtOnce(t *testing.T) {
	staffStory(t, func(w *world) {
		desk := w.officer("desk")
		var ids []string
		for _, words := range []string{"砖厂烟囱每天晚上冒黑烟", "河里有人排放发黑的污水", "工地半夜施工噪声很大睡不着"} {
			ids = append(ids, string(w.files(handlers.DoorReport{Words: words, Place: "寿乐镇"}).Case))
		}
		at := w.sitsDown(desk)
		at.goes("/staff/").sees("待受理 3")
		token := at.token()
		desk.says("/find 2026-00002").presses("✅ 受理")
		at.posts("/staff/several", url.Values{"token": {token}, "verb": {"accept"}, "case": ids, "number_" + ids[1]: {"2026-00002"}})
		for i, id := range ids {
			if c := w.stored(casework.CaseID(id)); c.State != casework.Accepted {
				t.Errorf("case %d is %s", i, c.State)
			}
		}
		if n := strings.Count(at.page, "已受理 <code>A2026-"); n != 2 { // the second was accepted in the chat meanwhile
			t.Errorf("%d were accepted here:\n%s", n, at.brief())
		}
		at.sees("2026-00002 ", "现在不能这样做").goes("/staff/")
		at.posts("/staff/several", url.Values{"token": {at.token()}, "verb": {"withdraw"}, "case": ids})
		if at.status != http.StatusUnprocessableEntity {
			t.Errorf("a verb that is not offered: %d", at.status)
		}
	})
}

// TestLinkIsGoodOnceForOne: a look uses nothing up, a second opening fails and the first goes on, a changed or an old one is
// none; a new session ends the old one, and so does the officer's button in the chat.
func TestLinkIsGoodOnceForOne(t *testing.T) {
	staffStory(t, func(w *world) {
		desk := w.officer("desk")
		link := desk.link()
		stranger := &clerk{visitor: w.visitor()}
		stranger.opens(link).opens(link).sees("只能用一次")
		at := (&clerk{visitor: w.visitor()}).enters(link)
		at.goes("/staff/").sees("待办")
		stranger.enters(link)
		if stranger.cookie != "" || stranger.status != http.StatusForbidden {
			t.Errorf("opened twice: %d %s", stranger.status, stranger.cookie)
		}
		stranger.sees("已经用过了")
		stranger.enters(link[:len(link)-2] + "AA")
		if stranger.cookie != "" {
			t.Error("a forged link opens")
		}
		at.goes("/staff/").sees("待办")
		desk.presses("关闭工作台").sees("工作台已关闭")
		at.goes("/staff/")
		if at.status != http.StatusForbidden {
			t.Errorf("after the button: %d", at.status)
		}
		first := w.sitsDown(desk)
		second := w.sitsDown(desk)
		first.goes("/staff/")
		if first.status != http.StatusForbidden {
			t.Errorf("the old session: %d", first.status)
		}
		second.goes("/staff/").sees("待办")
		link = desk.link()
		second.goes("/staff/")
		if second.status != http.StatusForbidden {
			t.Errorf("a new link leaves the old session: %d", second.status)
		}
		w.sleep(11 * time.Minute)
		stranger.enters(link)
		if stranger.cookie != "" {
			t.Error("an old link opens")
		}
		ma := w.citizen("马")
		ma.says("/page").seesNot("staff/open")
	})
}

// TestStaffPageRefuses forged cookies, forms of other sites and of other sessions, pictures that were not shown, cases of others.
func TestStaffPageRefuses(t *testing.T) {
	staffStory(t, func(w *world) {
		desk, wang := w.officer("desk"), w.officer("wang")
		receipt := w.files(smokeAtShoule)
		desk.presses("✅ 受理")
		forged := &clerk{visitor: w.visitor(), cookie: cookieOf("AAAA")}
		forged.goes("/staff/")
		if forged.status != http.StatusForbidden {
			t.Errorf("a forged cookie: %d", forged.status)
		}
		other := w.sitsDown(wang)
		other.goes("/staff/case/" + string(receipt.Case)).seesNot("砖厂烟囱")
		other.goes("/staff/").posts("/staff/several", url.Values{"token": {other.token()}, "verb": {"take"}, "case": {string(receipt.Case)}})
		if c := w.stored(receipt.Case); c.Handler != "" {
			t.Errorf("taken by %s", c.Handler)
		}
		at := w.sitsDown(desk)
		at.goes("/staff/")
		at.with(postForm("/staff/act", url.Values{"token": {at.token()}, "data": {"c:refuse:" + string(receipt.Case)}}, "cross-site"))
		if at.status != http.StatusForbidden {
			t.Errorf("another site: %d", at.status)
		}
		for name, token := range map[string]string{"no token": "", "another's token": other.tokenOf("/staff/")} {
			at.posts("/staff/act", url.Values{"token": {token}, "data": {"x"}})
			if at.status != http.StatusForbidden {
				t.Errorf("%s: %d", name, at.status)
			}
		}
		at.goes("/staff/picture/" + strings.Repeat("ab", 32))
		if at.status != http.StatusNotFound {
			t.Errorf("a picture that was not shown: %d", at.status)
		}
		w.visitor().opens("/staff/").sees("没有打开")
	})
}

func cookieOf(value string) string { return "gridwarden_staff=" + value }

func (c *clerk) tokenOf(path string) string { return c.goes(path).token() }

// TestSessionEnds after half an hour without a press, after a working day, and with the appointment.
func TestSessionEnds(t *testing.T) {
	staffStory(t, func(w *world) {
		desk := w.officer("desk")
		at := w.sitsDown(desk)
		w.sleep(29 * time.Minute)
		at.goes("/staff/").sees("待办")
		w.sleep(31 * time.Minute)
		at.goes("/staff/")
		if at.status != http.StatusForbidden {
			t.Errorf("after half an hour: %d", at.status)
		}
		at = w.sitsDown(desk)
		for range 18 {
			w.sleep(29 * time.Minute)
			at.goes("/staff/")
		}
		w.sleep(29 * time.Minute)
		at.goes("/staff/")
		if at.status != http.StatusForbidden {
			t.Errorf("after a day: %d", at.status)
		}
		at = w.sitsDown(desk)
		at.goes("/staff/")
		token := at.token()
		w.leaves("desk")
		at.posts("/staff/act", url.Values{"token": {token}, "words": {"/desk"}})
		if at.status != http.StatusForbidden {
			t.Errorf("who has left: %d", at.status)
		}
		at.goes("/staff/")
		if at.status != http.StatusForbidden {
			t.Errorf("who has left, again: %d", at.status)
		}
	})
}

// leaves ends an officer's appointments.
func (w *world) leaves(id grid.OfficerID) {
	w.t.Helper()
	roster := w.roster()
	o, ok := roster.Officer(id)
	if !ok {
		w.t.Fatalf("no officer %s", id)
	}
	for i := range o.Appointments {
		o.Appointments[i].Until = time.Now()
	}
	change := ledger.Change{At: time.Now(), Roster: &ledger.RosterWrite{Version: roster.Version, Officers: []grid.Officer{o}}}
	if _, err := w.app.store.Commit(context.Background(), change); err != nil {
		w.t.Fatal(err)
	}
	w.sleep(time.Second)
}
