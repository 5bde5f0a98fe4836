package seeds

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// Who is named in a report of a village, and who is not: what only tells a place, whom the matter was told, and names that are
// everyday words keep nobody from a case.
func TestNaming(t *testing.T) {
	d, err := Load(Ledu)
	if err != nil {
		t.Fatal(err)
	}
	const town, village = grid.CellCode("630202102"), grid.CellCode("630202102203")
	since := time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)
	officer := func(id grid.OfficerID, name string, role grid.Role, cell grid.CellCode) grid.Officer {
		return grid.Officer{ID: id, Name: name, Appointments: []grid.Appointment{{Role: role, Cell: cell, From: since}}}
	}
	roster := grid.NewRoster(1, []grid.Officer{
		officer("in", "李生财", grid.Inspector, village), officer("mountain", "高山", grid.Inspector, town),
		officer("chief", "祁得胜", grid.Chief, town), officer("far", "马文海", grid.Inspector, "630202103"),
		officer("sample", "样例·韩发祥", grid.Supervisor, "630202"),
	})
	w := casework.New(d.Tree, d.Calendar, d.Casework())
	for _, tc := range []struct{ words, want string }{
		{"李生财把垃圾倒在河里", "in:named"},
		{"网格员李生财收了钱不管", "in:named"},
		{"李书记的砖厂半夜冒黑烟", "in:named"}, // a surname with an honour
		{"李主任他儿子开的养殖场排粪水", "in:kin"},
		{"祁得胜的小舅子偷排污水", "chief:kin"},
		{"网格长带头往沟里倒垃圾", "chief:named"},
		{"韩发祥的亲戚在河边洗砂", "sample:kin"},
		{"村主任他哥的养殖场把粪水排到河里", ofVillage("kin")},
		{"村书记家的猪场臭得很", ofVillage("kin")},
		{"村委会把垃圾堆在河边烧", ofVillage("unit")},
		{"村干部让人往沟里倒垃圾", ofVillage("unit")},
		{"镇政府食堂的泔水倒进河里", string(town) + ":unit"},
		{"镇长的亲戚开的洗砂场", string(town) + ":kin"},
		// what only tells a place
		{"村委会旁边的水沟发黑发臭", ""},
		{"镇政府对面有人烧垃圾", ""},
		{"村委会门口堆满了垃圾", ""},
		{"从镇政府往东五十米有直排口", ""},
		// whom the matter was told
		{"我们向村委会反映过，没人管，厂子还在排污", ""},
		{"找了村主任好几次，河水还是黑的", ""},
		{"希望镇政府管一管河里的垃圾", ""},
		{"给网格员打过电话，污水还在流", ""},
		{"请李生财来看看，河水又黑了", ""},
		// names that are everyday words, and people of other cells
		{"高山上有人挖土", ""},
		{"高山主任收了砖厂的钱", "mountain:named"},
		{"网格员高山收了砖厂的钱", "mountain:named"},
		{"马文海把垃圾倒在河里", ""},
		{"有人往河里排黑水，味道很臭", ""},
		{"老板的亲戚是开砖厂的", ""},
	} {
		var got []string
		for _, x := range w.Named(casework.Case{Cell: village}, tc.words, roster, since.AddDate(1, 0, 0)) {
			got = append(got, string(x.Officer)+string(x.Unit)+":"+x.Reason)
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %v, want %q", tc.words, got, tc.want)
		}
	}
}

// ofVillage is the village of the test, kept from a case for a reason.
func ofVillage(reason string) string { return "630202102203:" + reason }
