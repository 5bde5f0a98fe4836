package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/gridwarden/gridwarden/handlers/answer"
)

//go:embed static
var static embed.FS

// asset is a file that pages load. Its address carries a hash of it, so that it may be kept for ever.
type asset struct {
	data []byte
	kind string
	tag  string
}

// assets are the files by their names.
type assets map[string]asset

func readAssets() (assets, error) {
	out := make(assets)
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	for _, e := range entries {
		data, err := static.ReadFile(path.Join("static", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		sum := sha256.Sum256(data)
		out[e.Name()] = asset{data: data, kind: mime.TypeByExtension(path.Ext(e.Name())), tag: hex.EncodeToString(sum[:6])}
	}
	return out, nil
}

// address is where a page finds the file.
func (a assets) address(name string) (string, error) {
	f, ok := a[name]
	if !ok {
		return "", fmt.Errorf("web: there is no file static/%s", name)
	}
	return "/static/" + name + "?" + f.tag, nil
}

// ServeHTTP serves a file; for ever under the address that carries its hash, and to be asked about under another.
func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "no-cache")
	if r.URL.RawQuery == f.tag {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	answer.Whole(w, r, http.StatusOK, f.data)
}
