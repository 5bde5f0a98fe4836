package main

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// visitor is somebody at the public site who reads before going on: no cookies, no scripts.
type visitor struct {
	browser

	page   string // what is shown
	status int
	header http.Header
}

func (w *world) visitor() *visitor {
	return &visitor{browser: browser{w: w, address: "203.0.113.9:4711"}}
}

func (b *visitor) does(r *http.Request) *visitor {
	b.doesAtOnce(r)
	b.w.sleep(4 * time.Second)
	return b
}

// doesAtOnce is does without any time going by.
func (b *visitor) doesAtOnce(r *http.Request) {
	b.browser.sends(r)
	b.page, b.status, b.header = b.body, b.res.StatusCode, b.res.Header
}

func (b *visitor) opens(path string) *visitor {
	return b.does(httptest.NewRequest(http.MethodGet, path, http.NoBody))
}

// sends sends the fields of a form.
func (b *visitor) sends(path string, fields url.Values) *visitor {
	return b.does(postForm(path, fields, "same-origin"))
}

// brings sends a form with a file.
func (b *visitor) brings(path string, fields url.Values, name string, data []byte) *visitor {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, all := range fields {
		for _, v := range all {
			_ = form.WriteField(k, v)
		}
	}
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		b.w.t.Fatal(err)
	}
	_, _ = part.Write(data)
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return b.does(r)
}

// fields are the hidden fields of the page, and what somebody writes besides.
func (b *visitor) fields(pairs ...string) url.Values {
	out := make(url.Values)
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(b.page, -1) {
		if m[1] == "number" || m[1] == "code" {
			out.Set(m[1], html.UnescapeString(m[2]))
			continue
		}
		out.Add(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func (b *visitor) sees(words ...string) {
	b.w.t.Helper()
	text := html.UnescapeString(b.page)
	for _, x := range words {
		if !strings.Contains(text, x) {
			b.w.t.Fatalf("%q does not stand on the page (%d):\n%s", x, b.status, b.brief())
		}
	}
}

// brief is the page without its map and its long lists.
func (b *visitor) brief() string {
	return regexp.MustCompile(`(?s)<svg.*?</svg>|<option.*?</option>|<optgroup.*?</optgroup>|<head>.*?</head>|\n\s*`).ReplaceAllString(html.UnescapeString(b.page), " ")
}

func (b *visitor) seesNot(words ...string) {
	b.w.t.Helper()
	for _, x := range words {
		if strings.Contains(html.UnescapeString(b.page), x) {
			b.w.t.Fatalf("%q stands on the page", x)
		}
	}
}

// data is what the button with that label sends.
func (b *visitor) data(label string) string {
	b.w.t.Helper()
	for _, m := range regexp.MustCompile(`name="data" value="([^"]*)">([^<]*)</button>`).FindAllStringSubmatch(b.page, -1) {
		if strings.Contains(html.UnescapeString(m[2]), label) {
			return html.UnescapeString(m[1])
		}
	}
	b.w.t.Fatalf("no button %q on the page:\n%s", label, b.brief())
	return ""
}

// TestReportPage: without scripts, cookies or an account a report is written, looked over, corrected and sent, a photo with it;
// whoever has number and code reads the answer there and answers, and the photo that the office sees tells no place.
func TestReportPage(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		b := w.visitor()
		b.opens("/report").sees("我要举报", "碾伯街道", "不用注册")
		write := []string{"words", "砖厂烟囱每晚冒黑烟，呛得睡不着", "place", "寿乐镇", "name", "马小明"}
		b.brings("/report", b.fields(write...), "IMG_1.jpg", photoAt(3, 36.62, 102.35))
		b.sees("请核对", "大气", "寿乐镇", "砖厂烟囱每晚冒黑烟", "已收到：IMG_1.jpg", `value="马小明"`, "确认提交")
		b.sends("/report/sent", b.fields(write...)).sees("已收到", "2026-00001", "viewBox")
		code := regexp.MustCompile(`<strong>([0-9A-Z]{10})</strong>`).FindStringSubmatch(b.page)
		if b.status != http.StatusOK || code == nil || b.header.Get("Cache-Control") != "no-store" || b.header.Get("Set-Cookie") != "" {
			t.Fatalf("%d %v %v", b.status, code, b.header)
		}
		desk.sees("2026-00001")
		c := w.caseOf("2026-00001")
		if c.Source != casework.FromSite || c.Cell != "630202102" || len(c.Evidence) != 1 || c.Evidence[0].Kind != "photo" || !c.RealName {
			t.Fatalf("%+v", c)
		}
		desk.presses("问举报人").says("是哪一根烟囱？").presses("发给举报人")
		b.opens("/follow?number=2026-00001").sees("2026-00001")
		b.sends("/follow", url.Values{"number": {"2026-00001"}, "code": {strings.ToLower(code[1])}}).sees("是哪一根烟囱", "办到哪一步")
		b.sends("/follow", b.fields("data", b.data("回复"))).sees("请写在这里")
		b.sends("/follow", b.fields("words", "靠河的那根"))
		desk.sees("靠河的那根")
		b.sends("/follow", b.fields("data", "c:accept:"+string(c.ID)))
		if c := w.caseOf("2026-00001"); c.State != casework.Registered {
			t.Errorf("a stranger made it %s", c.State)
		}
		w.findsNowhere("203.0.113.9", "马小明")
	})
}

// TestReportPageKeepsWhatWasWritten when something is wrong with it, and says what.
func TestReportPageKeepsWhatWasWritten(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		b := w.visitor()
		write := func(pairs ...string) url.Values {
			return b.fields(append([]string{"words", "砖厂烟囱每晚冒黑烟", "place", "寿乐镇"}, pairs...)...)
		}
		for _, x := range []struct {
			what string
			send func() url.Values
			want string
		}{
			{"a form that was never shown", func() url.Values { v := write(); v.Set("token", "x"); return v }, "打开太久了"},
			{"a program that fills in everything", func() url.Values { return write("website", "http://spam.example") }, "请先核对"},
			{"no words", func() url.Values { return write("words", "烟") }, "请写清楚发生了什么"},
			{"words that tell no kind", func() url.Values { return write("words", "这里有很不好的情况请来看看") }, "请选一类"},
			{"coordinates that are none", func() url.Values { return write("point", "在桥边") }, "坐标看不懂"},
		} {
			b.opens("/report")
			b.sends("/report", x.send())
			b.sees(x.want, `value="寿乐镇"`)
			if strings.Contains(b.page, "/report/sent") {
				t.Errorf("%s may be sent", x.what)
			}
		}
		b.opens("/report")
		b.w.sleep(25 * time.Hour)
		b.sends("/report/sent", write()).sees("打开太久了", "砖厂烟囱每晚冒黑烟")
		if n := w.counted("reported"); n != 0 {
			t.Errorf("%d were filed", n)
		}
		b.opens("/en/report").sees("Report pollution", "No account")
		b.sends("/en/report", write("words", "The chimney gives off black smoke every night here")).sees("Please check", "寿乐镇")
	})
}

