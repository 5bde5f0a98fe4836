package picture_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

func TestHasGlyph(t *testing.T) {
	for _, r := range "乐都区瞿昙镇碾伯街道，。：；（）《》“”—…①②ⅠⅤⅩ℃℉²³μ±≤≥×→AZaz09%@ é" {
		if !picture.HasGlyph(r) {
			t.Errorf("no glyph for %q", r)
		}
	}
	for _, r := range "😀₅𠮷\u200bǎ" {
		if picture.HasGlyph(r) {
			t.Errorf("a glyph for %q", r)
		}
	}
	if got := picture.MissingGlyphs("水😀土\n₅😀"); string(got) != "😀₅" {
		t.Errorf("missing %q", string(got))
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"PM₂.₅ 超标":        "PM2.5 超标",
		"💧 水\ufe0f":       "水",
		" 两\n行\t\u3000字 ": "两 行 字",
		"𠮷家村":             "?家村",
		"ﬁne Ⅳ":           "fine Ⅳ",
		"劣Ⅴ类 ǎ":           "劣Ⅴ类 ?",
		"":                "",
	} {
		if got := picture.Printable(text); got != want || len(picture.MissingGlyphs(got)) > 0 {
			t.Errorf("Printable(%q) = %q, want %q", text, got, want)
		}
	}
}

// Ensure that no Chinese character of the district's data and of the catalogue of texts comes out as an empty box. A
// rune that fails here goes into font/extra.txt, and font/subset.py makes the font anew.
func TestEveryNameHasItsGlyphs(t *testing.T) {
	read := 0
	for _, folder := range []string{filepath.Join("..", "..", "seeds"), filepath.Join("..", "texts")} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || entry.IsDir() || !worded(path) {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			read++
			for _, r := range picture.MissingGlyphs(string(data)) {
				if unicode.Is(unicode.Han, r) {
					t.Errorf("%s: no glyph for %q (%U)", path, r, r)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read == 0 {
		t.Error("no file was read")
	}
}

// worded tells whether a file holds names or texts rather than code.
func worded(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json", ".geojson", ".csv", ".yaml", ".yml", ".txt":
		return true
	}
	return false
}

// Ensure that a label is drawn in the font that is checked, not in one that lacks Chinese: two towns differ.
func TestLabelsAreDrawnInTheFont(t *testing.T) {
	one := []picture.Series{{Name: "新增", Values: []float64{1}}}
	a, err := picture.Bars("标题", "件", []string{"寿乐镇"}, one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := picture.Bars("标题", "件", []string{"高庙镇"}, one)
	if err != nil || bytes.Equal(a, b) {
		t.Errorf("two names look the same (%v)", err)
	}
}
