package workbook_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
)

func words(tb testing.TB) workbook.Words {
	tb.Helper()
	c, err := texts.New()
	if err != nil {
		tb.Fatal(err)
	}
	return workbook.Words{Catalogue: c, Lists: workbook.Lists{
		Cells:       []workbook.Cell{{Code: "630202", Name: "乐都区"}, {Code: "630202102", Name: "寿乐镇"}, {Code: "630202102201", Name: "王家庄村"}},
		Departments: []string{"区水务局", "区农牧局"},
	}}
}

// sample has a value in every column: of a closed set one of it, and otherwise what a spreadsheet likes to spoil.
func sample(k sheet.Kind) sheet.Table {
	t := sheet.Table{Kind: k}
	for i := range 3 {
		v := make(map[string]string)
		for _, c := range sheet.Columns(k) {
			switch c.Form {
			case sheet.Choice:
				v[c.Name] = c.Of[i%len(c.Of)]
			case sheet.Choices:
				v[c.Name] = strings.Join(c.Of[:i], ";")
			case sheet.Day:
				v[c.Name] = fmt.Sprintf("2017-0%d-25", i+1)
			case sheet.Code:
				v[c.Name] = fmt.Sprintf("00630202102%d", i)
			case sheet.Place:
				v[c.Name] = "630202102201"
			case sheet.Bureau:
				v[c.Name] = "区水务局"
			case sheet.Number:
				v[c.Name] = "36.477920"
			case sheet.Long:
				v[c.Name] = "=1+1\n第二行 <b>{who}</b>"
			default:
				v[c.Name] = "=cmd|' /C calc'!A0"
			}
		}
		t.Rows = append(t.Rows, sheet.Row{Values: v})
	}
	return t.Identify()
}

// What is written in one language and read by anybody is what it was.
func TestWrittenAndReadIsTheSame(t *testing.T) {
	w := words(t)
	for _, k := range sheet.Kinds() {
		for _, lang := range texts.Langs() {
			for name, remarks := range map[string]map[int]string{"plain": nil, "with remarks": {2: "不能用"}} {
				data, err := w.Write(lang, sample(k), remarks)
				if err != nil {
					t.Fatal(err)
				}
				got, err := w.Read(t.Context(), data)
				if err != nil {
					t.Fatalf("%s in %s, %s: %v", k, lang, name, err)
				}
				if edits := sheet.Diff(sample(k), got); got.Kind != k || len(edits) > 0 {
					t.Errorf("%s in %s, %s came back as %s with %+v", k, lang, name, got.Kind, edits)
				}
				for i, r := range got.Rows {
					if r.Line != i+2 {
						t.Errorf("row %d is said to be in line %d", i, r.Line)
					}
				}
			}
		}
	}
}

// The workbook explains itself: frozen headings, lists to choose from, days that are days, a sheet of notes.
func TestWorkbookExplainsItself(t *testing.T) {
	data, err := words(t).Write(texts.Chinese, sample(sheet.Roster), nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); !slices.Equal(got, []string{"人员名册", "说明", "选项"}) {
		t.Errorf("sheets %v", got)
	}
	if visible, _ := f.GetSheetVisible("选项"); visible {
		t.Error("the lists are in sight")
	}
	panes, err := f.GetPanes("人员名册")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	rules, err := f.GetDataValidations("人员名册")
	if err != nil || len(rules) != 3 {
		t.Errorf("%d columns to choose in, %v", len(rules), err)
	}
	kind, _ := f.GetCellType("人员名册", "G2")
	if shown, _ := f.GetCellValue("人员名册", "G2"); shown != "2017-01-25" || kind == excelize.CellTypeSharedString {
		t.Errorf("the day is %q of type %v", shown, kind)
	}
	notes, err := f.GetRows("说明")
	if err != nil || len(notes) != len(sheet.Columns(sheet.Roster))+2 || !strings.Contains(fmt.Sprint(notes), "网格长、网格员") {
		t.Errorf("notes %v, %v", notes, err)
	}
}

