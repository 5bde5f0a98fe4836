package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestBoard: a board is printed as a sheet with a code, hung, and shown as out of date once somebody else answers for the
// reach; the code opens a report with the cell filled in.
func TestBoard(t *testing.T) {
	storyFrom(t, monday, changingChief, func(w *world) {
		w.browses("/boards").reads("寿乐镇", "还没有设立公示牌")
		boss := w.officer("boss")
		boss.says("/boards").sees("需要更新").presses("引胜沟 寿乐镇 水质责任公示牌").sees("控制范围").presses("生成 A3").sees("已生成")
		boss.presses("已上墙").sees("已上墙")
		w.browses("/boards/ys-102").reads("内容有效", "水质目标").readsNot("⚠️")

		ma := w.citizen("马")
		ma.does(func() { ma.Starts("b_ys-102") })
		ma.says(sewage).presses("提交").sees("已登记").sees("寿乐镇")

		w.until("2026-11-30 09:00")
		boss.sees("公示牌需要更新").sees("责任人已变更")
		w.browses("/boards/ys-102").reads("责任人已变更")
		before := boss.count("公示牌需要更新")
		w.until("2026-12-07 09:00")
		if got := boss.count("公示牌需要更新"); got != before {
			t.Errorf("told %d times of the same", got)
		}
		boss.says("/boards").presses("引胜沟 寿乐镇 水质责任公示牌").presses("生成 A3").presses("已上墙")
		w.browses("/boards/ys-102").reads("内容有效")
		w.goldenPart("board.txt", func(entry string) bool {
			return strings.Contains(entry, "公示牌") || strings.Contains(entry, "board")
		})
	})
}

// TestBoard_SaysWhatWasMeasured: what the newest month that is over says of the board's section stands on it; newer readings make
// what hangs out of date in time.
func TestBoard_SaysWhatWasMeasured(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk, boss := w.officer("clerk-bureau"), w.officer("boss")
		clerk.sendsTable(waterRow("土官口断面", "2026-08-04", "1.62")).presses("登记")
		w.browses("/boards/ys-102").reads("Ⅴ类", "未达标", "氨氮", "2026-08-31")
		boss.says("/boards").presses("引胜沟 寿乐镇 水质责任公示牌").sees("Ⅴ类，未达到目标，主要超标项目：氨氮").presses("生成 A3").presses("已上墙")
		w.until("2026-11-02 09:00")
		clerk.sendsTable(waterRow("土官口断面", "2026-10-04", "0.4")).presses("登记")
		w.browses("/boards/ys-102").reads("达标", "2026-10-31", "内容有效").readsNot("未达标")
		w.until("2027-02-01 09:00")
		w.browses("/boards/ys-102").reads("已有新的水质数据")
	})
}

// TestBoard_MonthlyReadingsDoNotRenewIt: the days count from the first month that the board does not show, however many follow; once
// it is printed anew, from the next.
func TestBoard_MonthlyReadingsDoNotRenewIt(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk, boss := w.officer("clerk-bureau"), w.officer("boss")
		reading := func(day string) { clerk.sendsTable(waterRow("土官口断面", day, "0.4")).presses("登记") }
		reading("2026-08-04")
		boss.says("/boards").presses("引胜沟 寿乐镇 水质责任公示牌").presses("生成 A3").presses("已上墙")
		for _, month := range []string{"2026-10", "2026-11", "2026-12"} {
			w.until(month + "-02 09:00")
			reading(monthBefore(t, month) + "-04")
		}
		w.browses("/boards/ys-102").reads("内容有效")
		w.until("2026-12-30 09:00")
		w.browses("/boards/ys-102").reads("已有新的水质数据")
		w.until("2027-01-04 09:00")
		boss.sees("公示牌需要更新").sees("已有新的水质数据")
		boss.says("/boards").sees("引胜沟 寿乐镇 水质责任公示牌：⚠️ 已有新的水质数据").presses("引胜沟 寿乐镇 水质责任公示牌").presses("生成 A3").presses("已上墙")
		w.browses("/boards/ys-102").reads("内容有效")
	})
}

// monthBefore is the month before one of the form 2026-10.
func monthBefore(t *testing.T, month string) string {
	t.Helper()
	at, err := time.Parse("2006-01", month)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(0, -1, 0).Format("2006-01")
}

// TestBoard_RiverChief: the river chief's board names the chief's post and the office's telephone as the district's data have them, and
// a dash where they have nothing: never what an officer left with the office.
func TestBoard_RiverChief(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) {
		for i, b := range d.Boards {
			if b.ID == "ys-102-hz" {
				d.Boards[i].Title, d.Boards[i].Phone = "寿乐镇镇长", "0972-8620000"
			}
		}
	}, func(w *world) {
		w.browses("/boards/ys-102-hz").reads("河长", "寿乐镇镇长", "联系方式", "0972-8620000")
		w.browses("/en/boards/ys-102-hz").reads("River chief", "Telephone", "0972-8620000")
		w.browses("/boards/ys-001-hz").reads("联系方式", "<dd>—</dd>")
		w.browses("/boards/ys-102").reads("责任人").readsNot("联系方式", "职务")
		w.citizen("马").says("/boards").presses("引胜沟 寿乐镇 河长公示牌").sees("职务：寿乐镇镇长，联系方式：0972-8620000")
		boss := w.officer("boss")
		boss.says("/boards").presses("引胜沟 寿乐镇 河长公示牌").presses("生成 A3").sees("已生成")
		text := printed(t, boss.receives(".pdf"))
		if !strings.Contains(text, "职务：寿乐镇镇长") || !strings.Contains(text, "0972-8620000") || strings.Contains(text, "寿乐镇网格长") {
			t.Errorf("the sheet says %s", text)
		}
	})
}

// changingChief lets somebody else become chief of the township on 5 November.
func changingChief(d *seeds.District) {
	change := time.Date(2026, 11, 5, 0, 0, 0, 0, d.Settings.TimeZone)
	for i := range d.Officers {
		for j, a := range d.Officers[i].Appointments {
			if a.Role == grid.Chief && a.Cell == "630202102" {
				d.Officers[i].Appointments[j].Until = change
			}
		}
	}
	d.Officers = append(d.Officers, grid.Officer{ID: "newchief", Name: "新任", Appointments: []grid.Appointment{
		{Role: grid.Chief, Cell: "630202102", From: change},
	}})
}

// TestBoard_OnlyWhoKeepsIt: others see a board and report there, and cannot have it printed or say that it hangs.
func TestBoard_OnlyWhoKeepsIt(t *testing.T) {
	story(t, func(w *world) {
		ma := w.citizen("马")
		ma.says("/boards").presses("引胜沟 寿乐镇 水质责任公示牌").sees("控制范围").seesNot("生成 A3")
		ma.forges("br:print:ys-102").sees("只对有相应职责的人员开放")
		ma.forges("br:up:ys-102")
		w.browses("/boards/ys-102").reads("还没有设立公示牌")
		ma.presses("举报此处").sees("寿乐镇")
	})
}
