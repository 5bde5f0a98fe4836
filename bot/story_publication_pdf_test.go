package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestPublicationAsPDF: what is out is printed from the site in both languages by anybody, and is the very file that the chat brings; who
// has it already is told so, and what is not out is not there.
func TestPublicationAsPDF(t *testing.T) {
	storyFrom(t, september, openOffice, func(w *world) {
		boss, publisher := w.officer("boss"), w.officer("publisher")
		yang := w.citizen("杨")
		w.until("2026-10-06 08:40")
		id := "inspections.2026-Q3"
		sheet := "/publications/" + id + "/sheet.pdf"
		publisher.says("/publication " + id).presses("📝 生成初稿")
		if b := w.browses(sheet); b.res.StatusCode != http.StatusNotFound {
			t.Errorf("a draft is printed: %s", b.res.Status)
		}
		boss.presses("✅ 审核通过")
		publisher.presses("🌐 公布").sees("第 1 号")

		w.browses("/publications/"+id).reads(`href="`+sheet+`"`, "下载打印件（PDF）")
		w.browses("/en/publications/" + id).reads(`href="/en` + sheet + `"`)
		hash := w.publication(id).Hash
		b := w.browses(sheet).reads("%PDF-")
		if kind := b.res.Header.Get("Content-Type"); kind != "application/pdf" {
			t.Errorf("it comes as %q", kind)
		}
		text := printed(t, []byte(b.body))
		for _, part := range []string{"“双随机”抽查情况", "本期没有进行“双随机”抽查", hash, w.district.Settings.OfficeName} {
			if !strings.Contains(text, part) {
				t.Errorf("it lacks %q:\n%s", part, text)
			}
		}
		if english := printed(t, []byte(w.browses("/en"+sheet).body)); !strings.Contains(english, hash) || english == text {
			t.Errorf("in English it says:\n%s", english)
		}
		again := httptest.NewRequest(http.MethodGet, sheet, http.NoBody)
		again.Header.Set("If-None-Match", b.res.Header.Get("ETag"))
		if c := w.browses("/").sends(again); c.res.StatusCode != http.StatusNotModified || c.body != "" {
			t.Errorf("asked again it answers %s with %d bytes", c.res.Status, len(c.body))
		}
		yang.says("/publication " + id).presses("🖨 PDF")
		if _, data := yang.document(); !bytes.Equal(data, []byte(b.body)) {
			t.Error("the chat brings another file than the site")
		}
	})
}
