package patrol

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// ShotKind are the dossiers by which photos of patrols are known again, and AllShots the shelf on which they stand by their
// arrival (Unix seconds). What a photo looks like is part of the ID, so that the shelf alone tells.
const (
	ShotKind ledger.DossierKind = "shot"
	AllShots ledger.Shelf       = "all"
)

// Sight is what is kept of a photo that was seen.
type Sight struct {
	Patrol string    `json:"p"`
	At     time.Time `json:"t"`
}

// ShotID names the dossier of a photo with that perceptual hash and Telegram's unique file id.
func ShotID(hash uint64, file string) string { return fmt.Sprintf("%016x-%s", hash, file) }

// LooksLike tells whether the photo of a dossier differs from a hash in at most so many bits.
func LooksLike(id string, hash uint64, most int) bool {
	head, _, ok := strings.Cut(id, "-")
	h, err := strconv.ParseUint(head, 16, 64)
	return ok && err == nil && bits.OnesCount64(h^hash) <= most
}

// ShotFile is Telegram's unique file id of the photo of a dossier.
func ShotFile(id string) string {
	_, file, _ := strings.Cut(id, "-")
	return file
}
