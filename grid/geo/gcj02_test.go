package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// TestGCJ02KnownPoints compares with township centres of Ledu whose GCJ-02 position was published (AMap).
func TestGCJ02KnownPoints(t *testing.T) {
	for _, c := range []struct {
		name     string
		wgs, gcj geo.Point
	}{
		{"雨润镇", geo.Point{Lon: 102.286687, Lat: 36.488515}, geo.Point{Lon: 102.288516, Lat: 36.488417}},
		{"寿乐镇", geo.Point{Lon: 102.404007, Lat: 36.537743}, geo.Point{Lon: 102.406030, Lat: 36.537831}},
		{"洪水镇", geo.Point{Lon: 102.556031, Lat: 36.432396}, geo.Point{Lon: 102.557665, Lat: 36.432108}},
		{"马厂乡", geo.Point{Lon: 102.754337, Lat: 36.443424}, geo.Point{Lon: 102.756240, Lat: 36.443290}},
		{"城台乡", geo.Point{Lon: 102.214849, Lat: 36.373208}, geo.Point{Lon: 102.216683, Lat: 36.373060}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.ToGCJ02(c.wgs); apart(got, c.gcj) > 1.5e-6 {
				t.Errorf("ToGCJ02(%v) = %v, want %v", c.wgs, got, c.gcj)
			}
			if got := geo.FromGCJ02(c.gcj); apart(got, c.wgs) > 1.5e-6 {
				t.Errorf("FromGCJ02(%v) = %v, want %v", c.gcj, got, c.wgs)
			}
		})
	}
}

func TestGCJ02ThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{
			Lon: rapid.Float64Range(72.004, 137.8347).Draw(t, "lon"),
			Lat: rapid.Float64Range(0.8293, 55.8271).Draw(t, "lat"),
		}
		g := geo.ToGCJ02(p)
		if d := apart(p, g); d == 0 || d > 0.02 {
			t.Fatalf("%v was shifted by %v degrees", p, d)
		}
		if back := geo.FromGCJ02(g); apart(back, p) > 1e-9 {
			t.Fatalf("%v came back as %v", p, back)
		}
	})
}

func TestGCJ02ElsewhereIsTheSame(t *testing.T) {
	for _, p := range []geo.Point{{Lon: 0, Lat: 0}, {Lon: -87.6, Lat: 41.9}, {Lon: 151.2, Lat: -33.9}, {Lon: 139.7, Lat: 35.7}} {
		if got := geo.ToGCJ02(p); got != p {
			t.Errorf("ToGCJ02(%v) = %v", p, got)
		}
		if got := geo.FromGCJ02(p); got != p {
			t.Errorf("FromGCJ02(%v) = %v", p, got)
		}
	}
}

// apart is the larger of the differences in longitude and latitude, in degrees.
func apart(a, b geo.Point) float64 {
	return math.Max(math.Abs(a.Lon-b.Lon), math.Abs(a.Lat-b.Lat))
}
