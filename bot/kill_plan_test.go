package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// matters are what citizens complain about.
var matters = []string{
	"有人把污水直接排到沟里，水都发黑了", "砖厂烟囱一直冒黑烟，呛得睡不着觉", "工地半夜施工噪声太大，吵得没法休息",
	"路边堆了很多生活垃圾，臭气熏天没人清运", "养殖场粪污直接流到河里，水都变黑了", "有人在河道里偷偷采砂，把河岸都挖坏了",
	"有车夜里往沟里倾倒建筑垃圾", "饭店油烟直接排到居民楼，味道很大",
}

// newTalk makes citizen number i with a matter, an order in which to tell it and an ending.
func (tr *trial) newTalk(i int) *talk {
	r := tr.random(1000 + uint64(i))
	id := int64(10000 + i)
	p := tr.emulator.User(id, fmt.Sprintf("citizen-%d", i), "zh-hans")
	town := tr.towns[r.IntN(len(tr.towns))]
	c := &talk{
		x: tr.exchange, person: p, phone: tr.exchange.open(p), point: near(r, *town.Centre, .02),
		burst: r.IntN(4) == 0, confirmed: make(map[string]int), followed: make(map[string]int),
	}
	words := matters[r.IntN(len(matters))]
	switch n := r.IntN(20); {
	case n < 3:
		c.end = isWithdrawn
	case n < 7:
		c.end = isAccepted
	case n < 10:
		c.end = isTaken
	case n < 13:
		if other, said := tr.another(r); other != nil {
			c.join, c.point, words = true, near(r, *other, .0001), said
		}
	}
	c.words = words
	c.inputs = inputs(c, words, town.Name, r)
	return c
}

// another is a report of somebody else that is still open.
func (tr *trial) another(r *rand.Rand) (at *geo.Point, words string) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if len(tr.open) == 0 {
		return nil, ""
	}
	other := tr.open[r.IntN(len(tr.open))]
	return &other.point, other.words
}

// inputs are what the citizen says, in one of the orders in which people do.
func inputs(c *talk, words, town string, r *rand.Rand) []func() {
	p := c.person
	picture := photograph(p.ID())
	say := func() { p.Says(words) }
	photo := func() { p.SendsPhoto(picture) }
	where := func() { p.SendsLocation(c.point.Lat, c.point.Lon, 15) }
	captioned := func() { p.SendsPhoto(picture, botapi.Caption(words)) }
	start := func() { p.Starts("") }
	button := func() {
		if m, ok := p.Last(); ok { // whoever says everything at once does not wait for the menu
			_, _ = p.Presses(m.ID, flow.Press{Verb: flow.PressReport}.Data())
		}
	}
	orders := [][]func(){
		{func() { p.Says(town + words) }, where},
		{captioned, where},
		{where, say},
		{say, photo, where},
		{photo, say, where},
		{where, captioned},
		{start, button, say, where, photo},
	}
	return orders[r.IntN(len(orders))]
}

// photograph is a picture unlike any other.
func photograph(of int64) []byte {
	img := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range 64 {
		img.SetGray(i, int(of)>>(i%16)&63, color.Gray{Y: 255})
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}
