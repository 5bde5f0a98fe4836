package geo_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/geo"
)

const unit = `[[0,0],[1,0],[1,1],[0,1],[0,0]]`

// collection is a file with one feature to a line, the first on line 2.
func collection(geometries ...string) string {
	features := make([]string, len(geometries))
	for i, g := range geometries {
		features[i] = fmt.Sprintf(`{"type":"Feature","properties":{"code":"63020%d","n":1},"geometry":%s}`, i, g)
	}
	return "{\"type\":\"FeatureCollection\",\"features\":[\n" + strings.Join(features, ",\n") + "\n]}"
}

func TestParseGeoJSON(t *testing.T) {
	file := collection(
		`{"type":"Polygon","coordinates":[`+unit+`,[[0.2,0.2],[0.4,0.2],[0.4,0.4],[0.2,0.2]]]}`,
		`{"type":"MultiPolygon","coordinates":[[`+unit+`],[[[2,0],[3,0,2100.5],[3,1],[2,0]]]]}`,
		`null`,
		`{"type":"LineString","coordinates":[[0,0],[1,1],[2,0]]}`,
		`{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[5,5],[6,6]]]}`,
		`{"type":"Point","coordinates":[ 102.4 , 36.5 ]}`,
		`{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`,
	)
	for _, data := range []string{file, "\xef\xbb\xbf" + file} {
		features, err := geo.ParseGeoJSON([]byte(data))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]string, len(features))
		for i, f := range features {
			got[i] = fmt.Sprintf("%d %d %d %s %v", len(f.Areas), len(f.Lines), len(f.Points), f.Text("code"), f.Properties["n"])
		}
		want := "1 0 0 630200 1|2 0 0 630201 1|0 0 0 630202 1|0 1 0 630203 1|0 2 0 630204 1|0 0 1 630205 1|0 0 2 630206 1"
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("got  %s\nwant %s", s, want)
		}
		if len(features[0].Areas[0].Holes) != 1 || len(features[0].Areas[0].Outer) != 5 {
			t.Errorf("polygon with a hole: %v", features[0].Areas)
		}
		if p := features[5].Points[0]; p != (geo.Point{Lon: 102.4, Lat: 36.5}) {
			t.Errorf("point: %v", p)
		}
	}
}

func TestParseGeoJSONNamesTheFault(t *testing.T) {
	for _, c := range []struct {
		name, geometry string
		want           error
		says           string
	}{
		{"open", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}`, geo.ErrNotClosed, "outer ring: not closed: begins at 0,0 and ends at 0,1, expected"},
		{"short", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}`, geo.ErrTooFewPoints, "too few points: 3, expected at least 4"},
		{"no ring", `{"type":"Polygon","coordinates":[]}`, geo.ErrTooFewPoints, "outer ring"},
		{"flat", `{"type":"Polygon","coordinates":[[[0,0],[1,1],[2,2],[0,0]]]}`, geo.ErrNoArea, "on one line"},
		{"bow tie", `{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}`, geo.ErrCrossing, "rings cross: the edge"},
		{"hole across", `{"type":"Polygon","coordinates":[` + unit + `,[[0.5,0.5],[2,0.5],[2,0.7],[0.5,0.5]]]}`, geo.ErrCrossing, "do not cross"},
		{"hole outside", `{"type":"Polygon","coordinates":[` + unit + `,[[5,5],[6,5],[6,6],[5,5]]]}`, geo.ErrHoleOutside, "hole 0"},
		{"second polygon", `{"type":"MultiPolygon","coordinates":[[` + unit + `],[[[0,0]]]]}`, geo.ErrTooFewPoints, "polygon 1"},
		{"swapped", `{"type":"Polygon","coordinates":[[[36,102],[37,102],[37,103],[36,102]]]}`, geo.ErrOutOfRange, "longitude comes first"},
		{"metres", `{"type":"Point","coordinates":[11400000,4300000]}`, geo.ErrOutOfRange, "longitude 1.14e+07"},
		{"too large", `{"type":"Point","coordinates":[1e999,0]}`, geo.ErrGeoJSON, "[1e999,0]"},
		{"null in a position", `{"type":"Point","coordinates":[null,0]}`, geo.ErrGeoJSON, "expected [longitude, latitude]"},
		{"null for a position", `{"type":"LineString","coordinates":[[0,0],null]}`, geo.ErrGeoJSON, "expected [longitude, latitude]"},
		{"null for a ring", `{"type":"Polygon","coordinates":[null]}`, geo.ErrTooFewPoints, "outer ring"},
		{"text in a position", `{"type":"Point","coordinates":["102","36"]}`, geo.ErrGeoJSON, "position"},
		{"one number", `{"type":"Point","coordinates":[102]}`, geo.ErrGeoJSON, "position"},
		{"object", `{"type":"Point","coordinates":{"lon":102}}`, geo.ErrGeoJSON, "position"},
		{"one point of a line", `{"type":"LineString","coordinates":[[0,0]]}`, geo.ErrTooFewPoints, "expected at least 2"},
		{"nothing", `{"type":"MultiPolygon","coordinates":[]}`, geo.ErrGeoJSON, "empty MultiPolygon"},
		{"no coordinates", `{"type":"Polygon"}`, geo.ErrGeoJSON, "without coordinates"},
		{"wrong depth", `{"type":"Polygon","coordinates":` + unit + `}`, geo.ErrGeoJSON, "coordinates of a Polygon"},
		{"wrong type", `{"type":"GeometryCollection","geometries":[]}`, geo.ErrGeoJSON, `"GeometryCollection", expected`},
		{"no object", `"Polygon"`, geo.ErrGeoJSON, "feature 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := geo.ParseGeoJSON([]byte(collection(`null`, c.geometry, `null`)))
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got  %v\nwant %v: %s", err, c.want, c.says)
			}
			var at *geo.FeatureError
			if !errors.As(err, &at) || at.Line != 3 || at.Feature != 1 || at.Name != "630201" {
				t.Errorf("the place is wrong: %#v", at)
			}
		})
	}
}

