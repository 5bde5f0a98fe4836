package media

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Doer sends requests; *http.Client is one.
type Doer interface {
	Do(r *http.Request) (*http.Response, error)
}

// TelegramOptions say how to reach a Bot API server. Zero values take what is said behind them.
type TelegramOptions struct {
	HTTP     Doer          // required; it knows the proxy
	Token    string        // required; never shown in an error
	URL      string        // https://api.telegram.org
	LocalDir string        // the working folder of a server run with --local; none: paths on the disk are refused
	MaxBytes int64         // of a file; 20 MiB, the most that Telegram's own server hands out
	Timeout  time.Duration // of a whole download; one minute
}

// Telegram opens files by the Bot API's getFile.
type Telegram struct {
	http     Doer
	token    string
	url      string
	localDir string
	local    *os.Root
	maxBytes int64
	timeout  time.Duration
}

// NewTelegram builds a source. It fails when the local folder cannot be opened.
func NewTelegram(o TelegramOptions) (*Telegram, error) {
	t := &Telegram{
		http: o.HTTP, token: o.Token, url: strings.TrimRight(o.URL, "/"), maxBytes: or(o.MaxBytes, 20<<20), timeout: o.Timeout,
	}
	if t.http == nil || t.token == "" {
		return nil, errors.New("telegram files: a client and a token are required")
	}
	if t.url == "" {
		t.url = "https://api.telegram.org"
	}
	if t.timeout <= 0 {
		t.timeout = time.Minute
	}
	if o.LocalDir == "" {
		return t, nil
	}
	dir, err := filepath.Abs(o.LocalDir)
	if err != nil {
		return nil, fmt.Errorf("telegram files: %w", err)
	}
	if t.local, err = os.OpenRoot(dir); err != nil {
		return nil, fmt.Errorf("telegram files: %w", err)
	}
	t.localDir = dir
	return t, nil
}

// Open asks where the file is and opens it there. ErrGone when Telegram no longer has it, ErrTooLarge beyond the limit,
// also while reading; anything else may pass.
func (t *Telegram) Open(ctx context.Context, fileID string) (io.ReadCloser, int64, error) {
	ctx, cancel := context.WithTimeout(ctx, t.timeout)
	body, size, err := t.open(ctx, fileID)
	if err != nil {
		cancel()
		return nil, 0, err
	}
	return &capped{body: body, cancel: cancel, left: t.maxBytes, limit: t.maxBytes}, size, nil
}

func (t *Telegram) open(ctx context.Context, fileID string) (io.ReadCloser, int64, error) {
	f, err := t.getFile(ctx, fileID)
	if err != nil {
		return nil, 0, err
	}
	if f.Size > t.maxBytes {
		return nil, 0, tooLarge(t.maxBytes)
	}
	if filepath.IsAbs(f.Path) {
		return t.openLocal(f.Path)
	}
	return t.download(ctx, f)
}

// located is the part of the Bot API's File that is used.
type located struct {
	Path string `json:"file_path"`
	Size int64  `json:"file_size"`
}

type reply struct {
	OK          bool    `json:"ok"`
	Description string  `json:"description"`
	Result      located `json:"result"`
}

const maxReply = 64 << 10

func (t *Telegram) getFile(ctx context.Context, fileID string) (located, error) {
	form := strings.NewReader(url.Values{"file_id": {fileID}}.Encode())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url+"/bot"+t.token+"/getFile", form)
	if err != nil {
		return located{}, t.hide("getFile", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := t.http.Do(r)
	if err != nil {
		return located{}, t.hide("getFile", err)
	}
	defer func() { _ = resp.Body.Close() }()
	var a reply
	if err = json.NewDecoder(io.LimitReader(resp.Body, maxReply)).Decode(&a); err != nil && resp.StatusCode == http.StatusOK {
		return located{}, t.hide("getFile: answer", err)
	}
	return a.Result, t.judge(resp.StatusCode, a)
}

// judge reads the answer of getFile. Only "bad request" says something about the file; all else is the server's or the
// token's trouble and passes when that is mended.
func (t *Telegram) judge(status int, a reply) error {
	switch {
	case status == http.StatusOK && a.OK && a.Result.Path != "":
		return nil
	case status == http.StatusBadRequest && strings.Contains(a.Description, "too big"):
		return tooLarge(t.maxBytes)
	case status == http.StatusBadRequest && !strings.Contains(a.Description, "temporarily unavailable"):
		return refuse(grid.NotFound, "media.gone", ErrGone)
	case status == http.StatusOK:
		return errors.New("getFile: answer without a path")
	default:
		return fmt.Errorf("getFile: status %d", status)
	}
}

func (t *Telegram) download(ctx context.Context, f located) (io.ReadCloser, int64, error) {
	if !filepath.IsLocal(f.Path) || strings.ContainsAny(f.Path, `\?#`) {
		return nil, 0, errors.New("download: server gave an unsafe path")
	}
	at := t.url + "/file/bot" + t.token + "/" + (&url.URL{Path: f.Path}).EscapedPath()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, http.NoBody)
	if err != nil {
		return nil, 0, t.hide("download", err)
	}
	resp, err := t.http.Do(r)
	if err != nil {
		return nil, 0, t.hide("download", err)
	}
	if resp.StatusCode == http.StatusOK && resp.ContentLength <= t.maxBytes {
		return resp.Body, resp.ContentLength, nil
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return nil, 0, tooLarge(t.maxBytes)
	}
	return nil, 0, fmt.Errorf("download: status %d", resp.StatusCode)
}

// openLocal opens a file that a server run with --local has put on this disk, and only below its folder, so that a
// server that lies cannot have /etc/passwd sent around as evidence.
func (t *Telegram) openLocal(path string) (io.ReadCloser, int64, error) {
	if t.local == nil {
		return nil, 0, errors.New("download: server keeps files on its disk, but its folder is not configured")
	}
	rel, err := filepath.Rel(t.localDir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return nil, 0, errors.New("download: file lies outside the server's folder")
	}
	f, err := t.local.Open(rel)
	if err != nil {
		return nil, 0, t.hide("download", err)
	}
	st, err := f.Stat()
	switch {
	case err == nil && !st.Mode().IsRegular():
		err = errors.New("not a file")
	case err == nil && st.Size() > t.maxBytes:
		err = tooLarge(t.maxBytes)
	}
	if err != nil {
		return nil, 0, errors.Join(t.hide("download", err), f.Close())
	}
	return f, st.Size(), nil
}
