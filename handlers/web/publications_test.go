package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/publicationsheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// oneIssue is a store that holds one published issue.
type oneIssue struct{ Records }

func (oneIssue) Dossiers(_ context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	id := ids[0]
	sealed := publication.Sheet{ID: id, Content: publication.Content{Title: publication.Same("title")}}.Bytes()
	body, err := json.Marshal(publication.Issue{ID: id, State: publication.Published, Sealed: string(sealed), Hash: publication.Sum(sealed)})
	return []ledger.Dossier{{Kind: kind, ID: id, Version: 1, Body: body}}, err
}

// drawing answers whoever wants an issue drawn.
type drawing struct {
	data []byte
	err  error
}

func (d drawing) Draw(publication.Public, texts.Lang) ([]byte, error) { return d.data, d.err }

// While too many drawings are waited for, a visitor is told when to ask again, and nothing of that is kept by anybody.
func TestPublicationSheet_SaysWhenToAskAgain(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	site := &Site{o: Options{Words: words, Records: oneIssue{}}}
	ask := func(d drawing) (page, http.Header) {
		site.sheets = d
		r, w := httptest.NewRequest(http.MethodGet, "/publications/cards.2026-Q3/sheet.pdf", http.NoBody), httptest.NewRecorder()
		r.SetPathValue("id", "cards.2026-Q3")
		p, err := site.publicationSheet(&visit{ctx: t.Context(), r: r, w: w, lang: texts.Chinese, site: site})
		if err != nil {
			t.Fatal(err)
		}
		return p, w.Header()
	}
	if p, h := ask(drawing{err: publicationsheet.ErrBusy}); p.status != http.StatusServiceUnavailable || h.Get("Retry-After") == "" || p.file != nil {
		t.Errorf("busy: %+v, %v", p, h)
	}
	if p, h := ask(drawing{data: []byte("%PDF-")}); p.file == nil || p.file.name != "cards.2026-Q3.pdf" || h.Get("Retry-After") != "" {
		t.Errorf("drawn: %+v, %v", p, h)
	}
}
