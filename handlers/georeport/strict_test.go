package georeport_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file is a validator of its own, made from the tables of the specification and from what public validators and clients
// check: each answer in XML must have exactly these elements in this nesting, and its JSON must be what the Spark convention
// makes of it.

// shape is what an element holds.
type shape struct {
	kind   string // string, boolean, integer, number, moment, enum, list, object
	item   string // of a list: the name of its elements
	of     *shape // of a list
	fields []field
	values []string // of an enum
	null   bool     // may be empty
}

type field struct {
	name     string
	optional bool
	shape    shape
}

func req(name string, s shape) field { return field{name, false, s} }
func opt(name string, s shape) field { return field{name, true, s} }

var (
	str    = shape{kind: "string"}
	empty  = shape{kind: "string", null: true}
	truth  = shape{kind: "boolean"}
	whole  = shape{kind: "integer"}
	degree = shape{kind: "number", null: true}
	moment = shape{kind: "moment"}
	maybe  = shape{kind: "moment", null: true}
)

func enum(values ...string) shape          { return shape{kind: "enum", values: values} }
func list(item string, of shape) shape     { return shape{kind: "list", item: item, of: &of} }
func object(fields ...field) shape         { return shape{kind: "object", fields: fields} }
func listOf(item string, f ...field) shape { return list(item, object(f...)) }

// The answers of the specification.
var (
	errorsShape  = listOf("error", req("code", whole), req("description", str))
	serviceShape = listOf("service", req("service_code", str), req("service_name", str), req("description", empty), req("metadata", truth),
		req("type", enum("realtime", "batch", "blackbox")), req("keywords", empty), req("group", empty))
	definitionShape = object(req("service_code", str), req("attributes", listOf("attribute", req("variable", truth), req("code", str),
		req("datatype", enum("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")), req("required", truth),
		req("datatype_description", empty), req("order", whole), req("description", empty),
		opt("values", listOf("value", req("key", str), req("name", str))))))
	requestFields = []field{
		req("service_request_id", str), req("status", enum("open", "closed")), req("status_notes", empty), req("service_name", str),
		req("service_code", str), req("description", empty), req("agency_responsible", empty), req("service_notice", empty),
		req("requested_datetime", moment), req("updated_datetime", moment), req("expected_datetime", maybe), req("address", empty),
		req("address_id", empty), req("zipcode", empty), req("lat", degree), req("long", degree), req("media_url", empty),
	}
	requestShape  = listOf("request", requestFields...)
	extendedShape = listOf("request", append(slices.Clone(requestFields), req("extended_attributes", object(
		req("detailed_status", enum("RECEIVED", "IN_PROCESS", "PROCESSED", "ARCHIVED", "REJECTED")), req("stage", str), req("case_number", empty),
		req("late", truth), req("categories", list("category", str)))))...)
	receiptShape = listOf("request", opt("service_request_id", str), opt("token", str), req("service_notice", empty), req("account_id", empty))
	tokenShape   = listOf("request", req("service_request_id", empty), req("token", str))
	updateShape  = listOf("request_update", req("update_id", str), req("service_request_id", str), req("status", enum("open", "closed")),
		req("updated_datetime", moment), req("description", str), req("media_url", empty))
	discoveryShape = object(req("changeset", str), req("contact", str), req("key_service", str), req("endpoints", listOf("endpoint",
		req("specification", str), req("url", str), req("changeset", str), req("type", enum("production", "test")), req("formats", list("format", str)))))
	bulkShape = listOf("request", req("service_request_id", str), req("requested_datetime", moment), req("updated_datetime", moment),
		req("closed_date", maybe), req("status_description", str), req("status_notes", empty), req("source", empty), req("service_name", str),
		req("service_subtype", empty), req("description", empty), req("agency_responsible", empty), req("address", str), req("lat", degree), req("long", degree))
)

