package georeport_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// openAPI is the description as the server gives it.
type openAPI struct {
	t    *testing.T
	root map[string]any
}

func (w *world) openAPI(t *testing.T) *openAPI {
	t.Helper()
	o := &openAPI{t: t}
	if err := json.Unmarshal(w.gets("/openapi.json", 200).Body.Bytes(), &o.root); err != nil {
		t.Fatal(err)
	}
	return o
}

// at follows names into the description; a $ref on the way is resolved.
func (o *openAPI) at(v any, names ...string) any {
	o.t.Helper()
	for _, name := range names {
		m, ok := o.resolve(v).(map[string]any)
		if !ok {
			o.t.Fatalf("no %s in %v", name, v)
		}
		v = m[name]
	}
	return o.resolve(v)
}

func (o *openAPI) resolve(v any) any {
	if m, ok := v.(map[string]any); ok {
		if ref, ok := m["$ref"].(string); ok {
			return o.at(o.root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
		}
	}
	return v
}

// walked are the values of path parameters to walk with, and what is sent to the one path that takes something in.
var walked = map[string]string{
	"service_code": "water", "service_request_id": "2026-00001", "token": "accepted", "cell": town, "duty": "hotline",
}

// TestOpenAPI_IsWhatIsAnswered walks every path of the description in every format: status, type and content are those that
// it promises.
func TestOpenAPI_IsWhatIsAnswered(t *testing.T) {
	w := newWorld(t)
	o := w.openAPI(t)
	if o.at(o.root, "openapi") != "3.1.0" || o.at(o.root, "servers").([]any)[0].(map[string]any)["url"] != "https://ledu.example" {
		t.Errorf("%v, %v", o.root["openapi"], o.root["servers"])
	}
	paths := o.at(o.root, "paths").(map[string]any)
	answers := 0
	for path, item := range paths {
		for method := range item.(map[string]any) {
			for _, format := range []string{"json", "xml"} {
				target := path
				for name, value := range walked {
					target = strings.Replace(target, "{"+name+"}", value, 1)
				}
				target = strings.Replace(target, "{format}", format, 1)
				o.check(path, method, target, w.walk(method, target), http.StatusOK)
				answers++
			}
		}
	}
	if answers < 30 {
		t.Errorf("only %d answers were looked at", answers)
	}
}

// TestOpenAPI_ErrorsAreWhatIsAnswered does the same for what goes wrong.
func TestOpenAPI_ErrorsAreWhatIsAnswered(t *testing.T) {
	w := newWorld(t)
	o := w.openAPI(t)
	o.check(v2+"/requests.{format}", "get", "400", w.walk("get", v2+"/requests.json?page=x"), 400)
	o.check(v2+"/services/{service_code}.{format}", "get", "404", w.walk("get", v2+"/services/none.json"), 404)
	o.check(v2+"/requests.{format}", "get", "extended", w.walk("get", v2+"/requests.json?extensions=true"), 200)
	bad := w.files(v2+"/requests.json", 403, "service_code", "water", "lat", "36", "long", "102", "description", "x")
	o.check(v2+"/requests.{format}", "post", "403", bad, 403)
	w.door.err = errors.New("away")
	w.files(v2+"/requests.json", 500, "api_key", "good", "service_code", "water", "lat", "36", "long", "102", "description", "x")
}

// TestOpenAPI_LeavesNothingOut: whatever the server has a route for is described.
func TestOpenAPI_LeavesNothingOut(t *testing.T) {
	w := newWorld(t)
	paths := slices.Sorted(maps.Keys(w.openAPI(t).at(w.openAPI(t).root, "paths").(map[string]any)))
	for _, pattern := range w.server.Patterns() {
		folder := strings.TrimSuffix(pattern, "{file}")
		if !slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(p, folder) }) && folder != "/robots.txt" {
			t.Errorf("%s is not described", pattern)
		}
	}
}

func (w *world) walk(method, target string) *httptest.ResponseRecorder {
	if method == "post" {
		form := url.Values{"api_key": {"good"}, "service_code": {"water"}, "lat": {"36.5"}, "long": {"102.4"}, "description": {"黑水"}}
		return w.asks(http.MethodPost, target, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	}
	return w.asks(http.MethodGet, target, nil)
}

func (o *openAPI) check(path, method, what string, r *httptest.ResponseRecorder, status int) {
	o.t.Helper()
	if r.Code != status {
		o.t.Errorf("%s %s: %d\n%s", method, what, r.Code, r.Body)
		return
	}
	kind, _, err := mime.ParseMediaType(r.Header().Get("Content-Type"))
	content := o.at(o.root, "paths", path, method, "responses", strconv.Itoa(status), "content").(map[string]any)
	promised, ok := content[kind]
	if err != nil || !ok {
		o.t.Errorf("%s %s: %s is not promised, only %v", method, what, kind, slices.Sorted(maps.Keys(content)))
		return
	}
	if !strings.Contains(kind, "json") {
		return
	}
	var v any
	if err := json.Unmarshal(r.Body.Bytes(), &v); err != nil {
		o.t.Errorf("%s: %v", what, err)
		return
	}
	if fault := o.fits(o.at(promised, "schema"), v, "answer"); fault != "" {
		o.t.Errorf("%s %s: %s", method, what, fault)
	}
}

// fits tells what of a value is not as its schema says; it knows as much of JSON Schema as the description uses.
func (o *openAPI) fits(schema, v any, where string) string {
	s, ok := o.resolve(schema).(map[string]any)
	if !ok {
		return where + " has no schema"
	}
	if several, ok := s["oneOf"].([]any); ok {
		for _, one := range several {
			if o.fits(one, v, where) == "" {
				return ""
			}
		}
		return fmt.Sprintf("%s: %v is none of those", where, v)
	}
	if !isOf(s["type"], v) {
		return fmt.Sprintf("%s: %v is no %v", where, v, s["type"])
	}
	if c, ok := s["const"]; ok && c != v {
		return fmt.Sprintf("%s: %v, expected %v", where, v, c)
	}
	if all, ok := s["enum"].([]any); ok && v != nil && !slices.Contains(all, v) {
		return fmt.Sprintf("%s: %v is none of %v", where, v, all)
	}
	if text, ok := v.(string); ok && s["format"] == "date-time" {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return where + ": " + err.Error()
		}
	}
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			if fault := o.fits(s["items"], e, fmt.Sprintf("%s[%d]", where, i)); fault != "" {
				return fault
			}
		}
	case map[string]any:
		return o.fitsObject(s, v, where)
	}
	return ""
}

func (o *openAPI) fitsObject(s, v map[string]any, where string) string {
	properties, _ := s["properties"].(map[string]any)
	required, _ := s["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			return fmt.Sprintf("%s has no %v", where, name)
		}
	}
	for name, e := range v {
		p, ok := properties[name]
		if !ok && s["additionalProperties"] == false {
			return where + " has a " + name
		}
		if ok {
			if fault := o.fits(p, e, where+"."+name); fault != "" {
				return fault
			}
		}
	}
	return ""
}

// isOf tells whether a value is of a type, or of one of several.
func isOf(kind, v any) bool {
	if several, ok := kind.([]any); ok {
		return slices.ContainsFunc(several, func(k any) bool { return isOf(k, v) })
	}
	switch v := v.(type) {
	case nil:
		return kind == "null"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && v == float64(int(v))
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}
