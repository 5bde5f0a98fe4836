package main

import (
	"context"
	"errors"
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

func (k apiKeys) write(ctx context.Context, read ledger.Dossier, key apikey.Key, now time.Time, events ...any) error {
	w, err := apikey.Write(read, key, events...)
	if err == nil {
		_, err = k.store.Commit(ctx, ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}})
	}
	return err
}
