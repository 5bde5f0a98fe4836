package main

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// sets writes a value into a cell of the book.
func (b *handBook) sets(cell, v string) {
	b.t.Helper()
	if err := b.file.SetCellStr(b.name, cell, v); err != nil {
		b.t.Fatal(err)
	}
}

// enterpriseOf reads what is stored of an enterprise.
func (w *world) enterpriseOf(number string) enterprise.Enterprise {
	w.t.Helper()
	d, err := w.app.store.Dossier(context.Background(), enterprise.Kind, number)
	if err != nil {
		w.t.Fatal(err)
	}
	e, err := enterprise.Read(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// haveSites puts n sites of a kind on the register.
func (w *world) haveSites(admin *person, n int, kind string) {
	w.t.Helper()
	book := admin.exports("sites")
	book.newSites(2, n, kind, "寿乐镇")
	admin.sends(book).presses("确认导入").sees("已生效")
}

// Enterprises come by spreadsheet onto sites that there are: codes are checked by their check digit, what would change is shown first and
// counts when it is confirmed; a row that is gone takes the enterprise off the register, loses nothing, and comes back by undoing.
func TestEnterprises_BySpreadsheet(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		w.haveSites(admin, 3, "涉水企业")

		book := admin.exports("enterprises")
		for i, row := range [][]string{
			{"QY0001", "91350100M000100Y43", "PWX-1", "农副食品、屠宰、酿造", "", "是", "每季度", "2026-01-01"},
			{"QY0002", "91110000802100433B", "", "污水处理", "城镇污水处理厂", "", "", ""},
		} {
			for j, column := range []string{"A", "C", "D", "E", "F", "G", "H", "I"} {
				book.sets(column+strconv.Itoa(i+2), row[j])
			}
		}
		book.sets("M2", "是")
		book.sets("O2", "120000")
		admin.sends(book).sees("新增2").sees("QY0001").presses("确认导入").sees("已生效")
		e := w.enterpriseOf("QY0001")
		if e.Trade != enterprise.Food || !e.Key || e.Duty == nil || e.Duty.From != "2026-01-01" || e.Water == nil || e.Water.Quota != 120000 {
			t.Errorf("stored %+v", e)
		}
		if x := w.enterpriseOf("QY0002"); x.Exempt != enterprise.ExemptSewage || x.Water != nil {
			t.Errorf("stored %+v", x)
		}
		admin.sends(admin.exports("enterprises")).sees("没有要改的")

		book = admin.exports("enterprises")
		book.sets("C2", "91350100M000100Y44") // another check digit
		book.sets("A4", "QY0009")             // no such site
		book.sets("E4", "建材")
		admin.sends(book).sees("91350100M000100Y44").sees("校验位").sees("QY0009").sees("点位名册")
		if strings.Contains(admin.last(), "确认导入") {
			t.Error("a bad sheet can be confirmed")
		}

		book = admin.exports("enterprises")
		book.sets("D2", "PWX-2")
		book.removes(3)
		admin.sends(book).sees("PWX-2").sees("移出").presses("确认导入").sees("已生效")
		if a, b := w.enterpriseOf("QY0001"), w.enterpriseOf("QY0002"); a.Permit != "PWX-2" || b.Gone.IsZero() || b.Code == "" {
			t.Errorf("stored %+v, %+v", a, b)
		}
		admin.says("/imports").presses("撤销 1").presses("确认导入")
		if a, b := w.enterpriseOf("QY0001"), w.enterpriseOf("QY0002"); a.Permit != "PWX-1" || !b.Gone.IsZero() || b.Exempt != enterprise.ExemptSewage {
			t.Errorf("taken back: %+v, %+v", a, b)
		}
	})
}
