package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestALongListShowsWhatOneMayOpen: a clerk's post lies in the district, and gives them no other department's and no cell's cases,
// whatever list they press for.
func TestALongListShowsWhatOneMayOpen(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		desk, water := w.officer("desk"), w.officer("clerk-water")
		w.citizen("马").submits(sewage)
		desk.presses("✅ 受理")
		water.does(func() { water.Forges(1, "w:cell/630202102:0") })
		water.knowsNothingOf("引胜沟", "水都发黑了")
	})
}

// TestADeputyOfWhomACaseNames is shown no line of it: they could not open it either.
func TestADeputyOfWhomACaseNames(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, second, wang := w.officer("desk"), w.officer("boss-2"), w.officer("wang")
		w.officer("boss")
		number := w.citizen("马").submits(sewage)
		desk.says("/find " + number).presses("⚖️ 回避")
		desk.does(func() { desk.Forges(1, "x:"+string(w.caseOf(number).ID)+":o/boss-2") })
		if c := w.caseOf(number); len(c.Barred) != 1 {
			t.Fatalf("kept from %+v", c.Barred)
		}
		w.standsIn("boss-2", "wang")
		second.says("/desk").sees("没有")
		wang.says("/desk").sees("没有")
		wang.knowsNothingOf("引胜沟", "水都发黑了")
	})
}

// standsIn enters that somebody is away from now on for three days, and who stands in.
func (w *world) standsIn(who, deputy grid.OfficerID) {
	w.t.Helper()
	admin := w.officer("root-admin")
	day := func(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }
	admin.says("/away " + string(who) + " " + day(0) + " " + day(2) + " " + string(deputy)).sees("登记：")
}

// TestAGatheringIsShownWithoutWhatOneIsKeptFrom: a supervisor whom one of the reports names sees the others.
func TestAGatheringIsShownWithoutWhatOneIsKeptFrom(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { closingRoster(d); d.Settings.ClusterReports = 3 }, func(w *world) {
		desk, boss, second := w.officer("desk"), w.officer("boss"), w.officer("boss-2")
		var numbers []string
		for _, words := range []string{"寿乐镇土官口村有人把污水排到引胜沟里", "寿乐镇土官口村引胜沟的污水一直没人管", "寿乐镇土官口村引胜沟又有污水，水发黑"} {
			numbers = append(numbers, w.citizen("众").reportsAlso(words))
			if len(numbers) == 2 {
				desk.does(func() { desk.Forges(1, "x:"+string(w.caseOf(numbers[1]).ID)+":o/boss-2") })
			}
		}
		boss.sees("集中举报").sees(numbers[1])
		second.sees("集中举报").sees(numbers[2]).seesNot("没人管")
		if strings.Contains(second.shown("集中举报").Text, numbers[1]) || w.caseOf(numbers[1]).State != casework.Registered {
			t.Errorf("shown what they are kept from:\n%s", second.screen())
		}
	})
}

// TestWhoIsKeptFromACaseIsToldNothingOfIt: neither as a clerk of whom it goes to, nor as a supervisor who hears of its abuse.
func TestWhoIsKeptFromACaseIsToldNothingOfIt(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) {
		closingRoster(d)
		clerkOf("clerk-police", "区公安局")(d)
		d.Settings.AbuseFlags = 1
	}, func(w *world) {
		desk, boss, second, clerk := w.officer("desk"), w.officer("boss"), w.officer("boss-2"), w.officer("clerk-police")
		number := w.citizen("马").submits(dancing)
		id := string(w.caseOf(number).ID)
		for _, who := range []string{"boss-2", "clerk-police"} {
			desk.does(func() { desk.Forges(1, "x:"+id+":o/"+who) })
		}
		desk.does(func() { desk.Forges(1, "c:abuse_spam:"+id) })
		boss.sees("滥用，最近一件 " + number)
		desk.says("/find " + number).presses("不予受理").presses("不属环保职责").presses("区公安局").presses("就这样发出").sees("请把下面的函发过去")
		for _, o := range []*person{second, clerk} {
			o.knowsNothingOf("广场舞", number)
		}
	})
}
