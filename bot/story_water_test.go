package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/seeds"
)

// waterClerks is a district with clerks of the bureau itself, of the water and the housing department.
func waterClerks(d *seeds.District) {
	clerks(d)
	appoint("clerk-bureau", grid.Clerk, d.Tree.Root().Code)(d)
	d.Officers[len(d.Officers)-1].Appointments[0].Department = "区环境保护局"
}

// waterHeads are the headings of a table as an office writes it: other names of items, and mercury in another unit.
const waterHeads = "断面名称,采样日期,报告编号,pH值（无量纲）,溶解氧(mg/L),CODMn,化学需氧量（mg/L）,BOD5,NH3-N（mg/L）,总磷,铜,锌,氟化物（以F-计）,硒,砷,汞(μg/L),镉,六价铬,铅,氰化物,挥发酚,石油类,阴离子表面活性剂,硫化物\n"

// waterRow is a row with this much ammonia, and all else as good as water gets.
func waterRow(section, day, ammonia string) string {
	return fmt.Sprintf("%s,%s,乐环监〔2026〕%s号,7.8,8.1,1.9,14,2.5,%s,0.02,0.001L,0.05,0.4,0.0004L,0.002,0.04L,0.0005L,0.004L,0.002L,0.001L,0.0003L,0.01L,0.05L,0.005L\n",
		section, day, strings.ReplaceAll(day, "-", ""), ammonia)
}

// sendsTable sends a CSV file.
func (p *person) sendsTable(rows ...string) *person {
	p.does(func() { p.SendsDocument("监测数据.csv", "", []byte(waterHeads+strings.Join(rows, ""))) })
	return p
}

// readingOf is a reading as it is stored.
func (w *world) readingOf(section, day string) water.Reading {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), water.Readings, water.ReadingID(section, day))
	var r water.Reading
	if err == nil {
		err = d.Into(&r)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// TestWater_ReadingsByFormAndTable: the bureau's clerk sends a table, which is shown with what is wrong by row and entered by a tap; a
// form with a slip is refused with the line; a correction needs a reason and keeps what was there; an undo brings it back; everybody
// reads class and target as two things, and a citizen only what is over.
func TestWater_ReadingsByFormAndTable(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk, yang := w.officer("clerk-bureau"), w.citizen("杨")
		clerk.says("/sections").sees("⚪ 老鸦峡口断面（省控，目标Ⅳ类） 2026年9月：没有监测数据")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-07-06", "1.2"), waterRow("老鸦峡口断面", "2026年8月4日", "1.62"),
			waterRow("没有的断面", "2026-08-04", "1"), waterRow("土官口断面", "2026-10-01", "1"), waterRow("入湟口断面", "2026/8/5", "约0.5"))
		clerk.sees("有 3 处要改；没问题的 2 行可以先登记").sees("第 4 行 没有“没有的断面”这个断面").sees("第 5 行 日期“2026-10-01”不对").sees("第 6 行 NH3-N（mg/L）“约0.5”不是数值")
		clerk.sees("新登记 2 条，更正 0 条").sees("2026-08-04：Ⅴ类，不达标：氨氮（超Ⅲ类标准 0.62 倍）").presses("✅ 登记").sees("已登记 2 条")
		if r := w.readingOf("laoyaxia", "2026-08-04"); r.Now.Values["hg"].String() != "0.00004L" || r.Now.Report != "乐环监〔2026〕2026年8月4日号" {
			t.Errorf("%+v", r.Now)
		}

		clerk.says("/reading").presses("老鸦峡口断面").sees("请复制下面的表").sees("五日生化需氧量：")
		clerk.says("日期：2026-09-07\n报告：乐环监〔2026〕31号\n溶解氧：很好\n氨氮：0.9").sees("第 3 行 溶解氧“很好”不是数值").presses("✍️ 再填一次")
		clerk.says("日期：2026-09-07\n报告：乐环监〔2026〕31号\n溶解氧 6.2\n氨氮：0.9").sees("2026-09-07：无法评价，是否达标无法评价：pH值、高锰酸盐指数、化学需氧量等 19 项没有数据或检出限过高").presses("不登记").sees("没有登记")

		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-08-04", "1.26")).sees("更正 1 条。更正要写明原因").presses("✏️ 写更正原因").says("录错小数").sees("更正 1 条").presses("✅ 登记")
		clerk.sees("其中更正 1 条").says("/sections laoyaxia").sees("2026年8月：Ⅳ类，达标（有更正）").presses("📑 监测数据").sees("✏️ 更正前：").sees("原因：录错小数")
		if r := w.readingOf("laoyaxia", "2026-08-04"); !r.Corrected() || r.Past[0].Values["nh3n"].String() != "1.62" {
			t.Errorf("what was corrected is gone: %+v", r)
		}
		clerk.says("/sections").presses("老鸦峡口断面").presses("氨氮").sees("老鸦峡口断面：氨氮按月走势")
		yang.says("/sections").sees("🟢 老鸦峡口断面（省控，目标Ⅳ类） 2026年8月：Ⅳ类，达标")
		yang.sees("湟水 2026年8月：轻度污染（1 个断面平均，Ⅳ类）").sees("引胜沟：没有监测数据（2 个断面）").presses("老鸦峡口断面").seesNot("登记数据").seesNot("监测数据").seesNot("9月")
		yang.says("/reading").sees("只对有相应职责的人员开放").seesNot("2026-09")
		w.goldenPart("water.txt", func(entry string) bool { return strings.Contains(entry, "断面") || strings.Contains(entry, "登记") })
	})
}

