package main

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/seeds"
)

// openBureau is a district with clerks of enterprises, industry and water that owes its publications since July.
func openBureau(d *seeds.District) {
	bureau(d)
	appoint("clerk-industry", grid.Clerk, d.Tree.Root().Code)(d)
	d.Officers[len(d.Officers)-1].Appointments[0].Department = "区工业和商务局"
	d.Settings.PublicationSince = calendar.Date{Year: 2026, Month: 7, Day: 1}
}

// haveLists puts two enterprises on the register: the first with contaminated land and more water used than planned, the second with
// nothing but that it uses much water, and disclosures that it owes.
func (w *world) haveLists(admin *person) {
	w.t.Helper()
	w.haveSites(admin, 2, "涉水企业")
	book := admin.exports("enterprises")
	for cell, v := range map[string]string{
		"A2": "QY0001", "E2": "有色金属", "J2": "高", "K2": "2015", "L2": "六价铬，已围挡", "M2": "是", "N2": "取水〔2020〕7号", "O2": "120000", "P2": "150000",
		"A3": "QY0002", "E3": "建材", "H3": "每季度", "I3": "2026-04-01", "M3": "是",
	} {
		book.sets(cell, v)
	}
	admin.sends(book).presses("确认导入").sees("已生效")
}

// TestCards_PublicationsComeFromTheRecord: what was found, decided and not disclosed of enterprises stands in the tables of the quarter's
// list of cards; contaminated land and key water users stand in the lists of the year, with how it stands with each.
func TestCards_PublicationsComeFromTheRecord(t *testing.T) {
	storyFrom(t, september, openBureau, func(w *world) {
		admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb")
		w.haveLists(admin)
		clerk.exceeds("QY0001", "COD 90 50 mg/L 2026-05-20").exceeds("QY0001", "COD 180 50 mg/L 2026-09-10")
		clerk.presses("作出处理").presses("1. 已告知").presses("陈述申辩").says("没有意见")
		boss.says("/enterprise QY0001").presses("作出决定").says("乐环限产〔2026〕1号")
		clerk.says("/enterprise QY0001").presses("已送达").says("今天")
		w.browses("/enterprises/QY0001").reads("地下水污染场地", "风险高", "六价铬，已围挡", "取水〔2020〕7号", "150000", "超计划")
		w.browses("/en/enterprises/QY0002").reads("Key water users", "Quota").readsNot("contaminated", "above its quota")
		w.browses("/cards").reads("全部登记企业").readsNot("QY0002")
		w.browses("/enterprises").reads("QY0001", "QY0002", "黄牌", "地下水污染场地、重点用水单位")
		w.browses("/en/enterprises").reads("All registered enterprises", "Site with contaminated groundwater, Key water users")
		w.until("2026-10-09 09:30")
		drawn := map[string]string{"cards.2026-Q3": clerk.draws("cards.2026-Q3")}
		w.until("2027-01-05 09:30")
		drawn["contaminated.2026"] = w.officer("clerk-industry").draws("contaminated.2026")
		drawn["water_users.2026"] = w.officer("clerk-water").draws("water_users.2026")
		for id, rows := range map[string][]string{
			"cards.2026-Q3": {
				"2026年第三季度“黄牌”“红牌”企业名单", "|QY0001|黄牌|限制生产|", "|QY0001|2026-09-10|浓度超标|COD|180/50 mg/L|3.6|监督性监测", "|QY0001|2026年第三季度|",
				"|QY0002|2026年第二季度|2026-07-15|",
			},
			"contaminated.2026": {"2026年度地下水污染场地清单", "列入清单的场地 1 处", "|QY0001|", "|有色金属|高|2015|六价铬，已围挡"},
			"water_users.2026": {
				"2026年度重点监控用水单位名录", "列入名录的单位 2 家", "|有色金属|取水〔2020〕7号|120000|150000|超计划", "|建材|—|—|—|数据不全",
			},
		} {
			for _, want := range rows {
				if !strings.Contains(drawn[id], want) {
					t.Errorf("%s lacks %q:\n%s", id, want, drawn[id])
				}
			}
		}
		if strings.Contains(drawn["cards.2026-Q3"], "2026-05-20") {
			t.Error("a value of the quarter before stands in the list")
		}
	})
}

// TestCards_ALimitThatBecameAStopIsPublished: a decision to limit production that a stop replaced within the quarter stands among those
// that ended in it, with the day and the decision that took its place; the stop stands among those that count.
func TestCards_ALimitThatBecameAStopIsPublished(t *testing.T) {
	storyFrom(t, september, openBureau, func(w *world) {
		admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb")
		w.haveSites(admin, 1, "涉水企业")
		clerk.registers("有色金属").exceeds("QY0001", "COD 180 50 mg/L 2026-09-10")
		decided := func(doc string) {
			clerk.says("/enterprise QY0001").presses("作出处理").presses("1. 已告知").presses("陈述申辩").says("没有意见")
			boss.says("/enterprise QY0001").presses("作出决定").says(doc)
			clerk.says("/enterprise QY0001").presses("已送达").says("今天")
		}
		decided("乐环限产〔2026〕1号")
		w.until("2026-10-12 09:30")
		clerk.exceeds("QY0001", "COD 90 50 mg/L 2026-10-11")
		decided("乐环停产〔2026〕1号")
		clerk.sees("已改为停产整治")
		if list := clerk.draws("cards.2026-Q3"); strings.Contains(list, "改为停产整治") {
			t.Errorf("the quarter before has it:\n%s", list)
		}
		w.until("2027-01-05 09:30")
		list := clerk.draws("cards.2026-Q4")
		_, ended, _ := strings.Cut(list, "本期结束的黄牌")
		for _, want := range []string{"限制生产|超标或者超日总量（第五条）|乐环限产〔2026〕1号", "2026-10-12 改为停产整治，乐环停产〔2026〕1号"} {
			if !strings.Contains(ended, want) {
				t.Errorf("what ended lacks %q:\n%s", want, list)
			}
		}
	})
}
