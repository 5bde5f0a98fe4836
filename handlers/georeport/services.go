package georeport

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Kinds of services: whether a request has its number at once, or a token by which it is found later.
const (
	realtime = "realtime"
	batch    = "batch"
)

// services lists what can be reported: the kinds of pollution.
func (c *call) services() {
	w := c.writer()
	w.list("services", func() {
		for _, s := range c.d.Categories {
			w.object("service", func() { c.service(w, s) })
		}
	})
	c.send(http.StatusOK, w.buf)
}

func (c *call) service(w *writer, s category.Category) {
	w.text("service_code", s.Code)
	w.text("service_name", c.called(s.Names))
	if len(s.Kinds) > 0 {
		w.text("description", c.say("georeport.service", map[string]any{"name": texts.Names(s.Names), "kinds": kindNames(s)}))
	} else {
		w.text("description", c.say("georeport.service_plain", map[string]any{"name": texts.Names(s.Names)}))
	}
	w.flag("metadata", true)
	w.text("type", c.typeOf(s.Code))
	w.text("keywords", c.keywords(s))
	w.text("group", c.say("georeport.group", nil))
}

func (c *call) typeOf(code string) string {
	if slices.Contains(c.d.Rules.Batch, code) {
		return batch
	}
	return realtime
}

// keywords are the names of the sub-kinds, with commas between them as the specification says.
func (c *call) keywords(s category.Category) string {
	words := make([]string, 0, len(s.Kinds))
	for _, k := range s.Kinds {
		words = append(words, strings.ReplaceAll(c.called(k.Names), ",", " "))
	}
	return strings.Join(words, ", ")
}

func kindNames(s category.Category) texts.List {
	out := make(texts.List, 0, len(s.Kinds))
	for _, k := range s.Kinds {
		out = append(out, texts.Names(k.Names))
	}
	return out
}

func (c *call) called(names map[string]string) string { return texts.Names(names).In(c.lang) }

// category finds a kind of pollution by its code.
func (c *call) category(code string) (category.Category, bool) {
	for _, s := range c.d.Categories {
		if s.Code == code {
			return s, true
		}
	}
	return category.Category{}, false
}
