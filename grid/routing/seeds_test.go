package routing_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/seeds"
)

// fromSeeds is the gazetteer that the program runs with.
func fromSeeds(t *testing.T) (*routing.Book, *seeds.District) {
	t.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	var guessed []grid.CellCode
	for c, g := range d.Guessed {
		if g {
			guessed = append(guessed, c)
		}
	}
	land, err := routing.NewGround(d.Shapes, d.Outline, guessed)
	if err != nil {
		t.Fatal(err)
	}
	return routing.NewBook(d.Tree, land, d.Places, d.Neighbours, d.Settings.Routing()), d
}

func TestRouteWithSeeds(t *testing.T) {
	b, d := fromSeeds(t)
	for text, want := range map[string]string{
		"引胜河沿岸村子的生活污水没有处理,寿乐镇杨家岗村": "寿乐镇杨家岗村",
		"青海省海东市乐都区雨润镇深沟村":          "雨润镇深沟村",
		"西宁市城东区经开区嘉荣华阳光小区1号楼":      "out 西宁市",
		"兰州市南昌路472号科苑一区":           "out 兰州市",
		"民和县川口镇":                   "out 民和县",
		"海东市平安区":                   "out 平安区",
		"瞿昙寺门口臭":                   "瞿昙镇",
		"老鸦峡口断面":                   "高庙镇",
		"土官口断面":                    "寿乐镇土官口村",
		"七里店东村":                    "岗沟街道七里店东村",
		"双塔沟":                      "城台乡 峰堆乡?",
		"平安无事":                     "?",
		"有人互助":                     "?",
		"甘谷县精神康复医院的污水排到排洪渠里":       "out",
		"秦安县郭嘉镇古加村":                "out",
		"庆阳市西峰区什社乡":                "out",
		"响水县黄圩镇均平村有人倒卖土方":          "out",
		"全椒县襄河镇老观陈村":               "out",
		"重庆市长寿区邻封镇五板桥水库":           "out",
	} {
		a, err := b.Route(routing.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range a.Candidates {
			names = append(names, d.Tree.PathName(c.Cell))
		}
		slices.Sort(names)
		got := strings.Join(names, " ")
		if a.OutOfArea {
			got = strings.TrimSpace("out " + a.Neighbour)
		}
		if a.Ask {
			got += "?"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestRiverIsAskedAbout: a river runs through many cells, so some are offered, and the point chooses among them.
func TestRiverIsAskedAbout(t *testing.T) {
	b, d := fromSeeds(t)
	a, err := b.Route(routing.Query{Text: "湟水边有人倒垃圾"})
	if err != nil || !a.Ask || len(a.Candidates) != d.Settings.MaxOffered {
		t.Errorf("%+v %v: want a question with %d cells", a, err, d.Settings.MaxOffered)
	}
}

// TestRealPlaces: none of the places of real complaints from all over the country lies here, and each is either known to
// lie elsewhere or asked about, never filed here without asking.
func TestRealPlaces(t *testing.T) {
	b, d := fromSeeds(t)
	for _, place := range []string{
		"海东市农村", "小区旁工地", "夏河县拉卜楞镇原安多食品公司院内", "临潭县流顺镇宋家庄村铁卜沟", "西峰区董志镇往冯堡002县道搅拌站东北",
		"嘉峪关市紫轩三期静轩路266-2", "清水县永清镇银河市场", "天水市麦积区渭滨南路华旭家园", "城固县柳林镇新柳林村、王家湾村",
		"牡丹江市三道关镇丰收村", "华容县章华镇治湖村9-11组", "新曹农场向阳河东岸", "岳阳市美食街香洲名都星天园", "巩义市东区", "茂县",
		"井研县学府路华美金庄1栋", "同心县下马关镇郑儿庄村石崾沟西梁", "呼和浩特市赛罕区金宇博苑", "盘锦市新城雅苑北门", "平度市田庄镇商家村",
		"西青区李七庄街边村", "治湖村九到十一组", "大砬子村三处养猪场", "丰收村的林地", "宋家庄村铁卜沟有人乱采乱挖",
	} {
		a, err := b.Route(routing.Query{Text: place})
		if err != nil {
			t.Fatal(err)
		}
		if !a.OutOfArea && !a.Ask {
			t.Errorf("%s is filed in %s", place, d.Tree.PathName(a.Candidates[0].Cell))
		}
		t.Logf("%s: out %v %s, %d candidates", place, a.OutOfArea, a.Neighbour, len(a.Candidates))
	}
}

// TestNoPlaceIsFound: what people say of pollution names no place, here or elsewhere.
func TestNoPlaceIsFound(t *testing.T) {
	b, _ := fromSeeds(t)
	data, err := os.ReadFile("../category/testdata/published.tsv")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"科苑一区的污水井往外冒", "东西安全没人管", "夏天水很臭", "我家在城区", "服务区加油站"}
	for line := range strings.Lines(string(data)) {
		if _, text, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			texts = append(texts, text)
		}
	}
	for _, text := range texts {
		if a, err := b.Route(routing.Query{Text: text}); err != nil || a.OutOfArea || len(a.Candidates) > 0 || !a.Ask {
			t.Errorf("%s: %+v %v", text, a, err)
		}
	}
}
