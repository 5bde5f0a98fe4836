package media

import (
	"image"
	"math/bits"

	"golang.org/x/image/draw"
)

// plain is the standard deviation of brightness, of 255, below which a picture has no features to compare: the sky, a
// wall, a covered lens. They would all look like each other.
const plain = 4

// Distance counts the bits in which two hashes differ: 0 for the same photo saved again, up to about 6 for a scaled or
// slightly cropped one, 10 and more for another photo. Never take it as proof alone: add place and time.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// dHash says for 8 x 8 places whether the picture gets brighter to the right; false when it is too plain to say.
func dHash(m image.Image) (uint64, bool) {
	small := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.BiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	var sum, squares float64
	for _, y := range small.Pix {
		sum += float64(y)
		squares += float64(y) * float64(y)
	}
	n := float64(len(small.Pix))
	if mean := sum / n; squares/n-mean*mean < plain*plain {
		return 0, false
	}
	var h uint64
	for y := range 8 {
		row := small.Pix[y*small.Stride:]
		for x := range 8 {
			h <<= 1
			if row[x+1] > row[x] {
				h |= 1
			}
		}
	}
	return h, true
}
