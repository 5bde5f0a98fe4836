package seeds

import (
	"bytes"
	"errors"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

const (
	outlineFile = "outline.geojson"
	shapesFile  = "cells.geojson"
	riversFile  = "rivers.geojson"
)

// loadBoundaries reads the district's own line and the land of its cells. A cell without a geometry has no land of its
// own; a cell that the file does not name has none either.
func (l *loader) loadBoundaries() {
	for _, f := range l.features(outlineFile) {
		if f.areas() {
			l.d.Outline = append(l.d.Outline, f.Areas...)
		}
	}
	seen := make(map[grid.CellCode]bool)
	for _, f := range l.features(shapesFile) {
		code := grid.CellCode(f.Text("code"))
		c, known := l.lookup(code)
		switch {
		case !known:
			f.fault("the property code with a code of "+cellsFile, "cell %q does not exist", code)
			continue
		case seen[code]:
			f.fault("one feature for each cell", "cell %s is there twice", code)
			continue
		case f.Text("name") != "" && f.Text("name") != c.Name:
			f.fault("the name in "+cellsFile+", "+c.Name, "cell %s is called %q", code, f.Text("name"))
		}
		seen[code] = true
		if f.truth("centre_is_guess") {
			l.d.Guessed[code] = true
		}
		if f.drawn() && f.areas() {
			l.cells[l.position[code]].Approximate = f.truth("approx")
			l.d.Shapes = append(l.d.Shapes, geo.Shape{ID: string(code), Areas: f.Areas, Approx: f.truth("approx")})
		}
	}
	if _, err := geo.NewOutline(l.d.Outline); err != nil && !l.faults.in(outlineFile) {
		l.faults.add(outlineFile, 0, "a feature with the polygon of the district", "%v", err)
	}
	if index, err := geo.NewIndex(l.d.Shapes); err == nil {
		l.index = index
	} else if !l.faults.in(shapesFile) {
		l.faults.add(shapesFile, 0, "the polygon of at least one cell", "%v", err)
	}
}

// loadRivers reads the lines that places refer to by their id; the file may be missing.
func (l *loader) loadRivers() {
	l.rivers = make(map[string]river)
	if !l.exists(riversFile) {
		return
	}
	for _, f := range l.features(riversFile) {
		id := f.Text("id")
		if _, twice := l.rivers[id]; id == "" || twice {
			f.fault("the property id, each once", "id %q", id)
			continue
		}
		if len(f.Lines) == 0 {
			f.fault("a LineString", "river %s has another geometry", id)
			continue
		}
		l.rivers[id] = river{feature: f, line: f.Lines[0]}
	}
}

// river is a line with the feature that it comes from.
type river struct {
	feature feature
	line    geo.Line
	used    bool
}

// feature is one entry of a GeoJSON file, which knows where it stands.
type feature struct {
	geo.Feature

	file   string
	line   int
	faults *faults
}

// features reads a GeoJSON file of the folder.
func (l *loader) features(file string) []feature {
	data, ok := l.read(file)
	if !ok {
		return nil
	}
	read, err := geo.ParseGeoJSON(data)
	if err != nil {
		l.geoFaults(file, err)
		return nil
	}
	out := make([]feature, len(read))
	for i, f := range read {
		out[i] = feature{Feature: f, file: file, line: lineOfFeature(data, f), faults: &l.faults}
	}
	return out
}

// geoFaults keeps what the reader found: the faults of features one by one, or why it could not read the file at all.
func (l *loader) geoFaults(file string, err error) {
	const want = "GeoJSON: a FeatureCollection of valid geometries, longitude first"
	var first *geo.FeatureError
	if !errors.As(err, &first) {
		l.faults.add(file, lineInText(err), want, "%v", err)
		return
	}
	parts := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		parts = joined.Unwrap()
	}
	for _, part := range parts {
		var fault *geo.FeatureError
		if errors.As(part, &fault) {
			l.faults.add(file, fault.Line, want, "%v", fault)
		}
	}
}

// lineOfFeature is the line in which the code, id or name of a feature stands, or 0.
func lineOfFeature(data []byte, f geo.Feature) int {
	for _, property := range []string{"code", "id", "name"} {
		if value := f.Text(property); value != "" {
			if at := bytes.Index(data, []byte(`"`+value+`"`)); at >= 0 {
				return 1 + bytes.Count(data[:at], []byte("\n"))
			}
		}
	}
	return 0
}

func (f feature) fault(want, what string, args ...any) {
	f.faults.add(f.file, f.line, want, what, args...)
}

// drawn tells whether the feature has one.
func (f feature) drawn() bool { return len(f.Areas)+len(f.Lines)+len(f.Points) > 0 }

// areas tells whether the feature has polygons; anything else is a fault.
func (f feature) areas() bool {
	if len(f.Areas) == 0 {
		f.fault("a Polygon or MultiPolygon", "feature %s has no area", strings.TrimSpace(f.Text("code")+" "+f.Text("name")))
		return false
	}
	return true
}

// truth is a property that is true or false; false when it is not there.
func (f feature) truth(property string) bool {
	value, there := f.Properties[property]
	b, ok := value.(bool)
	if there && !ok {
		f.fault("true or false", "%s is %v", property, value)
	}
	return b
}
