package phones

import (
	"math"
	"slices"
	"sync"
)

// rgb is a colour in parts from 0 to 1.
type rgb struct{ r, g, b float64 }

func (a rgb) mix(b rgb, t float64) rgb {
	t = min(max(t, 0), 1)
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}

func (a rgb) shade(f float64) rgb { return rgb{a.r * f, a.g * f, a.b * f} }

var clearWater = rgb{0.36, 0.55, 0.60}

// scene is a valley in the loess hills with a brook, and what is wrong with it.
type scene struct {
	water   rgb
	foam    float64
	rubbish bool
	smoke   bool
}

const horizon = 0.42

// at is the colour at a point; x goes from 0 to 4/3, y from 0 at the top to 1.
func (s scene) at(x, y float64) rgb {
	c := s.backdrop(x, y)
	if s.smoke {
		c = s.chimney(x, y, c)
	}
	if y > horizon {
		c = s.valley(x, y)
		if s.rubbish {
			c = heap(x, y, c)
		}
		if s.foam > 0 {
			c = s.outfall(x, y, c)
		}
	}
	corner := math.Hypot(x-0.667, y-0.5)
	return c.shade(1.04 - 0.28*corner*corner + 0.03*(noise(x*300, y*300)-0.5))
}

// backdrop is the sky with clouds, and two ranges of hills.
func (s scene) backdrop(x, y float64) rgb {
	c := rgb{0.53, 0.70, 0.86}.mix(rgb{0.87, 0.90, 0.90}, y/horizon)
	c = c.mix(rgb{0.97, 0.97, 0.96}, 1.6*(cloud(x*2.2, y*5)-0.52))
	if far := 0.27 + 0.07*math.Sin(3.1*x+0.6) + 0.05*cloud(x*5, 3); y > far {
		c = rgb{0.60, 0.62, 0.60}.mix(rgb{0.74, 0.72, 0.66}, (y-far)*5)
	}
	if near := 0.35 + 0.05*math.Sin(4.7*x+3.4) + 0.06*cloud(x*9, 8); y > near {
		c = rgb{0.55, 0.50, 0.36}.mix(rgb{0.42, 0.47, 0.28}, (y-near)*7).shade(0.88 + 0.24*cloud(x*24, y*40))
	}
	return c
}

// valley is the ground in perspective: fields, banks and the brook that winds towards us.
func (s scene) valley(x, y float64) rgb {
	depth := (y - horizon) / (1 - horizon)
	z := 1 / (depth + 0.06)
	ground := rgb{0.47, 0.53, 0.28}.mix(rgb{0.62, 0.56, 0.36}, 1.5*cloud(x*z*1.2, z*2)-0.3)
	ground = ground.shade(0.80 + 0.36*cloud(x*z*9, z*16))
	middle := 0.70 - 0.13*math.Sin(z*0.55+0.3)*(1-depth) - 0.10*depth
	half := 0.015 + 0.27*depth
	off := math.Abs(x-middle)/half + 0.22*(cloud(x*14, y*22)-0.5)
	switch {
	case off < 1:
		ripple := cloud(x*z*3, z*11)
		c := s.water.shade(0.72+0.5*ripple).mix(rgb{0.80, 0.87, 0.90}, 0.30*(1-depth)*(1-s.foam))
		c = c.mix(rgb{0.62, 0.68, 0.74}, s.foam*6*(cloud(x*z*1.5+3, z*30)-0.60)) // the sky on a thick film
		return c.mix(rgb{0.83, 0.78, 0.62}, s.foam*9*(cloud(x*z*4+9, z*7)-0.62))
	case off < 1.28:
		mud := rgb{0.48, 0.40, 0.30}.shade(0.75 + 0.5*cloud(x*60, y*60))
		return mud.mix(s.water.shade(0.8), s.foam*(1.28-off)*3)
	}
	return ground
}

// outfall is a pipe in the left bank that pours into the brook.
func (s scene) outfall(x, y float64, c rgb) rgb {
	const px, py, radius = 0.335, 0.655, 0.042
	if fall := px + 0.05 + 0.10*math.Sqrt(max(y-py, 0)); y > py && y < py+0.16 && math.Abs(x-fall) < 0.028+0.25*(y-py)*(y-py) {
		c = s.water.shade(0.8 + 0.9*cloud(x*50, y*9))
	}
	if x > px-0.14 && x < px && math.Abs(y-py) < radius { // the pipe, round and lit from above
		return rgb{0.62, 0.60, 0.57}.shade(1.05 - 14*math.Abs(y-py+0.012)).shade(0.9 + 0.2*cloud(x*40, y*40))
	}
	switch off := math.Hypot((x-px)*1.7, y-py) / radius; {
	case off < 0.72:
		return s.water.shade(0.7)
	case off < 1:
		return rgb{0.74, 0.72, 0.68}
	}
	return c
}

