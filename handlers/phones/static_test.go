package phones

import (
	"bytes"
	"encoding/json"
	"image"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func words(tb testing.TB, language string) map[string]string {
	tb.Helper()
	raw, err := files.ReadFile("static/words." + language + ".json")
	if err != nil {
		tb.Fatal(err)
	}
	var list map[string]string
	if err := json.Unmarshal(raw, &list); err != nil {
		tb.Fatal(err)
	}
	return list
}

var places = regexp.MustCompile(`\{\w+\}`)

// Ensure that both languages say the same things with the same places, and that Chinese comes with every key.
func TestWordsAreComplete(t *testing.T) {
	zh, en := words(t, "zh-CN"), words(t, "en")
	for key, text := range zh {
		a, b := places.FindAllString(text, -1), places.FindAllString(en[key], -1)
		slices.Sort(a)
		slices.Sort(b)
		if en[key] == "" || text == "" || !slices.Equal(a, b) {
			t.Errorf("%s: %q and %q", key, text, en[key])
		}
	}
	if len(en) != len(zh) {
		t.Errorf("%d texts in English, %d in Chinese", len(en), len(zh))
	}
	for _, name := range sampleNames() {
		if zh["sample."+name] == "" {
			t.Errorf("the picture %s has no name", name)
		}
	}
}

var used = regexp.MustCompile(`(?:data-word(?:-label|-placeholder)?="|\b(?:say|word)\((?:[^'"()]|\([^()]*\))*')([a-z]+\.[a-z_]+)["']`)

// Ensure that every text the page names is there, and none is forgotten there.
func TestWordsAreUsed(t *testing.T) {
	zh := words(t, "zh-CN")
	var all strings.Builder
	for _, name := range staticFiles(t) {
		raw, err := files.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".html") {
			all.Write(raw)
			for _, m := range used.FindAllStringSubmatch(string(raw), -1) {
				if zh[m[1]] == "" {
					t.Errorf("%s: no text %q", name, m[1])
				}
			}
		}
	}
	for key := range zh {
		family, _, _ := strings.Cut(key, ".")
		built := slices.Contains([]string{"role", "sample", "error", "cases"}, family) // named piecewise
		if !built && !strings.Contains(all.String(), key) {
			t.Errorf("nobody says %q", key)
		}
	}
}

func staticFiles(tb testing.TB) []string {
	tb.Helper()
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		tb.Fatal(err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// What the policy of the page forbids must not even be written: markup from strings, inline code and styles, anything
// from outside.
var forbidden = regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:|\son\w+="|\sstyle="|<style|(?:src|href)="(?:https?:)?//|import\(|url\(`)

func TestNothingForbidden(t *testing.T) {
	for _, name := range staticFiles(t) {
		raw, err := files.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(raw); found != nil {
			t.Errorf("%s: %q", name, found)
		}
	}
}

// Ensure that every page, module and drawing is served with its type and under the policy.
func TestServed(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Title = `<b>"演示"` })
	paths := map[string]string{"/": "text/html; charset=utf-8", "/map/cells": "application/geo+json", "/sample/smoke.jpg": "image/jpeg"}
	for _, name := range staticFiles(t) {
		if kind := kinds[name[strings.LastIndex(name, "."):]]; kind != "" {
			paths["/static/"+name] = kind
		} else if name != "index.html" {
			t.Errorf("%s is embedded and has no type", name)
		}
	}
	for path, kind := range paths {
		status, h := w.head(t, path)
		if status != http.StatusOK || h.Get("Content-Type") != kind || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'self';") {
			t.Errorf("%s: %d %v", path, status, h)
		}
	}
	_, page := w.request(t, http.MethodGet, "/", nil)
	if !strings.Contains(page, w.token) || strings.Contains(page, "<b>") || !strings.Contains(page, "&lt;b&gt;&#34;演示&#34;") {
		t.Error("the page has no token, or its title is markup")
	}
}

// Ensure that a file which is no picture is never shown by the browser as what it claims to be.
func TestFilesAreHarmless(t *testing.T) {
	w := newWorld(t)
	page := []byte("<!doctype html><script>alert(1)</script>")
	id := w.emulator.User(1, "", "").SendsDocument("a.html", "text/html", page).Document.FileID
	if _, h := w.head(t, "/file/"+id); h.Get("Content-Type") != "application/octet-stream" || h.Get("Content-Disposition") != "attachment" {
		t.Errorf("%v", h)
	}
}

// head asks for a path the way an address that is typed does, and returns what is said of it.
func (w *world) head(tb testing.TB, path string) (status int, header http.Header) {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodGet, w.server.URL+path, http.NoBody)
	if err != nil {
		tb.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode, response.Header
}

// Ensure that the built-in pictures are pictures, each another.
func TestSamples(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range sampleNames() {
		config, kind, err := image.DecodeConfig(bytes.NewReader(sample(name)))
		if err != nil || kind != "jpeg" || config.Width != sampleWidth || config.Height != sampleHeight || seen[string(sample(name))] {
			t.Errorf("%s: %v %s %v", name, config, kind, err)
		}
		seen[string(sample(name))] = true
	}
	if len(seen) != len(samples) || sample("else") != nil {
		t.Error("the list of pictures is wrong")
	}
}
