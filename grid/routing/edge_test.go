package routing_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// TestEdge: at the edge of the district the neighbour on that side is named, and how far the line is; in the middle it is far.
func TestEdge(t *testing.T) {
	b, _ := fromSeeds(t)
	for _, c := range []struct {
		name string
		at   geo.Point
		want string
		near bool
	}{
		{"east", geo.Point{Lon: 102.785, Lat: 36.5}, "民和县", true},
		{"south-east", geo.Point{Lon: 102.57, Lat: 36.35}, "", true},
		{"middle", geo.Point{Lon: 102.4, Lat: 36.5}, "", false},
	} {
		n, metres := b.Edge(c.at)
		if near := metres < 1000; near != c.near || c.want != "" && n != c.want {
			t.Errorf("%s: %s in %.0f m", c.name, n, metres)
		}
	}
}
