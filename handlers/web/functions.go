package web

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// functions are what templates say things with, in one language.
func (s *Site) functions(lang texts.Lang) template.FuncMap {
	return template.FuncMap{
		"t":          func(key string, pairs ...any) (string, error) { return s.sentence(lang, key, pairs) },
		"url":        func(parts ...any) string { return prefixes[lang] + joined(parts) },
		"machine":    func(path string) string { return machineURL(lang, path) },
		"feed":       func(parts ...any) string { return machineURL(lang, "/feeds/"+joined(parts)+".atom") },
		"static":     s.assets.address,
		"navigation": func(f frame) []place { return s.navigation(f) },
		"other":      func(f frame) otherLanguage { return s.otherLanguage(f) },
		"cell":       func(code grid.CellCode) string { return s.o.Tree.Name(code) },
		"category":   func(code string) string { return nameOf(s.o.Categories, code, lang) },
		"department": func(code grid.Department) string { return nameOf(s.o.Departments, string(code), lang) },
		"named":      func(names map[string]string) string { return texts.Names(names).In(lang) },
		"day":        func(t time.Time) template.HTML { return s.day(lang, t) },
		"lastday":    func(due time.Time) template.HTML { return s.day(lang, due.Add(-time.Second)) },
		"hour":       func(t time.Time) string { return s.hour(lang, t) },
		"moment":     func(t time.Time) template.HTML { return s.moment(lang, t) },
		"date":       func(d calendar.Date) template.HTML { return s.date(lang, d) },
		"served":     served,
		"percent":    percent,
		"words":      func(w publication.Words) string { return w.In(string(lang)) },
		"period":     func(name string) string { return s.period(lang, name) },
		"minus":      func(a, b int) int { return a - b },
		"qr":         codeOf,
		"cubic":      cubic,
		"limit":      func(l calendar.Limit) string { return s.limit(lang, l) },
		"in":         func(n texts.Names) string { return n.In(lang) },
		"count":      counted,
		"district":   func() string { return s.o.District.In(lang) },
		"office":     func() string { return s.o.Office },
		"hotline":    func() string { return s.o.Hotline },
		"bot":        func() string { return s.o.Bot },
		"small":      func(n int) bool { return n < s.o.Small },
		"names":      func(codes []string) string { return s.names(lang, codes) },
		"cells":      s.cellNames,
		"path":       func(code grid.CellCode) string { return s.o.Tree.PathName(code) },
		"answering":  answering,
		"door":       func() bool { return s.o.Door != nil },
		"picture":    func(sha string) string { return s.pictureAddress(sha, s.o.Clock()) },
		"inwords":    func(byLang map[string]string) string { return texts.Names(byLang).In(lang) },
		"lines":      func(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") },
		"items":      func(f []water.Finding) string { return s.itemNames(lang, f) },
		"item":       func(code string) string { return s.itemNames(lang, []water.Finding{{Code: code}}) },
		"section": func(id string) string {
			x, _ := s.o.Water.Section(id) // an unknown one has no name
			return texts.Names(x.Names).In(lang)
		},
	}
}

// machineURL is an address that machines read, in the language of the page that leads to it.
func machineURL(lang texts.Lang, path string) string {
	if prefixes[lang] == "" {
		return path
	}
	return path + "?locale=" + string(lang)
}

// served tells whether there are pages below a path, for links to what another part of the site shows.
func served(path string) bool {
	return slices.ContainsFunc(routes, func(r route) bool { return strings.HasPrefix(r.pattern, "GET "+path+"{") })
}

// sentence is a text of the catalogue; pairs are alternating names and values.
func (s *Site) sentence(lang texts.Lang, key string, pairs []any) (string, error) {
	if !s.o.Words.Has(key) {
		return "", fmt.Errorf("web: there is no text %q", key)
	}
	args := make(texts.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("web: %s: %v is no name of a place", key, pairs[i])
		}
		args[name] = pairs[i+1]
	}
	return s.o.Words.Plain(lang, key, args), nil
}

// names are the categories of the codes.
func (s *Site) names(lang texts.Lang, codes []string) string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = nameOf(s.o.Categories, code, lang)
	}
	return strings.Join(out, s.o.Words.Plain(lang, "web.and", nil))
}

func (s *Site) cellNames(codes []grid.CellCode) string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = s.o.Tree.PathName(code)
	}
	return strings.Join(out, " / ")
}

func joined(parts []any) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprint(&b, p)
	}
	return b.String()
}

func nameOf(list []Named, code string, lang texts.Lang) string {
	for _, n := range list {
		if n.Code == code {
			return n.Names.In(lang)
		}
	}
	return code
}

// otherLanguage leads to the same page in the other language.
type otherLanguage struct {
	Lang texts.Lang
	Own  string // what the language calls itself
	URL  string
}

func (s *Site) otherLanguage(f frame) otherLanguage {
	for _, lang := range texts.Langs() {
		if lang != f.Lang {
			to := prefixes[lang] + "/" + strings.TrimLeft(f.Path, "/\\") // never another host
			if f.Query != "" {
				to += "?" + f.Query
			}
			return otherLanguage{Lang: lang, Own: s.o.Words.Plain(lang, lang.Own(), nil), URL: to}
		}
	}
	return otherLanguage{}
}

// limit is a limit in words: 2 working days.
func (s *Site) limit(lang texts.Lang, l calendar.Limit) string {
	return s.o.Words.Plain(lang, "unit."+string(l.Unit), texts.Args{"n": l.N})
}

// day is a date that programs can read, too.
func (s *Site) day(lang texts.Lang, t time.Time) template.HTML {
	return s.when(t, time.DateOnly, s.o.Words.Plain(lang, "web.day", nil))
}

// date is a day of the calendar, likewise.
func (s *Site) date(lang texts.Lang, d calendar.Date) template.HTML {
	if d == (calendar.Date{}) {
		return ""
	}
	return s.day(lang, d.In(s.o.Location))
}

func (s *Site) moment(lang texts.Lang, t time.Time) template.HTML {
	return s.when(t, time.RFC3339, s.o.Words.Plain(lang, "web.moment", nil))
}

// hour is a moment in words, for the places of a sentence, where no markup can stand.
func (s *Site) hour(lang texts.Lang, t time.Time) string {
	return t.In(s.o.Location).Format(s.o.Words.Plain(lang, "web.moment", nil))
}

func (s *Site) when(t time.Time, machine, people string) template.HTML {
	if t.IsZero() {
		return ""
	}
	t = t.In(s.o.Location)
	return template.HTML(`<time datetime="` + t.Format(machine) + `">` + template.HTMLEscapeString(t.Format(people)) + `</time>`) //nolint:gosec // dates only
}

// percent is a share in whole hundredths.
func percent(part, of int) string {
	if of == 0 {
		return "—"
	}
	return strconv.Itoa((part*100+of/2)/of) + "%"
}

// cubic is an amount of water; what nobody knows is a dash.
func cubic(v float64) string {
	if v == 0 {
		return "—"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// period is how people call a year or a part of one.
func (s *Site) period(lang texts.Lang, name string) string {
	x := texts.Period(name)
	return s.o.Words.Plain(lang, x.Key, x.Args)
}