// TestWater_UndoAndWhoMayEnter: undoing takes back what was entered and not what was corrected since; the water department enters its own
// source and no section of the bureau; buttons prove nothing.
func TestWater_UndoAndWhoMayEnter(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk, office, yang := w.officer("clerk-bureau"), w.officer("clerk-water"), w.citizen("杨")
		clerk.sendsTable(waterRow("入湟口断面", "2026-08-05", "0.4")).presses("✅ 登记")
		batch := w.lastData(clerk, "wt:undo:")
		office.sendsTable(waterRow("入湟口断面", "2026-08-06", "0.4")).sees("不归您登记").seesNot("✅ 登记")
		office.forges("wt:enter:ruhuangkou").forges("wt:undo:" + batch).forges("wt:yes:" + batch)
		yang.forges("wt:enter:ruhuangkou").forges("wt:undo:" + batch).forges("wt:readings:ruhuangkou").forges("wt:trend:ruhuangkou:x").forges("wt:nonsense:x").forges("wt:s_lift:x")
		if r := w.readingOf("ruhuangkou", "2026-08-05"); r.Gone {
			t.Error("a stranger's button undid a reading")
		}
		clerk.presses("↩️ 撤销").sees("已撤销 1 条").presses("↩️ 撤销").sees("已经处理过")
		if r := w.readingOf("ruhuangkou", "2026-08-05"); !r.Gone {
			t.Error("it counts still")
		}
		clerk.says("/sections ruhuangkou").sees("还没有监测数据")

		office.says("/reading").seesNot("老鸦峡口").presses("城区供水厂出厂水").says("日期：2026-09-01\n报告：乐水检2026-9\n检测样品数：12\n合格样品数：13").sees("合格数不能大于检测数")
		office.presses("✍️ 再填一次").says("日期：2026-09-01\n报告：乐水检2026-9\n检测样品数：12\n合格样品数：11\n不合格项目：浑浊度").sees("不达标，检测 12 件，合格 11 件").presses("✅ 登记").sees("已登记 1 条")
	})
}

// lastData is what the newest button whose data begins so carries behind it.
func (w *world) lastData(p *person, begin string) string {
	w.t.Helper()
	out := ""
	for _, m := range p.Messages() {
		if m.ReplyMarkup == nil {
			continue
		}
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if rest, ok := strings.CutPrefix(b.CallbackData, begin); ok {
					out = rest
				}
			}
		}
	}
	if out == "" {
		w.t.Fatalf("no button %s…\n%s", begin, p.screen())
	}
	return out
}

