package picture_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"testing"

	"github.com/boombuler/barcode/qr"

	"github.com/gridwarden/gridwarden/handlers/picture"
)

func label(number string) picture.Sticker {
	return picture.Sticker{
		Link: "https://t.me/gridwarden_bot?start=s_" + number, Number: number, Name: "样例·土官口村生活污水排口",
		Line: "入河排污口 · 寿乐镇土官口村", Hint: "扫码检查，发现污染扫码举报",
	}
}

// The picture of a sticker holds the code of its link, module by module, in black on white with a quiet zone; with
// GRIDWARDEN_SHOW a sheet is left in that file, to be looked at and scanned.
func TestSticker_HoldsTheCode(t *testing.T) {
	s := label("PW0012")
	data, err := picture.DrawSticker(s)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(s.Link, qr.Q, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	origin, side := finder(t, img)
	n := want.Bounds().Dx()
	if origin.X < 4*side || origin.Y < 4*side {
		t.Errorf("the code begins at %v, modules of %d pixels: no quiet zone", origin, side)
	}
	for y := range n {
		for x := range n {
			black, _, _, _ := want.At(x, y).RGBA()
			got, _, _, _ := img.At(origin.X+x*side+side/2, origin.Y+y*side+side/2).RGBA()
			if (black == 0) != (got < 0x8000) {
				t.Fatalf("module %d, %d is wrong", x, y)
			}
		}
	}
	if name := os.Getenv("GRIDWARDEN_SHOW"); name != "" {
		sheet, err := picture.DrawStickers([]picture.Sticker{label("PW0001"), label("PW0002"), label("PW0003")})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, sheet, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// finder is where the code begins, and the size of a module: its corner pattern is seven modules of black.
func finder(t *testing.T, img image.Image) (at image.Point, module int) {
	t.Helper()
	b := img.Bounds()
	for y := b.Min.Y + 3; y < b.Max.Y; y++ {
		for x := b.Min.X + 3; x < b.Max.X-3; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r > 0x1000 {
				continue
			}
			run := 0
			for r, _, _, _ := img.At(x+run, y).RGBA(); r < 0x1000; r, _, _, _ = img.At(x+run, y).RGBA() {
				run++
			}
			return image.Pt(x, y), run / 7
		}
	}
	t.Fatal("no black on the sticker")
	return image.Point{}, 0
}

// A sheet has its stickers side by side, and refuses more than fit.
func TestStickers_Sheet(t *testing.T) {
	one, err := picture.DrawSticker(label("PW0001"))
	if err != nil {
		t.Fatal(err)
	}
	four := []picture.Sticker{label("PW0001"), label("PW0002"), label("PW0003"), label("PW0004")}
	sheet, err := picture.DrawStickers(four)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := png.DecodeConfig(bytes.NewReader(one))
	b, err := png.DecodeConfig(bytes.NewReader(sheet))
	if err != nil || b.Width != 2*a.Width || b.Height != 2*a.Height {
		t.Errorf("one %dx%d, four %dx%d, %v", a.Width, a.Height, b.Width, b.Height, err)
	}
	if _, err := picture.DrawStickers(append(four, label("PW0005"))); err == nil {
		t.Error("five on a sheet of four")
	}
}
