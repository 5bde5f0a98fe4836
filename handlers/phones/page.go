package phones

import (
	"bytes"
	"embed"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
)

// files are the page: HTML, style sheets, modules, words and drawings, all written by hand.
//
//go:embed static
var files embed.FS

func (s *Site) showPage(w http.ResponseWriter, _ *http.Request) {
	var page bytes.Buffer
	if err := s.page.Execute(&page, map[string]string{"Token": s.token, "Title": s.o.Title, "Public": s.o.Public}); err != nil {
		refuse(w, http.StatusInternalServerError, "internal")
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page.Bytes())
}

// kinds are the types of what is embedded; not asked of the machine, whose own table may know nothing of modules.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml",
}

func (s *Site) showStatic(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := kinds[path.Ext(name)]
	body, err := files.ReadFile("static/" + name)
	if err != nil || kind == "" { // the page itself is served as a template only
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body)
}

// nothing is the GeoJSON of what a district does not have.
const nothing = `{"type":"FeatureCollection","features":[]}`

// showMap serves the GeoJSON that the map is drawn from.
func (s *Site) showMap(w http.ResponseWriter, r *http.Request) {
	body, known := map[string][]byte{"cells": s.o.Cells, "outline": s.o.Outline, "rivers": s.o.Rivers}[r.PathValue("name")]
	if !known {
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	if body == nil {
		body = []byte(nothing)
	}
	w.Header().Set("Content-Type", "application/geo+json")
	_, _ = w.Write(body)
}

// shown are the kinds of files that a browser may show in the page; any other is offered for saving.
var shown = []string{"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "application/ogg"}

// showFile serves what the emulator keeps of an upload, of a person or of the bot.
func (s *Site) showFile(w http.ResponseWriter, r *http.Request) {
	body, ok := s.o.Emulator.File(r.PathValue("id"))
	if !ok {
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	kind, _, _ := mime.ParseMediaType(http.DetectContentType(body))
	if !slices.Contains(shown, kind) {
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", "attachment")
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	_, _ = w.Write(body)
}

// showSample serves a built-in picture by its name, with or without .jpg.
func (s *Site) showSample(w http.ResponseWriter, r *http.Request) {
	body := sample(strings.TrimSuffix(r.PathValue("name"), ".jpg"))
	if body == nil {
		refuse(w, http.StatusNotFound, "not_found")
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Cache-Control", "private, max-age=3600")
	_, _ = w.Write(body)
}
