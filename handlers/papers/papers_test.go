package papers_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/gridwarden/gridwarden/handlers/papers"
)

func text(lines []papers.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.Join(append([]string{l.Text}, l.Cells...), "|") + "\n")
	}
	return b.String()
}

// The same words come out of every format in which offices send them.
func TestRead_Formats(t *testing.T) {
	const plain = "一、主要任务\n1.治理黑臭水体。（牵头部门：区水务局）"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := os.ReadFile("testdata/plan.pdf")
	if err != nil {
		t.Fatal(err)
	}
	utf16 := []byte{0xff, 0xfe}
	for _, r := range plain {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string][]byte{
		"utf-8": []byte("\ufeff" + plain), "gb18030": []byte(gb), "utf-16": utf16, "docx": docx(t), "pdf": pdf,
		"page": []byte("<html><head><title>x</title></head><body><p>一、主要任务</p>\n<p>1.治理黑臭\n水体。<b>（牵头部门：区水务局）</b></p></body></html>"),
	} {
		lines, err := papers.Read(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := strings.Join(strings.Fields(text(lines)), "")
		for _, want := range []string{"1.治理黑臭水体。", "牵头部门：区水务局"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text(lines))
			}
		}
	}
}

// docx is a document with numbers that Word makes by itself, something struck out, and a table.
func docx(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, body := range map[string]string{
		"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`,
		"word/document.xml": `<w:document xmlns:w="w"><w:body>` +
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>主要任务</w:t></w:r></w:p>` +
			`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>治理黑臭</w:t></w:r><w:del><w:r><w:t>臭</w:t></w:r></w:del><w:r><w:t>水体。（牵头部门：区水务局）</w:t></w:r></w:p>` +
			`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
			`</w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRead_WordKeepsNumbersAndTables(t *testing.T) {
	lines, err := papers.Read(docx(t))
	if err != nil || len(lines) != 3 || lines[0].Text != "一、主要任务" || len(lines[2].Cells) != 2 || lines[2].Cells[1] != "任务" {
		t.Errorf("%+v, %v", lines, err)
	}
}

// What cannot be read is refused by a sentence that says why.
func TestRead_Refused(t *testing.T) {
	for data, want := range map[string]error{
		"\xd0\xcf\x11\xe0\xa1\xb1": papers.ErrOldWord, "PK\x03\x04x": papers.ErrDamaged, "%PDF-1.7\nx": papers.ErrDamaged,
		"\xff\xff\xff": papers.ErrDamaged, strings.Repeat("x", papers.MaxBytes+1): papers.ErrTooLarge,
	} {
		if lines, err := papers.Read([]byte(data)); !errors.Is(err, want) || lines != nil {
			t.Errorf("%.8q: %v, want %v", data, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>"))
	f.Add([]byte("<html><p>一、"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if lines, err := papers.Read(data); err != nil && lines != nil {
			t.Error("both lines and an error")
		}
	})
}
