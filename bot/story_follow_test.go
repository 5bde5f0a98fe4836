package main

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/seeds"
)

// publicised brings a report at Shoule to a notice that the public reads, and tells its number.
func (w *world) publicised(reporter, desk, li, pub *person) string {
	w.t.Helper()
	number := w.answered(reporter, desk, li)
	desk.says("/find " + number).presses("拟公开文本").presses("就这样发出")
	pub.says("/publish").presses("同意公开").sees("已同意公开")
	return number
}

// TestFollow: a citizen follows a township, a river and a category with buttons and in words, gets one digest at the hour they
// chose when a notice is made public, nothing when there is nothing, and stops with one tap.
func TestFollow(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, li, pub := w.officer("desk"), w.officer("li"), w.officer("publisher")
		ma, han, yang := w.citizen("马"), w.citizen("韩"), w.citizen("杨")
		ma.says("/follow").sees("没有就不打扰").presses("乡镇、村").presses("寿乐镇").presses("整个寿乐镇").sees("已关注").sees("每天 18:00 汇总一次")
		ma.presses("河流").presses("湟水").presses("污染类别").presses("固体废物")
		ma.says("/follow 没有这个镇").sees("没有找到“没有这个镇”").says("/follow 引胜沟").sees("引胜沟")
		han.says("/follow 高庙镇").sees("高庙镇")
		w.sleep(24 * time.Hour)
		ma.seesNot("条新消息")
		number := w.publicised(yang, desk, li, pub)
		w.sleep(24 * time.Hour)
		ma.sees("您关注的，有 1 条新消息").sees(number).sees("经查属实，已处理完毕").seesNot("换管")
		if n := ma.count("条新消息"); n != 1 {
			t.Errorf("%d digests", n)
		}
		han.seesNot("条新消息")
		w.sleep(3 * 24 * time.Hour)
		if n := ma.count("条新消息"); n != 1 {
			t.Errorf("%d digests of one item", n)
		}
		ma.says("/follow").presses("改时间").presses("20:00").sees("每天 20:00 汇总一次").presses("✕ 湟水").sees("已取消")
		ma.says("/mydata").sees("您关注的").sees("寿乐镇，2026-11-02 起")
		ma.presses("全部取消").sees("今后不再发给您")
		ma.says("/mydata")
		if strings.Contains(ma.last(), "您关注的") {
			t.Errorf("still kept: %s", ma.last())
		}
		w.goldenPart("follow.txt", func(entry string) bool { return strings.Contains(entry, "马") })
	})
}

// TestFollowIsForgotten with the person, and ends by itself unless they say that they go on.
func TestFollowIsForgotten(t *testing.T) {
	prepare := func(d *seeds.District) {
		closingRoster(d)
		d.Settings.RetentionIdentity, d.Settings.FollowWarn = 12, 4
	}
	storyFrom(t, monday, prepare, func(w *world) {
		desk, li, pub := w.officer("desk"), w.officer("li"), w.officer("publisher")
		ma, han, yang := w.citizen("马"), w.citizen("韩"), w.citizen("杨")
		ma.says("/follow 寿乐镇")
		han.says("/follow 寿乐镇").says("/follow 噪声")
		w.sleep(2 * 24 * time.Hour)
		ma.says("/forget").presses("确认删除").sees("已删除")
		if n := w.following(); n != 1 {
			t.Errorf("%d people follow something, want 1", n)
		}
		w.sleep(6 * 24 * time.Hour)
		w.publicised(yang, desk, li, pub)
		w.sleep(24 * time.Hour)
		han.sees("您的关注到").presses("继续关注").sees("继续告诉您")
		w.sleep(11 * 24 * time.Hour)
		if n := w.following(); n != 1 {
			t.Errorf("%d people follow something after one went on, want 1", n)
		}
		w.sleep(2 * 24 * time.Hour)
		if n := w.following(); n != 0 {
			t.Errorf("%d people follow something at the end, want nobody", n)
		}
	})
}

// following is how many people follow anything.
func (w *world) following() int {
	w.t.Helper()
	ids, err := w.app.store.FollowsEnded(context.Background(), time.Now().AddDate(10, 0, 0), 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(ids)
}

// TestFollowingACase is listed with the rest and stopped with one tap; whoever reported it still hears of it.
func TestFollowingACase(t *testing.T) {
	story(t, func(w *world) {
		ma, han := w.citizen("马"), w.citizen("韩")
		ma.reportsAtTheRiver(3, "我家隔壁洗沙场往河里排泥水")
		ma.presses("提交").sees("已登记")
		w.sleep(2 * time.Hour)
		han.reportsAtTheRiver(4, "有人往河里排浑水")
		han.presses("就是这件").sees("并入")
		han.says("/follow").sees("有进展就告诉您").presses("✕ 2026").sees("已取消")
		desk := w.officer("desk")
		desk.says("/find " + ma.number()).presses("✅ 受理")
		ma.sees("已受理")
		han.seesNot("已受理")
	})
}

// tally is what became of the messages of a post.
func (w *world) tally(name string) ledger.Tally {
	w.t.Helper()
	n, err := w.app.store.Tally(context.Background(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// lastPost is the ID of the newest post.
func (w *world) lastPost() string {
	w.t.Helper()
	ids, err := w.app.store.Shelf(context.Background(), post.Kind, post.All, 0, math.MaxInt64, 100)
	if err != nil || len(ids) == 0 {
		w.t.Fatalf("posts %v, %v", ids, err)
	}
	return ids[len(ids)-1]
}

// TestFollowingPublications: whoever follows the office's publications finds each in the next digest.
func TestFollowingPublications(t *testing.T) {
	storyFrom(t, september, openOffice, func(w *world) {
		boss, publisher := w.officer("boss"), w.officer("publisher")
		yang := w.citizen("杨")
		yang.says("/follow").presses("信息公开").sees("政府环境信息公开")
		w.until("2026-10-06 08:40")
		publisher.says("/publication inspections.2026-Q3").presses("📝 生成初稿")
		boss.presses("✅ 审核通过")
		publisher.presses("🌐 公布").sees("第 1 号")
		w.sleep(10 * time.Hour)
		yang.sees("您关注的，有 1 条新消息").sees("2026年第三季度“双随机”抽查情况")
	})
}
