package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/answer"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

//go:embed pages
var files embed.FS

// visit is one request for a page.
type visit struct {
	ctx  context.Context
	r    *http.Request
	w    http.ResponseWriter
	lang texts.Lang
	now  time.Time
	site *Site
}

// page is what is shown: a template of pages/ and what fills it.
type page struct {
	name    string // of the template, without .html
	title   string // in words of the visitor's language
	data    any
	status  int    // zero: 200
	private bool   // nobody may keep it
	to      string // instead of showing anything: go there, in the same language
	file    *download
	feed    feed // of what the page shows, besides those of the whole site
}

// feed is an Atom feed.
type feed struct {
	Path  string // below /feeds/, without .atom; empty: there is none
	Title string
}

// download is a file instead of a page.
type download struct {
	name string
	kind string // its media type
	data []byte
}

// frame is what every template is given.
type frame struct {
	Title string
	Path  string // without the language
	Query string
	Now   time.Time
	Lang  texts.Lang
	Feed  feed
	Data  any
}

// pages are the templates by language and name: the words of a language are functions in them.
type pages map[texts.Lang]map[string]*template.Template

// readPages parses every template once for every language.
func (s *Site) readPages() (pages, error) {
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	out := make(pages)
	for lang := range prefixes {
		base, err := template.New("layout.html").Funcs(s.functions(lang)).Funcs(counting).ParseFS(files, "pages/layout.html", "pages/part_*.html")
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		out[lang] = make(map[string]*template.Template)
		for _, file := range names {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if name == "layout" || strings.HasPrefix(name, "part_") {
				continue
			}
			whole, err := template.Must(base.Clone()).ParseFS(files, file)
			if err != nil {
				return nil, fmt.Errorf("web: %w", err)
			}
			out[lang][name] = whole
		}
	}
	return out, nil
}

// page turns a function that makes a page into a handler.
func (s *Site) page(lang texts.Lang, show func(*Site, *visit) (page, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{ctx: r.Context(), r: r, w: w, lang: lang, now: s.o.Clock(), site: s}
		leave, err := s.enter(r)
		p := page{}
		if err == nil {
			defer leave()
			p, err = show(s, v)
			leave() // whoever reads the answer slowly keeps nobody out
		}
		if err != nil {
			p = s.failed(v, err)
		}
		if p.to != "" {
			http.Redirect(w, r, prefixes[lang]+p.to, http.StatusSeeOther)
			return
		}
		if p.file != nil {
			h := w.Header()
			h.Set("Content-Type", p.file.kind)
			h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.file.name}))
			h.Set("Cache-Control", "no-cache")
			answer.Whole(w, r, http.StatusOK, p.file.data)
			return
		}
		if err := s.render(v, p); err != nil {
			s.o.Log.ErrorContext(r.Context(), "page not shown", slog.String("page", p.name), slog.Any("error", err))
			http.Error(w, s.o.Words.Plain(lang, "web.error.ours", nil), http.StatusInternalServerError)
		}
	})
}

// render fills the template before anything is sent: half a page is never shown.
func (s *Site) render(v *visit, p page) error {
	all, err := s.pages()
	if err != nil {
		return err
	}
	whole, ok := all[v.lang][p.name]
	if !ok {
		return fmt.Errorf("web: there is no template pages/%s.html", p.name)
	}
	var b bytes.Buffer
	err = whole.ExecuteTemplate(&b, "layout.html", frame{
		Title: p.title, Path: bare(v.r.URL.Path), Query: v.r.URL.RawQuery, Now: v.now, Lang: v.lang, Feed: p.feed, Data: p.data,
	})
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.lang))
	h.Set("Cache-Control", "no-cache") // may be kept, and is asked about each time
	status := p.status
	if status == 0 {
		status = http.StatusOK
	}
	if p.private || status != http.StatusOK {
		h.Set("Cache-Control", "no-store")
	}
	answer.Whole(v.w, v.r, status, b.Bytes())
	return nil
}

// failed is the page that says what went wrong and what to do; the detail is for the log.
func (s *Site) failed(v *visit, err error) page {
	var known *grid.Error
	switch {
	case errors.As(err, &known) && known.Code == grid.NotFound:
		return s.notThere(v)
	case errors.As(err, &known) && known.Code != grid.Internal:
		status := http.StatusBadRequest
		if known.Code == grid.Conflict {
			status = http.StatusConflict
		}
		return page{name: "error", title: v.t("web.error.title"), status: status, data: v.t(known.Key, args(known))}
	}
	s.o.Log.ErrorContext(v.ctx, "page failed", slog.String("path", bare(v.r.URL.Path)), slog.Any("error", err))
	return page{name: "error", title: v.t("web.error.title"), status: http.StatusInternalServerError, data: v.t("web.error.ours")}
}

// args are what the sentence of an error names.
func args(e *grid.Error) texts.Args {
	out := make(texts.Args, len(e.Args))
	for k, a := range e.Args {
		out[k] = a
	}
	return out
}

// lost is the page for an address that leads nowhere.
func (s *Site) lost(v *visit) (page, error) { return s.notThere(v), nil }

func (s *Site) notThere(v *visit) page {
	return page{name: "error", title: v.t("web.error.missing_title"), status: http.StatusNotFound, data: v.t("web.error.missing")}
}

// t is a sentence of the catalogue in the visitor's language, as plain text.
func (v *visit) t(key string, args ...texts.Args) string {
	if len(args) > 0 {
		return v.site.o.Words.Plain(v.lang, key, args[0])
	}
	return v.site.o.Words.Plain(v.lang, key, nil)
}

// outside is the address of a path for whoever is not on the site: on paper, in a feed, in a chat.
func (v *visit) outside(p string) string {
	base := v.site.o.Base
	if base == "" {
		u := url.URL{Scheme: "http", Host: v.r.Host}
		base = u.String()
	}
	return base + prefixes[v.lang] + p
}
