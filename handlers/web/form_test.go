package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/doorway"
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
	if f, err := read(doorway.MaxWords); err != nil || len(f.Get("words")) != doorway.MaxWords-len("words=") {
		t.Errorf("as much as may be: %v", err)
	}
	if f, err := read(doorway.MaxWords + 1); err == nil {
		t.Errorf("%d bytes are taken", len(f.Get("words")))
	}
}

// theRoom is room for uploads as a small district has it.
func theRoom() *doorway.Room {
	return &doorway.Room{Limits: func() doorway.Limits { return doorway.Limits{All: 2, Each: 1, Time: time.Minute} }}
}

// withFile is a form that brings a file.
func withFile(t *testing.T) *http.Request {
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
	return r
}

// TestReadForm_HasItsTime: who is slow does not keep a place for long; where no deadline can be set, it goes without.
func TestReadForm_HasItsTime(t *testing.T) {
	s := &Site{o: Options{Uploads: theRoom()}}
	words := httptest.NewRequest(http.MethodPost, "/report", strings.NewReader("words=smoke"))
	words.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, r := range map[string]*http.Request{"with files": withFile(t), "without": words} {
		w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		before := time.Now()
		if f, err := s.readForm(w, r); err != nil || f.Get("words") != "smoke" {
			t.Fatalf("%s: %v, %v", name, f, err)
		}
		if len(w.set) != 2 || w.set[0].Before(before.Add(time.Minute)) || w.set[0].After(time.Now().Add(time.Minute)) || w.set[1].Before(w.set[0]) {
			t.Errorf("%s: deadlines %v", name, w.set)
		}
	}
	if f, err := s.readForm(httptest.NewRecorder(), withFile(t)); err != nil || len(f.files) != 1 {
		t.Errorf("%v, %v", f, err)
	}
}

// TestEnter: whoever brings files waits for room, one visitor for another's place never; words alone need none.
func TestEnter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Site{o: Options{Uploads: theRoom()}}
		from := func(address string) error {
			r := withFile(t)
			r.RemoteAddr, r.ContentLength = address, 1<<20
			_, err := s.enter(r)
			return err
		}
		if err := from("203.0.113.7:1"); err != nil {
			t.Fatal(err)
		}
		if err := from("203.0.113.7:2"); grid.CodeOf(err) != grid.Conflict {
			t.Errorf("a second of the same: %v", err)
		}
		if err := from("203.0.113.8:1"); err != nil {
			t.Errorf("somebody else: %v", err)
		}
		r := httptest.NewRequest(http.MethodPost, "/report", strings.NewReader("words=smoke"))
		r.RemoteAddr = "203.0.113.7:3"
		if _, err := s.enter(r); err != nil {
			t.Errorf("words alone: %v", err)
		}
		r = withFile(t) // as browsers send the form when nothing was chosen: small, and declared to be
		r.RemoteAddr = "203.0.113.7:4"
		if _, err := s.enter(r); err != nil {
			t.Errorf("words in the form that could bring files: %v", err)
		}
	})
}

// TestSlowSender_IsBrokenOff: whoever begins to send and does not go on is answered when their time is over, and their place is free.
func TestSlowSender_IsBrokenOff(t *testing.T) {
	room := &doorway.Room{Limits: func() doorway.Limits { return doorway.Limits{All: 1, Each: 1, Time: 100 * time.Millisecond} }}
	s := &Site{o: Options{Uploads: room}}
	answered := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, err := s.enter(r)
		if err == nil {
			_, err = s.readForm(w, r)
			leave()
		}
		answered <- err
	}))
	defer server.Close()
	line, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	_, err = io.WriteString(line, "POST /report HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b\r\n")
	if err != nil {
		t.Fatal(err)
	}
	if err := <-answered; grid.CodeOf(err) != grid.Invalid {
		t.Errorf("the slow one is told %v", err)
	}
	if leave, err := room.Enter(t.Context(), "203.0.113.7"); err != nil {
		t.Errorf("the next is told %v", err)
	} else {
		leave()
	}
}
