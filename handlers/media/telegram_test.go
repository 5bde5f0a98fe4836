package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/media"
)

const (
	secret = "AAHsecretsecretsecret"
	token  = "123456:" + secret
)

// server is a Bot API server that answers getFile with one text, and downloads with one body.
type server struct {
	status   int
	answer   string
	fileCode int
	file     []byte
	asked    []string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked = append(s.asked, r.URL.Path)
	switch {
	case r.URL.Path == "/bot"+token+"/getFile" && r.FormValue("file_id") == "file1":
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, s.answer)
	case strings.HasPrefix(r.URL.Path, "/file/bot"+token+"/"):
		w.WriteHeader(s.fileCode)
		_, _ = w.Write(s.file)
	default:
		http.NotFound(w, r)
	}
}

func telegram(tb testing.TB, s *server, change func(*media.TelegramOptions)) *media.Telegram {
	tb.Helper()
	web := httptest.NewServer(s)
	tb.Cleanup(web.Close)
	o := media.TelegramOptions{HTTP: web.Client(), URL: web.URL + "/", Token: token, MaxBytes: 100_000}
	if change != nil {
		change(&o)
	}
	t, err := media.NewTelegram(o)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func TestFetch(t *testing.T) {
	photo := withEXIF(jpegOf(t, scene(200, 150), 85), ledu())
	api := &server{
		status: 200, answer: `{"ok":true,"result":{"file_path":"photos/file 1.jpg","file_size":0}}`, fileCode: 200, file: photo,
	}
	s := open(t, nil)
	info, err := media.NewFetcher(telegram(t, api, nil), s).Fetch(t.Context(), "file1", "document", "a.jpg", noon)
	if err != nil || info.GPS == nil || info.Kind != "document" {
		t.Fatalf("got %+v, %v", info, err)
	}
	if got, err := s.Original(t.Context(), info.SHA256); err != nil || !bytes.Equal(got, photo) {
		t.Fatalf("kept something else: %v", err)
	}
}

func TestFetchFailures(t *testing.T) {
	good := `{"ok":true,"result":{"file_path":"photos/1.jpg","file_size":10}}`
	for name, c := range map[string]struct {
		api       server
		is        error
		temporary bool
	}{
		"too big for Telegram": {
			server{status: 400, answer: `{"ok":false,"description":"Bad Request: file is too big"}`}, media.ErrTooLarge, false,
		},
		"gone": {server{status: 400, answer: `{"ok":false,"description":"Bad Request: invalid file_id"}`}, media.ErrGone, false},
		"perhaps later": {
			server{status: 400, answer: `{"ok":false,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"}`},
			nil, true,
		},
		"throttled":         {server{status: 429, answer: `{"ok":false,"parameters":{"retry_after":3}}`}, nil, true},
		"bad gateway":       {server{status: 502, answer: `<html>` + token}, nil, true},
		"token revoked":     {server{status: 401, answer: `{"ok":false}`}, nil, true},
		"not JSON":          {server{status: 200, answer: `<html>` + token}, nil, true},
		"no path":           {server{status: 200, answer: `{"ok":true,"result":{}}`}, nil, true},
		"said too large":    {server{status: 200, answer: `{"ok":true,"result":{"file_path":"a","file_size":200000}}`}, media.ErrTooLarge, false},
		"is too large":      {server{status: 200, answer: good, fileCode: 200, file: make([]byte, 100_001)}, media.ErrTooLarge, false},
		"link expired":      {server{status: 200, answer: good, fileCode: 404}, nil, true},
		"not a photo":       {server{status: 200, answer: good, fileCode: 200, file: []byte("hello")}, media.ErrType, false},
		"climbing path":     {server{status: 200, answer: `{"ok":true,"result":{"file_path":"../../x"}}`}, nil, true},
		"disk not shared":   {server{status: 200, answer: `{"ok":true,"result":{"file_path":"/var/lib/x"}}`}, nil, true},
		"endless but large": {server{status: 200, answer: good, fileCode: 200, file: make([]byte, 1<<20)}, media.ErrTooLarge, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := media.NewFetcher(telegram(t, &c.api, nil), open(t, nil))
			_, err := f.Fetch(t.Context(), "file1", "photo", "", noon)
			if err == nil || c.is != nil && !errors.Is(err, c.is) || media.Temporary(err) != c.temporary {
				t.Fatalf("got %v, temporary %v", err, media.Temporary(err))
			}
			if strings.Contains(err.Error(), secret) {
				t.Fatalf("the token shows: %v", err)
			}
			if name == "climbing path" && len(c.api.asked) != 1 {
				t.Fatalf("asked for %v", c.api.asked)
			}
		})
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestTokenNeverShows(t *testing.T) {
	refused := httptest.NewServer(http.NotFoundHandler())
	refused.Close()
	round := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://[bad"+r.URL.Path)
		w.WriteHeader(http.StatusFound)
	}))
	defer round.Close()
	for name, o := range map[string]media.TelegramOptions{
		"refused":      {HTTP: refused.Client(), URL: refused.URL, Token: token},
		"no such host": {HTTP: http.DefaultClient, URL: "http://[::1]:1", Token: token},
		"bad redirect": {HTTP: round.Client(), URL: round.URL, Token: token},
		"bad address":  {HTTP: http.DefaultClient, URL: "http://a b\x7f", Token: token},
		"client that talks": {Token: token, HTTP: doer(func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("cannot reach " + r.URL.String())
		})},
	} {
		t.Run(name, func(t *testing.T) {
			tg, err := media.NewTelegram(o)
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = tg.Open(t.Context(), "file1")
			if err == nil || !media.Temporary(err) {
				t.Fatalf("got %v", err)
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				if strings.Contains(e.Error(), secret) {
					t.Fatalf("the token shows: %v", e)
				}
			}
		})
	}
}

