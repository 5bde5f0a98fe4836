package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/seeds"
)

// september is the last week of the third quarter, whose figures are assessed on the first of October.
var september = time.Date(2026, 9, 24, 9, 0, 0, 0, time.FixedZone("", 8*3600))

// soonJudged is a district in which one case is enough to judge by and comments end soon, with clerks in some departments.
func soonJudged(d *seeds.District) {
	clerks(d)
	d.Settings.AssessComment = calendar.Limit{N: 2, Unit: calendar.Day}
	d.Assessment.Indicators = slices.Clone(d.Assessment.Indicators)
	for i := range d.Assessment.Indicators {
		if strings.HasPrefix(string(d.Assessment.Indicators[i].Measure), "clock/") {
			d.Assessment.Indicators[i].Least = 1
		}
	}
}

// startedLate lets a case of 寿乐镇 be begun too late and finished in time.
func startedLate(w *world, desk, li *person) (number string) {
	ma := w.citizen("马")
	ma.submits(sewage)
	desk.presses("✅ 受理")
	w.until("2026-09-30 09:30")
	li.presses("接办").handsIn("查实一处直排口，已封堵")
	desk.presses("通过并答复").presses("就这样发出")
	return ma.number()
}

// TestAssess: a supervisor has a quarter computed, enters what nobody counted, those assessed object to their own figures, the
// correction keeps the original, and the final is sealed, published and checked. What is proposed below the line is a proposal.
func TestAssess(t *testing.T) {
	storyFrom(t, september, soonJudged, func(w *world) {
		desk, boss, li, chief, water := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("chief-shoule"), w.officer("clerk-water")
		yang := w.citizen("杨")
		number := startedLate(w, desk, li)

		boss.says("/assess 2026-08").sees("“2026-08”不是可以考核的期间").says("/assess 2027").sees("“2027”不是可以考核的期间")
		boss.says("/assess").sees("还没有考核").says("/assess 2026Q3").sees("2026年第三季度考核").sees("草稿")
		boss.presses("📨 征求意见").sees("这个期间还没有结束")
		chief.says("/assess 2026Q3").sees("没有这个期间的考核，或者还没有向您开放")
		yang.says("/assess").sees("现在没有您可以看的考核")

		w.until("2026-10-01 09:30")
		boss.says("/assess 2026Q3").presses("🔄 重新统计").sees("数据不足 1 个")
		boss.presses("乡镇").presses("1").sees("有数据的权重只有 45%，要 50%").sees("举报件按期办结率：100%（1/1），得 100 分")
		boss.sees("按时到场率：0%（0/1），得 0 分").sees("巡查覆盖率：100%（2/2），样本太少")
		boss.presses("2").sees("❌ " + caseNumber(w, number)).presses("⬅️ 单位数据")
		boss.presses("4").presses("✍️ 填报").says("五十").sees("“五十”不是数值").says("50").sees("数据来自哪份文件")
		boss.says("乐环监〔2026〕9号").sees("断面达标率 填报为 50").sees("46.15 分，不合格，第 1 名，⚠️ 未通过（计入权重 65%）")

		boss.says("/assess 2026Q3").presses("📨 征求意见").sees("到 2026-10-08 止").sees("区财政局")
		chief.sees("2026年第三季度考核征求意见").sees("请在 2026-10-08（含当日）前提出").sees("46.15 分")
		water.sees("区水务局 · 2026年第三季度考核征求意见").seesNot("寿乐镇")
		chief.presses("💬 有意见").says("9月20日的监测报告在这里，断面达标率应为70").photographs(7, "报告首页").sees("附件 1 个").presses("📨 提交意见")
		chief.sees("已收到寿乐镇")
		boss.sees("附件 1 个").says("/assess 2026Q3").sees("意见 1 条，待答复 1 条").presses("🔒 定稿").sees("征求意见还没有截止")
		boss.presses("乡镇").presses("1").presses("4").presses("🔧 更正").says("70").says("以9月20日的监测报告为准").sees("原数据已保留")
		chief.sees("断面达标率 已更正为 70").presses("⬅️ 单位数据").presses("📎 意见 1 的附件").sees("意见 1 的附件（1 个）").sees("原 50（填报，依据：乐环监〔2026〕9号），更正为 70")

		w.until("2026-10-09 09:30")
		chief.presses("💬 有意见").sees("征求意见的期限已过")
		if n := boss.count("征求意见已到期：意见 1 条，待答复 0 条"); n != 1 {
			t.Errorf("the supervisor was told %d times that the time is over", n)
		}
		boss.says("/assess 2026Q3").presses("🔒 定稿").sees("已定稿，未公开").sees("SHA-256")
		chief.sees("寿乐镇 · 2026年第三季度考核已定稿").sees("58.46 分")
		boss.presses("🔍 核对").sees("与 2026-10-")
		_, sealed := boss.document()
		boss.presses("📄 导出表格")
		w.sheetsTell(boss, caseNumber(w, number))
		boss.says("/assess 2026Q3").presses("乡镇").presses("1").presses("出约谈建议书").sees("乐环约建〔2026〕1号").sees("这只是建议")
		boss.presses("⬅️ 单位数据").presses("出限批建议书").sees("乐环限建〔2026〕1号")
		yang.says("/assess 2026Q3").sees("没有这个期间的考核")
		boss.says("/assess 2026Q3").presses("🌐 公开").sees("公开稿")
		_, public := boss.document()
		w.publicTells(public, sealed)
		yang.says("/assess 2026Q3").sees("寿乐镇　58.46 分　不合格　⚠️ 未通过").seesNot("意见")
		w.goldenPart("assess.txt", ofAssessment)
		if code, out := w.verify(); code != 0 || !strings.Contains(out, "已定稿的考核 1 份") {
			t.Errorf("verify: %d, %s", code, out)
		}
	})
}

