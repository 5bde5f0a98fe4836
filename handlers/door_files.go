package handlers

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/media"
)

// Keeper keeps evidence that came as bytes: the original sealed, beside it a copy without metadata; media.Store does.
type Keeper interface {
	Put(ctx context.Context, kind, name string, data []byte, now time.Time) (media.Info, error)
	// Info tells what is known of a file by its SHA-256.
	Info(ctx context.Context, sha256 string) (media.Info, error)
}

// ownFile begins the id of a file that Telegram does not have: what follows is the SHA-256 under which the evidence folder
// keeps it. It is the same whoever sends the file, as Telegram's unique ids are.
const ownFile = "sha256:"

// doorFile is a file that is in the evidence folder, as a conversation and as the store know it.
type doorFile struct {
	file flow.File
	kept ledger.File
}

// keepFiles brings files into the evidence folder before anything is made of them. What no report comes to name is swept
// away like what a draft lost. Invalid for a file that will never be taken: too large, of no known type, damaged.
func (d *Desk) keepFiles(ctx context.Context, files []DoorFile, now time.Time) ([]doorFile, error) {
	if most := d.Book.Rules().MaxFiles; len(files) > most {
		return nil, grid.Fail(grid.Invalid, "error.door.files", "max", strconv.Itoa(most))
	}
	out := make([]doorFile, 0, len(files))
	for _, f := range files {
		info, err := d.Keep.Put(ctx, "door", f.Name, f.Data, now)
		if err != nil {
			return nil, refusedFile(err, d.Rules.MaxFile)
		}
		out = append(out, asDoorFile(info, now))
	}
	return out, nil
}

// keepOf is keepFiles for a visitor, who may send only so many in a day: error.door.files_today beyond that.
func (d *Desk) keepOf(ctx context.Context, visitor string, files []DoorFile, now time.Time) ([]doorFile, error) {
	if len(files) > 0 && !d.doors.carries(d.dayOf(now), visitor, len(files), d.Rules) {
		return nil, grid.Fail(grid.Conflict, noMoreFiles)
	}
	return d.keepFiles(ctx, files, now)
}

// noMoreFiles says that a visitor has sent all the files of a day. What there is to report in words is not stopped by it.
const noMoreFiles = "error.door.files_today"

func asDoorFile(info media.Info, now time.Time) doorFile {
	id := ownFile + info.SHA256
	return doorFile{
		file: flow.File{ID: id, Unique: id, Kind: kindOf(info), Size: info.Size, At: now, Arrived: now},
		kept: ledger.File{
			Unique: id, SHA256: info.SHA256, Size: info.Size, Type: string(info.Type), PHash: info.PHash, Show: info.Showable, At: now,
		},
	}
}

// HeldFile is a file that waits in the evidence folder for the report that it belongs to.
type HeldFile struct {
	ID    string // for DoorReport.Held: the sender must not be able to make one up
	Name  string
	Photo bool
}

// Hold takes files of a report that is not sent yet: a form that is shown once more cannot keep them. Errors are those of
// File about files, and error.door.files_today beyond the files that one visitor may send in a day.
func (d *Desk) Hold(ctx context.Context, visitor string, files []DoorFile) ([]HeldFile, error) {
	d.Gate.RLock()
	defer d.Gate.RUnlock()
	now := d.Clock()
	kept, err := d.keepOf(ctx, visitor, files, now)
	if err != nil {
		return nil, err
	}
	out := make([]HeldFile, len(kept))
	for i, f := range kept {
		out[i] = HeldFile{ID: f.file.ID, Name: files[i].Name, Photo: f.file.Kind == "photo"}
	}
	return out, nil
}

// allFiles are those that a report brings, and those that were held for it.
func (d *Desk) allFiles(ctx context.Context, r DoorReport, now time.Time) ([]doorFile, error) {
	if most := d.Book.Rules().MaxFiles; len(r.Held)+len(r.Files) > most {
		return nil, grid.Fail(grid.Invalid, "error.door.files", "max", strconv.Itoa(most))
	}
	out := make([]doorFile, 0, len(r.Held)+len(r.Files))
	for _, id := range r.Held {
		info, err := d.Keep.Info(ctx, strings.TrimPrefix(id, ownFile))
		if errors.Is(err, media.ErrNotFound) { // swept meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, asDoorFile(info, now))
	}
	brought, err := d.keepFiles(ctx, r.Files, now)
	return append(out, brought...), err
}

// show names the pictures of messages as the evidence folder knows them, for a page cannot show what Telegram has. It finds
// those of the cases that the turn read; others are left out.
func (s *scene) show(said []ledger.Message) {
	for i, m := range said {
		var pictures []string
		for _, name := range m.Photos {
			if sha, ok := s.shownAs(name); ok {
				pictures = append(pictures, sha)
			}
		}
		said[i].Photos = pictures
	}
}

// shownAs finds the showing copy of a picture.
func (s *scene) shownAs(name string) (string, bool) {
	id, telegrams := strings.CutPrefix(name, telegramFile)
	if !telegrams {
		return name, true
	}
	for _, c := range s.read {
		for _, e := range c.Evidence {
			if e.ID != id {
				continue
			}
			f, err := s.Store.File(s.ctx, e.File)
			return f.SHA256, err == nil && f.Show
		}
	}
	return "", false
}

// refusedFile says in words for the sender why a file was not taken.
func refusedFile(err error, limit int64) error {
	switch {
	case errors.Is(err, media.ErrTooLarge):
		return grid.Fail(grid.Invalid, "error.door.file_size", "max", strconv.FormatInt(limit>>20, 10))
	case errors.Is(err, media.ErrType), errors.Is(err, media.ErrDamaged):
		return grid.Fail(grid.Invalid, "error.door.file_type")
	case errors.Is(err, media.ErrNoSpace):
		return grid.Fail(grid.Conflict, "error.door.no_space")
	}
	return err
}

// kindOf is what Telegram would call the file. A picture of which there is no copy without metadata is a document: it is
// evidence, and is not shown.
func kindOf(info media.Info) string {
	switch kind, _, _ := strings.Cut(string(info.Type), "/"); {
	case kind == "image" && info.Showable:
		return "photo"
	case kind == "video":
		return "video"
	case kind == "audio":
		return "voice"
	default:
		return "document"
	}
}

func filesOf(files []doorFile) []flow.File {
	out := make([]flow.File, len(files))
	for i, f := range files {
		out[i] = f.file
	}
	return out
}

// pictureOf names a picture for ledger.Message: the showing copy in the evidence folder where Telegram does not have it.
func pictureOf(fileID string) string {
	if sha, own := strings.CutPrefix(fileID, ownFile); own {
		return sha
	}
	return telegramFile + fileID
}
