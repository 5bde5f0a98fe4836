package boardsheet_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/handlers/boardsheet"
	"github.com/gridwarden/gridwarden/handlers/paper"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

func sheet(form board.Form) boardsheet.Sheet {
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	var title, phone string
	if form == board.OfChief {
		title, phone = "样例·高庙镇镇长", "0972-8620000"
	}
	return boardsheet.Sheet{
		Board: board.Board{
			ID: "hs-103", Form: form, River: "湟水", Extent: "高庙镇段：上自碾伯街道界，下至老鸦峡口", Length: 12.5, Target: "IV", Section: "laoyaxia", Title: title, Phone: phone,
			Duties: []string{"行政第一责任人对本河段水质目标负责", "组织网格员定期巡查河岸、河道和入河排污口，发现问题及时制止、上报", "及时处理群众举报"},
			Goals:  []string{"河面无漂浮物"}, Rules: []string{"禁止向河道排放污水、倾倒垃圾和废弃物"},
		},
		Face:     board.Face{Person: "样例·马某", Water: board.Water{Class: "V", Worst: []map[string]string{{"zh-CN": "氨氮"}, {"zh-CN": "总磷"}}, Asof: day}},
		Township: "高庙镇", District: "海东市乐都区", Office: "海东市乐都区环境保护局", Hotline: "12345", Link: "https://t.me/gridwarden_bot?start=b_hs-103",
		Made: day, Location: time.UTC,
	}
}

// TestDraw: a board says what it has to, on one sheet. With GRIDWARDEN_PRINTS set the sheets are left there to be looked at.
func TestDraw(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range board.Forms() {
		s := sheet(form)
		data, err := boardsheet.Draw(words, s)
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("GRIDWARDEN_PRINTS"); dir != "" {
			if err = os.WriteFile(dir+"/board-"+string(form)+".pdf", data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		text := text(t, data)
		for _, want := range []string{"湟水高庙镇段", "老鸦峡口", "12.5公里", "Ⅴ类，未达到目标", "氨氮", "2026-11-02", "Ⅳ类", "样例·马某", "12345", "行政第一责任人", "hs-103"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the sheet does not say %q: %s", form, want, text)
			}
		}
	}
}

// TestDraw_RiverChief: the river chief's board has the chief's post and the office's telephone, or dashes, and calls nobody chief of a
// grid; the plan's board has no telephone of a person.
func TestDraw_RiverChief(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	set, unset := sheet(board.OfChief), sheet(board.OfChief)
	unset.Board.Title, unset.Board.Phone = "", ""
	for _, k := range []struct {
		name      string
		sheet     boardsheet.Sheet
		says, not []string
	}{
		{"set", set, []string{"河长样例·马某，职务：样例·高庙镇镇长", "联系方式0972-8620000"}, []string{"网格长"}},
		{"unset", unset, []string{"河长样例·马某，职务：—", "联系方式—"}, []string{"网格长", "0972"}},
		{"plan", sheet(board.OfPlan), []string{"责任人样例·马某（高庙镇网格长）"}, []string{"联系方式", "职务"}},
	} {
		data, err := boardsheet.Draw(words, k.sheet)
		if err != nil {
			t.Fatal(err)
		}
		text := text(t, data)
		for _, want := range k.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q: %s", k.name, want, text)
			}
		}
		for _, not := range k.not {
			if strings.Contains(text, not) {
				t.Errorf("%s: %q: %s", k.name, not, text)
			}
		}
	}
}

// text is what a sheet of one page says, without blanks.
func text(t *testing.T, data []byte) string {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if r.NumPage() != 1 {
		t.Errorf("%d pages", r.NumPage())
	}
	text, err := r.Page(1).GetPlainText(nil)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(text), "")
}

// TestDraw_TooMuch: what does not fit is said, and not cut.
func TestDraw_TooMuch(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	s := sheet(board.OfPlan)
	for range 60 {
		s.Board.Duties = append(s.Board.Duties, "组织网格员定期巡查河岸、河道和入河排污口，发现问题及时制止、上报")
	}
	if _, err := boardsheet.Draw(words, s); !errors.Is(err, paper.ErrLong) {
		t.Errorf("got %v", err)
	}
}
