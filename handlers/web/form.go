package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Bounds of what one form brings. What it brings is kept in memory while it is read, never on a disk: photos lie sealed or
// not at all.
const (
	maxWords   = 256 << 10 // bytes of a form without files
	maxField   = 64 << 10  // bytes of one field
	maxParts   = 64
	maxUploads = 4 // forms with files that are read at the same time; others wait

	formTime = time.Minute // in which a form with files has to come in: who is slow takes the place of others
)

// form is what a visitor sent.
type form struct {
	url.Values
	files []Upload
}

var errForm = grid.Fail(grid.Invalid, "error.web.form")

// readForm reads a form, with or without files.
func (s *Site) readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, maxWords)
		if err := r.ParseForm(); err != nil {
			return form{}, errForm
		}
		return form{Values: r.PostForm}, nil
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return form{}, r.Context().Err()
	}
	if err := within(w, formTime); err != nil {
		return form{}, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return form{}, errForm
	}
	f := form{Values: make(url.Values)}
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, within(w, formTime) // for what is done with it: the deadline would break that off, too
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

// within gives a visitor so long to send what is read next. The clock is that of the network, not of the district.
func within(w http.ResponseWriter, d time.Duration) error {
	err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(d))
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// tooMuch says in words what is wrong with a form that could not be read.
func tooMuch(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return grid.Fail(grid.Invalid, "error.web.large")
	}
	return errForm
}
