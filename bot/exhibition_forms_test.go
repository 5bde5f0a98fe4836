package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// shown is where the exhibition keeps pages that no address leads to: answers to forms, and the staff page.
const shown = "/shown/"

// keep puts what a visitor sees now into the exhibition, if it was answered as it should be.
func (x *exhibition) keep(name string, b *visitor, status int) {
	b.w.t.Helper()
	if b.status != status {
		b.w.t.Fatalf("%s answers %d and not %d: %s", name, b.status, status, b.brief())
	}
	header := b.header.Clone()
	header.Del("Set-Cookie")
	x.pages[shown+name] = exhibit{status: http.StatusOK, header: header, body: []byte(b.page)}
	x.shown = append(x.shown, name)
}

// answerForms fills in every form of the site, badly and well, in both languages.
func (x *exhibition) answerForms(w *filled) {
	w.t.Helper()
	desk := w.officer("desk")
	for _, lang := range []string{"", "/en"} {
		name := strings.TrimPrefix(lang+"-", "/")
		if lang == "" {
			name = ""
		}
		b := w.visitor()
		b.opens(lang + "/report")
		b.sends(lang+"/report", url.Values{"token": {"forged"}, "words": {"砖厂冒黑烟"}})
		x.keep(name+"report-token", b, http.StatusBadRequest)
		b.sends(lang+"/report", b.fields("words", "砖厂冒黑烟", "point", "by the river"))
		b.sends(lang+"/report", b.fields("words", "砖厂烟囱每晚冒黑烟", "point", "by the river"))
		x.keep(name+"report-point", b, http.StatusBadRequest)
		b.sends(lang+"/report", b.fields("words", "嗯"))
		x.keep(name+"report-short", b, http.StatusUnprocessableEntity)
		write := []string{"words", "砖厂烟囱每晚冒黑烟，呛得睡不着\n已经一个星期了", "point", "36.62, 102.345", "name", "马小明", "phone", "13997412058"}
		x.keep(name+"report-read", b.brings(lang+"/report", b.fields(write...), "IMG_1.jpg", photoAt(3, 36.62, 102.345)), http.StatusOK)
		b.sends(lang+"/report/sent", b.fields(write...))
		x.keep(name+"report-sent", b, http.StatusOK)

		facts := regexp.MustCompile(`<strong>([0-9A-Z-]{10})</strong>`).FindAllStringSubmatch(b.page, 2)
		number, code := facts[0][1], facts[1][1]
		desk.says("/find " + number).presses("问举报人").says("是哪一根烟囱？").presses("发给举报人")
		b.sends(lang+"/follow", url.Values{"number": {number}, "code": {"AAAAAAAAAA"}})
		x.keep(name+"follow-wrong", b, http.StatusUnprocessableEntity)
		b.sends(lang+"/follow", url.Values{"number": {number}, "code": {code}})
		x.keep(name+"follow-found", b, http.StatusOK)
		b.sends(lang+"/follow", b.fields("data", b.firstData()))
		x.keep(name+"follow-asked", b, http.StatusOK)
		b.sends(lang+"/follow", b.fields("words", "靠河的那根"))
		x.keep(name+"follow-said", b, http.StatusOK)
		b.sends(lang+"/follow", b.fields("data", "p:forget"))
		x.keep(name+"follow-forget", b, http.StatusOK)
		x.answerConsultation(b, lang, name)
		x.answerHearing(b, lang, name)
	}
}

// answerHearing signs up for a hearing, badly and well, looks with a wrong code and the right one, and cancels.
func (x *exhibition) answerHearing(b *visitor, lang, name string) {
	b.w.t.Helper()
	path := x.addresses("GET " + lang + "/hearings/{id}")[0]
	b.opens(path).sends(path, b.fields("name", "马秀英", "phone", "none"))
	x.keep(name+"hearing-wrong", b, http.StatusUnprocessableEntity)
	b.sends(path, b.fields("name", "马秀英", "phone", "13997412058"))
	x.keep(name+"hearing-seat", b, http.StatusOK)
	code := seatCodeField.FindStringSubmatch(b.page)
	b.sends(path, url.Values{"code": {"AAAAA22222"}})
	x.keep(name+"hearing-code", b, http.StatusUnprocessableEntity)
	b.sends(path, url.Values{"code": {code[1]}, "leave": {"1"}})
	x.keep(name+"hearing-left", b, http.StatusOK)
}

