package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// deadlines is an answer on a connection that can be given a deadline.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

// TestReadForm_WithoutFilesIsBounded: who sends words may send many, and not more.
func TestReadForm_WithoutFilesIsBounded(t *testing.T) {
	s := &Site{}
	read := func(n int) (form, error) {
		r := httptest.NewRequest(http.MethodPost, "/report", strings.NewReader("words="+strings.Repeat("x", n-len("words="))))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return s.readForm(httptest.NewRecorder(), r)
	}
	if f, err := read(maxWords); err != nil || len(f.Get("words")) != maxWords-len("words=") {
		t.Errorf("as much as may be: %v", err)
	}
	if f, err := read(maxWords + 1); err == nil {
		t.Errorf("%d bytes are taken", len(f.Get("words")))
	}
}

// TestReadForm_WithFilesHasItsTime: who is slow does not keep a place for long; where no deadline can be set, it goes without.
func TestReadForm_WithFilesHasItsTime(t *testing.T) {
	s := &Site{uploads: make(chan struct{}, 1)}
	read := func(w http.ResponseWriter) {
		t.Helper()
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		_ = m.WriteField("words", "smoke")
		part, err := m.CreateFormFile("files", "a.jpg")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte("picture"))
		_ = m.Close()
		r := httptest.NewRequest(http.MethodPost, "/report", &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		if f, err := s.readForm(w, r); err != nil || f.Get("words") != "smoke" || len(f.files) != 1 {
			t.Fatalf("%v, %v", f, err)
		}
	}
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	before := time.Now()
	read(w)
	if len(w.set) == 0 || w.set[0].Before(before.Add(formTime)) || w.set[0].After(time.Now().Add(formTime)) {
		t.Errorf("deadlines %v", w.set)
	}
	read(httptest.NewRecorder())
}