// People write days, roles and cells in many ways.
func TestWhatPeopleWrite(t *testing.T) {
	w := words(t)
	head := "人员编号,姓名,职务,角色,网格,部门,任职起始日,任职截止日,代理人编号\n"
	for cell, want := range map[string]map[string]string{
		"li,李 某,,网格员,寿乐镇,,2026/11/2,,":                         {"role": "inspector", "cell": "630202102", "from": "2026-11-02"},
		"li,李某,,Inspector,630202102 寿乐镇,,2026年11月2日,20261231,": {"role": "inspector", "cell": "630202102", "from": "2026-11-02", "until": "2026-12-31"},
		"li,李某,,chief,6.30202102201E+11,,46328,,":              {"role": "chief", "cell": "630202102201", "from": "2026-11-02"},
		"li,李某,,村长,某村,,明天,,":                                   {"role": "村长", "cell": "某村", "from": "明天"},
	} {
		for name, data := range map[string][]byte{"UTF-8": []byte("\xef\xbb\xbf" + head + cell), "GBK": gbk(t, head+cell), "tabs": []byte(strings.ReplaceAll(head+cell, ",", "\t"))} {
			got, err := w.Read(t.Context(), data)
			if err != nil {
				t.Fatalf("%s in %s: %v", cell, name, err)
			}
			for column, v := range want {
				if got.Rows[0].Values[column] != v {
					t.Errorf("%s in %s: %s is %q, want %q", cell, name, column, got.Rows[0].Values[column], v)
				}
			}
		}
	}
}

func gbk(t *testing.T, s string) []byte {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What is no table of ours says so, and what lacks a column says which.
func TestStrangeFilesAreRefused(t *testing.T) {
	w := words(t)
	for name, k := range map[string]struct {
		data []byte
		want error
	}{
		"empty":     {nil, workbook.ErrStrange},
		"a letter":  {[]byte("尊敬的管理员：\n您好"), workbook.ErrStrange},
		"a picture": {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), workbook.ErrDamaged},
		"a zip":     {zipped(t, map[string]int{"a.txt": 3}), workbook.ErrDamaged},
		"old":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1"), workbook.ErrDamaged},
		"large":     {make([]byte, workbook.MaxBytes+1), workbook.ErrTooLarge},
		"long":      {[]byte("编号\n" + strings.Repeat("x\n", 6000)), workbook.ErrTooLarge},
		"wide":      {[]byte(strings.Repeat("x,", 50) + "x"), workbook.ErrTooLarge},
		"bomb":      {zipped(t, map[string]int{"xl/workbook.xml": 64 << 20}), workbook.ErrDamaged},
	} {
		if _, err := w.Read(t.Context(), k.data); !errors.Is(err, k.want) {
			t.Errorf("%s: %v, want %v", name, err, k.want)
		}
	}
	var missing *workbook.MissingError
	_, err := w.Read(t.Context(), []byte("姓名,角色,网格\n李某,网格员,寿乐镇"))
	if !errors.As(err, &missing) || missing.Kind != sheet.Roster || !slices.Contains(missing.Labels, "任职起始日") {
		t.Errorf("missing columns: %v", err)
	}
}

// zipped packs files of so many spaces.
func zipped(t *testing.T, files map[string]int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, size := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(bytes.Repeat([]byte(" "), size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A text that a cell cannot hold is not cut off in silence.
func TestTooLongForACell(t *testing.T) {
	table := sheet.Table{Kind: sheet.Cells, Rows: []sheet.Row{{Values: map[string]string{"code": "1", "name": strings.Repeat("长", 40000)}}}}
	if _, err := words(t).Write(texts.Chinese, table, nil); !errors.Is(err, workbook.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

// A workbook with some bytes turned is read or refused, and never more than that.
func TestDamagedWorkbooksAreReadOrRefused(t *testing.T) {
	w := words(t)
	data, err := w.Write(texts.English, sample(sheet.Roster), nil)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		damaged := bytes.Clone(data)
		for range rapid.IntRange(1, 8).Draw(t, "bytes") {
			damaged[rapid.IntRange(0, len(data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		_, err := w.Read(context.Background(), damaged)
		var missing *workbook.MissingError
		if err != nil && !errors.Is(err, workbook.ErrDamaged) && !errors.Is(err, workbook.ErrTooLarge) && !errors.Is(err, workbook.ErrStrange) && !errors.As(err, &missing) {
			t.Fatalf("neither read nor refused: %v", err)
		}
	})
}

// Whatever is sent, reading ends soon, without a panic, and what is read has bounds.
func FuzzRead(f *testing.F) {
	w := words(f)
	for _, k := range sheet.Kinds() {
		data, err := w.Write(texts.English, sample(k), nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("name,role\n\"a,b"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		began := time.Now()
		table, err := w.Read(t.Context(), data)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("took %s", took)
		}
		if err == nil && (len(table.Rows) > 5001 || len(sheet.Columns(table.Kind)) == 0) {
			t.Errorf("%d rows of %q", len(table.Rows), table.Kind)
		}
	})
}
