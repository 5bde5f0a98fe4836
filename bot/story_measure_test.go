package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// progressOf reads what is stored of an occurrence, and its history.
func (w *world) progressOf(id string) (p plan.Progress, history []string) {
	w.t.Helper()
	ctx := context.Background()
	d, err := w.app.store.Dossier(ctx, plan.Kind, id)
	if err != nil {
		w.t.Fatal(err)
	}
	if err = d.Into(&p); err != nil {
		w.t.Fatal(err)
	}
	raw, err := w.app.store.DossierHistory(ctx, plan.Kind, id)
	if err != nil {
		w.t.Fatal(err)
	}
	lines := make([]string, len(raw))
	for i, line := range raw {
		lines[i] = string(line)
	}
	return p, lines
}

// TestMilestoneFromProgressToAcceptance: the lead reports how far it is, a supporting department adds its part, the supervisor
// returns what is said to be done while somebody complains of the very thing, and accepts it only after being asked once more.
// When the case is closed nothing speaks against it any more. Everything is on record with the hashes of its files.
func TestMilestoneFromProgressToAcceptance(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		housing, water, farming := w.officer("clerk-housing"), w.officer("clerk-water"), w.officer("clerk-farming")
		housing.says("/measure 22").presses("2").sees("🎯 22-2").presses("📝 报告进展").sees("百分之几").says("三成").sees("百分之几").says("30%")
		housing.sees("进度 30%").photographs(1, "北门河段清淤完成，岸边垃圾已清运").sees("附件 1 个").presses("✅ 提交").sees("进展已记录").sees("进度 30%")
		water.says("/measure 22").presses("2").presses("🤝 补充配合情况").says("已完成上游截污口排查，共封堵三处").presses("✅ 提交").sees("牵头部门会看到")
		housing.sees("配合部门有补充").sees("区水务局").sees("封堵三处")
		farming.says("/measure 22").presses("2")
		if farming.lastHasButton("📝 报告进展") || farming.lastHasButton("🤝 补充配合情况") {
			t.Error("whoever has no part in it may report")
		}

		ma := w.citizen("马")
		ma.submits("寿乐镇土官口村河沟的水又黑又臭，是黑臭水体")
		boss.says("/measure 22").sees("未办结举报 0 件")
		desk.presses("✅ 受理")
		boss.says("/find " + caseNumber(w, ma.number())).presses("📗 第 22 项").sees("未办结举报 1 件").presses("📂 举报 1 件").sees("与这一项有关的未办结举报（共 1 件）")
		housing.says("/measure 22").presses("2").presses("📝 报告进展").presses("✅ 已经完成").says("建成区黑臭水体已经基本消除").presses("✅ 提交").sees("已报监督员审核").sees("有争议")
		boss.sees("节点报告完成，请审核").sees("还有 1 件相关举报没有办结").presses("↩️ 退回").says("还有群众举报，请先核实").sees("已退回牵头部门")
		housing.sees("节点被退回").sees("还有群众举报")
		housing.presses("📝 报告进展").presses("✅ 已经完成").says("已现场核实，正在处理这一处").presses("✅ 提交")
		boss.says("/milestones review").sees("有争议（举报 1）").presses("1").presses("✅ 通过").sees("确定通过吗").presses("✅ 仍然通过").sees("已通过").sees("有争议")
		housing.sees("节点审核通过")

		li.presses("接办").handsIn("已清淤并封堵排口，水已变清")
		desk.presses("🏁 通过并答复").presses("就这样发出")
		boss.says("/measure 22").sees("未办结举报 1 件") // answered: the reporter has the word
		ma.presses("已解决")
		boss.says("/measure 22").sees("未办结举报 0 件").presses("2").seesLast("✅ 已完成").presses("🕒 经过").sees("审核通过（当时还有 1 件举报未办结）")
		p, events := w.progressOf("22-2")
		if p.State != plan.Accepted || p.RuledBy != "boss" || len(p.Files) != 1 || len(p.Files[0].SHA256) != 64 || len(p.Shares) != 1 {
			t.Errorf("stored as %+v", p)
		}
		if len(events) != 6 || !strings.Contains(events[0], `"did":"report"`) || !strings.Contains(events[0], `"by":"clerk-housing"`) || !strings.Contains(events[5], p.Files[0].SHA256) {
			t.Errorf("history:\n%s", strings.Join(events, "\n"))
		}
		if _, err := w.app.sweepEvidence(context.Background(), time.Now().AddDate(0, 0, 30)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.app.vault.Info(context.Background(), p.Files[0].SHA256); err != nil {
			t.Errorf("the photo that backs the report was swept away: %v", err)
		}
		w.golden("milestone_to_acceptance.txt")
	})
}

