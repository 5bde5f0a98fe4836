package web

import (
	"strings"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// prefixes are where each language's pages stand. An address says the language, so that a page can be kept by whoever
// caches, sent to somebody else and read there as it was meant.
var prefixes = map[texts.Lang]string{texts.Chinese: "", texts.English: "/en"}

// localized puts the prefix into a pattern: "GET /cases" becomes "GET /en/cases".
func localized(pattern, prefix string) string {
	method, path, _ := strings.Cut(pattern, " ")
	return method + " " + prefix + path
}

// bare is the path without its language.
func bare(path string) string {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(path, prefix+"/"); ok && prefix != "" {
			return "/" + rest
		}
		if path == prefix && prefix != "" {
			return "/"
		}
	}
	return path
}
