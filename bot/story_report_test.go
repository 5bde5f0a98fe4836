package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

const (
	sewage = "寿乐镇土官口村有人把污水直接排到引胜沟里，水都发黑了"
	smoke  = "砖厂烟囱冒黑烟，刺鼻得很"
)

// submits reports in words that say everything, and returns the report's number.
func (p *person) submits(words string) string {
	p.w.t.Helper()
	p.says(words)
	if p.lastHasButton("是新的问题") { // the same words again
		p.presses("是新的问题")
	}
	p.presses("提交").sees("已登记")
	return p.number()
}

// TestWholeLifeOfACase follows a report with photo and phone to its answer. The reporter never reads what was found; no
// officer ever learns who reported; the store never holds it readable.
func TestWholeLifeOfACase(t *testing.T) {
	story(t, func(w *world) {
		const phone, name, finding = "+8613997412058", "马秀英", "查实某养殖户私设暗管，已移交执法"
		secrets := []string{phone, "13997412058", name, "7391846205"}
		desk, boss, chief, li := w.officer("desk"), w.officer("boss"), w.officer("chief-shoule"), w.officer("li")
		ma := w.stranger(name)
		ma.photographs(1, sewage).presses("留手机号").sharesPhone().sees("****2058")
		w.findsNowhere(secrets...)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		if got := w.caseOf(number); got.State != casework.Registered || len(got.Evidence) != 1 || got.Cell != "630202102203" && !strings.HasPrefix(string(got.Cell), "630202102") {
			t.Errorf("stored as %+v", got)
		}
		desk.sees("待受理").presses("受理")
		ma.sees("已受理")
		li.sees("新任务").presses("接办")
		ma.sees("已开始办理")
		li.handsIn(finding)
		ma.seesNot("查实").seesNot("暗管")
		desk.sees(finding).presses("通过并答复").sees("内部调查情况不会发给举报人").presses("就这样发出")
		ma.sees("已办结").sees("水污染").seesNot("查实").seesNot("暗管")
		ma.says("/my").sees("已办结").presses(caseNumber(w, number))
		ma.seesNot("暗管")
		w.findsNowhere(secrets...)
		for _, o := range []*person{desk, boss, chief, li} {
			o.knowsNothingOf(secrets...)
		}
		w.sleep(2 * time.Minute)
		want := []casework.Action{casework.Submit, casework.Accept, casework.HandOn, casework.Take, casework.HandIn, casework.Close}
		sealed := func(a casework.Action) bool { return a == casework.SealEvidence } // whenever the job comes by
		if got := slices.DeleteFunc(w.actions(w.caseOf(number)), sealed); !slices.Equal(got, want) {
			t.Errorf("history %v, want %v", got, want)
		}
	})
}

// caseNumber is the number that a report is shown by once it was accepted.
func caseNumber(w *world, number string) string {
	c := w.caseOf(number)
	return c.Shown()
}

// TestOwnWordsOfTheDesk are what the reporter reads instead of the template.
func TestOwnWordsOfTheDesk(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.submits(sewage)
		desk.presses("受理")
		li.presses("接办").handsIn("现场查实一处直排口，已封堵")
		desk.presses("通过并答复").says("谢谢您，排口已经封堵，水质正在恢复").presses("就这样发出")
		ma.sees("排口已经封堵，水质正在恢复").seesNot("查实一处")
	})
}

// TestOneMessageOneTap is a report that needs nothing but the photo with its caption, the location and the tap.
func TestOneMessageOneTap(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.photographs(2, smoke).sees("在哪里")
		ma.locates(102.286687, 36.488515)
		ma.sees("请核对").sees("雨润镇").presses("提交").sees("已登记")
		c := w.caseOf(ma.number())
		if c.Point == nil || c.Categories[0] != "air" || len(c.Evidence) != 1 {
			t.Errorf("stored as %+v", c)
		}
		if n := len(ma.FromBot()); n > 5 {
			t.Errorf("%d messages for one report:\n%s", n, ma.screen())
		}
		desk.sees("待受理").sees("雨润镇")
	})
}

// TestWordsAlone suffice, in any order: the place first, then what it is.
func TestWordsAlone(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says("寿乐镇土官口村").sees("怎么了").says("养殖场的粪水流进水渠")
		ma.sees("请核对").sees("土官口").presses("提交").sees("已登记")
		yang := w.citizen("杨")
		yang.says("养殖场的粪水流进水渠").sees("在哪里").says("寿乐镇土官口村")
		yang.sees("请核对").presses("提交").sees("已登记")
		if a, b := w.caseOf(ma.number()), w.caseOf(yang.number()); a.Cell != b.Cell || a.Cell == w.app.book.Unassigned() {
			t.Errorf("the same place lies in %s and %s", a.Cell, b.Cell)
		}
	})
}

