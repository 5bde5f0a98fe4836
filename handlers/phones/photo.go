package phones

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

const (
	longestCaption = 1024 // Bot API, sendPhoto
	largestAlbum   = 10   // Bot API, sendMediaGroup
)

// photo answers POST /photo, a form of "phone", "caption", "as" ("photo" or "file") and either "sample", the name of a
// built-in picture, or one to ten files in "file". Several photos go as one album; what is sent as a file keeps its
// metadata.
func (s *Site) photo(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(maxBody); err != nil {
		tooLarge := new(http.MaxBytesError)
		if errors.As(err, &tooLarge) {
			refuse(w, http.StatusRequestEntityTooLarge, "too_large")
			return
		}
		refuse(w, http.StatusBadRequest, "request")
		return
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	p := s.person(w, r.FormValue("phone"))
	if p == nil {
		return
	}
	caption := r.FormValue("caption")
	sent, err := attached(r)
	if err != nil || len(sent) == 0 || len(sent) > largestAlbum || utf8.RuneCountInString(caption) > longestCaption {
		refuse(w, http.StatusBadRequest, "photo")
		return
	}
	send(p, sent, caption, r.FormValue("as") == "file")
	respond(w, struct{}{})
}

// attachment is one picture or file that a person sends.
type attachment struct {
	name, kind string
	data       []byte
}

func attached(r *http.Request) ([]attachment, error) {
	if name := r.FormValue("sample"); name != "" {
		data := sample(name)
		if data == nil {
			return nil, errors.New("no such sample")
		}
		return []attachment{{name + ".jpg", "image/jpeg", data}}, nil
	}
	list := make([]attachment, 0, largestAlbum)
	for _, header := range r.MultipartForm.File["file"] {
		data, err := content(header)
		if err != nil {
			return nil, err
		}
		list = append(list, attachment{header.Filename, http.DetectContentType(data), data})
	}
	return list, nil
}

func content(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

// send sends pictures as photos, one or an album, and everything else as a document.
func send(p *botapi.Person, list []attachment, caption string, asFile bool) {
	photos := make([][]byte, 0, len(list))
	for _, a := range list {
		if asFile || !isPicture(a.kind) {
			p.SendsDocument(a.name, a.kind, a.data, botapi.Caption(caption))
			caption = ""
			continue
		}
		photos = append(photos, a.data)
	}
	switch len(photos) {
	case 0:
	case 1:
		p.SendsPhoto(photos[0], botapi.Caption(caption))
	default:
		p.SendsAlbum(photos, botapi.Caption(caption))
	}
}

// isPicture tells what a phone offers to send as a photo: what it can decode. Others, HEIC among them, go as files.
func isPicture(kind string) bool {
	return kind == "image/jpeg" || kind == "image/png" || kind == "image/gif"
}
