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
		id := ownFile + info.SHA256
		out = append(out, doorFile{
			file: flow.File{ID: id, Unique: id, Kind: kindOf(info), Size: info.Size, At: now, Arrived: now},
			kept: ledger.File{
				Unique: id, SHA256: info.SHA256, Size: info.Size, Type: string(info.Type), PHash: info.PHash, Show: info.Showable, At: now,
			},
		})
	}
	return out, nil
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
