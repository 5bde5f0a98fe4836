package paper_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"github.com/gridwarden/gridwarden/handlers/paper"
)

var made = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

func begin(t *testing.T, sheet paper.Sheet) *paper.Doc {
	t.Helper()
	d, err := paper.New(sheet, "举报件 A2026-00007", made)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// written is the file and the text of its pages.
func written(t *testing.T, d *paper.Doc) (raw []byte, pages []string) {
	t.Helper()
	var out bytes.Buffer
	if _, err := d.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if name := os.Getenv("GRIDWARDEN_SHOW"); name != "" { // to be looked at
		if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := pdf.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= r.NumPage(); n++ {
		var b strings.Builder
		for _, letter := range r.Page(n).Content().Text {
			b.WriteString(letter.S)
		}
		pages = append(pages, b.String())
	}
	return out.Bytes(), pages
}

func shades(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			img.Set(x, y, color.RGBA{R: uint8(x), G: uint8(y), B: 90, A: 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is printed can be searched and copied, and a table's head stands on every page that it reaches.
func TestDoc_TextCanBeRead_TableRunsOverPages(t *testing.T) {
	d := begin(t, paper.A4)
	d.Foot("海东市乐都区生态环境局")
	d.Heading("举报件档案 A2026-00007", 18)
	d.Paragraph("2026年11月20日，有人反映洪水镇姜湾村河道内有生活垃圾，已交办洪水镇。请在2026-12-05前办结，逾期将按规定督办。", paper.Style{Indent: true})
	d.Picture(shades(t, 200, 100), 200, 200)
	rows := [][]string{}
	for i := range 80 {
		rows = append(rows, []string{strconv.Itoa(i + 1), "2026-11-20 09:30", strings.Repeat("已到现场核查，垃圾正在清运。", 1+i%3)})
	}
	d.Table(paper.Table{Heads: []string{"序号", "时间", "办理经过"}, Widths: []float64{1, 3, 8}, Rows: rows})
	raw, pages := written(t, d)
	if !strings.Contains(pages[0], "举报件档案A2026-00007") && !strings.Contains(pages[0], "举报件档案 A2026-00007") {
		t.Errorf("the title cannot be read: %.200s", pages[0])
	}
	if len(pages) < 4 || d.Pages() != len(pages) {
		t.Errorf("%d pages, the document counts %d", len(pages), d.Pages())
	}
	all := strings.Join(pages, "")
	if n := strings.Count(all, "办理经过"); n != len(pages) {
		t.Errorf("the head stands %d times on %d pages", n, len(pages))
	}
	if n := strings.Count(strings.ReplaceAll(all, " ", ""), "已到现场核查"); n < 80 {
		t.Errorf("of 80 rows %d are there", n)
	}
	for i, p := range pages {
		if want := fmt.Sprintf("— %d —", i+1); !strings.Contains(p, want) {
			t.Errorf("page %d does not say %q", i+1, want)
		}
		if !strings.Contains(p, "海东市乐都区生态环境局") {
			t.Errorf("page %d has no foot", i+1)
		}
	}
	if len(raw) > 300<<10 {
		t.Errorf("%d bytes: only the letters that are used belong into the file", len(raw))
	}
}

// A board is one sheet of A3 with what was placed on it.
func TestDoc_BoardIsOneSheet(t *testing.T) {
	d := begin(t, paper.A3.Lying())
	d.BlankPage()
	y := d.TextAt(20*paper.MM, 20*paper.MM, 380*paper.MM, "河长公示牌", paper.Style{Size: 60, Align: paper.Centre, Color: paper.Red})
	d.Box(20*paper.MM, y+10, 200*paper.MM, 60*paper.MM, paper.Pale, paper.Gray)
	d.TextAt(24*paper.MM, y+20, 190*paper.MM, "责任人：样例\n职责：巡查、发现、报告", paper.Style{Size: 24})
	d.CodeAt(300*paper.MM, y, 80*paper.MM, "https://t.me/gridwarden_bot?start=c_630202102")
	d.PictureAt(240*paper.MM, y, 50*paper.MM, 50*paper.MM, shades(t, 90, 60))
	d.Line(0, y, 100, y, 1, paper.Black)
	_, pages := written(t, d)
	if len(pages) != 1 || !strings.Contains(pages[0], "河长公示牌") || strings.Contains(pages[0], "—") {
		t.Errorf("pages: %q", pages)
	}
}

// The same document is the same file, whoever made another meanwhile: documents share nothing.
func TestDoc_SharesNothing(t *testing.T) {
	one := func() []byte {
		d := begin(t, paper.A4)
		d.Paragraph("甲乙丙", paper.Style{})
		raw, _ := written(t, d)
		return raw
	}
	first := one()
	other := begin(t, paper.A4)
	other.Paragraph("完全不同的字", paper.Style{})
	written(t, other)
	if !bytes.Equal(first, one()) {
		t.Error("the same document became another file")
	}
}

// Faults are told when the file is written: what is no picture, too many pages, nothing at all.
func TestDoc_FaultsAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		make func(d *paper.Doc)
		want error
	}{
		"empty":     {make: func(*paper.Doc) {}},
		"a picture": {make: func(d *paper.Doc) { d.NewPage(); d.Picture([]byte("no picture"), 100, 100) }},
		"pages": {want: paper.ErrLong, make: func(d *paper.Doc) {
			for range paper.MaxPages + 1 {
				d.NewPage()
			}
		}},
	} {
		d := begin(t, paper.A4)
		c.make(d)
		_, err := d.WriteTo(&bytes.Buffer{})
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