func TestLocalServer(t *testing.T) {
	dir := t.TempDir()
	photo := jpegOf(t, scene(60, 50), 80)
	outside := filepath.Join(t.TempDir(), "passwd.jpg")
	err := errors.Join(
		os.Mkdir(filepath.Join(dir, "photos"), 0o700), os.WriteFile(filepath.Join(dir, "photos", "1.jpg"), photo, 0o600),
		os.WriteFile(outside, photo, 0o600), os.Symlink(outside, filepath.Join(dir, "link.jpg")),
		os.WriteFile(filepath.Join(dir, "big.jpg"), make([]byte, 100_001), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
	for path, allowed := range map[string]bool{
		dir + "/photos/1.jpg": true, outside: false, dir + "/link.jpg": false, dir + "/../" + filepath.Base(dir) + "/photos/1.jpg": true,
		dir + "/photos/../../x": false, dir + "/photos": false, dir: false, "/etc/passwd": false, dir + "/big.jpg": false,
		dir + "evil/1.jpg": false,
	} {
		api := &server{status: 200, answer: `{"ok":true,"result":{"file_path":"` + path + `"}}`}
		tg := telegram(t, api, func(o *media.TelegramOptions) { o.LocalDir = dir })
		body, size, err := tg.Open(t.Context(), "file1")
		if (err == nil) != allowed {
			t.Errorf("%s: %v", path, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), dir) {
				t.Errorf("the error tells the path: %v", err)
			}
			continue
		}
		got, err := io.ReadAll(body)
		if err != nil || !bytes.Equal(got, photo) || size != int64(len(photo)) || body.Close() != nil {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
	}
}

func TestSlowDownloadIsCutOff(t *testing.T) {
	stuck := doer(func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	tg, err := media.NewTelegram(media.TelegramOptions{HTTP: stuck, Token: token, Timeout: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = tg.Open(t.Context(), "file1"); !errors.Is(err, context.DeadlineExceeded) || !media.Temporary(err) {
		t.Fatalf("got %v", err)
	}
}
