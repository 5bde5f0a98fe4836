package routing_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/routing"
)

func TestRouteByWords(t *testing.T) {
	for text, want := range map[string]string{
		// townships
		"寿乐镇有人烧垃圾":       "寿乐镇",
		"寿乐有人烧垃圾":        "寿乐镇",
		"壽樂鎮污水":          "寿乐镇",
		"寿 乐 镇":          "寿乐镇",
		"青海省海东市乐都区高庙镇街上": "高庙镇",
		"乐都县高庙镇":         "高庙镇",
		"达拉土族乡政府旁边":      "达拉乡",
		"达拉的水":           "达拉乡",
		"芦化乡":            "芦花乡",
		"碾伯镇有人倒垃圾":       "碾伯街道 岗沟街道?",
		"碾伯街道":           "碾伯街道",
		"碾伯有人倒垃圾":        "碾伯街道",
		"岗沟街道办事处":        "岗沟街道",
		"寿乐镇和高庙镇交界处":     "寿乐镇 高庙镇?",
		"乐都工业园臭":         "乐都工业园",
		"乐都洪水":           "洪水镇",
		"洪水把路冲断了":        "?",
		"洪水镇":            "洪水镇",
		"共和国":            "?",
		"共和乡":            "共和乡",
		// villages
		"寿乐镇土官口村":      "寿乐镇土官口村",
		"寿乐镇,土官口村委会":   "寿乐镇土官口村",
		"土官口":          "寿乐镇土官口村",
		"土官口村民反映河水发黑":  "寿乐镇土官口村",
		"土官口村旁边的寿乐镇中学": "寿乐镇土官口村",
		"李家台村":         "寿乐镇李家台村 蒲台乡李家台村?",
		"蒲台乡李家台":       "蒲台乡李家台村",
		"高庙镇李家村":       "高庙镇李家村",
		"高庙镇李家":        "高庙镇李家村",
		"李家村":          "岗沟街道李家村 高庙镇李家村?",
		"李家乡":          "李家乡",
		"下李家村":         "碾伯街道下李家村",
		"柳湾村":          "高庙镇柳湾村",
		"柳湾有人倒垃圾":      "高庙镇柳湾村",
		"土官口断面水质发黑":    "寿乐镇土官口村",
		"共和大庄有人烧草":     "共和乡大庄村",
		"李家民族村":        "李家乡民族村",
		"寿乐土官口":        "寿乐镇土官口村",
		"高庙的柳湾":        "高庙镇柳湾村",
		"雨润深沟":         "雨润镇深沟村",
		"雷盛家":          "蒲台乡雷盛家村",
		"深沟":           "雨润镇深沟村?",
		"深沟里":          "?",
		"红庄":           "高店镇红庄村 瞿昙镇红庄村?",
		"李家":           "李家乡",
		"李家。":          "李家乡",
		"洪水":           "洪水镇",
		"磨台有人烧秸秆":      "瞿昙镇磨台村?",
		"磨台沟里":         "?",
		"乐都区柳湾有人倒垃圾":   "高庙镇柳湾村",
		"双一村":          "洪水镇双一村",
		"双1村":          "洪水镇双一村",
		"8里桥村":         "碾伯街道八里桥村",
		"高庙镇东村":        "高庙镇东村",
		"东村":           "高庙镇东村?",
		"向东村去":         "?",
		"七里店东村村委会":     "岗沟街道七里店东村",
		"七里店":          "岗沟街道七里店社区 岗沟街道七里店村?",
		"七里店社区":        "岗沟街道七里店社区",
		"马厂村":          "共和乡马厂村 马厂乡马厂村?",
		"马厂乡马厂村":       "马厂乡马厂村",
		"马厂乡":          "马厂乡",
		"中岭":           "中岭乡",
		"中岭村":          "中岭乡中岭村 蒲台乡中岭村?",
		"民族团结很重要":      "?",
		"李家乡民族村":       "李家乡民族村",
		"民族村":          "共和乡民族村 李家乡民族村?",
		"土官口村和王佛寺村":    "寿乐镇土官口村 寿乐镇王佛寺村?",
		"寿乐镇姜湾村":       "洪水镇姜湾村 寿乐镇?",
		"寿乐镇李家村":       "寿乐镇",
		"高庙镇大路边有人倒垃圾":  "高庙镇",
		"高庙镇大路村":       "高庙镇大路村",
		"城中村改造":        "?",
		"碾伯街道城中村":      "碾伯街道城中村",
		"李家沟":          "?",
		// places
		"瞿昙寺门口":   "瞿昙镇",
		"湟水边有人洗车": "高店镇 雨润镇 碾伯街道?",
		"高庙镇湟水边":  "高庙镇",
		"引胜沟上游":   "寿乐镇 碾伯街道?",
		"老鸦峡口":    "高庙镇老鸦村",
		"海东站广场":   "岗沟街道",
		// elsewhere
		"西宁市胜利路":           "out",
		"西宁市城东区大庄村":        "out",
		"兰州市七里河区晏家坪":       "out",
		"平安区大庄村":           "out 平安区",
		"平安区的洪水泉乡":         "out 平安区",
		"互助县高寨镇":           "out 互助县",
		"民和县马营镇":           "out 民和县",
		"海东市平安区":           "out 平安区",
		"夏河县拉卜楞镇原安多食品公司院内": "out",
		"茂县":          "out",
		"长寿区邻封镇五板桥水库": "out",
		"从西宁市拉来的垃圾倒在寿乐镇": "寿乐镇?",
		"西宁市有人往湟水排污":     "out",
		"甘肃省永登县":         "out",
		// nothing, or not enough
		"海东市":          "?",
		"青海省海东市":       "?",
		"乐都区":          "?",
		"":             "?",
		"小区旁边工地半夜还在施工": "?",
		"菜市场后面污水横流":    "?",
		"县城里到处是垃圾":     "?",
		"工业园区臭":        "?",
		"向东村民反映":       "?",
		"市区空气不好":       "?",
		"超市旁渣土车夜里扰民":   "?",
	} {
		if got := route(t, routing.Query{Text: text}); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestEveryVillage: a village named with its township is found, whatever ending it is given.
func TestEveryVillage(t *testing.T) {
	d := ledu()
	tried := 0
	for _, v := range d.tree.Level(3) {
		town, _ := d.tree.Cell(v.Parent)
		base := v.Name
		for _, e := range []string{"村", "社区", "居委会"} {
			if b, ok := strings.CutSuffix(base, e); ok && utf8.RuneCountInString(b) > 1 {
				base = b
				break
			}
		}
		forms := []string{v.Name, base + "村", base + "村委会", base + "村民委员会", base + "社区", base + "居委会"}
		if v.FullName != "" {
			forms = append(forms, v.FullName)
		}
		for _, form := range forms {
			same := d.namesakes(town.Code, base)
			if same > 1 && form != v.Name && form != v.FullName {
				continue // a village and a community of one township are told apart by their endings alone
			}
			for _, text := range []string{town.Name + form, "乐都区" + town.Name + form + "有人倒垃圾", form + ",在" + town.Name} {
				tried++
				a, err := d.book.Route(routing.Query{Text: text})
				if err != nil {
					t.Fatal(err)
				}
				if len(a.Candidates) != 1 || a.Candidates[0].Cell != v.Code || a.Ask || a.OutOfArea {
					t.Errorf("%s: %+v, want %s", text, a, v.Code)
				}
			}
		}
	}
	if tried < 372*6*3 {
		t.Errorf("only %d texts tried", tried)
	}
}

// namesakes counts the cells of a township whose name begins with base and an ending.
func (d *district) namesakes(town grid.CellCode, base string) (n int) {
	for _, c := range d.tree.Children(town) {
		name := d.tree.Name(c)
		for _, e := range []string{"村", "社区", "居委会", "村村"} {
			if name == base+e {
				n++
			}
		}
	}
	return n
}

// TestEveryTownship: each is found by its name, its full name and both without their endings.
func TestEveryTownship(t *testing.T) {
	d := ledu()
	tried := 0
	for _, town := range d.tree.Level(2) {
		if town.Kind == grid.UnassignedKind {
			continue
		}
		forms := []string{town.Name, "乐都区" + town.Name, "乐都" + town.Name, "青海省海东市乐都区" + town.Name + "政府对面"}
		if town.FullName != "" {
			forms = append(forms, town.FullName)
		}
		if base := strings.TrimRight(town.Name, "镇乡街道"); base != town.Name {
			forms = append(forms, "乐都区"+base, "乐都"+base+"那边")
		}
		for _, form := range forms {
			tried++
			a, err := d.book.Route(routing.Query{Text: form})
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Candidates) != 1 || a.Candidates[0].Cell != town.Code || a.Ask || a.OutOfArea {
				t.Errorf("%s: %+v, want %s", form, a, town.Code)
			}
		}
	}
	if tried < 21*6 {
		t.Errorf("only %d forms tried", tried)
	}
}

func TestWords(t *testing.T) {
	got := ledu().book.Words("寿乐镇土官口村旁的引胜沟")
	line := make([]string, 0, len(got))
	for _, m := range got {
		line = append(line, m.Name+" "+string(m.Why))
	}
	if want := "寿乐镇 township;土官口村 village;引胜沟 place"; strings.Join(line, ";") != want {
		t.Errorf("%v, want %s", line, want)
	}
}

func TestLongTextIsFast(t *testing.T) {
	text := strings.Repeat("寿乐镇土官口村李家台西宁市的", 300)
	best := time.Hour
	for range 5 {
		start := time.Now()
		if _, err := ledu().book.Route(routing.Query{Text: text}); err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	if best > 50*time.Millisecond {
		t.Errorf("%d characters took %v", utf8.RuneCountInString(text), best)
	}
}

func FuzzRouteText(f *testing.F) {
	for _, s := range []string{"寿乐镇土官口村", "西宁市", "\xff寿乐", "区", "a市", "8里桥"} {
		f.Add(s, 102.4, 36.5)
	}
	d := ledu()
	f.Fuzz(func(t *testing.T, text string, lon, lat float64) {
		p := pointOf(lon, lat)
		a, err := d.book.Route(routing.Query{Text: text, Point: p})
		if err != nil {
			if grid.CodeOf(err) != grid.Invalid || p.Valid() == nil {
				t.Fatal(err)
			}
			return
		}
		if len(a.Candidates) > rules.MaxOffered || a.OutOfArea && (a.Ask || len(a.Candidates) > 0) {
			t.Fatalf("%q: %+v", text, a)
		}
		if !a.Ask && !a.OutOfArea && len(a.Candidates) != 1 {
			t.Fatalf("%q: no question and %+v", text, a)
		}
	})
}
