package flow

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

func TestADraftIsKeptForADay(t *testing.T) {
	for name, tc := range map[string]struct {
		away time.Duration
		sees []string
	}{
		"at once":       {time.Minute, []string{"report.summary", "FindSimilar"}},
		"after a pause": {23 * time.Hour, []string{"flow.noted", "report.unfinished"}},
		"after a day":   {25 * time.Hour, []string{"report.ask_what_place"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t).says("工厂往河里排黑水").sees("report.ask_where")
			c.now = c.now.Add(tc.away)
			c.says("寿乐镇土官口村").sees(tc.sees...)
		})
	}
}

func TestGoingOnAfterAPauseTakesWhatWasSaidMeanwhile(t *testing.T) {
	c := newChat(t).says("工厂往河里排黑水")
	c.now = c.now.Add(3 * time.Hour)
	c.says("寿乐镇土官口村").gets(photo("a", "g", "")).gets(photo("b", "g", "")).sees()
	anew := *c
	c.presses("continue").sees("report.summary", "FindSimilar")
	if d := c.state.Draft; d.Text() != "工厂往河里排黑水" || d.Place() != "寿乐镇土官口村" || len(d.Files) != 2 {
		t.Errorf("went on with %+v", d)
	}
	anew.presses("anew").sees("report.ask_what_photo")
	if d := anew.state.Draft; len(d.Files) != 2 || d.Text() != "" || anew.state.Dropped.Text() != "工厂往河里排黑水" {
		t.Errorf("began anew with %+v, kept %+v", d, anew.state.Dropped)
	}
}

func TestOldButtonsAreAnsweredKindly(t *testing.T) {
	c := newChat(t).says(full)
	old := c.shown
	c.presses("submit")
	c.gets(Event{Kind: Button, Data: old[0].Data}).sees("flow.already_sent")
	c.says("/report").says("高庙镇有人倒垃圾，很多垃圾")
	for _, b := range old {
		c.gets(Event{Kind: Button, Data: b.Data})
		if len(c.done) > 0 || len(c.said) != 1 || !c.said[0].Toast {
			t.Errorf("%s: %v %v", b.Data, c.keys(), c.commands())
		}
	}
	c.now = c.now.Add(48 * time.Hour)
	c.gets(Event{Kind: Button, Data: old[0].Data}).sees("flow.old_button")
	c.says(full)
	c.gets(Event{Kind: Button, Data: old[0].Data}).sees("flow.old_button")
	for _, data := range []string{"", "f1::submit:", "f1:zz:submit:", "f2::submit:", "c:open:1", "f1::nothing:"} {
		c.gets(Event{Kind: Button, Data: data}).sees("flow.old_button")
	}
}

func TestWhatFollowsASubmittedReport(t *testing.T) {
	c := newChat(t).gets(photo("a", "g", full)).presses("submit")
	c.gets(photo("b", "g", "")).sees("AddWords")
	if a := last[AddWords](c); a.Case != "case1" || len(a.Files) != 1 {
		t.Errorf("late photo went as %+v", a)
	}
	c.says("谢谢").sees("start.thanks")
	c.says("今天味道更大了").sees("report.belongs").presses("belongs").sees("AddWords")
	if a := last[AddWords](c); a.Words != "今天味道更大了" {
		t.Errorf("added %+v", a)
	}
	c.gets(photo("z", "", "")).sees("report.belongs").presses("belongs").sees("more.added", "AddWords")
	c.says("高庙镇有人倒垃圾").presses("fresh").sees("report.summary", "FindSimilar").presses("submit").sees("Submit")
	c.now = c.now.Add(time.Hour)
	c.says("寿乐镇有人倒垃圾").sees("report.summary", "FindSimilar")
}

func TestEditedMessages(t *testing.T) {
	c := newChat(t).gets(Event{ID: 5, Text: "寿乐镇有人倒垃圾"}).sees("report.summary", "FindSimilar")
	c.gets(Event{ID: 5, Text: "高庙镇有人倒垃圾", Edited: true}).sees("report.summary", "FindSimilar")
	if d := c.state.Draft; d.Cell != "630202103" || d.Text() != "高庙镇有人倒垃圾" || len(d.Former) != 1 {
		t.Errorf("edited to %+v", d)
	}
	c.gets(Event{ID: 99, Text: "别的", Edited: true}).sees("report.edit_unknown")
	c.presses("submit")
	c.gets(Event{ID: 5, Text: "高庙镇有人倒垃圾，还有污水", Edited: true}).sees("AddWords")
}

func TestALateCaptionFindsItsPhoto(t *testing.T) {
	c := newChat(t).gets(Event{ID: 5, Files: []File{{Unique: "a", Kind: "photo"}}}).sees("report.ask_what_photo")
	c.gets(Event{ID: 5, Text: full, Edited: true, Files: []File{{Unique: "a", Kind: "photo"}}}).sees("report.summary", "FindSimilar")
	if len(c.state.Draft.Files) != 1 {
		t.Errorf("%d files", len(c.state.Draft.Files))
	}
}

