package main

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/seeds"
)

// TestHotlineAndOffice_AreTheSettings: a district that calls its hotline and its office otherwise says so wherever it names them.
func TestHotlineAndOffice_AreTheSettings(t *testing.T) {
	const hotline, office = "0972-8620000", "乐都区某某局"
	storyFrom(t, monday, func(d *seeds.District) {
		d.Settings.Hotline, d.Settings.OfficeName, d.Settings.ReportsPerDay, d.Settings.ReportsFlagged = hotline, office, 1, 1
	}, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says(sewage).presses("提交").sees("已登记")
		time.Sleep(time.Hour)
		ma.says(sewage).presses("是新的问题").presses("提交").sees("请明天再提交，或拨打 " + hotline)
		w.browses("/how").reads(`<a href="tel:`+hotline+`">`+hotline+`</a>`, "打 "+hotline).readsNot("12345")
		w.browses("/en/about").reads("call " + hotline).readsNot("12345")
		w.browses("/open311/v2/discovery.xml").reads(office+"主办", "热线："+hotline, "请向"+office+"申请").readsNot("12369", "12345")
	})
}
