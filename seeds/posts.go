package seeds

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/grid/site"
)

const postsFile = "posts.yaml"

// loadPosts reads ready texts for the seasons; a district may have none.
func (l *loader) loadPosts() {
	if !l.exists(postsFile) {
		return
	}
	f, ok := l.open(postsFile, "posts")
	if !ok {
		return
	}
	codes := words{}
	for _, n := range f.items("posts") {
		e := n.fields([]string{"code", "from", "until", "category", "title", "text", "source", "status"})
		l.sourced(e, e.text("code"))
		p := post.Sample{
			Code: e.code(codes), Season: site.Season{From: e.yearDay("from"), Until: e.yearDay("until")}, Category: e.text("category"),
			Title: e.byLanguage("title"), Text: e.byLanguage("text"),
		}
		if e.has("category") && !slices.ContainsFunc(l.d.Categories, func(c category.Category) bool { return c.Code == p.Category }) {
			e.byKey["category"].fault("a category of "+categoriesFile, "%q does not exist", p.Category)
		}
		l.d.PostSamples = append(l.d.PostSamples, p)
	}
}