func TestMetadataOfAFileIsASuggestion(t *testing.T) {
	doc := Event{Text: "工厂往河里排黑水", Files: []File{{Unique: "doc", Kind: "document"}}}
	exif := Event{Kind: Fetched, File: "doc", Point: &inShoule}
	c := newChat(t).gets(doc).sees("report.ask_where").gets(exif).sees("report.exif")
	no := *c
	c.presses("exif_use").sees("report.summary", "FindSimilar")
	if d := c.state.Draft; d.Pin == nil || d.Pin.FromFile != "doc" || d.Exif == nil {
		t.Errorf("used %+v", d)
	}
	no.presses("exif_no").sees("report.ask_where")

	own := newChat(t).gets(doc).says("高庙镇").sees("report.summary", "FindSimilar")
	point := geo.Point{Lon: 102.41, Lat: 36.5}
	own.gets(location(point)).presses("cell 630202103").gets(exif).sees()
	if d := own.state.Draft; d.Exif == nil || d.Pin.Point != point || d.Cell != "630202103" {
		t.Errorf("the person's own place did not win: %+v", d)
	}
	pinned := newChat(t).gets(doc).gets(location(inShoule)).sees("report.summary", "FindSimilar")
	pinned.gets(Event{Kind: Fetched, File: "doc", Point: &geo.Point{Lon: 102, Lat: 35}}).sees()
	own.gets(Event{Kind: Fetched, File: "other", Point: &inShoule}).sees()
	own.gets(Event{Kind: Fetched, File: "doc"}).sees()
}

func TestANewPlaceOverrulesAChosenCell(t *testing.T) {
	c := newChat(t).says("新堡子村有人倒垃圾").presses("cell 630202102202").sees("report.summary", "FindSimilar")
	c.presses("edit_place").gets(location(inShoule)).sees("report.summary", "FindSimilar")
	if d := c.state.Draft; d.Cell != "630202102" || d.CellChosen {
		t.Errorf("the cell is %s", d.Cell)
	}
	c.gets(location(geo.Point{Lon: 102.5, Lat: 36.6})).sees("report.summary", "FindSimilar")
	if d := c.state.Draft; len(d.Pins) != 1 || d.Pins[0].Point != inShoule {
		t.Errorf("the first point is not kept: %+v", d.Pins)
	}
}

func TestAnOldSummarySubmitsNothingIncomplete(t *testing.T) {
	c := newChat(t).gets(Event{ID: 5, Text: full}).sees("report.summary", "FindSimilar")
	c.gets(Event{ID: 5, Text: "垃圾", Edited: true}).sees("report.ask_more")
	c.presses("submit").sees("report.ask_more")
}

func TestLimitsAreTold(t *testing.T) {
	c := newChat(t).says(full)
	for _, u := range []string{"a", "b", "c", "d"} {
		c.gets(photo(u, "", ""))
	}
	c.gets(photo("e", "", "")).sees("report.too_many_files", "report.summary")
	c.gets(photo("a", "", "")).sees("report.summary")
	long := make([]rune, 300)
	for i := range long {
		long[i] = '河'
	}
	c.says(string(long)).sees("report.too_long", "report.summary", "FindSimilar")
	if n := length(c.state.Draft.Words); n != c.book.rules.MaxText {
		t.Errorf("%d characters were kept", n)
	}
	c.says("再说").sees("report.too_long", "report.summary")
}

func TestBadCoordinates(t *testing.T) {
	newChat(t).gets(Event{Point: &geo.Point{Lon: 36.5, Lat: 102.4}}).sees("flow.bad_point")
}

func TestWithdrawIsAskedTwice(t *testing.T) {
	c := newChat(t)
	data := Press{Verb: PressWithdraw, Arg: "abcdefghij"}.Data()
	c.gets(Event{Kind: Button, Data: data}).sees("withdraw.ask").presses("withdraw_no").sees("withdraw.kept")
	c.presses("withdraw_yes").sees("Withdraw")
	if last[Withdraw](c).Case != "abcdefghij" {
		t.Error("another case was withdrawn")
	}
}

func TestSayingMoreAboutACase(t *testing.T) {
	c := newChat(t)
	c.gets(Event{Kind: Button, Data: Press{Verb: PressMore, Arg: "abcdefghij"}.Data()}).sees("more.ask")
	c.gets(photo("a", "g", "")).sees("more.added", "AddWords").gets(photo("b", "g", "")).sees("AddWords")
	if a := last[AddWords](c); a.Case != "abcdefghij" || a.Files[0].Unique != "b" {
		t.Errorf("added %+v", a)
	}
}

// TestNothingInItIsNoDraft: nobody is asked to go on with nothing.
func TestNothingInItIsNoDraft(t *testing.T) {
	newChat(t).says("/report").sees("report.ask_first").says("/report").sees("report.ask_first").
		says("我的举报").sees("ShowMine").says("查询").sees("status.ask_number").says("/cancel").sees("flow.cancelled")
}
