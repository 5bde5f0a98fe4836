package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// reportsAtTheRiver reports with a photo at a place in 马厂乡 that several people pass.
func (p *person) reportsAtTheRiver(seed int, words string) {
	p.photographs(seed, words).locates(102.7543, 36.4434)
}

// TestWhoFollowsReadsNoWords: the accused may follow the case against them, and learns that it exists, never what somebody
// wrote, nor the photo before the desk saw it, nor the minute.
func TestWhoFollowsReadsNoWords(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		const words = "我家隔壁洗沙场往河里排泥水"
		ma, accused := w.citizen("马"), w.citizen("老板")
		ma.reportsAtTheRiver(3, words)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		minute := w.caseOf(number).CreatedAt.In(w.district.Settings.TimeZone).Format("15:04")
		w.sleep(2 * time.Hour)
		accused.reportsAtTheRiver(4, "有人往河里排浑水")
		accused.sees("是上面这件吗")
		for _, m := range accused.FromBot() {
			if len(m.Photo) > 0 {
				t.Error("the photo is shown before the desk saw it")
			}
		}
		accused.presses("就是这件").sees("并入")
		accused.says("/my").sees("共 1 件").presses(number).sees("另有群众反映同一问题")
		accused.says("/status " + number + " " + w.caseOf(number).Code)
		accused.knowsNothingOf(words, "隔壁", minute)
		desk.says("/find " + number).presses("✅ 受理")
		late := w.citizen("白")
		late.reportsAtTheRiver(5, "洗沙场排泥水")
		late.sees("是上面这件吗")
		late.knowsNothingOf("隔壁", minute)
		ma.says("/my").sees("我家隔壁").presses(number).sees(words).sees(minute)
		zhao.presses("🕒 经过").sees(words).sees(minute)
	})
}

// TestMineIsNewestFirst, however many there are.
func TestMineIsNewestFirst(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		var numbers []string
		for range w.app.desk.Rules.PageSize + 2 {
			numbers = append(numbers, ma.submits(sewage))
			w.sleep(25 * time.Hour)
		}
		ma.says("/my")
		list := ma.last()
		newest, before := numbers[len(numbers)-1], numbers[len(numbers)-2]
		if a, b := strings.Index(list, newest), strings.Index(list, before); a < 0 || b < a || strings.Contains(list, numbers[0]) {
			t.Errorf("not the newest first:\n%s", list)
		}
	})
}