// TestAssessButtonsProveNothing: whoever is assessed sees their own figures and no others, decides nothing, and a draft is
// nobody's but the supervisors'; a citizen sees what is published only.
func TestAssessButtonsProveNothing(t *testing.T) {
	storyFrom(t, september, soonJudged, func(w *world) {
		boss, chief, water := w.officer("boss"), w.officer("chief-shoule"), w.officer("clerk-water")
		yang := w.citizen("杨")
		w.until("2026-10-01 09:30")
		boss.says("/assess 2026Q3").presses("📨 征求意见").sees("还没有任何数据")
		for _, p := range []*person{chief, water, yang} {
			p.forges("as:show:2026-Q3").says("/assess").sees("现在没有您可以看的考核")
		}
		boss.presses("部门").presses("2").presses("1").presses("✍️ 填报").says("80").says("乐政督〔2026〕3号")
		boss.says("/assess 2026Q3").presses("📨 征求意见")
		before := w.assessment("2026-Q3")
		for _, forged := range []string{
			"as:units:2026-Q3:township:0", "as:compute:2026-Q3", "as:enter:2026-Q3:t630202102:3", "as:correct:2026-Q3:t630202102:0", "as:ask:2026-Q3",
			"as:finish:2026-Q3", "as:publish:2026-Q3", "as:check:2026-Q3", "as:propose:2026-Q3:t630202102:summon", "as:explain:2026-Q3:1", "as:book:2026-Q3",
			"as:unit:2026-Q3:t630202102", "as:figure:2026-Q3:t630202102:0:0", "as:remark:2026-Q3:t630202102", "as:unit:2026-Q3:nobody", "as:figure:2026-Q3:x:99:-1",
			"as:show:2026-10", "as:show:nonsense", "as::", "as:public:2026-Q3",
		} {
			water.forges(forged)
			yang.forges(forged)
		}
		if water.Sees("寿乐镇") || yang.Sees("考核征求意见") {
			t.Errorf("%s\n%s", water.screen(), yang.screen())
		}
		if after := w.assessment("2026-Q3"); !bytes.Equal(after.Content(), before.Content()) {
			t.Error("a forged button changed the assessment")
		}
	})
}

// forges presses a button that the program never gave.
func (p *person) forges(data string) *person {
	p.does(func() { p.Forges(1, data) })
	return p
}