// TestWater_AFailingSectionIsSupervised: after two quarters in a row the supervisors are asked, once; one lists it with days, department
// and what to do; the department reports, is chased when it is silent, asks in time for more and gets it; it is late, and lifted. A
// citizen sees what is listed and no proposal.
func TestWater_AFailingSectionIsSupervised(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		boss, clerk, housing, yang := w.officer("boss"), w.officer("clerk-bureau"), w.officer("clerk-housing"), w.citizen("杨")
		var rows []string
		for _, day := range []string{"2026-04-07", "2026-06-02", "2026-07-06", "2026-09-07"} {
			rows = append(rows, waterRow("土官口断面", day, "1.9"), waterRow("老鸦峡口断面", day, "1.1"))
		}
		clerk.sendsTable(rows...).presses("✅ 登记").sees("已登记 8 条")
		w.until("2026-09-30 09:30")
		if n := boss.count("建议挂牌督办"); n != 0 {
			t.Errorf("proposed %d times before the quarter was over", n)
		}
		w.until("2026-10-02 09:30")
		if n := boss.count("建议挂牌督办"); n != 1 {
			t.Errorf("proposed %d times:\n%s", n, boss.screen())
		}
		boss.sees("土官口断面 连续不达标（2026年第二季度、2026年第三季度；目标Ⅳ类），超标项目：氨氮").seesNot("老鸦峡口断面 连续")
		yang.says("/supervised").sees("现在没有挂牌督办的断面")
		yang.forges("wt:sup:tuguankou.2026-Q3").forges("wt:s_list:tuguankou.2026-Q3").sees("没有这件挂牌督办")
		boss.presses("📌 挂牌督办").says("400天 区住房和规划建设局 整治").sees("天数要写在最前面，1 到 365")
		boss.says("/supervised").presses("土官口断面").presses("📌 挂牌督办").says("90天 沿河排污口整治").sees("没有看到责任单位")
		boss.says("/supervised").presses("土官口断面").presses("📌 挂牌督办").says("90天 区住房和规划建设局 完成沿河排污口整治").sees("已挂牌").sees("期限 2026-12-31")
		housing.sees("土官口断面 被挂牌督办，由贵单位负责").forges("wt:s_lift:tuguankou.2026-Q3").presses("📝 报进展").says("排查出直排口3处，已封堵2处").sees("进展已记下")
		boss.sees("已封堵2处")
		yang.says("/supervised").sees("土官口断面　督办中　区住房和规划建设局　期限 2026-12-31").presses("土官口断面").sees("已封堵2处").seesNot("报进展")

		w.until("2026-11-02 08:30")
		housing.sees("期限是 2026-12-31") // 60 days before
		w.until("2026-11-03 08:30")
		housing.sees("一段时间没有报进展")
		housing.presses("⏳ 申请延期").says("200天 管网材料到货推迟").sees("天数要写在最前面，1 到 180")
		housing.says("/supervised").presses("土官口断面").presses("⏳ 申请延期").says("30天 管网材料到货推迟").sees("等监督员决定")
		boss.sees("申请延期 30 天：管网材料到货推迟").presses("✅ 同意延期").sees("新期限 2027-01-30")
		housing.sees("新期限 2027-01-30").forges("wt:s_ask:tuguankou.2026-Q3")

		w.until("2027-02-01 09:30")
		if n := boss.count("挂牌督办已超过期限 2027-01-30"); n != 1 {
			t.Errorf("told %d times that it is late", n)
		}
		boss.presses("🏁 解除").says("连续两个季度达到Ⅳ类").sees("已解除挂牌督办")
		yang.says("/supervised").sees("已解除")
		if page := w.visitor().opens("/sections/tuguankou").page; !strings.Contains(page, `<li>挂牌日期 <time datetime="2026-10-02">`) || !strings.Contains(page, `解除： <time datetime="2027-02-01">`) {
			t.Errorf("its page does not name its supervision:\n%s", page)
		}
		w.goldenPart("water_supervised.txt", func(entry string) bool { return strings.Contains(entry, "土官口断面") })
	})
}

// TestWater_BlackOdorousWaterHasADayAndAPerson: the housing department registers a site with its last day and who is in charge, reports,
// is reminded once a step, and a supervisor strikes it off when it is done; nobody else does.
func TestWater_BlackOdorousWaterHasADayAndAPerson(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		boss, housing, li := w.officer("boss"), w.officer("clerk-housing"), w.officer("li")
		w.keepsBlackWater("HC0001", "城东排洪渠")
		housing.says("/black").sees("台账还是空的").says("/black HC0001 明年 王某某").sees("请写完成期限").says("/black HC0009 2026-10-31 王某某").sees("HC0009")
		housing.says("/black HC0001 2026-10-31 王某某").sees("完成期限 2026-10-31，责任单位 区住房和规划建设局，责任人 王某某")
		li.says("/black HC0001 2027-10-31 李某").sees("只对有相应职责的人员开放").forges("wt:progress:HC0001").forges("wt:strike:HC0001")
		housing.presses("📝 报进展").says("清淤").sees("请先写百分比").says("/black HC0001").presses("📝 报进展").says("60% 清淤完成").sees("治理中，60%").forges("wt:strike:HC0001")
		for _, day := range []string{"2026-10-03", "2026-10-04", "2026-10-26", "2026-10-31", "2026-11-02", "2026-11-03"} {
			w.until(day + " 08:30")
		}
		for words, want := range map[string]int{"完成期限是 2026-10-31": 3, "已超过完成期限 2026-10-31": 1} {
			if n := housing.count(words); n != want {
				t.Errorf("%q %d times, want %d\n%s", words, n, want, housing.screen())
			}
		}
		boss.sees("已超过完成期限 2026-10-31（区住房和规划建设局，责任人 王某某），目前 60%")
		boss.says("/black").sees("⚠️ 已超期").says("/black HC0001").forges("wt:strike:HC0001").says("没有完工").sees("还没有完工")
		housing.says("/black HC0001").presses("📝 报进展").says("100% 截污完成").sees("完工待销号")
		boss.says("/black HC0001").presses("🏁 销号").says("监测和居民意见都合格").sees("已销号，100%")
	})
}