// TestMilestonesAreChased: what is coming due is told to its lead in one message a day, what is late is urged, ordered by one
// numbered document a department and pressed, each once; who keeps silent is named to the supervisors.
func TestMilestonesAreChased(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		boss, housing, water := w.officer("boss"), w.officer("clerk-housing"), w.officer("clerk-water")
		w.until("2017-12-24 08:40")
		housing.sees("计划节点将到期（3 个）").sees("22-1").sees("还有 7 天").seesNot("23-1")
		boss.sees("区财政局 没有可以联系的经办人（1 个节点：48-1）")
		w.until("2017-12-30 08:40")
		if n := housing.count("计划节点将到期"); n != 2 {
			t.Errorf("%d reminders", n)
		}
		w.until("2018-01-01 08:40")
		housing.sees("催办：计划节点逾期（3 个）").presses("✅ 已收到").sees("已签收 3 个节点")
		w.until("2018-01-10 08:40")
		housing.sees("催办通知书 乐环催〔2018〕1号").sees("22-4.2017H2")
		boss.sees("催办通知书 区住房和规划建设局：22-1、22-2、22-4.2017H2")
		if n := len(housing.papers()); n != 1 {
			t.Errorf("%d documents for three milestones", n)
		}
		w.until("2018-01-11 08:40")
		boss.sees("未签收：22-1、22-2、22-4.2017H2（样例·clerk-housing）")
		w.until("2018-01-30 08:40")
		housing.sees("督办单 乐环督〔2018〕1号").presses("✅ 已收到")
		w.until("2018-02-08 08:40")
		for key, want := range map[string]int{"催办：计划节点": 1, "催办通知书 乐环": 1, "督办单 乐环": 1} {
			if n := housing.count(key); n != want {
				t.Errorf("%q came %d times", key, n)
			}
		}
		if n := water.count("计划节点"); n != 0 {
			t.Errorf("whoever supports is chased %d times", n)
		}
		housing.says("/measure 22").presses("1").sees("📌 督办 乐环督〔2018〕1号").presses("📄 文书").sees("乐环催〔2018〕1号（22-1")
		housing.presses("🖨 打印件").sees("乐环督〔2018〕1号，可以直接打印")
		if text := printed(t, housing.receives(".pdf")); !strings.Contains(text, "督办单") || !strings.Contains(text, "乐政办〔2017〕125号") {
			t.Errorf("the document says:\n%s", text)
		}
		p, _ := w.progressOf("22-1")
		if len(p.Ladder) != 3 || len(p.Letters) != 2 || !strings.Contains(p.Letters[0].Text, "乐政办〔2017〕125号") {
			t.Errorf("stored as %+v", p)
		}
	})
}

// TestPlanLoadedLateBringsOneMessage: years after its dates nobody gets a flood: the supervisors read one number, once.
func TestPlanLoadedLateBringsOneMessage(t *testing.T) {
	storyFrom(t, monday, clerks, func(w *world) {
		boss, housing := w.officer("boss"), w.officer("clerk-housing")
		w.until("2026-11-03 08:40")
		boss.sees("工作计划已载入").sees("有 230 个节点早已过期（最早 2017-09-30，最近 2020-12-31）").presses("🔴 逾期").sees("计划节点（48 个")
		w.until("2026-11-05 08:40")
		w.sleep(time.Hour)
		if a, b := boss.count("工作计划已载入"), housing.count("节点"); a != 1 || b != 0 {
			t.Errorf("the supervisor heard %d times, a clerk %d", a, b)
		}
	})
}

// seesLast fails the test unless the newest message of the bot holds the words.
func (p *person) seesLast(words string) *person {
	p.w.t.Helper()
	if !strings.Contains(p.last(), words) {
		p.w.t.Fatalf("the last that %s sees is %q, without %q", p.Name(), p.last(), words)
	}
	return p
}
