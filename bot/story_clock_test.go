package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// reminderForm is a reminder: its heading, and the number of the case.
var reminderForm = regexp.MustCompile(`^[⏰🔴🚨] (\S+?)：(A?20\d\d-\d{5})`)

// reminders are all reminders that the person got, by heading and number, with when they came.
func (p *person) reminders() map[string][]time.Time {
	out := make(map[string][]time.Time)
	for _, m := range p.FromBot() {
		if got := reminderForm.FindStringSubmatch(m.Text + m.Caption); got != nil {
			key := got[1] + " " + got[2]
			out[key] = append(out[key], time.Unix(int64(m.Date), 0).In(p.w.district.Settings.TimeZone))
		}
	}
	return out
}

// reminded fails the test unless the reminder came once, within two minutes after that local time.
func (p *person) reminded(heading, number, local string) {
	p.w.t.Helper()
	want, err := time.ParseInLocation("2006-01-02 15:04", local, p.w.district.Settings.TimeZone)
	if err != nil {
		p.w.t.Fatal(err)
	}
	got := p.reminders()[heading+" "+number]
	if len(got) != 1 || got[0].Before(want) || got[0].After(want.Add(2*time.Minute)) {
		p.w.t.Errorf("%s got %q of %s at %v, want once at %s", p.Name(), heading, number, got, local)
	}
}

// TestChasing follows three weeks of a report that nobody decides and a case that nobody begins, through a restart every
// night and an outage of five days: everybody is told each stage at most once, never in the quiet hours, one level up
// at a time; and the digest comes every morning with the right figures.
func TestChasing(t *testing.T) {
	story(t, func(w *world) {
		desk, boss := w.officer("desk"), w.officer("boss")
		chief, li := w.officer("chief-shoule"), w.officer("li")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.submits("高庙镇河边倒了很多建筑垃圾没人管")
		undecided := ma.number()
		yang.submits(sewage)
		desk.presses("✅ 受理")
		started := caseNumber(w, yang.number())
		for range 3 { // to Thursday the 5th, 12:00
			w.sleep(24 * time.Hour)
			w.restart()
		}
		w.sleep(3 * time.Hour)
		w.outage(5 * 24 * time.Hour)
		for range 11 { // to Saturday the 21st: somebody runs it from a quarter to eight to a quarter past, every day
			w.outage(19*time.Hour + 44*time.Minute)
			w.sleep(30 * time.Minute)
			w.outage(3*time.Hour + 44*time.Minute)
		}
		for _, o := range []*person{desk, boss, chief, li} {
			for key, at := range o.reminders() {
				if len(at) != 1 {
					t.Errorf("%s got %q %d times: %v", o.Name(), key, len(at), at)
				}
				if h := at[0].Hour(); h >= 22 || h < 7 {
					t.Errorf("%s got %q at %v, in the quiet hours", o.Name(), key, at[0])
				}
			}
		}
		desk.reminded("受理时限将到", undecided, "2026-11-03 09:00")
		desk.reminded("受理时限今天到期", undecided, "2026-11-04 09:00")
		desk.reminded("受理时限已超期", undecided, "2026-11-05 07:00")
		desk.reminded("督办单", undecided, "2026-11-10 12:00") // the order to hurry is overtaken: on record only
		boss.sees("抄送·督办单：" + undecided)
		for _, o := range []*person{li, chief} {
			o.reminded("开始办理时限将到", started, "2026-11-03 09:00")
			o.reminded("开始办理时限今天到期", started, "2026-11-04 09:00")
			o.reminded("开始办理时限已超期", started, "2026-11-05 07:00")
		}
		for _, o := range []*person{li, chief} {
			o.reminded("督办单", started, "2026-11-10 12:00")
		}
		boss.sees("抄送·督办单：" + started)
		boss.reminded("告知时限今天到期", undecided, "2026-11-17 12:00")
		boss.reminded("告知时限已超期", undecided, "2026-11-18 07:45")
		if n := len(boss.reminders()); n != 5 {
			t.Errorf("the supervisor got %d reminders:\n%v", n, boss.reminders())
		}
		if n := len(li.reminders()); n != 4 {
			t.Errorf("the inspector got %v", li.reminders())
		}
		checkDigests(t, boss)
	})
}

// checkDigests holds the digests of TestChasing against what happened.
func checkDigests(t *testing.T, boss *person) {
	t.Helper()
	days := map[string]string{}
	for _, m := range boss.FromBot() {
		if !strings.Contains(m.Text, "工作提要") {
			continue
		}
		at := time.Unix(int64(m.Date), 0).In(boss.w.district.Settings.TimeZone)
		day := at.Format(time.DateOnly)
		if days[day] != "" {
			t.Errorf("two digests on %s", day)
		}
		days[day] = m.Text
		want := "08:00"
		if day == "2026-11-10" {
			want = "12:00" // made up for after the outage
		}
		if at.Format("15:04") != want || !strings.Contains(m.Text, day) {
			t.Errorf("the digest of %s came at %v:\n%s", day, at, m.Text)
		}
	}
	for day := 3; day <= 21; day++ {
		date := fmt.Sprintf("2026-11-%02d", day)
		text, outage := days[date], day > 5 && day < 10
		if (text == "") != outage {
			t.Errorf("digest of %s: %q", date, text)
		}
	}
	for day, words := range map[string][]string{
		"2026-11-03": {"昨日登记 2 · 受理 1", "待受理 1", "今日到期 0 · 超期 0", "均无超期"},
		"2026-11-04": {"昨日登记 0", "今日到期 2 · 超期 0"},
		"2026-11-05": {"今日到期 0 · 超期 2", "寿乐镇：超期 1（在办 1）"},
	} {
		for _, word := range words {
			if !strings.Contains(days[day], word) {
				t.Errorf("the digest of %s lacks %q:\n%s", day, word, days[day])
			}
		}
	}
	boss.presses("待受理").sees("高庙镇")
	boss.says("/overview").sees("寿乐镇：在办 1，超期 1")
}

