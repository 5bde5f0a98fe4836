package main

import (
	"context"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/seeds"
)

// openWater is a district with clerks of water that owes its publications since July.
func openWater(d *seeds.District) {
	waterClerks(d)
	d.Settings.PublicationSince = calendar.Date{Year: 2026, Month: 7, Day: 1}
}

// draws draws up what is owed for a period and reads it in Chinese, cell by cell.
func (p *person) draws(id string) string {
	p.w.t.Helper()
	p.says("/publication " + id).presses("📝 生成初稿")
	d, err := p.w.app.store.Dossier(context.Background(), publication.Dossiers, id)
	if err != nil {
		p.w.t.Fatalf("%v\n%s", err, p.screen())
	}
	i, err := publication.Read(d)
	if err != nil {
		p.w.t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(i.Content.Title.In("zh-CN") + "\n" + i.Content.Intro.In("zh-CN") + "\n")
	for _, t := range i.Content.Tables {
		b.WriteString(t.Caption.In("zh-CN") + "\n")
		for _, r := range t.Rows {
			cells := make([]string, len(r.Cells))
			for n, c := range r.Cells {
				cells[n] = c.In("zh-CN")
			}
			b.WriteString(strings.Join(cells, "|") + "\n")
		}
	}
	return b.String()
}

// TestWater_PublicationsComeFromTheRecord: sections with target and class, drinking water with the share that reaches its class, and the
// register of black water with what people reported are drawn up from what is on record; what has no reading says so. The assessment
// counts the same sections, and each can be traced.
func TestWater_PublicationsComeFromTheRecord(t *testing.T) {
	storyFrom(t, september, openWater, func(w *world) {
		boss, clerk, office, housing := w.officer("boss"), w.officer("clerk-bureau"), w.officer("clerk-water"), w.officer("clerk-housing")
		w.keepsBlackWater("HC0001", "城东排洪渠")
		housing.says("/black HC0001 2026-12-01 王某某")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-07-06", "1.2"), waterRow("老鸦峡口断面", "2026-08-06", "1.4"), waterRow("土官口断面", "2026-07-06", "1.9"),
			waterRow("土官口断面", "2026-08-06", "1.0"), waterRow("引胜沟水源地", "2026-08-06", "0.3")).presses("✅ 登记").sees("已登记 5 条")
		office.says("/reading").presses("城区供水厂出厂水").says("日期：2026-09-01\n报告：乐水检2026-9\n检测样品数：12\n合格样品数：12").presses("✅ 登记")
		w.until("2026-10-09 09:30")
		for id, rows := range map[string][]string{
			"sections.2026-Q3": {
				"2026年第三季度地表水断面水质达标情况", "本期共 3 个断面，能评价的 2 个，达标 2 个。", "老鸦峡口断面|湟水|省控|Ⅳ类|2|Ⅳ类|达标|—",
				"土官口断面|引胜沟|市控|Ⅳ类|2|Ⅳ类|达标|—", "入湟口断面|引胜沟|市控|Ⅳ类|0|无法评价|是否达标无法评价|本期没有监测数据",
				"湟水|1|1|轻度污染|Ⅳ类", "引胜沟|2|1|无法评价|—",
			},
			"drinking.2026-Q3": {
				"县级|1|1|1|100%|95%|达到", "引胜沟水源地|县级|Ⅲ类|1|Ⅱ类|达标", "城区供水厂出厂水|县级|样品全部合格|12|合格 12/12|达标",
				"城区用户水龙头|县级|样品全部合格|0|本期没有监测数据|是否达标无法评价",
			},
		} {
			got := clerk.draws(id)
			for _, want := range rows {
				if !strings.Contains(got, want) {
					t.Errorf("%s lacks %q:\n%s", id, want, got)
				}
			}
		}
		boss.says("/assess 2026Q3").presses("🔄 重新统计").presses("乡镇").presses("1").sees("监测断面达标率：50%（1/2）").seesNot("监测断面达标率：没有数据")
		w.until("2027-01-05 09:30")
		got := housing.draws("black_odorous.2026-H2")
		for _, want := range []string{"2026年下半年城市黑臭水体治理情况", "城东排洪渠|", "|区住房和规划建设局|王某某|2026-12-01|0%|超过完成期限", "收到举报|0", "逾期答复|0"} {
			if !strings.Contains(got, want) {
				t.Errorf("it lacks %q:\n%s", want, got)
			}
		}
	})
}
