package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/seeds"
)

// openOffice is a district that owes three publications, with somebody who publishes and clerks in some departments.
func openOffice(d *seeds.District) {
	clerks(d)
	appoint("publisher", grid.Publisher, d.Tree.Root().Code)(d)
	d.Settings.PublicationSince = calendar.Date{Year: 2026, Month: 9, Day: 1}
	d.Publications = slices.DeleteFunc(slices.Clone(d.Publications), func(x publication.Duty) bool {
		return !slices.Contains([]string{"inspections", "measures", "hotline"}, x.ID)
	})
}

const channelID = -1001234567890

// channel opens the channel that publications are posted in.
func (w *world) channel() {
	w.t.Helper()
	w.emulator.Group(channelID, "乐都环境公开")
	w.parts.Channel, w.parts.Site = channelID, "https://hb.example.cn"
	w.restart()
}

// posts is how often something was posted in the channel.
func (w *world) posts(words string) int {
	return strings.Count(w.emulator.Transcript(w.district.Settings.TimeZone), words)
}

func (w *world) publication(id string) publication.Issue {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), publication.Dossiers, id)
	if err != nil {
		w.t.Fatal(err)
	}
	i, err := publication.Read(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

// TestPublication: what is owed is announced ahead, drawn up from the record, returned, approved by somebody else and published with
// its hash; a late one is seen by everybody as late, before and after; what is out is corrected by another and stays as it was.
func TestPublication(t *testing.T) {
	storyFrom(t, september, openOffice, func(w *world) {
		w.channel()
		boss, publisher := w.officer("boss"), w.officer("publisher")
		yang := w.citizen("杨")
		yang.says("/publications").sees("待公开 0 项").presses("⏳ 进行中").sees("“双随机”抽查情况（2026年第三季度）：本期进行中，应在 2026-10-15 前")
		publisher.says("/publication inspections.2026-Q3").presses("📝 生成初稿").sees("这一期还没有结束，2026-10-01 起才能起草")

		w.until("2026-10-06 08:40")
		publisher.sees("信息公开提醒").sees("应在").seesNot("逾期").presses("📅 日历").sees("待公开 2 项（其中逾期 0 项）")
		publisher.presses("“双随机”抽查情况 2026年第三季度").presses("📝 生成初稿").sees("本期没有进行“双随机”抽查").sees("系统自 2026-09-01 起使用")
		publisher.seesNot("✅ 审核通过").forges("pu:approve:inspections.2026-Q3").forges("pu:publish:inspections.2026-Q3")
		yang.says("/publication inspections.2026-Q3").sees("还有").seesNot("本期没有进行")
		const feedLink = `<link rel="alternate" type="application/atom+xml" href="/feeds/publications/inspections.atom"`
		w.browses("/publications/inspections.2026-Q3").reads("这一期尚未公布", "还有 9 天", feedLink).readsNot("本期没有进行", "样例")
		boss.sees("请审核：“双随机”抽查情况").presses("↩️ 退回").says("请在说明里写明原因").sees("待起草")
		publisher.sees("被退回").sees("退回原因：请在说明里写明原因").presses("📝 生成初稿")
		boss.presses("✅ 审核通过").sees("已审核，待公布")
		publisher.sees("可以公布").presses("🌐 公布").sees("第 1 号").sees("这是第一期").sees("SHA-256")
		if n := w.posts("📰 “双随机”抽查情况 · 2026年第三季度（第 1 号"); n != 1 {
			t.Errorf("it was posted %d times", n)
		}
		yang.says("/publication inspections.2026-Q3").sees("第 1 号").presses("🔏 原件（JSON）")
		_, sealed := yang.document()
		w.sealHolds("inspections.2026-Q3", sealed)
		w.browses("/publications/inspections.2026-Q3").reads("本期没有进行“双随机”抽查", w.publication("inspections.2026-Q3").Hash, "这是第一期", feedLink)
		w.browses("/en/publications/inspections.2026-Q3").reads(`<link rel="alternate" type="application/atom+xml" href="/feeds/publications/inspections.atom?locale=en"`)
		w.browses("/feeds/publications/inspections.atom").reads("/publications/inspections.2026-Q3")
		w.browses("/data").reads(`href="/feeds/publications/inspections.atom"`)
		if b := w.browses("/publications/inspections.2026-Q3/original.json"); b.body != string(sealed) {
			t.Errorf("the site gives other bytes: %s", b.body)
		}

		w.until("2026-10-21 08:40")
		publisher.sees("应在 2026-10-20 前公开，已逾期 1 天，待起草")
		boss.sees("已逾期 1 天，待起草（样例·publisher）")
		w.until("2026-10-27 08:40")
		boss.sees("已逾期 7 天")
		yang.says("/publications").sees("🔴 水污染防治工作方案进展情况（2026年第三季度）：应在 2026-10-20 前公开，已逾期 7 天").sees("其中逾期 1 项")
		w.browses("/publications").reads("现有 1 项逾期未公开", "水污染防治工作方案进展情况", "逾期 7 天")
		w.browses("/en/publications").reads("Late and not published: 1", "Progress of the plan of work", "third quarter of 2026")
		publisher.says("/publication measures.2026-Q3").presses("📝 生成初稿").sees("乐政办〔2017〕125号")
		boss.presses("✅ 审核通过")
		publisher.presses("🌐 公布").sees("第 2 号").sees("逾期 7 天（期限 2026-10-20）")
		yang.says("/publications").presses("📰 已公开").sees("⚠️ 水污染防治工作方案进展情况（2026年第三季度）：2026-10-27 公开，逾期 7 天")

		if n := w.posts("bot → 乐都环境公开: [document measures.2026-Q3.pdf]"); n != 1 {
			t.Errorf("the long one was posted %d times", n)
		}
		before := w.publication("measures.2026-Q3")
		publisher.says("/publication measures.2026-Q3").presses("✏️ 更正").says("第23项的节点数有误").sees("本期是对 measures.2026-Q3 的更正")
		boss.presses("✅ 审核通过")
		publisher.presses("🌐 公布").sees("第 3 号").sees("与 measures.2026-Q3 相比没有变化")
		if after := w.publication("measures.2026-Q3"); after.Sealed != before.Sealed || after.Hash != before.Hash {
			t.Error("what was published was altered")
		}
		publisher.forges("pu:draft:measures.2026-Q3").forges("pu:return:measures.2026-Q3").forges("pu:publish:measures.2026-Q3")
		yang.says("/publications").presses("📰 已公开").presses("水污染防治工作方案进展情况 2026年第三季度").sees("本期是对 measures.2026-Q3 的更正。原因：第23项的节点数有误")
		w.browses("/publications/measures.2026-Q3").reads("这一期有误，更正见", "逾期 7 天", "湟水干流区")
		w.browses("/en/publications/measures.2026-Q3.2").reads("This corrects", "Nothing changed since", "第23项的节点数有误").readsNot("样例", "publisher")
		w.browses("/publications/measures.2026-Q3.2/table.csv").reads("\ufeff", "序号,任务,牵头部门")
		for _, nothing := range []string{"/publications/measures.2026-Q3.3", "/publications/chain", "/publications/inspections.2026-Q2", "/publications/hotline.2026/original.json"} {
			if b := w.browses(nothing); b.res.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %s", nothing, b.res.Status)
			}
		}
		if code, out := w.verify(); code != 0 || !strings.Contains(out, "已公布的信息 3 期，与公布时一致") {
			t.Errorf("verify: %d, %s", code, out)
		}
		w.goldenPart("publication.txt", ofPublication)
	})
}

