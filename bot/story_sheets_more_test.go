package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// TestManyChangesComeAsATable: what fills no message is said in a column beside the rows, and that table can be sent back.
func TestManyChangesComeAsATable(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("cells")
		for row := 40; row < 60; row++ {
			b.writes(row, map[string]string{"曾用名": fmt.Sprint("老", row)})
		}
		admin.sends(b).sees("修改20").sees("共20处，详见所附表格")
		_, data := admin.document()
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		marked := &handBook{t, f, f.GetSheetList()[0]}
		rows, err := f.GetRows(marked.name)
		if err != nil {
			t.Fatal(err)
		}
		remarks := 0
		for _, r := range rows[1:] {
			if strings.Contains(r[len(r)-1], " → 老") {
				remarks++
			}
		}
		if remarks != 20 {
			t.Errorf("%d remarks in %v", remarks, rows[0])
		}
		for row := 40; row < 60; row++ {
			marked.writes(row, map[string]string{"层级": "9"})
		}
		admin.sends(marked).sees("20处错误，没有作任何改动")
		_, data = admin.document()
		if f, err = excelize.OpenReader(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		if rows, err = f.GetRows(f.GetSheetList()[0]); err != nil || !strings.Contains(rows[39][len(rows[39])-1], "“层级”：“9”不能用") {
			t.Errorf("remarks: %v, %v", rows[39], err)
		}
	})
}

// TestRosterTalk is the whole conversation, for whoever wants to see it.
func TestRosterTalk(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("roster")
		b.writes(b.row("样例·李某"), map[string]string{"角色": "村长"})
		admin.sends(b)
		b = admin.exports("roster")
		b.writes(b.size()+1, map[string]string{"姓名": "赵六", "职务": "村支书", "角色": "网格员", "网格": "寿乐镇", "任职起始日": "2026-11-02"})
		b.removes(b.row("样例·王某"))
		admin.sends(b).presses("确认导入").says("/imports").presses("撤销 1").presses("确认导入").says("/imports")
		w.golden("roster_by_spreadsheet.txt")
	})
}

// TestTableAtTheCommandLine: the same table with the same answers, and the program at work follows within a minute.
func TestTableAtTheCommandLine(t *testing.T) {
	story(t, func(w *world) {
		at := func(args ...string) (int, string) {
			t.Helper()
			args = append(args, "--redis-url", w.parts.Redis.URL, "--keys", strings.Repeat("0123456789abcdef", 4))
			code, out, errs := call(t, "", args...)
			return code, out + errs
		}
		file := filepath.Join(t.TempDir(), "settings.xlsx")
		if code, said := at("export", "settings", "--out", file); code != 0 {
			t.Fatal(said)
		}
		f, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b := &handBook{t, f, f.GetSheetList()[0]}
		change := func(value string) {
			t.Helper()
			b.writes(b.row("max_text"), map[string]string{"值": value})
			if err := f.Save(); err != nil {
				t.Fatal(err)
			}
		}
		if code, said := at("import", "settings", file); code != 0 || !strings.Contains(said, "没有要改的") {
			t.Errorf("unchanged: %d %s", code, said)
		}
		change("many")
		if code, said := at("import", "settings", file, "--yes"); code != 1 || !strings.Contains(said, "“值”：“many”不能用") {
			t.Errorf("a mistake: %d %s", code, said)
		}
		change("40")
		if code, said := at("import", "cells", file); code != 1 || !strings.Contains(said, "holds settings") {
			t.Errorf("another table: %d %s", code, said)
		}
		if code, said := at("import", "settings", file); code != 0 || !strings.Contains(said, "max_text 每件举报最多字数：值 3500 → 40") || !strings.Contains(said, "--yes") {
			t.Errorf("shown: %d %s", code, said)
		}
		w.sleep(2 * time.Minute)
		if got := w.app.current.Load().Settings.MaxText; got != 3500 {
			t.Errorf("max_text is %d before it was confirmed", got)
		}
		if code, said := at("import", "settings", file, "--yes"); code != 0 || !strings.Contains(said, "已生效：设置，共1处") {
			t.Errorf("made: %d %s", code, said)
		}
		w.sleep(2 * time.Minute)
		if got := w.app.current.Load().Settings.MaxText; got != 40 {
			t.Errorf("max_text is %d", got)
		}
		admin := w.officer("root-admin")
		admin.says("/imports").sees("命令行 设置：1处").presses("撤销 1").presses("确认导入").sees("已生效")
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	})
}

// TestChangesReachWhatIsAlreadyUnderWay: while the program puts a table into force, what people write meanwhile is
// neither lost nor done twice.
func TestChangesReachWhatIsAlreadyUnderWay(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("settings")
		b.writes(b.row("max_files"), map[string]string{"值": "15"})
		admin.sends(b)
		yes := confirming(admin)
		var people []*person
		for i := range 20 {
			people = append(people, w.citizen(fmt.Sprint("民", i)))
		}
		admin.does(func() {
			for i, p := range people {
				p.Says("/start")
				if i == 10 {
					admin.Forges(1, yes)
				}
			}
		})
		w.sleep(time.Minute)
		admin.sees("已生效")
		for _, p := range people {
			if n := len(p.FromBot()); n != 1 {
				t.Errorf("%s was answered %d times", p.Name(), n)
			}
		}
		if got := w.app.current.Load().Settings.MaxFiles; got != 15 {
			t.Errorf("max_files is %d", got)
		}
	})
}

// TestEverySettingSaysWhatItMeans: an official who edits the numbers reads what each is; a new setting needs its line in
// handlers/texts/zh-CN/settings.json and en/settings.json.
func TestEverySettingSaysWhatItMeans(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	district, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range district.Settings.List() {
		if key := "setting." + s.Name; !words.Has(key) {
			t.Errorf("there is no text %q", key)
		}
	}
}

// TestFewLongChangesFitAMessage: what is long rather than many comes as a table, too, and the question stays in sight.
func TestFewLongChangesFitAMessage(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("settings")
		for row := 2; row < 13; row++ {
			b.writes(row, map[string]string{"依据": strings.Repeat("长", 300), "备注": strings.Repeat("注", 300)})
		}
		admin.sends(b).sees("修改11").sees("共11处，详见所附表格").sees("请核对后确认")
		if confirming(admin) == "" {
			t.Errorf("nothing to confirm:\n%s", admin.screen())
		}
	})
}
