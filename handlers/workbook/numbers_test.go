package workbook_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/handlers/workbook"
)

// stored is a workbook of one sheet as a program stores it, with the rows as they stand in its XML. Style 1 is a day, 2 has two
// places, 3 is text.
func stored(t *testing.T, rows string) []byte {
	t.Helper()
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const rels = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + kind + `styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships ` + rels + `><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + office + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships ` + rels + `><Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + main + `><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="2"/><xf numFmtId="49"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
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

// Numbers are read as people wrote them, whichever program stored them and however it is told to show them; days, codes and
// whatever is a text stay as they are.
func TestNumbersAreReadAsTheyWereWritten(t *testing.T) {
	got, err := workbook.Read(t.Context(), stored(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>数</t></is></c></row>`+
		`<row r="3"><c r="A3"><v>5.0000000000000002E-5</v></c><c r="B3" t="n"><v>5e-05</v></c><c r="C3"><v>0.28000000000000003</v></c><c r="D3" s="2"><v>4.0000000000000003E-5</v></c></row>`+
		`<row r="4"><c r="A4" t="inlineStr" s="2"><is><t>5e-05</t></is></c><c r="B4" t="str"><v>12E5</v></c><c r="C4" t="inlineStr" s="3"><is><t>0.28000000000000003</t></is></c>`+
		`<c r="D4" t="inlineStr"><is><t>916302021234567890</t></is></c></row>`+
		`<row r="5"><c r="A5" s="1"><v>46210</v></c><c r="B5" s="1"><v>46210.395833333336</v></c><c r="C5"><v>630202102201</v></c><c r="D5"><v>9.1630202123456794E+17</v></c></row>`+
		`<row r="6"><c r="A6"><v>-0.10000000000000001</v></c><c r="B6" t="str"><v>1e-05</v></c><c r="C6" s="3"><v>6.9999999999999999E-4</v></c><c r="D6"><v>1.2E3</v></c></row>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []workbook.Line{
		{1, []string{"数"}},
		{3, []string{"0.00005", "0.00005", "0.28", "0.00004"}},
		{4, []string{"5e-05", "12E5", "0.28000000000000003", "916302021234567890"}},
		{5, []string{"46210", "46210.3958333333", "630202102201", "9.1630202123456794E+17"}},
		{6, []string{"-0.1", "1e-05", "0.0007", "1200"}},
	}
	if !slices.EqualFunc(got.Rows, want, func(a, b workbook.Line) bool { return a.Number == b.Number && slices.Equal(a.Cells, b.Cells) }) {
		t.Errorf("read %+v\nwant %+v", got.Rows, want)
	}
	if day := workbook.Day(got.Rows[3].Cells[1], false); day != "2026-07-07" {
		t.Errorf("the moment is of %s", day)
	}
}
