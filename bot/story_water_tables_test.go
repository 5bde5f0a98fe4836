package main

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// storedTable is a workbook of readings in which numbers are stored as given, letter by letter.
func (w *world) storedTable(rows ...string) []byte {
	w.t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for n, row := range rows {
		for i, cell := range strings.Split(strings.TrimSpace(row), ",") {
			at, err := excelize.CoordinatesToCellName(i+1, n+1)
			if err == nil {
				err = f.SetCellDefault("Sheet1", at, cell)
			}
			if err != nil {
				w.t.Fatal(err)
			}
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		w.t.Fatal(err)
	}
	return data.Bytes()
}

// TestWater_NumbersAsSpreadsheetsStoreThem: a workbook in which a spreadsheet stored amounts with an exponent, or with what a binary
// number lacks of the decimal one, is entered with the amounts that people wrote.
func TestWater_NumbersAsSpreadsheetsStoreThem(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk := w.officer("clerk-bureau")
		row := strings.NewReplacer("0.002,", "5.0000000000000002E-5,", "0.05,0.4", "5e-05,0.4").Replace(waterRow("老鸦峡口断面", "2026-08-04", "0.28000000000000003"))
		clerk.does(func() { clerk.SendsDocument("监测数据.xlsx", "", w.storedTable(waterHeads, row)) })
		clerk.sees("新登记 1 条").presses("✅ 登记").sees("已登记 1 条")
		for item, want := range map[string]string{"nh3n": "0.28", "as": "0.00005", "zn": "0.00005"} {
			if got := w.readingOf("laoyaxia", "2026-08-04").Now.Values[item].String(); got != want {
				t.Errorf("%s is %q, want %q", item, got, want)
			}
		}
	})
}
