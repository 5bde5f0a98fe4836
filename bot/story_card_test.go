package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/seeds"
)

// bureau is a district with clerks in some departments, one of them in the bureau that supervises enterprises.
func bureau(d *seeds.District) {
	clerks(d)
	appoint("clerk-epb", grid.Clerk, d.Tree.Root().Code)(d)
	d.Officers[len(d.Officers)-1].Appointments[0].Department = grid.Department(d.Settings.CardDepartment)
}

// registers puts the first site on the register of enterprises in chat.
func (p *person) registers(trade string) *person {
	return p.says("/enterprise QY0001").presses("登记为企业").presses(trade).sees("已登记")
}

// exceeds records a value above its limit.
func (p *person) exceeds(number, line string) *person {
	return p.says("/enterprise " + number).presses("登记事实").presses("浓度超标").presses("监督性监测").says(line).sees("已登记")
}

// TestCards_TheWholeLadder: a clerk records a value, tells the enterprise of its rights and hears it; a supervisor decides; production is limited, the
// plan of work is public; it still exceeds and is stopped; the work is filed, which lifts the stop, the check finds the same again, closing is
// proposed, and only the government's document makes it red. Anybody reads the lists.
func TestCards_TheWholeLadder(t *testing.T) {
	storyFrom(t, monday, bureau, func(w *world) {
		admin, boss, clerk, li, ma := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb"), w.officer("li"), w.citizen("马")
		chief := w.officer("chief-shoule")
		w.haveSites(admin, 2, "涉水企业")
		clerk.registers("有色金属").exceeds("QY0001", "COD 180 50 mg/L").sees("180/50 mg/L（为限值的 3.6 倍）")
		clerk.presses("作出处理").sees("限制生产：超标或者超日总量").seesNot("限产后仍然超标").presses("1. 已告知").sees("已告知，待决定")
		boss.sees("告知权利").presses("🏭 打开").presses("作出决定").says("乐环限产〔2026〕1号").sees("要先听取企业的陈述申辩")
		boss.says("/cancel")
		clerk.presses("陈述申辩").says("企业承认超标，放弃听证").sees("听取陈述申辩").seesNot("作出决定")
		ma.says("/cards").sees("黄牌 0").says("/enterprise QY0001").seesNot("告知")
		boss.says("/enterprise QY0001").presses("作出决定").says("乐环限产〔2026〕1号").sees("已决定，待送达")
		clerk.sees("作出决定").says("/enterprise QY0001").presses("已送达").says("今天").sees("限制生产中").sees("限制生产到期")
		chief.sees("送达决定")
		clerk.presses("整改方案").says("https://example.cn/plan 更换沉淀池").sees("整改方案备案")
		ma.says("/cards").sees("黄牌 1").sees("乐环限产〔2026〕1号").sees("限产到")

		w.until("2026-12-01 09:30")
		clerk.exceeds("QY0001", "COD 90 50 mg/L 2026-11-30").presses("作出处理").sees("停产整治：限产后仍然超标").presses("1. 已告知")
		clerk.presses("陈述申辩").says("没有意见")
		boss.says("/enterprise QY0001").presses("作出决定").says("乐环停产〔2026〕1号")
		clerk.says("/enterprise QY0001").presses("已送达").says("今天").sees("停产整治中").sees("已改为停产整治")
		clerk.presses("整改完成").says("今天").presses("备案解除").says("监测报告 2026-118；用电量、用水量、产量均有对比").sees("已解除，待跟踪检查")
		ma.says("/cards").sees("解除")
		clerk.says("/enterprise QY0001").seesNot("报请政府").presses("又违法").says("夜间又直排").sees("跟踪检查又违法")
		clerk.seesNot("报请政府")
		boss.says("/enterprise QY0001").presses("报请政府").sees("停产解除后又实施同一违法行为").presses("1. 报请政府").says("乐环报〔2026〕9号 请依法关闭")
		boss.sees("已报请政府")
		ma.says("/cards").sees("红牌 0")
		boss.says("/enterprise QY0001").presses("政府已决定").says("乐都区人民政府").sees("停业、关闭由有批准权的人民政府决定").says("乐都区人民政府 乐政决〔2026〕5号")
		boss.sees("🔴红牌")
		ma.says("/cards").sees("红牌 1").sees("乐政决〔2026〕5号").presses("过去的").sees("已改为停产整治")
		w.goldenPart("cards.txt", func(entry string) bool {
			head, _, _ := strings.Cut(entry, "\n")
			return head < "2026-12-01 09:29" && (strings.Contains(head, " clerk-epb") || strings.Contains(head, " 马")) && !strings.Contains(head, "/start")
		})
		if e := w.enterpriseOf("QY0001"); e.Colour() != enterprise.Red || len(e.Cards) != 2 {
			t.Errorf("stored %+v", e.Cards)
		}
		li.says("/enterprise QY0001").seesNot("作出处理").seesNot("登记事实")
	})
}