// w3 is the subset of ISO 8601 that the specification names: a moment to the second with its zone.
var w3 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$`)

var decimal = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)

// node is an XML element.
type node struct {
	name     string
	text     string
	children []*node
}

// readXML reads a document strictly: one root, no attributes, no namespaces, text or elements and never both.
func readXML(raw []byte) (*node, error) {
	if !bytes.HasPrefix(raw, []byte(`<?xml version="1.0" encoding="utf-8"?>`)) {
		return nil, errors.New("no XML declaration with its encoding")
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	root := &node{}
	stack := []*node{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch v := token.(type) {
		case xml.StartElement:
			if len(v.Attr) > 0 || v.Name.Space != "" {
				return nil, fmt.Errorf("%s has attributes or a namespace", v.Name.Local)
			}
			child := &node{name: v.Name.Local}
			top.children = append(top.children, child)
			stack = append(stack, child)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(v)
		}
	}
	if len(root.children) != 1 {
		return nil, fmt.Errorf("%d roots", len(root.children))
	}
	return root.children[0], nil
}

// spark makes of an XML element what its JSON must be, and checks it on the way.
func (s shape) spark(n *node) (any, error) {
	if s.kind != "list" && s.kind != "object" && len(n.children) > 0 {
		return nil, fmt.Errorf("%s holds elements", n.name)
	}
	switch s.kind {
	case "list":
		out := []any{}
		for _, child := range n.children {
			if child.name != s.item {
				return nil, fmt.Errorf("%s holds %s, expected %s", n.name, child.name, s.item)
			}
			v, err := s.of.spark(child)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	case "object":
		return s.sparkObject(n)
	}
	return s.sparkText(n)
}

func (s shape) sparkObject(n *node) (any, error) {
	out := make(map[string]any)
	at := 0
	for _, f := range s.fields {
		if at < len(n.children) && n.children[at].name == f.name {
			v, err := f.shape.spark(n.children[at])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", n.name, err)
			}
			out[f.name] = v
			at++
			continue
		}
		if !f.optional {
			return nil, fmt.Errorf("%s has no %s in its place", n.name, f.name)
		}
	}
	if at < len(n.children) {
		return nil, fmt.Errorf("%s has a %s that nobody expects there", n.name, n.children[at].name)
	}
	return out, nil
}

func (s shape) sparkText(n *node) (any, error) {
	wrong := fmt.Errorf("%s is %q, expected %s %v", n.name, n.text, s.kind, s.values)
	if n.text == "" {
		if !s.null {
			return nil, wrong
		}
		return nil, nil
	}
	switch s.kind {
	case "boolean":
		if n.text != "true" && n.text != "false" {
			return nil, wrong
		}
		return n.text == "true", nil
	case "integer", "number":
		if !decimal.MatchString(n.text) {
			return nil, wrong
		}
		return json.Number(n.text), nil
	case "moment":
		if !w3.MatchString(n.text) {
			return nil, wrong
		}
	case "enum":
		if !slices.Contains(s.values, n.text) {
			return nil, wrong
		}
	}
	return n.text, nil
}

// valid wants that an address answers in both formats, each by the letter, and that both tell the same. It returns what the
// JSON says.
func (w *world) valid(status int, root string, s shape, read func(format string) *httptest.ResponseRecorder) any {
	w.t.Helper()
	x, j := read("xml"), read("json")
	for format, r := range map[string]*httptest.ResponseRecorder{"text/xml": x, "application/json": j} {
		kind, params, err := mime.ParseMediaType(r.Header().Get("Content-Type"))
		if err != nil || kind != format || params["charset"] != "utf-8" || r.Code != status {
			w.t.Fatalf("%d %q, want %d %s; charset=utf-8\n%s", r.Code, r.Header().Get("Content-Type"), status, format, r.Body)
		}
	}
	n, err := readXML(x.Body.Bytes())
	if err != nil || n.name != root {
		w.t.Fatalf("XML: %v, want the root %s\n%s", err, root, x.Body)
	}
	want, err := s.spark(n)
	if err != nil {
		w.t.Fatalf("XML: %v\n%s", err, x.Body)
	}
	d := json.NewDecoder(bytes.NewReader(j.Body.Bytes()))
	d.UseNumber()
	var got any
	if err := d.Decode(&got); err != nil {
		w.t.Fatalf("JSON: %v\n%s", err, j.Body)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		w.t.Fatalf("JSON: something follows\n%s", j.Body)
	}
	a, b := canonical(w.t, want), canonical(w.t, got)
	if a != b {
		w.t.Fatalf("JSON is not what the Spark convention makes of the XML:\n%s\n%s", b, a)
	}
	return got
}

func canonical(tb testing.TB, v any) string {
	tb.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}

// validGet is valid for an address with FORMAT in it.
func (w *world) validGet(status int, root string, s shape, target string) any {
	w.t.Helper()
	return w.valid(status, root, s, func(format string) *httptest.ResponseRecorder {
		return w.asks("GET", strings.Replace(target, "FORMAT", format, 1), nil)
	})
}

// validFails wants an error in the form of the specification.
func (w *world) validFails(status int, target string) {
	w.t.Helper()
	got := w.validGet(status, "errors", errorsShape, target)
	if code := got.([]any)[0].(map[string]any)["code"]; code != json.Number(strconv.Itoa(status)) {
		w.t.Errorf("%s: code %v, want %d", target, code, status)
	}
}

// ids are the requests of an answer.
func ids(v any) string {
	all := v.([]any)
	out := make([]string, 0, len(all))
	for _, r := range all {
		out = append(out, strings.TrimPrefix(r.(map[string]any)["service_request_id"].(string), "2026-0000"))
	}
	return strings.Join(out, " ")
}
