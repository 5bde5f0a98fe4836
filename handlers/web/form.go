package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// Bounds of what one form brings. What it brings is kept in memory while it is read, never on a disk: photos lie sealed or
// not at all.
const (
	maxField = 64 << 10 // bytes of one field
	maxParts = 64
)

// form is what a visitor sent.
type form struct {
	url.Values
	files []Upload
}

var errForm = grid.Fail(grid.Invalid, "error.web.form")

// hasFiles tells whether a form may bring files.
func hasFiles(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return r.Method == http.MethodPost && kind == "multipart/form-data"
}

// enter waits for room for what a request brings. Whoever brings no files needs none.
func (s *Site) enter(r *http.Request) (leave func(), err error) {
	if !hasFiles(r) || doorway.Light(r) {
		return func() {}, nil
	}
	return s.o.Uploads.Enter(r.Context(), s.visitor(r))
}

// readForm reads a form, with or without files. One that is slow is broken off: it takes the place of others.
func (s *Site) readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	if err := s.hurry(w); err != nil {
		return form{}, err
	}
	read := readParts
	if !hasFiles(r) {
		read = readWords
	}
	f, err := read(w, r)
	if err != nil {
		return form{}, err
	}
	return f, s.hurry(w) // for what is done with it: the deadline would break that off, too
}

func (s *Site) hurry(w http.ResponseWriter) error {
	if most := s.o.Uploads.Time(); most > 0 {
		return doorway.Hurry(w, most)
	}
	return nil
}

// readWords reads a form that brings no files.
func readWords(w http.ResponseWriter, r *http.Request) (form, error) {
	r.Body = http.MaxBytesReader(w, r.Body, doorway.MaxWords)
	if err := r.ParseForm(); err != nil {
		return form{}, errForm
	}
	return form{Values: r.PostForm}, nil
}

// readParts reads a form that may bring files.
func readParts(_ http.ResponseWriter, r *http.Request) (form, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return form{}, errForm
	}
	f := form{Values: make(url.Values)}
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err != nil {
			return form{}, tooMuch(err)
		}
		limit := int64(maxField)
		if part.FileName() != "" {
			limit = maxBody
		}
		data, err := io.ReadAll(io.LimitReader(part, limit))
		if err != nil {
			return form{}, tooMuch(err)
		}
		switch {
		case part.FileName() == "":
			f.Add(part.FormName(), string(data))
		case len(data) > 0:
			f.files = append(f.files, Upload{Name: part.FileName(), Data: data})
		}
	}
	return form{}, errForm
}

// tooMuch says in words what is wrong with a form that could not be read.
func tooMuch(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return grid.Fail(grid.Invalid, "error.web.large")
	}
	return errForm
}