// TestUrgentAtNight: what is dangerous is told at once, at any hour.
func TestUrgentAtNight(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.says("雨润镇有一辆罐车翻了，危险化学品泄漏流进河里，很多死鱼").sees("119").presses("提交").sees("已登记")
		number := ma.number()
		if c := w.caseOf(number); !c.Urgent {
			t.Fatalf("not urgent: %+v", c)
		}
		w.sleep(3 * 24 * time.Hour)
		desk.reminded("受理时限已超期", number, "2026-11-05 00:00")
	})
}

// TestFinishLadder goes up to the chief and to the district when a case that was begun is not finished.
func TestFinishLadder(t *testing.T) {
	story(t, func(w *world) {
		desk, boss, chief, li := w.officer("desk"), w.officer("boss"), w.officer("chief-shoule"), w.officer("li")
		ma := w.citizen("马")
		ma.submits(sewage)
		desk.presses("✅ 受理")
		li.presses("接办")
		number := caseNumber(w, ma.number())
		w.outage(26*24*time.Hour + 23*time.Hour) // to Sunday the 29th, 08:00: nothing is due before
		w.sleep(2 * time.Hour)
		w.outage(2*24*time.Hour + 22*time.Hour)
		w.sleep(2 * time.Hour)
		for range 4 { // to the mornings from the 3rd on
			w.outage(20 * time.Hour)
			w.sleep(4 * time.Hour)
		}
		li.reminded("办结时限将到", number, "2026-11-29 09:00")
		li.reminded("办结时限今天到期", number, "2026-12-02 09:00")
		li.reminded("办结时限已超期", number, "2026-12-03 07:00")
		li.reminded("催办通知书", number, "2026-12-04 07:00")
		chief.sees("抄送·催办通知书：" + number)
		li.reminded("督办单", number, "2026-12-06 07:00")
		chief.reminded("督办单", number, "2026-12-06 07:00")
		boss.sees("抄送·督办单：" + number)
		if n := len(li.reminders()) + len(chief.reminders()) + len(boss.reminders()); n != 7 {
			t.Errorf("%d reminders: %v %v %v", n, li.reminders(), chief.reminders(), boss.reminders())
		}
		chief.presses("打开").sees("已超期")
		ma.says("/my").presses(number)
		ma.seesNot("时限提醒")
	})
}

// TestNationalDay moves the limit of two working days over the holidays.
func TestNationalDay(t *testing.T) {
	storyFrom(t, time.Date(2026, 9, 29, 1, 0, 0, 0, time.UTC), nil, func(w *world) {
		desk := w.officer("desk")
		ma := w.citizen("马")
		ma.submits(sewage)
		ma.sees("2026-10-08")
		w.outage(8*24*time.Hour + 12*time.Hour)
		desk.seesNot("今天到期")
		w.sleep(36 * time.Hour)
		desk.reminded("受理时限今天到期", ma.number(), "2026-10-08 09:00")
		desk.reminded("受理时限已超期", ma.number(), "2026-10-09 07:00")
	})
}

// TestSpringFestival counts the Saturday that is worked before it, and skips the nine days.
func TestSpringFestival(t *testing.T) {
	storyFrom(t, time.Date(2026, 2, 13, 1, 0, 0, 0, time.UTC), nil, func(w *world) {
		desk := w.officer("desk")
		w.officer("li")
		ma := w.citizen("马")
		ma.submits(sewage)
		ma.sees("2026-02-24")
		desk.presses("✅ 受理")
		ma.sees("最迟 2026-02-24 开始办理")
	})
}

// TestUnknownYear gives a deadline that is known to be provisional.
func TestUnknownYear(t *testing.T) {
	storyFrom(t, time.Date(2026, 12, 31, 1, 0, 0, 0, time.UTC), nil, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.submits(sewage)
		c := w.caseOf(ma.number())
		if k, ok := c.Clock(casework.DecideClock); !ok || !k.Provisional {
			t.Errorf("clock %+v", k)
		}
	})
}

// TestWeeklyPicture comes on Monday morning, with the figures of the week below it.
func TestWeeklyPicture(t *testing.T) {
	story(t, func(w *world) {
		boss, desk := w.officer("boss"), w.officer("desk")
		w.citizen("马").submits(sewage)
		w.citizen("杨").submits("高庙镇河边倒了很多建筑垃圾没人管")
		desk.presses("✅ 受理")
		w.outage(6*24*time.Hour + 20*time.Hour)
		w.sleep(4 * time.Hour)
		at := boss.told("一周情况")
		if len(at) != 1 || at[0].Format("2006-01-02 15:04") != "2026-11-09 08:30" {
			t.Fatalf("weekly digests at %v", at)
		}
		boss.sees("2026-11-02 至 2026-11-08").sees("登记 2 · 受理 1 · 请补充 0 · 并案 0 · 办结 0")
		pictures := 0
		for _, m := range boss.FromBot() {
			if strings.Contains(m.Caption, "一周情况") && len(m.Photo) > 0 {
				raw, ok := w.emulator.File(m.Photo[len(m.Photo)-1].FileID)
				if ok && len(raw) > 2000 {
					pictures++
				}
			}
		}
		if pictures != 1 {
			t.Errorf("%d pictures", pictures)
		}
		if left, err := w.app.store.OutboxDepth(context.Background()); err != nil || left[0].Waiting+left[1].Waiting+left[2].Waiting+left[3].Waiting != 0 {
			t.Errorf("left to say: %v, %v", left, err)
		}
	})
}
