package geo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// geometry is a GeoJSON geometry whose coordinates wait for their type to be known.
type geometry struct {
	Type        string
	Coordinates json.RawMessage
}

// position is a GeoJSON position: longitude, latitude and perhaps a height, which is dropped.
type position Point

// UnmarshalJSON takes nothing but numbers: the standard decoder would let null pass as zero.
func (p *position) UnmarshalJSON(data []byte) error {
	fault := fmt.Errorf("%w: position %.40s, expected [longitude, latitude]", ErrGeoJSON, data)
	inner, isArray := strings.CutPrefix(strings.TrimSuffix(string(data), "]"), "[")
	texts := strings.Split(inner, ",")
	if !isArray || len(texts) < 2 {
		return fault
	}
	var numbers [2]float64
	for i := range numbers {
		var err error
		if numbers[i], err = strconv.ParseFloat(strings.TrimSpace(texts[i]), 64); err != nil {
			return fault
		}
	}
	*p = position{Lon: numbers[0], Lat: numbers[1]}
	return nil
}

// into reads and checks the coordinates.
func (g geometry) into(f *Feature) error {
	kind, multi := strings.CutPrefix(g.Type, "Multi")
	switch kind {
	case "Polygon":
		polygons, err := decode[[][]position](g, multi)
		if err != nil {
			return err
		}
		return f.addPolygons(polygons)
	case "LineString":
		lines, err := decode[[]position](g, multi)
		if err != nil {
			return err
		}
		return f.addLines(lines)
	case "Point":
		places, err := decode[position](g, multi)
		if err != nil {
			return err
		}
		return f.addPoints(places)
	}
	return fmt.Errorf("%w: geometry of type %.40q, expected (Multi)Polygon, (Multi)LineString or (Multi)Point", ErrGeoJSON, g.Type)
}

// decode reads the parts of a multiple geometry, or the one part of a single one.
func decode[T any](g geometry, multi bool) ([]T, error) {
	parts := make([]T, 1)
	var into any = &parts[0]
	if multi {
		into = &parts
	}
	if len(g.Coordinates) == 0 {
		return nil, fmt.Errorf("%w: a %s without coordinates", ErrGeoJSON, g.Type)
	}
	if err := json.Unmarshal(g.Coordinates, into); err != nil {
		return nil, fmt.Errorf("%w: coordinates of a %s: %w", ErrGeoJSON, g.Type, err)
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("%w: an empty %s, expected at least one part, or a null geometry", ErrGeoJSON, g.Type)
	}
	return parts, nil
}

func (f *Feature) addPolygons(polygons [][][]position) error {
	for i, rings := range polygons {
		var p Polygon
		for k, r := range rings {
			if k == 0 {
				p.Outer = points(r)
				continue
			}
			p.Holes = append(p.Holes, points(r))
		}
		if err := p.Valid(); err != nil {
			return fmt.Errorf("polygon %d: %w", i, err)
		}
		f.Areas = append(f.Areas, p)
	}
	return nil
}

func (f *Feature) addLines(lines [][]position) error {
	for i, line := range lines {
		l := Line(points(line))
		if len(l) < 2 {
			return fmt.Errorf("line %d: %w: %d, expected at least 2", i, ErrTooFewPoints, len(l))
		}
		for k, p := range l {
			if err := p.Valid(); err != nil {
				return fmt.Errorf("line %d: point %d: %w", i, k, err)
			}
		}
		f.Lines = append(f.Lines, l)
	}
	return nil
}

func (f *Feature) addPoints(places []position) error {
	f.Points = points(places)
	for i, p := range f.Points {
		if err := p.Valid(); err != nil {
			return fmt.Errorf("point %d: %w", i, err)
		}
	}
	return nil
}

func points(in []position) []Point {
	out := make([]Point, len(in))
	for i, p := range in {
		out[i] = Point(p)
	}
	return out
}
