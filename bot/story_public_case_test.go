package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestPublicCase: what somebody reports in chat is on the site at once, without their words, their place or their name, and
// moves there as the case does.
func TestPublicCase(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		w.browses("/").reads("登记 0 件")
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		secrets := []string{"马的", "污水直接排", "土官口"}
		w.browses("/").reads("登记 1 件", "寿乐镇 1</text>").readsNot(secrets...)
		w.browses("/cases").reads(number, "待受理").readsNot(secrets...)
		w.browses("/en/cases/"+number).reads("awaiting a decision", "Received and registered").readsNot(secrets...)

		desk.sees("待受理").presses("受理")
		li.sees("新任务").presses("接办")
		b := w.browses("/cases/" + number)
		if b.res.StatusCode != http.StatusSeeOther {
			t.Fatalf("the number of the registration answers %s", b.res.Status)
		}
		b.opens(b.res.Header.Get("Location")).reads("正在处理", "开始办理", number).readsNot(secrets...)

		r := httptest.NewRequest(http.MethodGet, "/cases", http.NoBody)
		r.Header.Set("If-None-Match", w.browses("/cases").res.Header.Get("ETag"))
		if got := b.sends(r).res; got.StatusCode != http.StatusNotModified {
			t.Errorf("what the browser has already answers %s", got.Status)
		}
		if got := w.browses("/cases/2026-99999").res.StatusCode; got != http.StatusNotFound {
			t.Errorf("a number that is not there answers %d", got)
		}
	})
}