// chimney is a works on the left that smokes over the whole valley.
func (s scene) chimney(x, y float64, c rgb) rgb {
	const left, right, top = 0.27, 0.305, 0.13
	drift := x - right
	rise := top - 0.02 - 0.16*math.Sqrt(max(drift, 0)) + 0.05*(cloud(x*6, 1)-0.5)
	width := 0.022 + 0.17*max(drift, 0)
	if x > left+0.005 {
		thick := 1 - math.Abs(y-rise)/width
		c = c.mix(rgb{0.22, 0.21, 0.22}, 1.5*thick*(0.35+cloud(x*8-2, y*11)))
	}
	if x > left && x < right && y > top {
		c = rgb{0.66, 0.36, 0.30}.shade(0.7 + 12*(x-left))
		if math.Mod(y-top, 0.09) < 0.035 {
			c = rgb{0.87, 0.85, 0.82}.shade(0.7 + 10*(x-left))
		}
	}
	if x > 0.16 && x < 0.42 && y > 0.335 {
		c = rgb{0.58, 0.60, 0.62}.shade(0.85 + 0.2*noise(math.Floor(x*60), 3))
		if y > 0.36 && y < 0.385 && math.Mod(x, 0.04) < 0.025 {
			c = rgb{0.28, 0.34, 0.40}
		}
	}
	return c
}

// bags are the colours of what lies on the bank.
var bags = []rgb{{0.90, 0.90, 0.88}, {0.20, 0.35, 0.62}, {0.78, 0.20, 0.18}, {0.16, 0.16, 0.18}, {0.85, 0.72, 0.25}, {0.35, 0.55, 0.35}}

// piece is one bag or box of the heap.
type piece struct {
	x, y, wide, high, cos, sin float64
	colour                     rgb
	seed                       float64
}

// pieces are thrown onto the left bank, the farther ones first.
var pieces = sync.OnceValue(func() []piece {
	list := make([]piece, 150)
	for i := range list {
		n := float64(i)
		depth := n / float64(len(list))
		x := 0.27 + (0.34+0.1*depth)*(noise(n, 1)-0.5) + 0.03*noise(n, 2)
		y := 0.60 + 0.26*depth + 0.03*noise(n, 5) - 0.14*math.Exp(-40*(x-0.27)*(x-0.27))*(1-0.4*depth)
		size := 0.012 + 0.022*noise(n, 3)
		sin, cos := math.Sincos(3 * noise(n, 4))
		list[i] = piece{x, y, size, size * (0.5 + 0.5*noise(n, 6)), cos, sin, bags[int(noise(n, 7)*5.99)], n}
	}
	return list
})

// heap shows the nearest piece that covers the point.
func heap(x, y float64, c rgb) rgb {
	for _, p := range slices.Backward(pieces()) {
		dx, dy := x-p.x, y-p.y
		if math.Abs(dx) > 2*p.wide || math.Abs(dy) > 2*p.wide {
			continue
		}
		u, v := math.Abs(dx*p.cos+dy*p.sin)/p.wide, (dy*p.cos-dx*p.sin)/p.high
		if u*u*u+math.Abs(v*v*v) < 1 {
			return p.colour.shade(0.75 + 0.3*cloud(x*90+p.seed, y*90) - 0.2*v)
		}
	}
	return c
}

// cloud is noise of four octaves, from 0 to 1.
func cloud(x, y float64) float64 {
	sum, size := 0.0, 0.5
	for range 4 {
		sum += size * smooth(x, y)
		x, y, size = x*2.03+7.1, y*2.03+3.7, size/2
	}
	return sum / 0.9375
}

// smooth is noise between the points of a lattice.
func smooth(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := x-fx, y-fy
	u, v = u*u*(3-2*u), v*v*(3-2*v)
	top := noise(fx, fy)*(1-u) + noise(fx+1, fy)*u
	low := noise(fx, fy+1)*(1-u) + noise(fx+1, fy+1)*u
	return top*(1-v) + low*v
}

// noise is a number from 0 to 1 that looks like chance and is the same each time.
func noise(x, y float64) float64 {
	h := math.Float64bits(x)*0x9e3779b97f4a7c15 + math.Float64bits(y)*0xc2b2ae3d27d4eb4f
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	return float64(h>>40) / (1 << 24)
}