// keepsBlackWater puts a site of black and odorous water into the register of sites.
func (w *world) keepsBlackWater(number, name string) {
	w.t.Helper()
	x := site.Site{Number: site.Number(number), Kind: water.BlackWater, Name: name, Cell: "630202001", State: site.Active, Added: time.Now()}
	put, err := w.app.desk.Sites.Write(ledger.Dossier{Kind: site.Dossier, ID: number}, x, time.Now(), site.Event{Did: site.Added})
	if err == nil {
		_, err = w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{put}})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestWater_TheSiteShowsWhatIsOver: the site shows classes and targets of months that are over, charts with gaps, drinking water and the
// register of black water; who entered a reading, and a month that is not over, are nowhere.
func TestWater_TheSiteShowsWhatIsOver(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk, housing := w.officer("clerk-bureau"), w.officer("clerk-housing")
		w.keepsBlackWater("HC0001", "城东排洪渠")
		housing.says("/black HC0001 2026-10-31 王某某")
		clerk.sendsTable(waterRow("老鸦峡口断面", "2026-05-06", "1.2"), waterRow("老鸦峡口断面", "2026-07-06", "2.4"), waterRow("老鸦峡口断面", "2026-09-07", "7.7"),
			strings.Replace(waterRow("土官口断面", "2026-07-06", "0.10L"), "0.01L", "0.9", 1),
			waterRow("引胜沟水源地", "2026-08-06", "0.3")).presses("✅ 登记").sees("已登记 5 条")
		clerk.says("/sections").sees("湟水 2026年9月：重度污染（1 个断面平均，劣Ⅴ类）").sees("引胜沟 2026年7月：无法评价（2 个断面中 1 个没有数据或无法评价）")
		public := w.visitor()
		for path, words := range map[string][]string{
			"/sections": {
				"老鸦峡口断面", "劣Ⅴ类", "不达标", "氨氮", "<td>2026年7月</td><td>劣Ⅴ类</td>", "没有数据", "现在没有挂牌督办的断面",
				"<th scope=\"row\">湟水</th><td>2026年7月</td><td>1</td><td><span class=\"stage\">重度污染</span></td><td>断面平均： 劣Ⅴ类 · 主要污染指标： 氨氮</td>",
				"<th scope=\"row\">引胜沟</th><td>2026年7月</td><td>2</td><td><span class=\"stage\">无法评价</span></td><td>1 个断面没有数据或无法评价</td>",
			},
			"/sections/tuguankou":             {"未检出", `fill="none" stroke="currentColor"`, "石油类 (mg/L)"},
			"/sections/laoyaxia":              {"<polyline", "目标 1.5", "2026年5月: 1.2", "Ⅳ类", "达标"},
			"/en/sections/laoyaxia":           {"ammonia nitrogen", "worse than V", "misses its target"},
			"/en/sections":                    {"Whole rivers", "heavily polluted</span></td><td>mean of the sections: worse than V · main pollutants: ammonia nitrogen</td>"},
			"/water/drinking":                 {"引胜沟水源地", "Ⅱ类", "达标", "城区用户水龙头"},
			"/water/black-odorous":            {"城东排洪渠", "王某某", "2026-10-31", "待治理"},
			"/sections/laoyaxia/readings.csv": {"\ufeff断面,采样日期,", "氨氮 (mg/L)", "老鸦峡口断面,2026-05-06,", ",2.4,", ",0.001L,"},
		} {
			public.opens(path)
			for _, want := range words {
				if public.status != http.StatusOK || !strings.Contains(public.page, want) {
					t.Errorf("%s (%d) lacks %q:\n%s", path, public.status, want, public.page)
				}
			}
			for _, secret := range []string{"7.7", "2026-09-07", "clerk-bureau", "乐环监"} {
				if strings.Contains(public.page, secret) {
					t.Errorf("%s shows %q", path, secret)
				}
			}
		}
		public.opens("/sections/nowhere")
		if public.status != http.StatusNotFound {
			t.Errorf("a section that there is not: %d", public.status)
		}
	})
}
