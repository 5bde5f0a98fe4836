package geo

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestSideIsExact compares with rational numbers where it is hardest: on and within some ulps of a line, with ends of
// very different size.
func TestSideIsExact(t *testing.T) {
	coordinate := rapid.OneOf(
		rapid.Float64Range(-180, 180),
		rapid.Float64Range(102, 103),
		rapid.Float64Range(-1e-90, 1e-90),
		rapid.Map(rapid.IntRange(-1800, 1800), func(i int) float64 { return float64(i) / 10 }),
	)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Point {
			return Point{Lon: coordinate.Draw(t, name+" lon"), Lat: coordinate.Draw(t, name+" lat")}.snapped()
		}
		a, b := draw("a"), draw("b")
		part := rapid.Float64Range(-1, 2).Draw(t, "part")
		p := Point{Lon: a.Lon + part*(b.Lon-a.Lon), Lat: a.Lat + part*(b.Lat-a.Lat)}
		for range rapid.IntRange(0, 3).Draw(t, "ulps") {
			p.Lat = math.Nextafter(p.Lat, 1000)
		}
		p = p.snapped()

		want := determinant(a, b, p)
		if got := sign(side(a, b, p)); got != want {
			t.Fatalf("side = %d, want %d", got, want)
		}
		if got := sign(exactSide(a, b, p)); got != want {
			t.Fatalf("exactSide = %d, want %d", got, want)
		}
		if got := sign(side(b, a, p)); got != -want {
			t.Fatalf("the other way round: %d, want %d", got, -want)
		}
	})
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

func determinant(a, b, p Point) int {
	minus := func(x, y float64) *big.Rat {
		return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
	}
	left := new(big.Rat).Mul(minus(a.Lon, p.Lon), minus(b.Lat, p.Lat))
	right := new(big.Rat).Mul(minus(a.Lat, p.Lat), minus(b.Lon, p.Lon))
	return left.Cmp(right)
}
