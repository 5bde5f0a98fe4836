package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestSite_HistoryNamesNoReporter: an officer who reports as a citizen does not stand in the history of the site.
func TestSite_HistoryNamesNoReporter(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		desk.says("马厂乡河边有人私设排污口子，污水直排").locates(102.7546, 36.4436).presses("提交").sees("已登记")
		raw, err := w.app.store.DossierHistory(context.Background(), site.Dossier, "PW0001")
		if err != nil || len(raw) != 2 || !strings.Contains(string(raw[1]), `"linked"`) || strings.Contains(string(raw[1]), "desk") {
			t.Errorf("history %s, %v", raw, err)
		}
		zhao.says("/site PW0001").presses("经过").seesNot("受理员")
	})
}

// TestSite_WhoIsKeptFromItIsKeptFromItsCases: a report of a site does not go to an inspector whose kin owns it.
func TestSite_WhoIsKeptFromItIsKeptFromItsCases(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		desk, zhao := w.officer("desk"), w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		d, err := w.app.store.Dossier(context.Background(), site.Dossier, "PW0001")
		if err != nil {
			t.Fatal(err)
		}
		x, err := site.Read(d)
		if err != nil {
			t.Fatal(err)
		}
		x.Barred = []grid.OfficerID{"zhao"}
		put, err := w.app.desk.Sites.Write(d, x, time.Now())
		if err == nil {
			_, err = w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Dossiers: []ledger.DossierWrite{put}})
		}
		if err != nil {
			t.Fatal(err)
		}
		ma := w.citizen("马")
		ma.does(func() { ma.Starts("s_PW0001") })
		number := ma.says("排口流出来的水又黑又臭").presses("提交").sees("已登记").number()
		desk.presses("受理")
		if c := w.caseOf(number); len(c.Barred) != 1 || c.Barred[0].Officer != "zhao" || c.Barred[0].Reason != "kin" {
			t.Errorf("kept from it: %+v", c.Barred)
		}
		zhao.seesNot("又黑又臭").says("/work").seesNot(w.shown(number))
	})
}

// TestSite_APlacePickedOnTheMapIsNobodysPresence where a measured one is.
func TestSite_APlacePickedOnTheMapIsNobodysPresence(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		zhao := w.officer("zhao")
		zhao.addsSite("入河排污口", "马厂沟排口", 102.7543, 36.4434)
		w.sleep(48 * time.Hour)
		added := w.siteOf("PW0001").Visited
		zhao.says("/site PW0001").presses("到场打卡")
		zhao.does(func() { zhao.SendsLocation(36.4434, 102.7543, 0) }) // as a pin that was dropped comes
		if x := w.siteOf("PW0001"); !x.Visited.Equal(added) || x.There != nil && x.There.At.After(added) {
			t.Errorf("a picked place counts: %+v", x)
		}
	})
}

// TestPatrol_OfWhoStandsIn: somebody without a post in the field goes on patrol for the inspector who is away.
func TestPatrol_OfWhoStandsIn(t *testing.T) {
	storyFrom(t, monday, appoint("zhao", grid.Inspector, "630202206"), func(w *world) {
		admin, desk := w.officer("root-admin"), w.officer("desk")
		w.officer("zhao")
		admin.says("/away zhao 11-02 11-04 desk").sees("已为")
		desk.says("/patrol").sees("巡查开始").says("/coverage").sees("马厂乡")
		desk.setsOut().walks(40, 70)
		desk.says("结束巡查").sees("马厂乡").sees("算一次有效巡查")
	})
}

// TestPlanIsForWhoIsInService: whoever was dismissed reads nothing of the plan any more.
func TestPlanIsForWhoIsInService(t *testing.T) {
	story(t, func(w *world) {
		admin, li := w.officer("root-admin"), w.officer("li")
		li.says("/plan").sees("节点").says("/measure 23").sees("排污口")
		admin.says("/dismiss li").sees("已解除")
		w.sleep(time.Minute)
		li.says("/plan").sees("只对有相应职责的人员开放").says("/measure 22").sees("只对有相应职责的人员开放")
	})
}

// TestDraw_ResultsAreEverybodysOncePublic, and nobody's before.
func TestDraw_ResultsAreEverybodysOncePublic(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { appoint("zhao", grid.Inspector, "630202206")(d) }, func(w *world) {
		boss, zhao, ma := w.officer("boss"), w.officer("zhao"), w.citizen("马")
		for _, name := range []string{"甲", "乙", "丙"} {
			zhao.addsSite("入河排污口", "马厂沟"+name+"排口", 102.7543, 36.4434)
		}
		boss.says("/draw").presses("抽取")
		ma.says("/draw results 2026-11").sees("2026-11 没有抽查记录").says("/draw").sees("只对有相应职责的人员开放")
		boss.says("/draw").presses("公开结果")
		ma.says("/draw results 2026-11")
		if !slices.ContainsFunc(ma.FromBot(), func(m models.Message) bool { return m.Document != nil }) {
			t.Errorf("nothing is there for the public:\n%s", ma.screen())
		}
	})
}