// answerConsultation answers the one that is open: not at all, with a form that is no form of ours, and well.
func (x *exhibition) answerConsultation(b *visitor, lang, name string) {
	b.w.t.Helper()
	i := slices.IndexFunc(x.addresses("GET "+lang+"/consultations/{id}"), func(address string) bool {
		return strings.Contains(string(x.pages[address].body), `name="token"`)
	})
	if i < 0 {
		b.w.t.Fatal("no consultation is open")
	}
	path := x.addresses("GET " + lang + "/consultations/{id}")[i]
	b.opens(path)
	b.sends(path, b.fields())
	x.keep(name+"consultation-empty", b, http.StatusUnprocessableEntity)
	b.sends(path, url.Values{"token": {"forged"}, "q0": {"1"}})
	x.keep(name+"consultation-token", b, http.StatusUnprocessableEntity)
	b.opens(path).sends(path, b.fields("q0", "1"))
	b.opens(b.header.Get("Location"))
	x.keep(name+"consultation-said", b, http.StatusOK)
}

// firstData is what the first button of the page sends.
func (b *visitor) firstData() string {
	b.w.t.Helper()
	m := regexp.MustCompile(`name="data" value="([^"]*)"`).FindStringSubmatch(b.page)
	if m == nil {
		b.w.t.Fatalf("no button on the page: %s", b.brief())
	}
	return m[1]
}

// loadForm is what a page of the staff loads: pictures of its session, and the style of the site.
var loadForm = regexp.MustCompile(`(?:src|rel="stylesheet" href)="(/[^"]+)"`)

// sitDown shows the staff page: its door, the lists, a case with a picture, a question of the conversation, several cases at once, the
// map, something that is refused, and the page when it was left.
func (x *exhibition) sitDown(w *filled) {
	w.t.Helper()
	w.stop()
	w.parts.Site = "https://hb.example.cn"
	w.start()
	desk := w.officer("desk")
	link := desk.link()
	at := &clerk{visitor: w.visitor()}
	at.opens(link)
	x.keep("staff-door", at.visitor, http.StatusOK)
	at.enters(link).goes("/staff/")
	x.keep("staff-list", at.visitor, http.StatusOK)
	ids := regexp.MustCompile(`/staff/case/([0-9a-z]+)"`).FindAllStringSubmatch(at.page, 3)
	if len(ids) < 3 {
		w.t.Fatalf("few cases wait: %s", at.brief())
	}
	chosen := make([]string, len(ids))
	for i, id := range ids {
		chosen[i] = id[1]
	}
	at.posts("/staff/several", url.Values{"token": {at.token()}, "verb": {"accept"}, "case": chosen})
	x.keep("staff-several", at.visitor, http.StatusOK)
	for i, id := range chosen {
		at.goes("/staff/case/" + id)
		x.keep(fmt.Sprintf("staff-case-%d", i), at.visitor, http.StatusOK)
		x.loads(at)
	}
	at.goes("/staff/").posts("/staff/act", url.Values{"token": {at.token()}, "words": {"/help"}})
	x.keep("staff-talk", at.visitor, http.StatusOK)
	at.goes("/staff/map")
	x.keep("staff-map", at.visitor, http.StatusOK)
	x.loads(at)
	at.goes("/staff/").posts("/staff/several", url.Values{"token": {at.token()}, "verb": {"withdraw"}, "case": chosen})
	x.keep("staff-refused", at.visitor, http.StatusUnprocessableEntity)
	at.goes("/staff/").posts("/staff/leave", url.Values{"token": {at.token()}})
	x.keep("staff-left", at.visitor, at.status)
}

// loads keeps what the page loads.
func (x *exhibition) loads(at *clerk) {
	for _, m := range loadForm.FindAllStringSubmatch(at.page, -1) {
		at.goes(m[1])
		x.pages[m[1]] = exhibit{status: at.status, header: at.header.Clone(), body: []byte(at.page)}
	}
}