// assessment is what is stored about a period.
func (w *world) assessment(period string) assess.Assessment {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), assess.Dossiers, period)
	if err != nil {
		w.t.Fatal(err)
	}
	a, err := assess.Read(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// TestVerifyFindsAnAlteredAssessment: whoever has full access to Redis cannot change a sealed assessment unseen.
func TestVerifyFindsAnAlteredAssessment(t *testing.T) {
	storyFrom(t, september, soonJudged, func(w *world) {
		boss := w.officer("boss")
		w.until("2026-10-01 09:30")
		boss.says("/assess 2026Q3").presses("部门").presses("2").presses("1").presses("✍️ 填报").says("80").says("乐政督〔2026〕3号")
		boss.says("/assess 2026Q3").presses("📨 征求意见")
		w.until("2026-10-09 09:30")
		boss.says("/assess 2026Q3").presses("🔒 定稿").sees("已定稿")
		if code, out := w.verify(); code != 0 || !strings.Contains(out, "已定稿的考核 1 份，与定稿时一致") {
			t.Fatalf("%d: %s", code, out)
		}
		db := w.redis()
		defer func() { _ = db.Close() }()
		ctx := context.Background()
		keys, err := db.Keys(ctx, "*dossier*assessment*2026-Q3").Result()
		if err != nil || len(keys) == 0 {
			t.Fatal(keys, err)
		}
		slices.Sort(keys)
		doc := keys[0]
		whole := db.Get(ctx, doc).Val()
		for name, c := range map[string]struct{ before, after, want string }{
			"a figure":  {`"v":"80"`, `"v":"90"`, "考核与定稿时的内容不符"},
			"the state": {`"state":"final"`, `"state":"draft"`, "考核的定稿印记被去掉，或与历史记录不符"},
			"the hash":  {`"hash":"`, `"hash":"0`, "考核的定稿印记被去掉，或与历史记录不符"},
		} {
			db.Set(ctx, doc, strings.ReplaceAll(whole, c.before, c.after), 0)
			if code, out := w.verify(); code != 1 || !strings.Contains(out, "2026-Q3："+c.want) {
				t.Errorf("%s: %d, %s", name, code, out)
			}
		}
		db.Del(ctx, doc)
		if code, out := w.verify(); code != 1 || !strings.Contains(out, "2026-Q3：这个期间的考核不见了") {
			t.Errorf("gone: %d, %s", code, out)
		}
		db.Set(ctx, doc, whole, 0)
	})
}

// ofAssessment leaves out how the case went, the digests and reminders, and notices over the chat, which overtake messages.
func ofAssessment(entry string) bool {
	head, _, _ := strings.Cut(entry, "\n")
	if head < "2026-09-30 09:31" {
		return false
	}
	return !slices.ContainsFunc([]string{" li", " desk", "马", "正在统计", "工作提要", "一周情况", "🔴"}, func(other string) bool { return strings.Contains(head, other) })
}

// sheetsTell checks that the spreadsheet leads from the score to the case.
func (w *world) sheetsTell(boss *person, number string) {
	w.t.Helper()
	_, data := boss.document()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("明细")
	if err != nil || !slices.ContainsFunc(rows, func(r []string) bool {
		return len(r) == 5 && r[0] == "寿乐镇" && r[1] == "按时到场率" && r[2] == number
	}) {
		w.t.Errorf("details %v, %v", rows, err)
	}
	if fixed, err := f.GetRows("更正"); err != nil || len(fixed) != 2 || fixed[1][3] != "70.00" {
		w.t.Errorf("corrections %v, %v", fixed, err)
	}
}

// publicTells checks the public text and that the sealed file has the hash that everybody was told.
func (w *world) publicTells(public, sealed []byte) {
	w.t.Helper()
	var p assess.Public
	if err := json.Unmarshal(public, &p); err != nil {
		w.t.Fatal(err)
	}
	if i := slices.IndexFunc(p.Units, func(u assess.PublicUnit) bool { return u.Name == "寿乐镇" }); i < 0 || *p.Units[i].Passed || p.Units[i].Score.String() != "58.46" {
		w.t.Errorf("published: %s", public)
	}
	for _, secret := range []string{"样例", "2026-000", "监测报告", "boss"} {
		if bytes.Contains(public, []byte(secret)) {
			w.t.Errorf("the public text holds %q", secret)
		}
	}
	sum := sha256.Sum256(sealed)
	if got := hex.EncodeToString(sum[:]); got != p.SHA256 {
		w.t.Errorf("the sealed file has the hash %s, the public was told %s", got, p.SHA256)
	}
}

// TestAssessCountsThePlan: what fell due in a year and nobody did is missed, milestone by milestone.
func TestAssessCountsThePlan(t *testing.T) {
	storyFrom(t, september, soonJudged, func(w *world) {
		boss := w.officer("boss")
		boss.says("/assess 2017").sees("2017年度考核").presses("部门").presses("1").sees("计划节点按期完成率：0%（0/").sees("未通过")
		boss.presses("1").sees("❌ ")
		a := w.assessment("2017")
		for _, r := range a.Results {
			m, _ := r.Mark("dept_milestones")
			for _, x := range m.Refs {
				if _, ok := w.district.Plan.Measure(plan.ItemOf(x.ID)); !ok || x.Got != 0 {
					t.Errorf("%s is judged by %+v", r.Unit.Name, x)
				}
			}
		}
	})
}

// TestFilesOfAComment stay in the evidence store when the sweep goes by, weeks later.
func TestFilesOfAComment(t *testing.T) {
	storyFrom(t, september, soonJudged, func(w *world) {
		boss, chief := w.officer("boss"), w.officer("chief-shoule")
		w.until("2026-10-01 09:30")
		boss.says("/assess 2026Q3").presses("乡镇").presses("1").presses("4").presses("✍️ 填报").says("80").says("乐环监〔2026〕9号")
		boss.says("/assess 2026Q3").presses("📨 征求意见")
		chief.presses("💬 有意见").photographs(7, "报告首页在这里").presses("📨 提交意见")
		names := w.assessment("2026-Q3").Comments[0].Files
		held, err := w.app.store.DossierFiles(context.Background())
		if err != nil || len(names) != 1 || !slices.Contains(held, names[0].Unique) || names[0].SHA256 == "" {
			t.Errorf("the comment names %+v, and the sweep spares %v, %v", names, held, err)
		}
	})
}
