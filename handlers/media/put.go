package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gridwarden/gridwarden/grid"
)

// Put keeps a file and tells what it is. kind and name are what the sender says of it; they are noted and decide nothing.
// The same bytes put again give the Info of the first time, with its time of receipt.
//
// ErrTooLarge (bytes or pixels), ErrType and ErrDamaged: the file will never be accepted. ErrNoSpace: later perhaps.
func (s *Store) Put(ctx context.Context, kind, name string, data []byte, now time.Time) (Info, error) {
	if int64(len(data)) > s.maxBytes {
		return Info{}, tooLarge(s.maxBytes)
	}
	t, ok := TypeOf(data)
	if !ok {
		return Info{}, refuse(grid.Invalid, "media.type", ErrType)
	}
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	mu := s.lock(sha)
	mu.Lock()
	defer mu.Unlock()
	if info, err := s.Info(ctx, sha); err == nil {
		return info, s.touch(sha, now)
	}
	if err := s.checkSpace(len(data)); err != nil {
		return Info{}, err
	}
	info := Info{
		SHA256: sha, Size: int64(len(data)), Type: t, Kind: cleanName(kind), Name: cleanName(name), Received: now,
	}
	shown, err := s.clean(data, &info)
	if err != nil {
		return Info{}, err
	}
	info.Showable = shown != nil
	if ctx.Err() != nil {
		return Info{}, ctx.Err()
	}
	return info, s.keep(info, data, shown, now)
}

// keep writes the parts, the info last.
func (s *Store) keep(info Info, original, shown []byte, now time.Time) error {
	note, err := json.Marshal(info)
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	err = s.write(info.SHA256, partOriginal, original, now)
	if err == nil && info.Showable {
		err = s.write(info.SHA256, partShown, shown, now)
	}
	if err == nil {
		err = s.write(info.SHA256, partInfo, note, now)
	}
	return err
}

// touch makes a file young again for Sweep: somebody has just sent it.
func (s *Store) touch(sha string, now time.Time) error {
	if err := s.root.Chtimes(pathOf(sha, partInfo), now, now); err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

func (s *Store) checkSpace(size int) error {
	left, err := s.free()
	if err != nil {
		return fmt.Errorf("free space: %w", err)
	}
	if need := 2 * uint64(size); left < s.reserve || left-s.reserve < need { //nolint:gosec // a length is not negative
		return refuse(grid.Internal, "media.no_space", ErrNoSpace)
	}
	return nil
}

func tooLarge(limit int64) error {
	return refuse(grid.Invalid, "media.too_large", ErrTooLarge, "limit", strconv.FormatInt(limit>>20, 10))
}

const maxName = 120

// cleanName leaves the last element of a name, without what does not print, at a length that fits a line.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, name)
	if runes := []rune(name); len(runes) > maxName {
		return string(runes[:maxName])
	}
	return name
}

// Info tells what is known of a file. ErrNotFound when it is not there.
func (s *Store) Info(_ context.Context, sha string) (Info, error) {
	note, err := s.read(sha, partInfo)
	if err != nil {
		return Info{}, err
	}
	var info Info
	if err = json.Unmarshal(note, &info); err != nil {
		return Info{}, fmt.Errorf("read evidence: %w", err)
	}
	return info, nil
}

// Show returns the copy without metadata: a JPEG of a picture, or the film in its own type. ErrHidden when the file has
// none, ErrNotFound when it is not there. Who may see it is still for the caller to decide: a picture can show a face.
func (s *Store) Show(ctx context.Context, sha string) ([]byte, error) {
	info, err := s.Info(ctx, sha)
	if err != nil {
		return nil, err
	}
	if !info.Showable {
		return nil, refuse(grid.Forbidden, "media.hidden", ErrHidden)
	}
	return s.read(sha, partShown)
}

// Original opens what was received, with everything that it gives away about the sender. ErrNotFound when it is not
// there. The caller must have checked that the person's role allows it, and must record who opened it and why.
func (s *Store) Original(ctx context.Context, sha string) ([]byte, error) {
	if _, err := s.Info(ctx, sha); errors.Is(err, ErrNotFound) {
		return nil, err
	}
	return s.read(sha, partOriginal)
}
