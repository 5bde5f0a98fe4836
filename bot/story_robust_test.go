package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestLongTextsArriveEverywhere lets everybody write as much as they can, in characters that HTML has to escape: every
// message that it leads to still arrives. The emulator refuses what Telegram would refuse, and the story fails then.
func TestLongTextsArriveEverywhere(t *testing.T) {
	story(t, func(w *world) {
		const room = 3400
		long := func(start string) string { return start + strings.Repeat("<臭&味>", (room-len([]rune(start)))/5) }
		desk, li, ma := w.officer("desk"), w.officer("li"), w.citizen("马")
		ma.submits(long(sewage))
		desk.sees("待受理").presses("受理")
		li.sees("新任务").presses("接办").presses("经过")
		for range 25 {
			w.sleep(time.Minute) // nobody writes so much faster
			ma.says("/my").presses("2026").presses("补充情况").says(long("又有人倒了一车垃圾"))
		}
		if n := li.count("举报人补充"); n != 25 {
			t.Errorf("the inspector was told %d times that there is more", n)
		}
		ma.says("/my").presses("2026").sees("此前还有")
		li.presses("上报结果").says(long("查实有人倒污水")).presses("属实").presses("不违法").says(long("还查到")).sees("后面超出的没有收下")
		li.photographs(1, "处理前").photographs(2, "处理后").presses("✅ 上报结果")
		desk.sees("待审核").presses("退回").says(long("请补充处理后的照片"))
		li.sees("被退回重办").presses("上报结果").says(long("已经清理完毕")).presses("属实").presses("不违法").presses("✅ 上报结果")
		desk.presses("通过并答复").says(long("已经清理")).presses("就这样发出")
		ma.sees("已办结").presses("查看进度").sees("答复")
	})
}

// TestAPictureThatCannotBeShownHoldsNothingUp sends a picture of a format that has no showing copy, and one that is none:
// the photos button shows the others, and everything else goes on.
func TestAPictureThatCannotBeShownHoldsNothingUp(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x08free")
		ma.does(func() {
			ma.SendsDocument("IMG_1.HEIC", "image/heic", heic, botapi.Caption(sewage))
			ma.SendsDocument("IMG_2.jpg", "image/jpeg", []byte("\xff\xd8\xff not a picture"))
		})
		ma.presses("提交").sees("已登记")
		desk.sees("待受理").presses("照片")
		desk.sees("附件 2 个")
		depths, err := w.app.store.OutboxDepth(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range depths {
			if d.Waiting != 0 {
				t.Errorf("%d messages wait", d.Waiting)
			}
		}
		desk.presses("受理")
		ma.sees("已受理")
	})
}

// TestAFullDiskLosesNoEvidence lets a photo arrive while there is no room: it is kept once there is.
func TestAFullDiskLosesNoEvidence(t *testing.T) {
	full := func(d *seeds.District) { d.Settings.MediaMinFree = 1 << 40 }
	storyFrom(t, monday, full, func(w *world) {
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		file := w.caseOf(ma.number()).Evidence[0].File
		w.sleep(48 * time.Hour)
		if f, err := w.app.store.File(context.Background(), file); err == nil {
			t.Errorf("recorded without room: %+v", f)
		}
		w.district.Settings.MediaMinFree = 0
		w.restart()
		w.sleep(time.Hour)
		if f, err := w.app.store.File(context.Background(), file); err != nil || f.Fail != "" || !f.Show {
			t.Errorf("not kept: %+v, %v", f, err)
		}
	})
}

// TestWhatCannotBeReadIsAnswered: the person is told once, the admin finds it set aside, and so are entries that no key
// opens any more.
func TestWhatCannotBeReadIsAnswered(t *testing.T) {
	story(t, func(w *world) {
		ctx := context.Background()
		ma := w.citizen("马")
		ma.says("/start")
		odd := fmt.Sprintf(`{"update_id":900001,"message":{"message_id":"?","from":{"id":%d},"chat":{"id":%d},"text":"臭"}}`, ma.ID(), ma.ID())
		group := `{"update_id":900002,"message":{"message_id":"?","from":{"id":77},"chat":{"id":-5},"text":"臭"}}`
		lost := []ledger.Entry{{Update: 900001, Data: []byte(odd)}, {Update: 900002, Data: []byte(group)}, {Data: nil}}
		if err := w.app.store.Receive(ctx, lost, w.emulator.Now()); err != nil {
			t.Fatal(err)
		}
		w.app.dispatcher.Wake()
		w.sleep(time.Minute)
		if n := ma.count("读不了"); n != 1 {
			t.Errorf("told %d times:\n%s", n, ma.screen())
		}
		if aside, err := w.app.store.Aside(ctx, 10); err != nil || len(aside) != 3 {
			t.Errorf("aside: %+v, %v", aside, err)
		}
	})
}

// TestOnlyEvidenceIsFetched: what a report has no room for is not fetched, nor what somebody sends twice, nor more than
// a person's share of a day; the next day begins anew.
func TestOnlyEvidenceIsFetched(t *testing.T) {
	strict := func(d *seeds.District) { d.Settings.MaxFiles, d.Settings.FilesPerDay = 2, 3 }
	storyFrom(t, monday, strict, func(w *world) {
		fetched := func() (n int) {
			for _, err := range w.app.store.Files(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			return n
		}
		ma := w.citizen("马")
		ma.photographs(1, sewage).photographs(2, "").photographs(3, "").sees("后面的没有收下").presses("提交").sees("已登记")
		if n := fetched(); n != 2 {
			t.Errorf("%d files were fetched of the two in the report", n)
		}
		ma.says("/report").photographs(4, smoke).seesNot("暂不保存为证据")
		ma.photographs(5, "").sees("暂不保存为证据")
		if n := fetched(); n != 3 {
			t.Errorf("%d files were fetched, three a day are", n)
		}
		w.sleep(24 * time.Hour)
		ma.says("/report").photographs(6, smoke)
		if n := fetched(); n != 4 {
			t.Errorf("%d files were fetched a day later", n)
		}
	})
}
