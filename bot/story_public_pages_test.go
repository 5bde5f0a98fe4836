package main

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// TestPublicPages: a township's page names its chief and nobody else; the board of the plan shows what a supervisor accepted,
// not what a department says; how to report and what is public stand there in both languages.
func TestPublicPages(t *testing.T) {
	story(t, func(w *world) {
		w.browses("/cells/630202102").reads("寿乐镇", "网格长", "土官口村", "目前没有正在办理的举报")
		if b := w.browses("/cells/630202102200"); b.res.Header.Get("Location") != "/cells/630202102" {
			t.Errorf("a village answers %s", b.res.Status)
		}
		for _, lost := range []string{"/cells/630202000", "/cells/1", "/measures/99", "/measures/x"} {
			if got := w.browses(lost).res.StatusCode; got != http.StatusNotFound {
				t.Errorf("%s answers %d", lost, got)
			}
		}
		w.browses("/measures").reads("乐政办〔2017〕125号", "列出 47 项任务", "区住房和规划建设局")
		w.browses("/measures?state=fulfilled").reads("没有符合条件的任务")
		w.browses("/measures/22").reads("治理城市黑臭水体", "逾期", "原文")
		w.browses("/how").reads("12345", `class="qr"`, "t.me/gridwarden_bot", "2个工作日", "受理后 30天内")
		w.browses("/en/how").reads("12345", "no name")
		w.browses("/en/about").reads("500 metres", "CC BY 4.0", "LGPL-3.0", "WCAG 2.2")
		w.browses("/").reads(`href="/how"`, `href="/measures?state=overdue"`, `class="river"`, "目前没有超期未答复的举报")
	})
}

// TestPublicPlan: what a department reports as done is not public until a supervisor accepted it.
func TestPublicPlan(t *testing.T) {
	storyFrom(t, december, clerks, func(w *world) {
		boss, housing := w.officer("boss"), w.officer("clerk-housing")
		housing.says("/measure 22").presses("2").presses("📝 报告进展").presses("✅ 已经完成").says("建成区黑臭水体已经基本消除").presses("✅ 提交")
		time.Sleep(2 * time.Minute)
		w.browses("/measures?state=fulfilled").reads("没有符合条件的任务")
		w.browses("/measures/22").readsNot("建成区黑臭水体已经基本消除", ">完成</span>")
		boss.says("/milestones review").presses("1").presses("✅ 通过")
		time.Sleep(2 * time.Minute)
		w.browses("/measures/22").reads(">完成</span>").readsNot("建成区黑臭水体已经基本消除")
		if d, err := w.app.store.Dossier(context.Background(), plan.Kind, "22-2"); err != nil || d.Version == 0 {
			t.Errorf("nothing is stored: %v", err)
		}
	})
}
