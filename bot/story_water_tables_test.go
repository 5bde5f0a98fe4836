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

// TestWater_ATableAsOfficesExportIt: columns that no reading has are left out and named, units stand as they do, sections go by their short
// names; a table without numbers of reports comes from its file.
func TestWater_ATableAsOfficesExportIt(t *testing.T) {
	storyFrom(t, september, waterClerks, func(w *world) {
		clerk := w.officer("clerk-bureau")
		clerk.does(func() {
			clerk.SendsDocument("八月手工监测.csv", "", []byte("序号,河流,监测断面,采样日期,采样时间,pH（无量纲）,氨氮/(mg/L),总磷 mg/L,汞/μg/L,铅,铜,电导率(μS/cm),水质类别,备注\n"+
				"1,湟水,老鸦峡口,2026-08-04,09:30,7.8,0.41,0.05,0.04L,<0.01,未检出,512,Ⅱ,\n"+
				"2,引胜沟,土官口 断面,2026-08-05,10:00,7.9,0.3,0.04,0.04L,0.002L,0.001L,480,Ⅱ,晴\n"+
				"3,引胜沟,土官口,2026-08-05,16:00,7.9,0.3,0.04,0.04L,0.002L,0.001L,480,Ⅱ,晴\n"))
		})
		clerk.sees("这些列不登记：序号 · 河流 · 采样时间 · 电导率(μS/cm) · 水质类别 · 备注").sees("数据来源记为文件名“八月手工监测.csv”")
		clerk.sees("有 1 处要改").sees("第 4 行 同一断面同一天（2026-08-05）有两行：请合成一行").sees("新登记 2 条").presses("✅ 登记").sees("已登记 2 条")
		r := w.readingOf("laoyaxia", "2026-08-04")
		if r.Now.Report != "八月手工监测.csv" {
			t.Errorf("it comes from %q", r.Now.Report)
		}
		for item, want := range map[string]string{"ph": "7.8", "nh3n": "0.41", "tp": "0.05", "hg": "0.00004L", "pb": "0.01L", "cu": "ND"} {
			if got := r.Now.Values[item].String(); got != want {
				t.Errorf("%s is %q, want %q", item, got, want)
			}
		}
	})
}
