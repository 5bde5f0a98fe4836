package geo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Feature is one entry of a GeoJSON file. Of Areas, Lines and Points at most one is filled: none for a null geometry,
// which says that the thing exists but nobody knows where.
type Feature struct {
	ID         string // the feature's id, if it has one
	Properties map[string]any
	Areas      MultiPolygon
	Lines      []Line
	Points     []Point
}

// Text is the property of that name if it is a text, else "".
func (f Feature) Text(name string) string {
	s, _ := f.Properties[name].(string)
	return s
}

// ErrGeoJSON means that a file is not the GeoJSON that was expected.
var ErrGeoJSON = errors.New("not the GeoJSON expected")

// FeatureError is what is wrong with one feature of a file.
type FeatureError struct {
	Line    int    // where the feature begins, from 1
	Feature int    // its place among the features, from 0
	Name    string // its id, code or name, whichever it has first
	Err     error  // the fault and what was expected
}

// Error names the line, the feature, the fault and what was expected.
func (e *FeatureError) Error() string {
	if e.Name == "" {
		return fmt.Sprintf("line %d: feature %d: %v", e.Line, e.Feature, e.Err)
	}
	return fmt.Sprintf("line %d: feature %d (%s): %v", e.Line, e.Feature, e.Name, e.Err)
}

// Unwrap returns the fault.
func (e *FeatureError) Unwrap() error { return e.Err }

// ParseGeoJSON reads a FeatureCollection (RFC 7946) of polygons, lines and points, single or multiple. A null geometry
// is allowed; heights are dropped; properties are passed through. Every polygon is Valid, every line has two points or
// more. The error joins a FeatureError for each feature with a fault, wrapping what Polygon.Valid or Point.Valid says
// or ErrGeoJSON; a file that cannot be read at all is one error with the line, wrapping ErrGeoJSON.
func ParseGeoJSON(data []byte) ([]Feature, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // some editors leave a byte order mark
	var file struct {
		Type     string
		Features *[]json.RawMessage
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("line %d: %w: %w", lineAt(data, offsetOf(err)), ErrGeoJSON, err)
	}
	if file.Type != "FeatureCollection" || file.Features == nil {
		return nil, fmt.Errorf("line 1: %w: type is %.40q, expected a FeatureCollection with features", ErrGeoJSON, file.Type)
	}
	features := make([]Feature, 0, len(*file.Features))
	var faults []error
	line, pos := 1, 0
	for i, raw := range *file.Features {
		// The raw feature is the file's own text, so it can be found again, after the one before.
		if at := bytes.Index(data[pos:], raw); at >= 0 {
			line += bytes.Count(data[pos:pos+at], []byte("\n"))
			pos += at
		}
		f, err := parseFeature(raw)
		if err != nil {
			faults = append(faults, &FeatureError{Line: line, Feature: i, Name: f.name(), Err: err})
		}
		features = append(features, f)
		line += bytes.Count(raw, []byte("\n"))
		pos += min(len(raw), len(data)-pos)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return features, nil
}

// parseFeature returns what it can of a faulty feature, so that the error can name it.
func parseFeature(raw json.RawMessage) (Feature, error) {
	var in struct {
		Type       string
		ID         json.RawMessage
		Properties map[string]any
		Geometry   *geometry
	}
	err := json.Unmarshal(raw, &in)
	f := Feature{ID: strings.Trim(string(in.ID), `"`), Properties: in.Properties}
	if f.ID == "null" {
		f.ID = ""
	}
	switch {
	case err != nil:
		return f, fmt.Errorf("%w: %w", ErrGeoJSON, err)
	case in.Type != "Feature":
		return f, fmt.Errorf("%w: type is %.40q, expected Feature", ErrGeoJSON, in.Type)
	case in.Geometry == nil:
		return f, nil
	}
	err = in.Geometry.into(&f)
	return f, err
}

// name is how people know the feature.
func (f Feature) name() string {
	for _, name := range []string{f.ID, f.Text("code"), f.Text("name")} {
		if name != "" {
			return fmt.Sprintf("%.60s", name)
		}
	}
	return ""
}

// offsetOf is where in the file a JSON error happened.
func offsetOf(err error) int64 {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return syntax.Offset
	case errors.As(err, &kind):
		return kind.Offset
	}
	return 0
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
}
