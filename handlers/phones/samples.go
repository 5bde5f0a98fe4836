package phones

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"sync"
)

// The built-in pictures: what a citizen might photograph, and what the place looks like afterwards. They are painted
// by paint.go, so that nobody needs a photo at hand and no real place is shown.
var samples = map[string]func() []byte{
	"black_water": picture(scene{water: rgb{0.10, 0.09, 0.10}, foam: 0.55}),
	"rubbish":     picture(scene{water: clearWater, rubbish: true}),
	"smoke":       picture(scene{water: clearWater, smoke: true}),
	"cleaned":     picture(scene{water: clearWater}),
}

// sampleNames lists the pictures in the order of the menu.
func sampleNames() []string { return []string{"black_water", "rubbish", "smoke", "cleaned"} }

// sample returns a picture as JPEG, nil when there is none of that name.
func sample(name string) []byte {
	if !slices.Contains(sampleNames(), name) {
		return nil
	}
	return samples[name]()
}

const (
	sampleWidth  = 800
	sampleHeight = 600
)

// picture paints a scene when it is first asked for.
func picture(sc scene) func() []byte {
	return sync.OnceValue(func() []byte {
		img := image.NewRGBA(image.Rect(0, 0, sampleWidth, sampleHeight))
		for y := range sampleHeight {
			for x := range sampleWidth {
				c := sc.at(float64(x)/sampleHeight, float64(y)/sampleHeight)
				img.SetRGBA(x, y, color.RGBA{R: level(c.r), G: level(c.g), B: level(c.b), A: 255})
			}
		}
		var out bytes.Buffer
		_ = jpeg.Encode(&out, img, &jpeg.Options{Quality: 85}) // into memory, of a fixed size: cannot fail
		return out.Bytes()
	})
}

func level(v float64) uint8 { return uint8(255 * min(max(v, 0), 1)) }
