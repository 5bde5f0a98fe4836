package main

import (
	"context"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// round reads what is known of the visits to an object.
func (w *world) round(object string) coverage.Round {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), coverage.Dossier, object)
	if err != nil {
		w.t.Fatal(err)
	}
	var r coverage.Round
	if err := d.Into(&r); err != nil {
		w.t.Fatal(err)
	}
	return r
}

// registers puts an outfall onto the register, so many metres east of the government of 马厂乡.
func (w *world) registers(number site.Number, name string, east float64) {
	w.t.Helper()
	book := site.Work{Tree: w.district.Tree, Rules: w.district.Sites()}
	x := site.Site{
		Number: number, Kind: "outfall", Name: name, Cell: "630202206", State: site.Active, Added: time.Now(),
		Point: &geo.Point{Lon: machangLon + east*metreEast, Lat: machangLat},
	}
	d, err := book.Write(ledger.Dossier{}, x, time.Now(), site.Event{At: time.Now(), Did: site.Added})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{d}}); err != nil {
		w.t.Fatal(err)
	}
}

// days lets days go by without the program, and the jobs of each morning after it.
func (w *world) days(n int) {
	for range n {
		w.outage(24 * time.Hour)
	}
}

// TestCoverage: what is not visited in its period is reminded of, missed, and stays missed; the table and the map say so.
func TestCoverage(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		w.registers("PW0001", "河滩村排口", 600)
		w.registers("PW0002", "东沟排口", 9000)
		w.days(1)
		zhao.says("/patrol")
		zhao.setsOut().walks(40, 60)
		zhao.says("/patrol").sees("算一次有效巡查").sees("经过点位、河段 1 处：河滩村排口")
		if v, ok := w.round("site/PW0001").Last(); !ok || v.By != "zhao" {
			t.Errorf("the site that was passed: %+v", w.round("site/PW0001"))
		}
		zhao.says("/coverage").sees("马厂乡：已巡").sees("漏巡 0")
		w.days(14)
		zhao.sees("处该巡查了").sees("东沟排口（马厂乡）").sees("还没有巡过")
		boss := w.officer("boss")
		w.days(3)
		boss.sees("漏巡")
		r := w.round("cell/630202206")
		if r.Misses != 1 || len(r.Missed) != 1 || r.Missed[0].Who[0] != "zhao" {
			t.Fatalf("missed: %+v", r)
		}
		zhao.presses("开始巡查")
		zhao.setsOut().walks(40, 60)
		zhao.says("/patrol").sees("算一次有效巡查")
		if r = w.round("cell/630202206"); r.Misses != 1 || len(r.Visits) != 2 {
			t.Errorf("a later visit healed it: %+v", r)
		}
		boss.says("/coverage").sees("马厂乡").presses("马厂乡").sees("东沟排口").presses("按人员").sees("样例·zhao")
		boss.presses("历次漏巡").sees("（共 5 次").sees("无人到场　样例·zhao")
		boss.presses("看地图").sees("颜色是离上一次有效巡查的天数")
		for _, m := range boss.FromBot() {
			if len(m.Photo) > 0 {
				show(t, w, "coverage", m.Photo)
			}
		}
		w.citizen("马").says("/coverage").sees("只对有相应职责的人员开放")
		w.golden("coverage.txt")
	})
}

// TestCoverage_BackDated: a round whose word arrives after its period ended does not heal it, and is marked.
func TestCoverage_BackDated(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		w.days(1)
		began := w.round("cell/630202206").Began
		day := began.AddDate(0, 0, 10)
		w.days(17)
		if r := w.round("cell/630202206"); r.Misses != 1 {
			t.Fatalf("missed: %+v", r)
		}
		late := func(at time.Duration, act func(at time.Time)) { zhao.does(func() { act(day.Add(at)) }) }
		late(0, func(at time.Time) { zhao.Says("/patrol", botapi.At(at)) })
		for i := range 5 {
			late(time.Duration(1+i*10)*time.Minute, func(at time.Time) {
				zhao.SendsLocation(machangLat, machangLon+float64(i*600)*metreEast, 12, botapi.At(at))
			})
		}
		late(time.Hour, func(at time.Time) { zhao.Says("结束巡查", botapi.At(at)) })
		zhao.sees("算一次有效巡查")
		r := w.round("cell/630202206")
		if r.Misses != 1 || r.Missed[0].Late == nil || r.Missed[0].Late.Arrived.Sub(r.Missed[0].Late.At) < 24*time.Hour {
			t.Errorf("%+v", r)
		}
		zhao.says("/coverage").presses("历次漏巡").sees("（共 1 次").sees("📝 补记").sees("仍算漏巡")
	})
}

// TestCoverage_Complaint: an open case asks for a visit within days.
func TestCoverage_Complaint(t *testing.T) {
	inspectorOfMachang(t, func(w *world, zhao *person) {
		desk := w.officer("desk")
		w.days(1)
		zhao.seesNot("处该巡查了")
		ma := w.citizen("马")
		ma.submits("马厂乡政府旁边的河里天天排黑水，味道很大")
		desk.presses("✅ 受理")
		w.days(2)
		zhao.sees("处该巡查了").sees("马厂乡，")
	})
}

// TestCoverage_OwnAreaOnly: a chief sees the own township, and what was missed there the day before.
func TestCoverage_OwnAreaOnly(t *testing.T) {
	story(t, func(w *world) {
		li, chief := w.officer("li"), w.officer("chief-shoule")
		w.days(17)
		li.sees("处该巡查了")
		chief.sees("昨天到期没有巡查的").sees("样例·李某")
		chief.says("/coverage").sees("寿乐镇").seesNot("高庙镇")
		if r := w.round(coverage.CellID("630202102")); r.Misses != 1 || r.Missed[0].Who[0] != grid.OfficerID("li") {
			t.Errorf("%+v", r)
		}
	})
}
