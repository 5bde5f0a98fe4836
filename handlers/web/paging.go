package web

import (
	"net/url"
	"strconv"
)

// paging is where a visitor is in a list that is too long for one page. Before and After are addresses without the language, empty
// where there is none.
type paging struct {
	Page, Pages   int
	Before, After string
}

// farthestPage bounds what is reckoned with; no list is that long.
const farthestPage = 1_000_000

// pageAsked is the page of a list that the visitor asks for, 1 for the first.
func (v *visit) pageAsked() int {
	n, err := strconv.Atoi(v.r.URL.Query().Get("page"))
	if err != nil || n < 1 || n > farthestPage {
		return 1
	}
	return n
}

// paging leads from page n of a list of that many entries to those beside it; keep are the other parameters that belong to the list.
func (v *visit) paging(n, total, length int, keep ...string) paging {
	out := paging{Page: n, Pages: pagesOf(total, length)}
	given := v.r.URL.Query()
	at := func(n int) string {
		form := url.Values{"page": {strconv.Itoa(n)}}
		for _, name := range keep {
			if value := given.Get(name); value != "" {
				form.Set(name, value)
			}
		}
		return bare(v.r.URL.Path) + "?" + form.Encode()
	}
	if n > 1 {
		out.Before = at(min(n-1, out.Pages))
	}
	if n < out.Pages {
		out.After = at(n + 1)
	}
	return out
}

// turned is the part of a list that stands on the page that the visitor asks for: the last one for any behind it.
func turned[T any](v *visit, all []T, length int) ([]T, paging) {
	n := v.pageOf(len(all), length)
	return cut(all, n, length), v.paging(n, len(all), length)
}

// pageOf is the page that the visitor asks for, of a list of that many entries.
func (v *visit) pageOf(total, length int) int {
	return min(v.pageAsked(), pagesOf(total, length))
}

// pagesOf is how many pages a list of that many entries has; one when it is empty.
func pagesOf(total, length int) int { return max(1, (total+length-1)/length) }

// cut is what of a list stands on page n: nothing when it is not that long.
func cut[T any](all []T, n, length int) []T {
	return all[min((n-1)*length, len(all)):min(n*length, len(all))]
}
