package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/seeds"
)

func (w *world) draw(month string) site.Draw {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), site.DrawDossier, month)
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := site.ReadDraw(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// Sites and inspectors are drawn by a lot that anybody can recompute; who was drawn is told, also for a site outside of their own
// cell; what they find stands in the result, which is public when a supervisor says so.
func TestDraw(t *testing.T) {
	prepare := func(d *seeds.District) {
		appoint("zhao", grid.Inspector, "630202206")(d)
		appoint("qian", grid.Inspector, "630202200")(d)
	}
	storyFrom(t, monday, prepare, func(w *world) {
		boss, zhao, qian, li := w.officer("boss"), w.officer("zhao"), w.officer("qian"), w.officer("li")
		boss.says("/draw").sees("将按各类比例抽取 0 个点位")
		if boss.lastHasButton("抽取") {
			t.Error("nothing can be drawn")
		}
		for i, name := range []string{"甲", "乙", "丙", "丁", "戊"} {
			zhao.addsSite("入河排污口", "马厂沟"+name+"排口", 102.7543+float64(i)/1000, 36.4434)
		}
		boss.says("/draw").sees("将按各类比例抽取 2 个点位").sees("5 个中抽 2 个（25%）").presses("抽取").sees("共 2 个点位，未检查 2 个")
		d := w.draw("2026-11")
		if len(d.Drawn) != 2 || len(d.Pools) != 1 || len(d.Pools[0].Sites) != 5 || !slices.Equal(d.Inspectors, []grid.OfficerID{"li", "qian", "zhao"}) || !d.Recheck() {
			t.Fatalf("drawn: %+v", d)
		}
		boss.presses("抽取").sees("2026-11 已经抽过")
		inspectors := map[grid.OfficerID]*person{"zhao": zhao, "qian": qian, "li": li}
		for id, p := range inspectors {
			if n := len(d.Of(id)); (n > 0) != p.Sees("您被抽中检查") {
				t.Errorf("%s was drawn for %d sites:\n%s", id, n, p.screen())
			}
		}
		first := d.Drawn[0]
		p := inspectors[first.Officers[0]]
		p.presses(string(first.Site)).presses("开始检查").presses("❌ 不合格").says("水很黑").presses("继续")
		for range 4 {
			p.presses("✅ 合格")
		}
		p.presses("完成检查").sees("检查完成")
		if d = w.draw("2026-11"); d.Drawn[0].Inspection == "" || d.Drawn[0].Failed != 1 || d.Open() != 1 {
			t.Errorf("after an inspection: %+v", d.Drawn)
		}
		if x := w.siteOf(first.Site); x.Assigned != nil {
			t.Errorf("still to be inspected: %+v", x)
		}
		boss.says("/draw").sees("不合格 1 项").presses("公开结果").sees("结果已于 2026-11-02 公开")
		w.drawFiles(t, boss, d)
		var out strings.Builder
		lot := lotCmd{Draw: "2026-11", recordFlags: recordFlags{Lang: "zh-CN", Media: t.TempDir()}}
		lot.RedisURL, lot.Keys = w.parts.Redis.URL, strings.Repeat("0123456789abcdef", 4)
		if err := lot.Run(context.Background(), streams{out: &out}); err != nil || !strings.Contains(out.String(), first.Hash) || !strings.Contains(out.String(), "5 个点位中抽 2 个") {
			t.Errorf("recomputed: %v\n%s", err, out.String())
		}
		zhao.says("/draw").sees("只对有相应职责的人员开放")
		boss.says("/draw results 2026-10").sees("2026-10 没有抽查记录")
	})
}

// drawFiles reads the files of a draw's results: they name sites and findings and no inspector.
func (w *world) drawFiles(t *testing.T, boss *person, d site.Draw) {
	t.Helper()
	boss.says("/draw results").sees("双随机抽查 2026-11 的结果")
	var got site.Result
	if err := json.Unmarshal(boss.receives(".json"), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Sites) != 2 || got.Sites[0].Number != d.Drawn[0].Site || got.Sites[0].Failed != 1 || got.Published.IsZero() || got.Pools[0].Sites != 5 {
		t.Errorf("results: %+v", got)
	}
	text := string(boss.receives(".txt"))
	for _, name := range []string{"样例·zhao", "样例·qian", "样例·李某"} {
		if strings.Contains(text, name) {
			t.Errorf("%s stands in %s", name, text)
		}
	}
	if !strings.Contains(text, string(d.Drawn[1].Site)) {
		t.Errorf("a site is missing: %s", text)
	}
}

// receives is the newest file with that ending that the bot sent the person.
func (p *person) receives(ending string) []byte {
	p.w.t.Helper()
	messages := p.FromBot()
	for i := len(messages) - 1; i >= 0; i-- {
		if d := messages[i].Document; d != nil && strings.HasSuffix(d.FileName, ending) {
			data, _ := p.w.emulator.File(d.FileID)
			return data
		}
	}
	p.w.t.Fatalf("no %s came; the phone shows:\n%s", ending, p.screen())
	return nil
}
