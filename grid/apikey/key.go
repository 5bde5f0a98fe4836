// Package apikey is about programs that file reports for people: each has a key that an administrator made, with a quota a
// day. A key is kept as its hash; who reads the store cannot use it. It says which program sent something on, never who
// reported.
package apikey

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of dossier that keys are; a key's ID is its Hash.
const Kind ledger.DossierKind = "apikey"

// All is the shelf of every key, by when it was made.
const All ledger.Shelf = "all"

// Prefix begins every key, so that whoever finds one in a file knows what it is.
const Prefix = "gw_"

// Key is what is known of a key.
type Key struct {
	Name    string    `json:"n"` // of the program
	Contact string    `json:"c,omitempty"`
	PerDay  int       `json:"q"`
	Made    time.Time `json:"m"`
	Revoked time.Time `json:"r,omitzero"`
	Day     string    `json:"d,omitempty"` // 2006-01-02, local
	Used    int       `json:"u,omitempty"` // on that day
	Total   int       `json:"t,omitempty"`
}

// Event is a line of a key's history.
type Event struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // made, revoked
}

// Hash is how a key is stored.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(secret)))
	return hex.EncodeToString(sum[:])
}

// Admit counts one use. Forbidden when the key was revoked, Conflict when it was used often enough today.
func (k Key) Admit(now time.Time, zone *time.Location) (Key, error) {
	if !k.Revoked.IsZero() {
		return k, grid.Fail(grid.Forbidden, "georeport.error.key")
	}
	if day := now.In(zone).Format(time.DateOnly); day != k.Day {
		k.Day, k.Used = day, 0
	}
	if k.Used >= k.PerDay {
		return k, grid.Fail(grid.Conflict, "georeport.error.quota")
	}
	k.Used++
	k.Total++
	return k, nil
}

// Revoke takes a key out of use; a second time changes nothing.
func (k Key) Revoke(now time.Time) Key {
	if k.Revoked.IsZero() {
		k.Revoked = now
	}
	return k
}

// Write makes the write of a key, with its events and its place.
func Write(read ledger.Dossier, k Key, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, k, events...)
	w.Stand(true, All, float64(k.Made.UnixMilli()))
	return w, err
}
