package picture_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/picture"
)

// square is land around a point, so many degrees wide.
func square(c geo.Point, d float64) geo.MultiPolygon {
	return geo.MultiPolygon{{Outer: geo.Ring{
		{Lon: c.Lon - d, Lat: c.Lat - d},
		{Lon: c.Lon + d, Lat: c.Lat - d},
		{Lon: c.Lon + d, Lat: c.Lat + d},
		{Lon: c.Lon - d, Lat: c.Lat + d},
		{Lon: c.Lon - d, Lat: c.Lat - d},
	}}}
}

// A map of a way shows the way, whatever the size of the land around it, within what Telegram takes.
func TestDrawMap(t *testing.T) {
	c := geo.Point{Lon: 102.4, Lat: 36.48}
	var way geo.Line
	for i := range 60 {
		way = append(way, geo.Point{Lon: c.Lon + float64(i)*0.0004, Lat: c.Lat + 0.002*math.Sin(float64(i)/6)})
	}
	m := picture.Map{
		Title: "寿乐镇 巡查轨迹", Note: "2026-11-02 09:00–09:41 样例·李某", Zoom: true,
		Areas: []picture.Area{{Land: square(c, 0.06), Label: "寿乐镇"}}, Ways: []geo.Line{way},
		Spots: []picture.Spot{{At: way[0], Label: "起", Shade: picture.Good}, {At: way[59], Label: "止", Shade: picture.Bad}},
	}
	data, err := picture.DrawMap(m)
	img := mustPNG(t, "map_way", data, err)
	if img.Bounds().Dx()+img.Bounds().Dy() > 10000 || img.Bounds().Dy() < 400 {
		t.Fatalf("%v", img.Bounds())
	}
	blue := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r>>8 == 40 && g>>8 == 80 && b>>8 == 190 {
				blue++
			}
		}
	}
	if blue < 1500 {
		t.Errorf("%d pixels of the way", blue)
	}
	again, err := picture.DrawMap(m)
	if err != nil || !bytes.Equal(again, data) {
		t.Error("the same map is not the same picture")
	}
	if _, err := picture.DrawMap(picture.Map{Title: "-"}); err == nil {
		t.Error("a map of nothing was drawn")
	}
}
