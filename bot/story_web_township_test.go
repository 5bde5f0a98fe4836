package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// attachesDraft puts a document to the consultation that the person is drawing up.
func (p *person) attachesDraft() {
	p.presses("📎 加附件")
	p.does(func() { p.SendsDocument("征求意见稿.pdf", "", []byte("%PDF-1.4 the draft")) })
	p.w.sleep(time.Minute)
}

// TestSite_Township: its page lists the boards that have to stand there and where its water is monitored, no other township's, and
// the feed of its reports.
func TestSite_Township(t *testing.T) {
	storyFrom(t, monday, exhibitRoster, func(w *world) {
		filled := &filled{w, make(map[grid.OfficerID]*person)}
		exhibitWater(filled)
		exhibitCards(filled)
		b := w.browses("/cells/630202102").reads("引胜沟", "还没有设立公示牌", `href="/sections/tuguankou"`, `href="/feeds/cells/630202102.atom"`)
		b.readsNot("湟水</a>")
		carded := 0
		for _, c := range w.district.Tree.Level(2) {
			carded += strings.Count(w.browses("/cells/"+string(c.Code)).body, `href="/enterprises/`)
		}
		if carded == 0 {
			t.Error("no township names its enterprises with cards")
		}
	})
}

// TestConsultationDocuments: what is put to the public can be opened once it is approved, not before; other numbers lead nowhere.
func TestConsultationDocuments(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		path := "/consultations/" + strings.TrimPrefix(w.drafted(pub), "/start c_")
		pub.attachesDraft()
		if b := w.browses(path + "/files/1"); b.res.StatusCode != http.StatusNotFound {
			t.Errorf("the file of a draft answers %s", b.res.Status)
		}
		boss.says("/consult").presses("引胜沟").presses("✅ 审批")
		w.browses(path).reads("征求意见稿.pdf", `href="`+path+`/files/1"`)
		b := w.browses(path + "/files/1").reads("%PDF-1.4 the draft")
		if h := b.res.Header; h.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
			t.Errorf("answered as %v", h)
		}
		for _, n := range []string{"0", "2", "-1", "x"} {
			if b := w.browses(path + "/files/" + n); b.res.StatusCode != http.StatusNotFound {
				t.Errorf("file %s answers %s", n, b.res.Status)
			}
		}
	})
}