// TestAlbumIsOneReport, however late its photos arrive: before the summary, after it, and after submitting.
func TestAlbumIsOneReport(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		var group string
		ma.does(func() {
			group = ma.SendsAlbum([][]byte{photo(1), photo(2), photo(3)}, botapi.Caption(sewage))[0].MediaGroupID
		})
		ma.sees("请核对")
		if n := ma.count("请核对"); n != 1 {
			t.Errorf("%d summaries for one album:\n%s", n, ma.screen())
		}
		before := len(ma.FromBot())
		ma.does(func() { ma.SendsToAlbum(group, photo(4)) })
		if n := len(ma.FromBot()); n != before {
			t.Errorf("a late photo was answered:\n%s", ma.screen())
		}
		ma.presses("提交").sees("已登记")
		number := ma.number()
		ma.does(func() { ma.SendsToAlbum(group, photo(5)) })
		c := w.caseOf(number)
		if len(c.Evidence) != 5 {
			t.Errorf("%d photos, want 5", len(c.Evidence))
		}
		ma.says("/my").sees("共 1 件")
		if n := desk.count("待受理"); n != 1 {
			t.Errorf("the desk was told %d times:\n%s", n, desk.screen())
		}
	})
}

// TestFilmVoiceDocument become evidence like a photo; each is kept in the vault.
func TestFilmVoiceDocument(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.does(func() { ma.SendsVoice([]byte("OggS\x00\x02 voice of a citizen"), 4) })
		ma.sees("语音收到了，会密封保存作证据")
		ma.does(func() { ma.SendsVideo(film(), 3) })
		ma.does(func() { ma.SendsDocument("IMG_1.jpg", "image/jpeg", photo(9)) })
		ma.says(sewage).sees("视频和语音只密封保存作证据").presses("提交").sees("已登记")
		c := w.caseOf(ma.number())
		kinds := map[string]int{}
		for _, e := range c.Evidence {
			kinds[e.Kind]++
		}
		if kinds["voice"] != 1 || kinds["video"] != 1 || kinds["document"] != 1 {
			t.Errorf("evidence %v", kinds)
		}
		w.sleep(time.Hour)
		for _, e := range c.Evidence {
			f, err := w.app.store.File(context.Background(), e.File)
			if err != nil {
				t.Errorf("%s was not fetched: %v", e.Kind, err)
			} else if e.Kind == "document" && (f.Fail != "" || f.SHA256 == "") {
				t.Errorf("the document was not kept: %+v", f)
			}
		}
		desk.presses("✅ 受理").presses("🖼 照片").sees("其中 2 个视频、语音或文件只密封保存作证据")
	})
}

// film is the beginning of an MP4 file.
func film() []byte {
	return append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), make([]byte, 64)...)
}

// TestPhotoTellsWhere offers the place of the metadata, and the citizen's own location wins over it.
func TestPhotoTellsWhere(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.does(func() {
			ma.SendsDocument("a.jpg", "image/jpeg", photoAt(1, 36.488515, 102.286687), botapi.Caption(smoke))
		})
		ma.sees("照片里记着拍摄的地方").sees("雨润镇").presses("就是这里").sees("请核对").presses("提交").sees("已登记")
		if c := w.caseOf(ma.number()); w.district.Tree.Township(c.Cell) != "630202101" {
			t.Errorf("lies in %s", c.Cell)
		}
		yang := w.citizen("杨")
		yang.does(func() {
			yang.SendsDocument("b.jpg", "image/jpeg", photoAt(2, 36.488515, 102.286687), botapi.Caption(smoke))
		})
		yang.sees("照片里记着拍摄的地方").locates(102.7543, 36.4434).sees("请核对").presses("提交").sees("已登记")
		c := w.caseOf(yang.number())
		if w.district.Tree.Township(c.Cell) != "630202206" || c.Point == nil || c.Point.Lon != 102.7543 {
			t.Errorf("lies in %s at %v, want where the citizen says", c.Cell, c.Point)
		}
	})
}

