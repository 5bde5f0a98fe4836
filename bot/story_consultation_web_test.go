package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/seeds"
)

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// answers fills the form of a consultation in and sends it, with the cookies that the browser has.
func (b *browser) answers(path string, form url.Values, cookies []*http.Cookie) {
	b.w.t.Helper()
	b.opens(path)
	m := tokenField.FindStringSubmatch(b.body)
	if m == nil {
		b.w.t.Fatalf("no form:\n%s", b.body)
	}
	b.w.sleep(5 * time.Second)
	form.Set("token", m[1])
	b.posts(path, form, cookies)
}

func (b *browser) posts(path string, form url.Values, cookies []*http.Cookie) {
	r := postForm(path, form, "same-origin")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	b.sends(r)
}

// TestConsultationOnTheWeb: answered without JavaScript and without an account, once a browser; another browser counts as another, up to
// the quota of the network; another site's form and one that nobody read are refused. Few came by each door, so that the two are not
// counted apart, and the results, opinions and their answers stand on the page.
func TestConsultationOnTheWeb(t *testing.T) {
	prepare := func(d *seeds.District) {
		closingRoster(d)
		d.Settings.ConsultPerAddress = 2
	}
	storyFrom(t, monday, prepare, func(w *world) {
		pub, boss, ma := w.officer("publisher"), w.officer("boss"), w.citizen("马")
		link := w.drafted(pub)
		id := strings.TrimPrefix(link, "/start c_")
		path := "/consultations/" + id
		if b := w.browses(path); b.res.StatusCode != http.StatusNotFound {
			t.Errorf("a draft answers %s", b.res.Status)
		}
		boss.says("/consult").presses("引胜沟").presses("✅ 审批")
		ma.says(link).presses("✍️ 开始回答").presses("支持")
		w.browses("/consultations").reads("正在征集", "引胜沟沿线露天烧烤治理")
		w.browses("/en"+path).reads("What you think", "once an account", `type="radio"`, `type="checkbox"`)

		b := w.browses(path)
		b.answers(path, url.Values{"q0": {"1"}, "q1": {"0", "2"}, "w2": {"<script>太吵</script>"}}, nil)
		cookies := b.res.Cookies()
		if b.res.StatusCode != http.StatusSeeOther || len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
			t.Fatalf("%s, cookies %v", b.res.Status, cookies)
		}
		b.opens(b.res.Header.Get("Location")).reads("已记下您的意见")
		b.answers(path, url.Values{"q0": {"0"}, "w2": {"太吵了"}}, cookies)
		boss.presses("📊 看数字").sees("参与：2。")
		forged := []*http.Cookie{{Name: cookies[0].Name, Value: "somebody." + strings.Split(cookies[0].Value, ".")[1]}}
		b.answers(path, url.Values{"q0": {"2"}}, forged)
		boss.presses("📊 看数字").sees("参与：3。")
		b.answers(path, url.Values{"q0": {"2"}}, nil)
		if b.res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(b.body, "今天提交意见的人已经很多") {
			t.Errorf("beyond the quota: %s\n%s", b.res.Status, b.body)
		}
		b.answers(path, url.Values{}, cookies)
		if !strings.Contains(b.body, "还没有回答任何一题") {
			t.Errorf("nothing is answered: %s", b.res.Status)
		}
		long := strings.Repeat("太吵了", 400)
		b.answers(path, url.Values{"q0": {"1"}, "w2": {long}}, cookies)
		if b.res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(b.body, "最多 1000 个字") || !strings.Contains(b.body, ">"+long+"</textarea>") {
			t.Errorf("too many words: %s\n%s", b.res.Status, b.body)
		}
		b.posts(path, url.Values{"q0": {"1"}, "token": {"made-up"}}, cookies)
		if b.res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("without a token: %s", b.res.Status)
		}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("q0=1"))
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		b.sends(r)
		if b.res.StatusCode != http.StatusForbidden {
			t.Errorf("another site's form: %s", b.res.Status)
		}
		w.until("2026-11-20 18:00")
		w.browses(path).reads("已结束")
		if strings.Contains(w.browses(path).body, "<form method=\"post\" action=\""+path) {
			t.Error("the form stays open")
		}
		pub.says("/consult").presses("引胜沟").presses("➕ 加分组").says("噪声").presses("📝 整理意见").presses("📂 噪声").presses("📢 公布结果")
		pub.presses("💬 答复第 1 组").says("晚十点后禁止").presses("📢 公布采纳情况").says("全部采纳")
		b = w.browses(path).reads("太吵了", "晚十点后禁止", "全部采纳", "参与 3。有一处人数较少")
		b.readsNot("<script>太吵", `<th scope="col">网页</th>`)
		w.browses("/en"+path).reads("Results", "How they were used")
	})
}