// TestReportPageRefusesPrograms: a form that comes back at once, and one that another site sends.
func TestReportPageRefusesPrograms(t *testing.T) {
	story(t, func(w *world) {
		b := w.visitor()
		b.doesAtOnce(httptest.NewRequest(http.MethodGet, "/report", http.NoBody))
		b.doesAtOnce(postForm("/report/sent", b.fields("words", "砖厂烟囱每晚冒黑烟，味道刺鼻", "place", "寿乐镇"), "same-origin"))
		b.sees("请先核对一下内容")
		b.does(postForm("/report/sent", url.Values{"words": {"x"}}, "cross-site"))
		if b.status != http.StatusForbidden {
			t.Errorf("another site's form: %d", b.status)
		}
		if n := w.counted("reported"); n != 0 {
			t.Errorf("%d were filed", n)
		}
	})
}

// TestFollowShowsPicturesToNobodyElse: the address of a picture is signed and good for a while.
func TestFollowShowsPicturesToNobodyElse(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		receipt := w.files(smokeAtShoule)
		desk.presses("问举报人")
		desk.does(func() { desk.SendsPhoto(photo(4)) })
		desk.says("是照片上这一根吗？").presses("发给举报人")
		w.sleep(time.Minute)
		b := w.visitor()
		b.sends("/follow", url.Values{"number": {receipt.Number}, "code": {receipt.Code}})
		src := regexp.MustCompile(`<img src="([^"]*)"`).FindStringSubmatch(b.page)
		if src == nil {
			t.Fatalf("no picture on the page:\n%s", b.brief())
		}
		address := html.UnescapeString(src[1])
		b.opens(address)
		if b.status != http.StatusOK || b.header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("the picture: %d %v", b.status, b.header)
		}
		b.opens(strings.Replace(address, "until=1", "until=2", 1))
		if b.status != http.StatusNotFound {
			t.Errorf("an address that was changed: %d", b.status)
		}
		w.sleep(20 * time.Minute)
		b.opens(address)
		if b.status != http.StatusNotFound {
			t.Errorf("an address that is old: %d", b.status)
		}
	})
}

// TestNoMorePhotosToday: who may send no more files reports in words all the same, is told that the photo was not taken, and sends the
// report themselves when they have read that.
func TestNoMorePhotosToday(t *testing.T) {
	story(t, func(w *world) {
		w.app.desk.Rules.FilesPerDay = 1
		b := w.visitor()
		b.opens("/report")
		w.sleep(5 * time.Second)
		fields := b.fields("words", "砖厂烟囱每天晚上冒黑烟，味道刺鼻", "cell", "630202102")
		b.brings("/report", fields, "one.jpg", photo(1)).sees("one.jpg")
		b.brings("/report/sent", b.fields("words", "砖厂烟囱每天晚上冒黑烟，味道刺鼻", "cell", "630202102"), "two.jpg", photo(2)).sees("不带照片也可以提交", "one.jpg")
		b.seesNot("two.jpg", "登记号")
		b.sends("/report/sent", b.fields("words", "砖厂烟囱每天晚上冒黑烟，味道刺鼻", "cell", "630202102")).sees("2026-00001")
	})
}

// TestHome_KnowsWhatIsOpenFromLastYear: on the second of January what was reported in December is still open, and still late.
func TestHome_KnowsWhatIsOpenFromLastYear(t *testing.T) {
	storyFrom(t, time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC), nil, func(w *world) {
		w.officer("desk")
		w.files(smokeAtShoule)
		w.until("2027-01-02 10:00")
		late := w.browses("/cases?state=late").reads("2026-00001")
		late.opens("/").reads("2027 年登记 0 件，其中已有结果 0 件；目前正在办理 1 件。", "1 件举报超期未答复").readsNot("目前没有超期未答复的举报")
		late.opens("/cells/630202102").reads(`<div class="late"><dt>超期在办</dt><dd>1</dd>`)
		late.opens("/en/").reads("Being handled now: 1.")
	})
}
