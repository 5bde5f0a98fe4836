package main

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/apikey"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
)

// apiKeys admits programs that file reports.
type apiKeys struct {
	store *redisstore.Store
	zone  func() *time.Location
}

// busyTries is how often a key is counted anew when others used it in the same moment.
const busyTries = 20

// Admit counts one use of a key and names its program. Forbidden when there is no such key or it was revoked, Conflict
// when its quota of the day is used up.
func (k apiKeys) Admit(ctx context.Context, secret string, now time.Time) (string, error) {
	for range busyTries {
		read, err := k.store.Dossier(ctx, apikey.Kind, apikey.Hash(secret))
		if grid.CodeOf(err) == grid.NotFound {
			return "", grid.Fail(grid.Forbidden, "georeport.error.key")
		}
		var key apikey.Key
		if err == nil {
			err = read.Into(&key)
		}
		if err == nil {
			key, err = key.Admit(now, k.zone())
		}
		if err != nil {
			return "", err
		}
		if err = k.write(ctx, read, key, now); errors.Is(err, ledger.ErrConflict) {
			continue
		}
		return key.Name, err
	}
	return "", ledger.ErrConflict
}

// grant puts a new key on record and returns its secret, of which only the hash is kept.
func (k apiKeys) grant(ctx context.Context, key apikey.Key) (secret string, err error) {
	secret = apikey.Prefix + strings.ToLower(rand.Text())
	read := ledger.Dossier{Kind: apikey.Kind, ID: apikey.Hash(secret)}
	return secret, k.write(ctx, read, key, key.Made, apikey.Event{At: key.Made, What: "made"})
}

func (k apiKeys) write(ctx context.Context, read ledger.Dossier, key apikey.Key, now time.Time, events ...any) error {
	w, err := apikey.Write(read, key, events...)
	if err == nil {
		_, err = k.store.Commit(ctx, ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}})
	}
	return err
}
