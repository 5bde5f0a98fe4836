package geo_test

import (
	"fmt"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// A report's point is routed: who owns it, who else comes into question within the fix's accuracy, and what to say to
// somebody outside.
func Example() {
	shapes := []geo.Shape{
		{ID: "630202101", Areas: geo.MultiPolygon{{Outer: square(102.2, 36.4, 0.1)}}, Approx: true},
		{ID: "630202102", Areas: geo.MultiPolygon{{Outer: square(102.3, 36.4, 0.1)}}, Approx: true},
	}
	index, err := geo.NewIndex(shapes)
	if err != nil {
		fmt.Println(err)
		return
	}
	fix, accuracy := geo.Point{Lon: 102.2993, Lat: 36.45}, 100.0
	if i, ok := index.Find(fix); ok {
		fmt.Println("owner", index.Shapes()[i].ID)
	}
	for _, hit := range index.Near(fix, accuracy) {
		fmt.Printf("near %s: %.0f m\n", index.Shapes()[hit.Shape].ID, hit.Distance)
	}

	outline, err := geo.NewOutline(geo.MultiPolygon{{Outer: geo.Ring{
		{Lon: 102.2, Lat: 36.4}, {Lon: 102.4, Lat: 36.4}, {Lon: 102.4, Lat: 36.5}, {Lon: 102.2, Lat: 36.5}, {Lon: 102.2, Lat: 36.4},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	if metres, towards, outside := outline.Away(geo.Point{Lon: 102.3, Lat: 36.55}); outside {
		fmt.Printf("the district is %.1f km to the %v\n", metres/1000, towards)
	}
	// Output:
	// owner 630202101
	// near 630202101: 0 m
	// near 630202102: 63 m
	// the district is 5.6 km to the s
}