// TestVenue and the other kinds of places are all taken.
func TestVenueAndLiveLocation(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says(smoke).sees("在哪里")
		ma.does(func() { ma.SendsVenue(36.488515, 102.286687, "雨润砖厂", "雨润镇") })
		ma.sees("请核对").sees("雨润砖厂").presses("提交").sees("已登记")
		if c := w.caseOf(ma.number()); w.district.Tree.Township(c.Cell) != "630202101" || !strings.Contains(c.Place, "雨润砖厂") {
			t.Errorf("stored as %+v", c)
		}
		yang := w.citizen("杨")
		yang.says(smoke)
		var live int
		yang.does(func() { live = yang.SharesLive(36.4890, 102.2800, 15, 900).ID })
		yang.sees("请核对")
		before := len(yang.FromBot())
		for i := range 3 {
			yang.does(func() { yang.Moves(live, 36.4890+float64(i)*0.02, 102.2800) })
		}
		yang.does(func() { yang.StopsSharing(live) })
		if n := len(yang.FromBot()); n != before {
			t.Errorf("moving on was answered:\n%s", yang.screen())
		}
		yang.presses("提交")
		if yang.Sees("是上面这件吗") {
			yang.presses("我报的是另一件").presses("提交")
		}
		yang.sees("已登记")
		if c := w.caseOf(yang.number()); c.Point == nil || c.Point.Lat != 36.4890 {
			t.Errorf("the place moved to %v", c.Point)
		}
	})
}

// TestEditedMessage changes the draft while it is one, and reaches the desk as a supplement afterwards.
func TestEditedMessage(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		var first int
		ma.does(func() { first = ma.Says(sewage).ID })
		ma.sees("请核对")
		ma.does(func() { ma.Edits(first, sewage+"，味道很大") })
		ma.presses("提交").sees("已登记")
		c := w.caseOf(ma.number())
		if !strings.Contains(c.Text, "味道很大") || strings.Count(c.Text, "土官口") != 1 {
			t.Errorf("stored %q", c.Text)
		}
		ma.does(func() { ma.Edits(first, sewage+"，今天又排了一次") })
		desk.sees("今天又排了一次")
	})
}

// TestWayOut is there at every question: cancel loses nothing by a slip, back goes to the question before.
func TestWayOut(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.says(smoke).sees("在哪里").says("/cancel").sees("已取消")
		ma.presses("恢复刚才的内容").says("雨润镇").sees("请核对")
		ma.presses("取消").presses("恢复刚才的内容").presses("改内容").says("洗沙场往河里排泥水，河都浑了")
		ma.says("返回").sees("请发新的位置").says("高庙镇").sees("高庙镇").presses("提交").sees("已登记")
		c := w.caseOf(ma.number())
		if w.district.Tree.Township(c.Cell) != "630202103" || strings.Contains(c.Text, "砖厂") {
			t.Errorf("stored as %+v", c)
		}
		yang := w.citizen("杨")
		yang.says("/cancel").sees("现在没有要取消的内容")
	})
}

// TestDraftIsKeptADay and offered again; after that it is gone.
func TestDraftIsKeptADay(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.says(smoke).sees("在哪里")
		yang.says(smoke).sees("在哪里")
		w.sleep(23 * time.Hour)
		ma.says("/start").sees("没写完的举报").presses("继续填写").says("雨润镇").sees("请核对").presses("提交").sees("已登记")
		w.sleep(2 * time.Hour)
		yang.says("/start").seesNot("没写完的举报")
		yang.says("雨润镇").seesNot("请核对")
	})
}

// TestRestartInMidConversation loses nothing, at any step.
func TestRestartInMidConversation(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.photographs(1, smoke)
		w.restart()
		ma.says("雨润镇").sees("请核对")
		w.restart()
		ma.presses("提交").sees("已登记")
		w.restart()
		desk.presses("不予受理")
		w.restart()
		desk.presses("诉讼、仲裁、复议")
		w.restart()
		desk.presses("就这样发出")
		ma.sees("不予受理。").sees("诉讼、仲裁或行政复议")
		if n := ma.count("已登记"); n != 1 {
			t.Errorf("registered %d times", n)
		}
	})
}

// TestTwoPeopleAtOnce have a conversation each, even in the same words at the same moment.
func TestTwoPeopleAtOnce(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.does(func() { ma.Says(smoke); yang.Says("洗沙场往河里排泥水，河都浑了") })
		ma.does(func() { ma.Says("雨润镇"); yang.Says("高庙镇") })
		ma.presses("提交").sees("已登记")
		yang.presses("提交").sees("已登记")
		a, b := w.caseOf(ma.number()), w.caseOf(yang.number())
		if a.Number == b.Number || a.Code == b.Code || a.Categories[0] != "air" || b.Categories[0] != "water" ||
			w.district.Tree.Township(a.Cell) != "630202101" || w.district.Tree.Township(b.Cell) != "630202103" {
			t.Errorf("stored as\n%+v\n%+v", a, b)
		}
	})
}
