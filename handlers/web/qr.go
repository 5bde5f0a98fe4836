package web

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

const qrQuiet = 4 // modules of white around a code (ISO/IEC 18004)

// drawQR makes the code of a text.
func drawQR(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrCode{}, fmt.Errorf("web: QR code: %w", err)
	}
	side := code.Bounds().Dx()
	var b strings.Builder
	for y := range side {
		for x := range side {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+qrQuiet, y+qrQuiet)
			}
		}
	}
	return qrCode{Size: side + 2*qrQuiet, Path: b.String()}, nil
}
