package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/plan/read"
	"github.com/gridwarden/gridwarden/seeds"
)

const excerpt = `海东市乐都区2018年度水污染防治工作方案
乐政办〔2018〕60号
一、主要任务
1.全面加强污水管网配套建设。2018年6月底前建成污水管网5公里。（牵头部门：区住房和规划建设局；配合部门：区水务局、气象局）
3.治理黑臭水体。每季度公布一次治理情况。（区住建局牵头，区水务局配合
`

// TestPlanIsImported: what was read is shown with what is unsure, nothing is kept unless somebody agrees, and the program at work
// takes the plan over within a minute.
func TestPlanIsImported(t *testing.T) {
	story(t, func(w *world) {
		file := filepath.Join(t.TempDir(), "plan.txt")
		if err := os.WriteFile(file, []byte(excerpt), 0o600); err != nil {
			t.Fatal(err)
		}
		at := func(input string, args ...string) (int, string) {
			t.Helper()
			args = append([]string{"import", "plan", file, "--redis-url", w.parts.Redis.URL, "--keys", strings.Repeat("0123456789abcdef", 4)}, args...)
			code, out, errs := call(t, input, args...)
			return code, out + errs
		}
		code, said := at("n\n")
		for _, want := range []string{
			"乐政办〔2018〕60号", "2 项任务，2 项", "牵头 区住房和规划建设局；配合 区水务局、区气象局", "1-1 [2018-06-30 前 ≥5公里]", "3-1 [每季度]",
			"（第 5 行） 第 3 项： 缺少编号 2", "括号没有关上", "没有“区气象局”", "举报将不再关联到任务：湟水干流区", "[y/N]", "没有保存。",
		} {
			if code != 0 || !strings.Contains(said, want) {
				t.Errorf("%d, without %q:\n%s", code, want, said)
			}
		}
		w.sleep(2 * time.Minute)
		if got := len(w.app.current.Load().Plan.Measures); got != 47 {
			t.Errorf("%d measures in force, and nobody agreed", got)
		}
		if code, said = at(""); code != 0 || !strings.Contains(said, "--yes") {
			t.Errorf("nobody was there to ask: %d %s", code, said)
		}
		if code, said = at("", "--yes"); code != 0 || !strings.Contains(said, "已保存") {
			t.Errorf("%d %s", code, said)
		}
		w.sleep(2 * time.Minute)
		d := w.app.current.Load()
		if got := d.Plan; len(got.Measures) != 2 || got.Measures[1].Item != 3 || got.Measures[1].Lead != "区住房和规划建设局" {
			t.Errorf("in force: %+v", got)
		}
		if m := d.Plan.Measures[0]; len(m.Covers) != 0 || m.Milestones[0].ID != "1-1@1" {
			t.Errorf("an item of another chapter took over %v, or the state of another promise: %s", m.Covers, m.Milestones[0].ID)
		}
		if code, said = at("", "--yes"); code != 0 {
			t.Error(said)
		}
		w.restart()
		if got := w.app.current.Load().Plan; got.Number != "乐政办〔2018〕60号" || got.Measures[0].Milestones[0].ID != "1-1@1" {
			t.Errorf("after a restart, and the same plan once more: %+v", got)
		}
		history, err := w.app.store.DossierHistory(context.Background(), planKind, planInForce)
		if err != nil || len(history) != 2 || !strings.Contains(string(history[0]), "plan.txt") {
			t.Errorf("history %s, %v", history, err)
		}
	})
}

// What is written for a district's folder is what the folder holds, and machines can read the answer.
func TestPlanIsWrittenForTheFolder(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "plan.yaml")
	if code, said, errs := call(t, "", "import", "plan", "../seeds/ledu/plan.txt", "--out", out); code != 0 || !strings.Contains(said, "47 项任务") {
		t.Fatalf("%d %s %s", code, said, errs)
	}
	folder := copyOf(t, seeds.Ledu)
	var err error
	if folder["plan.yaml"].Data, err = os.ReadFile(out); err != nil {
		t.Fatal(err)
	}
	again, err := seeds.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(again.Plan)
	b, _ := json.Marshal(d.Plan)
	if !bytes.Equal(a, b) {
		t.Error("the text of the plan is not read as the folder has it")
	}
	code, said, _ := call(t, "", "import", "plan", "../seeds/ledu/plan.txt", "--json", "--dry-run")
	var got read.Result
	if err := json.Unmarshal([]byte(said), &got); code != 0 || err != nil || len(got.Plan.Measures) != 47 || len(got.Findings) == 0 {
		t.Errorf("%d %v %s", code, err, said[:min(len(said), 300)])
	}
	empty := filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, []byte("今天天气很好。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said, errs := call(t, "", "import", "plan", empty, "--yes"); code != 1 || !strings.Contains(said, "没有读到任务") || !strings.Contains(errs, "nothing was changed") {
		t.Errorf("%d %s %s", code, said, errs)
	}
}
