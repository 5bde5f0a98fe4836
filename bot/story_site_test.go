package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
)

// siteOf is a site as the store has it.
func (w *world) siteOf(n site.Number) site.Site {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), site.Dossier, string(n))
	if err != nil {
		w.t.Fatalf("site %s: %v", n, err)
	}
	x, err := site.Read(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

// addsSite puts a site on the register as an inspector does in the field.
func (p *person) addsSite(kind, name string, lon, lat float64) *person {
	p.says("/site add").presses(kind).locates(lon, lat).says(name)
	if p.lastHasButton("禁养区") {
		p.presses("都不在")
	}
	p.w.photos++
	return p.photographs(300+p.w.photos, "").sees("已登记")
}

// A site is added on the spot: kind, place, name, photo; its cell follows from the place, its number from its kind. It is on the
// list of its cell and of nobody else's.
func TestSite_AddedInTheField(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao, li, boss := w.officer("zhao"), w.officer("li"), w.officer("boss")
		zhao.says("/sites").sees("还没有点位")
		zhao.says("/site add").sees("是哪一种").presses("入河排污口").sees("发送位置").locates(102.7543, 36.4434)
		zhao.sees("叫什么名字").says("马厂沟生活污水排口").sees("现场照片").photographs(1, "")
		zhao.sees("已登记").sees("PW0001").sees("马厂乡").sees("应于 2026-11-17 前检查").sees("样例·zhao")
		x := w.siteOf("PW0001")
		if x.Kind != "outfall" || w.district.Tree.Township(x.Cell) != "630202206" || x.Point == nil || len(x.Photos) != 1 || x.State != site.Active {
			t.Errorf("stored as %+v", x)
		}
		if f, err := w.app.store.File(context.Background(), x.Photos[0].File); err != nil || f.SHA256 == "" {
			t.Errorf("its photo is not kept: %+v, %v", f, err)
		}
		zhao.addsSite("农家乐", "样例农家院", 102.7545, 36.4436).sees("NJ0001")
		zhao.says("/sites").sees("共 2 个，超期 0 个")
		li.says("/sites").sees("还没有点位").says("/site PW0001").sees("没有编号为 PW0001 的点位")
		boss.says("/sites").sees("共 2 个").says("/sites pw0001").sees("马厂沟生活污水排口")
		zhao.says("/site add").presses("入河排污口").locates(102.404, 36.5377).says("别人那里的排口").photographs(2, "")
		zhao.sees("不在您的网格内")
		w.citizen("马").says("/sites").sees("只对有相应职责的人员开放")
		w.golden("site_added.txt")
		w.sleep(16 * 24 * time.Hour)
		zhao.says("/sites").sees("超期 1 个").sees("超期 1 天（应于 2026-11-17 前检查）")
	})
}

// The sticker's link shows an inspector the site, and lets anybody else report it: the report has the site's place, and while it
// is open the site is due sooner.
func TestSite_Sticker(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		zhao.presses("二维码").sees("https://t.me/gridwarden_bot?start=s_PW0001")
		zhao.does(func() { zhao.Starts("s_PW0001") })
		if !zhao.lastHasButton("开始检查") {
			t.Errorf("no way to inspect:\n%s", zhao.screen())
		}
		due := w.siteOf("PW0001").Due

		ma := w.citizen("马")
		ma.does(func() { ma.Starts("s_PW0001") })
		ma.sees("您要举报的是：马厂沟排口").says("排口流出来的水又黑又臭").presses("提交")
		number := ma.sees("已登记").number()
		c := w.caseOf(number)
		if c.Site != "PW0001" || c.Point == nil || w.district.Tree.Township(c.Cell) != "630202206" || !strings.Contains(c.Place, "马厂沟排口") {
			t.Errorf("stored as %+v", c)
		}
		x := w.siteOf("PW0001")
		if len(x.Open()) != 1 || !x.Due.Before(due) {
			t.Errorf("under complaint: %+v, was due %v", x, due)
		}
		zhao.says("/sites").sees("前检查")
		zhao.says("/site PW0001").sees("有 1 件举报未办结").sees(number)
		desk.presses("受理")
		zhao.presses("接办").handsIn("排口已经封堵，污水改接管网")
		desk.presses("通过并答复").presses("就这样发出")
		if s := w.caseOf(number).State; s != casework.Answered {
			t.Fatalf("%s is %s:\n%s", number, s, desk.screen())
		}
		if x := w.siteOf("PW0001"); len(x.Open()) != 0 || !x.Due.Equal(due) {
			t.Errorf("the report is over: %+v", x)
		}
		stranger := w.citizen("韩")
		stranger.does(func() { stranger.Starts("s_PW9999") })
		stranger.sees("没有编号为 PW9999 的点位")
	})
}

// A report close to a site of which such reports are made belongs to it, wherever it began; one about something else does not.
func TestSite_ReportNearby(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		ma := w.citizen("马")
		ma.says("马厂乡河边有人私设排污口子，污水直排").locates(102.7546, 36.4436)
		ma.presses("提交")
		if c := w.caseOf(ma.number()); c.Site != "PW0001" {
			t.Errorf("thirty metres off: %+v", c)
		}
		han := w.citizen("韩")
		han.says("马厂乡半夜施工噪声吵得睡不着").locates(102.7543, 36.4434).presses("提交")
		if c := w.caseOf(han.number()); c.Site != "" {
			t.Errorf("noise at an outfall: %+v", c)
		}
	})
}
