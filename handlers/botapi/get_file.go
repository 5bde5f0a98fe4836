package botapi

import (
	"context"
	"net/http"
	"time"

	"github.com/go-telegram/bot/models"
)

const (
	maxDownload = 20 << 20  // Bot API, getFile
	linkLife    = time.Hour // getFile promises at least one hour; here it is exactly one
)

func (e *Emulator) getFile(c *call) (any, error) {
	f := e.files.byID[c.params["file_id"]]
	switch {
	case f == nil:
		return nil, badRequest("invalid file_id")
	case max(f.claimed, int64(len(f.data))) > maxDownload:
		return nil, badRequest("file is too big")
	}
	e.files.links[f.path] = e.clock().Add(linkLife).Unix()
	return models.File{FileID: f.id, FileUniqueID: f.unique, FileSize: int64(len(f.data)), FilePath: f.path}, nil
}

// download answers /file/bot<token>/<path> while the link that getFile gave holds. Faults name it "file".
func (e *Emulator) download(ctx context.Context, path string) answer {
	e.mu.Lock()
	e.calls["file"]++
	fault := e.pickFault(&call{method: "file"})
	f, until, now := e.files.byPath[path], e.files.links[path], e.clock()
	e.mu.Unlock()
	if a, done := fault.before(ctx); done {
		return a
	}
	if f == nil || now.Unix() > until {
		return fault.after(failure(errUnknownMethod))
	}
	return fault.after(answer{status: http.StatusOK, kind: "application/octet-stream", body: f.data})
}

// File returns the bytes behind a file_id: what a person sent, or what the bot sent to one.
func (e *Emulator) File(id string) ([]byte, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.files.byID[id]
	if !ok {
		return nil, false
	}
	return f.data, true
}
