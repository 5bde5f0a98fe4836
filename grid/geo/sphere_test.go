package geo_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
)

func TestPointValid(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		p    geo.Point
		want error
	}{
		{geo.Point{Lon: 102.4, Lat: 36.5}, nil},
		{geo.Point{Lon: 180, Lat: -90}, nil},
		{geo.Point{Lon: -180, Lat: 90}, nil},
		{geo.Point{Lon: nan, Lat: 36}, geo.ErrNotFinite},
		{geo.Point{Lon: 102, Lat: nan}, geo.ErrNotFinite},
		{geo.Point{Lon: inf, Lat: 36}, geo.ErrNotFinite},
		{geo.Point{Lon: 102, Lat: -inf}, geo.ErrNotFinite},
		{geo.Point{Lon: math.Nextafter(180, inf), Lat: 36}, geo.ErrOutOfRange},
		{geo.Point{Lon: 102, Lat: math.Nextafter(90, inf)}, geo.ErrOutOfRange},
		{geo.Point{Lon: 36.5, Lat: 102.4}, geo.ErrOutOfRange},
		{geo.Point{Lon: 0, Lat: -90.5}, geo.ErrOutOfRange},
	} {
		if got := c.p.Valid(); !errors.Is(got, c.want) {
			t.Errorf("%v.Valid() = %v, want %v", c.p, got, c.want)
		}
	}
}

func TestDistanceAndBearing(t *testing.T) {
	ledu := geo.Point{Lon: 102.4, Lat: 36.48}
	for _, c := range []struct {
		name            string
		to              geo.Point
		metres, bearing float64
		sector          geo.Compass
	}{
		{"itself", ledu, 0, 0, geo.North},
		{"a minute of latitude north", geo.Point{Lon: 102.4, Lat: 36.48 + 1.0/60}, 1853.25, 0, geo.North},
		{"south", geo.Point{Lon: 102.4, Lat: 36.38}, 11119.5, 180, geo.South},
		{"east", geo.Point{Lon: 102.5, Lat: 36.48}, 8940.9, 89.97, geo.East},
		{"Xining", geo.Point{Lon: 101.778, Lat: 36.617}, 57660, 285.5, geo.West},
		{"Beijing", geo.Point{Lon: 116.4, Lat: 39.9}, 1281000, 68.7, geo.East},
		{"Lanzhou", geo.Point{Lon: 103.83, Lat: 36.06}, 136500, 109.8, geo.East},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.Distance(ledu, c.to); math.Abs(got-c.metres) > 0.005*c.metres {
				t.Errorf("Distance = %.1f, want %.1f", got, c.metres)
			}
			if got := geo.Bearing(ledu, c.to); math.Abs(got-c.bearing) > 0.6 {
				t.Errorf("Bearing = %.2f, want %.2f", got, c.bearing)
			}
			if got := geo.Direction(ledu, c.to); got != c.sector {
				t.Errorf("Direction = %v, want %v", got, c.sector)
			}
		})
	}
}

func TestDirectionSectors(t *testing.T) {
	centre := geo.Point{Lon: 0.5, Lat: 0.5}
	rapid.Check(t, func(t *rapid.T) {
		want := geo.Compass(rapid.IntRange(0, 7).Draw(t, "sector"))
		angle := 45*float64(want) + rapid.Float64Range(-22.49, 22.49).Draw(t, "off its middle")
		sin, cos := math.Sincos(angle * math.Pi / 180)
		to := geo.Point{Lon: centre.Lon + 0.001*sin, Lat: centre.Lat + 0.001*cos}
		if got := geo.Direction(centre, to); got != want {
			t.Fatalf("at %.3f degrees: %v, want %v", angle, got, want)
		}
		if b := geo.Bearing(centre, to); b < 0 || b >= 360 {
			t.Fatalf("Bearing = %v", b)
		}
	})
}

func TestLineDistance(t *testing.T) {
	river := geo.Line{{Lon: 102.2, Lat: 36.48}, {Lon: 102.4, Lat: 36.48}, {Lon: 102.4, Lat: 36.40}}
	for _, c := range []struct {
		name   string
		p      geo.Point
		metres float64
	}{
		{"beside the first stretch", geo.Point{Lon: 102.3, Lat: 36.49}, 1112},
		{"on it", geo.Point{Lon: 102.25, Lat: 36.48}, 0},
		{"beyond the end", geo.Point{Lon: 102.4, Lat: 36.39}, 1112},
		{"east of the second stretch", geo.Point{Lon: 102.41, Lat: 36.45}, 894.4},
	} {
		if got := river.Distance(c.p); math.Abs(got-c.metres) > 0.005*c.metres+0.01 {
			t.Errorf("%s: %.2f m, want %.2f", c.name, got, c.metres)
		}
	}
	if got := (geo.Line{}).Distance(geo.Point{}); !math.IsInf(got, 1) {
		t.Errorf("no line at all: %v, want +Inf", got)
	}
	if got := (geo.Line{{Lon: 1, Lat: 1}, {Lon: 1, Lat: 1}}).Distance(geo.Point{Lon: 1, Lat: 1}); got != 0 {
		t.Errorf("a line of one point twice: %v, want 0", got)
	}
}
