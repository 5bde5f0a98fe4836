package routing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Trial is a line of JSON with which an office tries its own gazetteer and words. Any of its fields may be missing, but
// a point needs both coordinates (degrees, WGS-84; Accuracy in metres).
type Trial struct {
	Text     string   `json:"text"`
	Lon      *float64 `json:"lon"`
	Lat      *float64 `json:"lat"`
	Accuracy float64  `json:"accuracy"`
	Picked   bool     `json:"picked"` // a pin set on a map and not measured
}

// Decision is what would be decided for a Trial.
type Decision struct {
	Category   string         `json:"category"`   // the main one; empty unless Scope is environment; other for one of unknown kind
	Categories []string       `json:"categories"` // all, the main one first
	Kinds      []string       `json:"kinds"`
	Cells      []DecisionCell `json:"cells"` // best first; several, or none, with Ask
	Ask        bool           `json:"ask"`   // the person would be asked to choose, or to say more
	OutOfArea  bool           `json:"out_of_area"`
	Scope      string         `json:"scope"` // environment, elsewhere or unclear
}

// DecisionCell names a cell.
type DecisionCell struct {
	Code grid.CellCode `json:"code"`
	Name string        `json:"name"`
}

// TrialError is what is wrong with a line of trials.
type TrialError struct {
	Line  int    `json:"line"`
	Error string `json:"error"`
}

// Decide says what would be decided. The error is that of Route, or Invalid for a point with one coordinate.
func Decide(b *Book, c *category.Classifier, t Trial) (Decision, error) {
	q := Query{Text: t.Text, Accuracy: t.Accuracy, Picked: t.Picked}
	switch {
	case t.Lon != nil && t.Lat != nil:
		q.Point = &geo.Point{Lon: *t.Lon, Lat: *t.Lat}
	case t.Lon != nil || t.Lat != nil:
		return Decision{}, &grid.Error{Code: grid.Invalid, Key: "error.point", Err: errors.New("lon and lat belong together")}
	}
	a, err := b.Route(q)
	if err != nil {
		return Decision{}, err
	}
	v := c.Classify(cut(t.Text))
	d := Decision{
		Categories: append([]string{}, v.Categories...), // never null in JSON
		Kinds:      append([]string{}, v.Kinds...),
		Cells:      []DecisionCell{},
		Ask:        a.Ask, OutOfArea: a.OutOfArea, Scope: v.Scope,
	}
	if len(v.Categories) > 0 {
		d.Category = v.Categories[0]
	}
	for _, cand := range a.Candidates {
		d.Cells = append(d.Cells, DecisionCell{Code: cand.Cell, Name: b.tree.Name(cand.Cell)})
	}
	return d, nil
}

// DecideLine decides one line of JSON and returns the answer's line, without its end: a Decision, or a TrialError that
// names the line by its number. Fields that are not a Trial's are ignored, so that a file of complaints can be tried.
func DecideLine(b *Book, c *category.Classifier, line int, data []byte) []byte {
	var t Trial
	var out any
	err := json.Unmarshal(data, &t)
	if err == nil {
		out, err = Decide(b, c, t)
	}
	if err != nil {
		out = TrialError{Line: line, Error: reason(err)}
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err = e.Encode(out); err != nil { // nothing in either type can fail
		return fmt.Appendf(nil, `{"line":%d,"error":"internal"}`, line)
	}
	return bytes.TrimRight(text.Bytes(), "\n")
}

// reason is what is wrong, for the office that tries: its own data, so the detail may be told.
func reason(err error) string {
	var wrongType *json.UnmarshalTypeError
	var fault *grid.Error
	switch {
	case errors.As(err, &wrongType):
		return fmt.Sprintf("field %s: expected %s, got %s", wrongType.Field, wrongType.Type, wrongType.Value)
	case errors.As(err, &fault):
		return fault.Error()
	default:
		return "not a line of JSON: " + err.Error()
	}
}