// ofPublication leaves out who has nothing to do with it, and digests.
func ofPublication(entry string) bool {
	head, _, _ := strings.Cut(entry, "\n")
	return !slices.ContainsFunc([]string{"工作提要", "一周情况", "通报", "计划", "节点", "盲区"}, func(other string) bool { return strings.Contains(entry, other) && !strings.Contains(entry, "📰") }) &&
		!strings.Contains(head, "正在汇总")
}

// sealHolds checks published bytes as anybody can: with a hash and a reader of JSON.
func (w *world) sealHolds(id string, sealed []byte) {
	w.t.Helper()
	sum := sha256.Sum256(sealed)
	if got := hex.EncodeToString(sum[:]); got != w.publication(id).Hash {
		w.t.Errorf("the file has the hash %s, the issue says %s", got, w.publication(id).Hash)
	}
	var s publication.Sheet
	if err := json.Unmarshal(sealed, &s); err != nil || s.ID != id || s.Content.Title.In("en") == s.Content.Title.In("zh-CN") {
		w.t.Errorf("%s, %v", sealed, err)
	}
	for _, secret := range []string{"publisher", "boss", "样例"} {
		if strings.Contains(string(sealed), secret) {
			w.t.Errorf("what is published names %q", secret)
		}
	}
}

// TestPublicationButtonsProveNothing: who has no part in a duty does nothing with it and sees nothing before it is out.
func TestPublicationButtonsProveNothing(t *testing.T) {
	storyFrom(t, september, openOffice, func(w *world) {
		boss, publisher, water := w.officer("boss"), w.officer("publisher"), w.officer("clerk-water")
		yang := w.citizen("杨")
		w.until("2026-10-01 09:30")
		publisher.says("/publication inspections.2026-Q3").presses("📝 生成初稿")
		before := w.publication("inspections.2026-Q3")
		for _, forged := range []string{
			"pu:draft:inspections.2026-Q3", "pu:approve:inspections.2026-Q3", "pu:return:inspections.2026-Q3", "pu:publish:inspections.2026-Q3",
			"pu:correct:inspections.2026-Q3", "pu:csv:inspections.2026-Q3", "pu:json:inspections.2026-Q3", "pu:changes:inspections.2026-Q3",
			"pu:draft:inspections.2026-Q2", "pu:draft:inspections.2026-Q3.2", "pu:draft:inspections.2026-Q3.02", "pu:open:nothing", "pu::", "pu:view:all", "pu:open:inspections.2099-Q1",
		} {
			water.forges(forged)
			yang.forges(forged)
		}
		if after := w.publication("inspections.2026-Q3"); after.By != before.By || after.State != before.State || !after.At.Equal(before.At) {
			t.Errorf("a forged button changed it: %+v", after)
		}
		if water.Sees("本期没有进行") || yang.Sees("本期没有进行") {
			t.Error("a draft was shown to who has no part in it")
		}
		boss.forges("pu:publish:inspections.2026-Q3")
		if w.publication("inspections.2026-Q3").State != publication.Drafted {
			t.Error("it was published without being approved")
		}
	})
}

