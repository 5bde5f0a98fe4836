package picture_test

import (
	"bytes"
	"image/png"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

func order() picture.Document {
	return picture.Document{
		Issuer: "海东市乐都区环境保护局", Number: "乐环催〔2026〕1号", Title: "催办通知书", To: "寿乐镇（样例·李某）：",
		Paragraphs: []string{
			"你处承办的举报件A2026-00001反映水污染、固体废物问题，地点：乐都区寿乐镇。办结时限于2026-12-02届满，至2026-12-04仍未办结，已超期2天。",
			"催办原因：无正当理由超期未办结。", "请立即办理，并于2026-12-09前报告办理情况。",
			"依据：《环保举报热线工作管理办法》（环境保护部令第15号）第六条。",
		},
		Signed: "海东市乐都区环境保护局", Day: "2026年12月4日", Copy: "抄送：样例·寿乐网格长",
	}
}

// A document is a picture that Telegram takes: as wide as every other, as high as its text needs. With GRIDWARDEN_SHOW it is
// left in that file, to be looked at.
func TestDrawDocument_GrowsWithItsText(t *testing.T) {
	short, err := picture.DrawDocument(order())
	if err != nil {
		t.Fatal(err)
	}
	if name := os.Getenv("GRIDWARDEN_SHOW"); name != "" {
		if err = os.WriteFile(name, short, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	long := order()
	for range 30 {
		long.Paragraphs = append(long.Paragraphs, order().Paragraphs[0])
	}
	tall, err := picture.DrawDocument(long)
	if err != nil {
		t.Fatal(err)
	}
	a, errA := png.DecodeConfig(bytes.NewReader(short))
	b, errB := png.DecodeConfig(bytes.NewReader(tall))
	if errA != nil || errB != nil || a.Width != 1080 || a.Height < 1200 || a.Height > 1400 || b.Width != 1080 || b.Height < 4000 || b.Width+b.Height > 10000 {
		t.Errorf("%v %v: %dx%d and %dx%d", errA, errB, a.Width, a.Height, b.Width, b.Height)
	}
	long.Paragraphs = append(long.Paragraphs, strings.Repeat("水", 5000))
	if _, err := picture.DrawDocument(long); err == nil {
		t.Error("what Telegram would not take was drawn")
	}
	if again, err := picture.DrawDocument(order()); err != nil || !bytes.Equal(again, short) {
		t.Errorf("not the same bytes twice (%v)", err)
	}
}

// No line begins with a closing mark, ends with an opening one, or cuts a number or a date in two; no rune is lost.
func TestDrawDocument_LinesAsPrintersSetThem(t *testing.T) {
	text := strings.Repeat("举报件A2026-00001（水）于2026-12-02届满，《办法》第六条、第七条。", 12)
	lines := picture.Typeset(text, 900)
	if strings.Join(lines, "") != text {
		t.Errorf("not the same text: %q", lines)
	}
	for i, line := range lines {
		if i == 0 {
			continue
		}
		first, _ := utf8.DecodeRuneInString(line)
		last, _ := utf8.DecodeLastRuneInString(lines[i-1])
		if strings.ContainsRune("，。、）》：", first) || strings.ContainsRune("（《", last) || first < 0x80 && last < 0x80 {
			t.Errorf("line %d ends with %q, the next begins with %q", i, last, first)
		}
	}
}
