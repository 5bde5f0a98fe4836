package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/site"
)

// newSites writes rows for new sites below what the book has, from the heading's order: number, kind, name, cell, lon, lat.
func (b *handBook) newSites(from, n int, kind, cell string) {
	b.t.Helper()
	for i := range n {
		row := strconv.Itoa(from + i)
		for column, v := range map[string]string{"B": kind, "C": fmt.Sprintf("导入的%s%d号", kind, i+1), "D": cell, "E": "102.404", "F": "36.5377"} {
			if err := b.file.SetCellStr(b.name, column+row, v); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// Sites come by spreadsheet: what would change is shown first, counts when it is confirmed, and is taken back; a row that is gone
// closes its site and loses nothing.
func TestSites_BySpreadsheet(t *testing.T) {
	story(t, func(w *world) {
		admin, li := w.officer("root-admin"), w.officer("li")
		book := admin.exports("sites")
		book.newSites(2, 3, "入河排污口", "寿乐镇")
		admin.sends(book).sees("新增3").sees("导入的入河排污口2号").presses("确认导入").sees("已生效")
		li.says("/sites").sees("共 3 个").sees("PW0003")
		admin.sends(book).sees("没有要改的") // the same sheet again means the same sites

		book = admin.exports("sites")
		row := book.row("导入的入河排污口2号")
		if err := book.file.SetCellStr(book.name, "C"+strconv.Itoa(row), "改了名的排口"); err != nil {
			t.Fatal(err)
		}
		book.removes(book.row("导入的入河排污口3号"))
		admin.sends(book).sees("改了名的排口").presses("确认导入")
		if a, b := w.siteOf("PW0002"), w.siteOf("PW0003"); a.Name != "改了名的排口" || b.State != site.Closed {
			t.Errorf("stored %+v, %+v", a, b)
		}
		li.says("/sites").sees("共 2 个")
		admin.says("/imports").presses("撤销 1").presses("确认导入")
		if a, b := w.siteOf("PW0002"), w.siteOf("PW0003"); a.Name != "导入的入河排污口2号" || b.State != site.Active {
			t.Errorf("taken back: %+v, %+v", a, b)
		}
		li.says("/site PW0003").presses("经过").sees("注销").sees("恢复")
		li.addsSite("入河排污口", "现场登记的排口", 102.404, 36.5377).sees("PW0004")

		bad := admin.exports("sites")
		bad.newSites(6, 1, "飞碟", "某某镇")
		admin.sends(bad).sees("种类").sees("飞碟").sees("某某镇")
		if admin.last() == "" || strings.Contains(admin.last(), "确认导入") {
			t.Error("a bad sheet can be confirmed")
		}
	})
}

// A district's thousands of sites come in one sheet.
func TestSites_Thousands(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	story(t, func(w *world) {
		const n = 3000
		admin, li := w.officer("root-admin"), w.officer("li")
		book := admin.exports("sites")
		book.newSites(2, n, "农家乐", "寿乐镇")
		admin.sends(book).sees(fmt.Sprintf("新增%d", n)).presses("确认导入").sees("已生效")
		li.says("/sites").sees(fmt.Sprintf("共 %d 个", n)).presses("下一页")
		again := admin.exports("sites")
		if at := again.row("NJ3000"); at == 0 {
			t.Error("the last one is missing")
		}
	})
}