// TestVerifyFindsAnAlteredPublication: whoever has full access to Redis cannot alter, remove or slip in what was published unseen.
func TestVerifyFindsAnAlteredPublication(t *testing.T) {
	storyFrom(t, september, openOffice, func(w *world) {
		boss, publisher := w.officer("boss"), w.officer("publisher")
		w.until("2026-10-01 09:30")
		for _, id := range []string{"inspections.2026-Q3", "measures.2026-Q3"} {
			publisher.says("/publication " + id).presses("📝 生成初稿")
			boss.presses("✅ 审核通过")
			publisher.presses("🌐 公布").sees("SHA-256")
		}
		if code, out := w.verify(); code != 0 || !strings.Contains(out, "已公布的信息 2 期") {
			t.Fatalf("%d: %s", code, out)
		}
		db := w.redis()
		defer func() { _ = db.Close() }()
		ctx := context.Background()
		key := func(pattern string) string {
			keys, err := db.Keys(ctx, pattern).Result()
			if err != nil || len(keys) != 1 {
				t.Fatal(pattern, keys, err)
			}
			return keys[0]
		}
		doc, chain := key("*:dossier:publication:inspections.2026-Q3"), key("*:dossier:history:publication_chain:chain")
		whole := db.Get(ctx, doc).Val()
		for name, c := range map[string]struct{ before, after, want string }{
			"a word":    {"没有进行", "进行了", "inspections.2026-Q3：公开内容与公布时不符"},
			"the hash":  {`"hash":"`, `"hash":"0`, "inspections.2026-Q3：公开内容与公布时不符"},
			"the state": {`"state":"published"`, `"state":"approved"`, "inspections.2026-Q3：公开内容与公布时不符"},
		} {
			if !strings.Contains(whole, c.before) {
				t.Fatalf("%s: %s is not in %s", name, c.before, whole)
			}
			db.Set(ctx, doc, strings.ReplaceAll(whole, c.before, c.after), 0)
			if code, out := w.verify(); code != 1 || !strings.Contains(out, c.want) {
				t.Errorf("%s: %d, %s", name, code, out)
			}
		}
		db.Del(ctx, doc)
		if code, out := w.verify(); code != 1 || !strings.Contains(out, "inspections.2026-Q3：这一期公开内容不见了") {
			t.Errorf("gone: %d, %s", code, out)
		}
		db.Set(ctx, doc, whole, 0)
		last := db.RPop(ctx, chain).Val()
		if code, out := w.verify(); code != 1 || !strings.Contains(out, "measures.2026-Q3：没有登记在公开序列里") || !strings.Contains(out, "第 1 号之后") {
			t.Errorf("cut off: %d, %s", code, out)
		}
		db.RPush(ctx, chain, last)
		if code, out := w.verify(); code != 0 {
			t.Errorf("put right: %d, %s", code, out)
		}
	})
}