func TestParseGeoJSONRefusesOtherFiles(t *testing.T) {
	for _, c := range []struct{ name, data, says string }{
		{"empty", ``, "line 1"},
		{"not JSON", "{\"type\":\n\"FeatureCollection\",\n<html>", "line 3"},
		{"a list", `[]`, "line 1"},
		{"a feature alone", `{"type":"Feature","geometry":null}`, "expected a FeatureCollection"},
		{"no features", `{"type":"FeatureCollection"}`, "expected a FeatureCollection"},
		{"features of the wrong kind", "{\"type\":\"FeatureCollection\",\n\"features\":{}}", "line 2"},
		{"not a feature", `{"type":"FeatureCollection","features":[{"type":"Polygon"}]}`, `"Polygon", expected Feature`},
		{"a null feature", `{"type":"FeatureCollection","features":[null]}`, "expected Feature"},
	} {
		if _, err := geo.ParseGeoJSON([]byte(c.data)); !errors.Is(err, geo.ErrGeoJSON) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q in it", c.name, err, c.says)
		}
	}
	_, err := geo.ParseGeoJSON([]byte(collection(`{"type":"Point","coordinates":[200,0]}`, `null`, `{"type":"Point","coordinates":[0]}`)))
	if err == nil || strings.Count(err.Error(), "feature") != 2 {
		t.Errorf("two faults, both should be named: %v", err)
	}
}

// FuzzParseGeoJSON: whatever the file, no panic; what is taken can be indexed, and each vertex is found in it.
func FuzzParseGeoJSON(f *testing.F) {
	f.Add([]byte(collection(`{"type":"Polygon","coordinates":[`+unit+`]}`, `null`, `{"type":"Point","coordinates":[1,2]}`)))
	f.Add([]byte(collection(`{"type":"MultiPolygon","coordinates":[[` + unit + `],[[[2,0],[3,0],[3,1e-200],[2,0]]]]}`)))
	f.Add([]byte(collection(`{"type":"Polygon","coordinates":[[[0,0],[5e-324,0],[0,5e-324],[0,0]]]}`)))
	f.Add([]byte(collection(`{"type":"Polygon","coordinates":[[[-1e-200,0],[1,0],[0,1],[-1e-200,0]]]}`)))
	f.Add([]byte(collection(`{"type":"LineString","coordinates":[[0,0],null]}`)))
	f.Add([]byte(`{"type":"FeatureCollection","features":[null,{"type":"Feature","id":7}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		features, err := geo.ParseGeoJSON(data)
		if err != nil {
			var at *geo.FeatureError
			if !errors.Is(err, geo.ErrGeoJSON) && !errors.As(err, &at) {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		if !json.Valid([]byte(strings.TrimPrefix(string(data), "\xef\xbb\xbf"))) {
			t.Fatal("took what is not JSON")
		}
		for _, feature := range features {
			if len(feature.Areas) == 0 {
				continue
			}
			x, err := geo.NewIndex([]geo.Shape{{ID: "x", Areas: feature.Areas}})
			if err != nil {
				t.Fatalf("taken by ParseGeoJSON, but: %v", err)
			}
			for _, area := range feature.Areas {
				for _, p := range area.Outer {
					if _, ok := x.Find(p); !ok {
						t.Fatalf("the corner %v is not found", p)
					}
				}
			}
		}
	})
}