// TestCards_LimitsAreTold: before a limit and when it is broken the bureau is told, once; limited production ends by itself after three months, and
// who filed nothing is shown so.
func TestCards_LimitsAreTold(t *testing.T) {
	storyFrom(t, monday, bureau, func(w *world) {
		admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb")
		w.haveSites(admin, 1, "涉水企业")
		clerk.registers("建材").exceeds("QY0001", "氨氮 20 8 mg/L").presses("作出处理").presses("1. 已告知").presses("陈述申辩").says("没有意见")
		boss.says("/enterprise QY0001").presses("作出决定").says("乐环限产〔2026〕1号").presses("已送达").says("今天")
		w.until("2026-11-16 09:30")
		w.until("2026-11-24 09:30")
		if n := clerk.count("备案并公开整改方案，2026-11-23 已过"); n != 1 {
			t.Errorf("told %d times that the plan of work is late:\n%s", n, clerk.screen())
		}
		if n := boss.count("备案并公开整改方案，2026-11-23 前，还有 7 天"); n != 1 {
			t.Errorf("told %d times a week ahead", n)
		}
		w.until("2027-02-03 09:30")
		boss.sees("限制生产 2027-02-02 期满，没有备案").says("/enterprise QY0001").sees("限产期满未备案").presses("检查合格").says("三次监测均达标").sees("跟踪检查合格")
		if e := w.enterpriseOf("QY0001"); e.Cards[0].State != enterprise.Over || e.Cards[0].Lapsed.IsZero() {
			t.Errorf("stored %+v", e.Cards[0])
		}
	})
}

// TestCards_WhoMayWhat: an exempt plant is neither limited nor stopped, citizens and others change nothing whatever button they press, and a clerk
// decides nothing.
func TestCards_WhoMayWhat(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) {
		bureau(d)
	}, func(w *world) {
		admin, clerk, li, water, ma := w.officer("root-admin"), w.officer("clerk-epb"), w.officer("li"), w.officer("clerk-water"), w.citizen("马")
		w.haveSites(admin, 1, "污水处理设施")
		book := admin.exports("enterprises")
		for cell, v := range map[string]string{"A2": "WS0001", "E2": "污水处理", "F2": "城镇污水处理厂"} {
			book.sets(cell, v)
		}
		admin.sends(book).presses("确认导入")
		clerk.exceeds("WS0001", "总磷 1.2 0.5 mg/L").presses("作出处理").sees("责令改正").seesNot("限制生产：").presses("1. 已告知").sees("已告知，待决定")
		before := w.enterpriseOf("WS0001")
		for _, forged := range []string{
			"en:tell:WS0001.limit.exceed", "en:tell:WS0001.stop.exceed", "en:act:WS0001.decide.1", "en:act:WS0001.close.1", "en:act:WS0001.lapse.1",
			"en:red:WS0001.red_other.1", "en:strike:WS0001.1", "en:rate:WS0001.2026", "en:publish:WS0001.2026", "en:trade:WS0001.food", "en:press:WS0001",
			"en:disclose:WS0001.2026Q3", "en:fact:WS0001.exceed.self", "en::", "en:open:x y", "en:act:WS0001", "en:page:-1", "en:history:WS0001",
		} {
			for _, p := range []*person{ma, li, water} {
				p.forges(forged).says("乐环关〔2026〕1号 关闭").says("/cancel")
			}
			if slices.Contains([]string{"en:tell:WS0001.limit.exceed", "en:tell:WS0001.stop.exceed", "en:act:WS0001.decide.1", "en:act:WS0001.close.1"}, forged) {
				clerk.forges(forged).says("乐环关〔2026〕1号 关闭").says("/cancel")
			}
		}
		if after := w.enterpriseOf("WS0001"); len(after.Cards) != 1 || after.Cards[0].State != before.Cards[0].State || len(after.Facts) != 1 || len(after.Ratings) != 0 {
			t.Errorf("a forged button changed it: %+v", after)
		}
		if ma.Sees("总磷 1.2") {
			t.Log(ma.screen())
		}
	})
}
