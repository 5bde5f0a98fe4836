package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// TestSupervisorExportsACase: the bundle comes as a file, holds nobody's identity, checks without the store, and is on
// record; nobody else may take one.
func TestSupervisorExportsACase(t *testing.T) {
	story(t, func(w *world) {
		boss, desk := w.officer("boss"), w.officer("desk")
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		desk.sees("待受理").presses("受理")
		w.sleep(40 * time.Hour)

		desk.says("/export " + number).sees("只对有相应职责的人员开放")
		ma.says("/export " + number)
		if name, _ := ma.document(); name != "" {
			t.Errorf("a citizen got %s", name)
		}
		boss.says("/export").sees("请写编号")
		boss.says("/export 2026-99999").sees("没有这个编号")
		boss.says("/export " + number + " originals").sees("只能随全卷提供")

		boss.says("/find " + number).presses("导出留痕包").sees("对外")
		name, data := boss.document()
		if name != "gridwarden-"+w.caseOf(number).CaseNo+".zip" {
			t.Errorf("the file is called %q", name)
		}
		r, err := bundle.Check(bytes.NewReader(data), int64(len(data)))
		if err != nil || len(r.Faults) > 0 || r.Copies != 0 || r.Files != 0 || r.Matter || len(r.Anchors) == 0 {
			t.Errorf("%+v, %v", r, err)
		}
		boss.says("/export case " + number + " court originals").sees("全卷")
		_, whole := boss.document()
		r, err = bundle.Check(bytes.NewReader(whole), int64(len(whole)))
		if err != nil || len(r.Faults) > 0 || r.Files != 1 || !r.Matter || r.Withheld != 0 {
			t.Errorf("%+v, %v", r, err)
		}
		c := w.caseOf(number)
		for _, secret := range []string{string(c.Reporter), "马", c.Code} {
			if bytes.Contains(whole, []byte(secret)) {
				t.Errorf("the bundle tells %q", secret)
			}
		}
		exports := 0
		for _, e := range w.history(c) {
			if e.Action == casework.Export {
				exports++
				if e.By != "boss" || !strings.HasPrefix(e.Via, "update/") || e.Note["for"] == "" {
					t.Errorf("on record as %+v", e)
				}
			}
		}
		if exports != 2 {
			t.Errorf("%d exports on record", exports)
		}
	})
}

// TestExportByCommand writes a bundle beside the program at work, puts that on record, and `verify bundle` checks it with
// neither store nor key; an altered one is found.
func TestExportByCommand(t *testing.T) {
	dir := t.TempDir()
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		w.sleep(2 * time.Minute)
		flags := []string{
			"--redis-url", w.parts.Redis.URL, "--redis-pool", "64", "--keys", strings.Repeat("0123456789abcdef", 4), "--media", w.parts.Media,
		}
		file := filepath.Join(dir, "a.zip")
		code, out, errs := call(t, "", append([]string{"export", "case", number, "--out", file, "--for", "court", "--originals"}, flags...)...)
		if code != 0 {
			t.Fatal(out + errs)
		}
		if code, _, errs = call(t, "", append([]string{"export", "case", number, "--out", file}, flags...)...); code == 0 || !strings.Contains(errs, "exists") {
			t.Errorf("written over: %d %s", code, errs)
		}
		code, _, errs = call(t, "", append([]string{"export", "case", number, "--out", file + "2", "--originals"}, flags...)...)
		if code == 0 || !strings.Contains(errs, "--for court") {
			t.Errorf("originals for anybody: %d %s", code, errs)
		}
		code, _, errs = call(t, "", append([]string{"export", "case", "2026-99999", "--out", file + "3"}, flags...)...)
		if _, err := os.Stat(file + "3"); code == 0 || err == nil || !strings.Contains(errs, "no case has the number") {
			t.Errorf("no such case: %d %s", code, errs)
		}
		code, out, errs = call(t, "", "verify", "bundle", file)
		if code != 0 || !strings.Contains(out, "留痕包完整："+number) || !strings.Contains(out, "1 份原件") {
			t.Errorf("%d %s", code, out+errs)
		}
		events := w.history(w.caseOf(number))
		if last := events[len(events)-1]; last.Action != casework.Export || last.By != "system" || last.Via != "command/export" {
			t.Errorf("on record as %+v", last)
		}
		if code, out = w.verify(); code != 0 {
			t.Errorf("afterwards: %s", out)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.LastIndex(data, []byte("MANIFEST"))
		data[at] = 'm'
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, _ = call(t, "", "verify", "bundle", "--lang", "en", file); code != 1 {
			t.Errorf("altered: %d %s", code, out)
		}
	})
}
