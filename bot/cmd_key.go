package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers/media"
)

// keyCmd makes keys and takes old ones out of use.
type keyCmd struct {
	New    keyNewCmd    `cmd:"" default:"1" help:"Make a key."`
	Rotate keyRotateCmd `cmd:"" help:"Bring everything under the newest of the keys, so that the older ones can be dropped."`
}

// keyNewCmd makes a key. It is written nowhere: whoever runs the office keeps it apart from the data.
type keyNewCmd struct{}

// Run prints a new key.
func (keyNewCmd) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, seal.Generate())
	return err
}

// keyRotateCmd seals everything anew under the newest key.
type keyRotateCmd struct{ serveCmd }

// errKeysNeeded means that the older keys must stay.
var errKeysNeeded = errors.New("do not drop the older keys yet: run this again; what waits to be sent or read is worked off by itself")

// Run seals the store's values and the evidence anew. The program may be at work meanwhile, if it was started with the new
// key in front; broken off, the next run does the rest.
func (c keyRotateCmd) Run(ctx context.Context, s streams) error {
	district, err := c.load()
	if err != nil {
		return fmt.Errorf("seeds: %w", err)
	}
	o, cleanup, err := c.redis(ctx)
	if err != nil {
		return err
	}
	defer cleanup()
	keys, err := c.keyring(c.Data)
	if err != nil {
		return err
	}
	o.District, o.Sealer = string(district.Code), keys
	store, err := redisstore.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	if wrong := store.CheckKeys(ctx); wrong != nil {
		return wrong
	}
	if _, err = store.Root(ctx, keys.Root()); err != nil { // before the key it comes from can be dropped
		return err
	}
	values, err := store.Reseal(ctx, keys)
	_, _ = fmt.Fprintf(s.out, "store: %d under key %s now, %d were before, %d still under older keys, %d open with no key\n",
		values.Moved, keys.ID(), values.Current, values.Left, values.Lost)
	if err != nil {
		return err
	}
	files, err := c.resealEvidence(ctx, keys, district.Settings.TimeZone)
	_, _ = fmt.Fprintf(s.out, "evidence: %d parts under key %s now, %d were before, %d open with no key\n",
		files.Moved, keys.ID(), files.Current, files.Lost)
	if err == nil && values.Left > 0 {
		return errKeysNeeded
	}
	return err
}

// resealEvidence does the same with the files.
func (c keyRotateCmd) resealEvidence(ctx context.Context, keys *seal.Keyring, zone *time.Location) (media.Resealed, error) {
	dir := c.Media
	if dir == "" && c.Data != "" {
		dir = filepath.Join(c.Data, "media")
	}
	if dir == "" {
		return media.Resealed{}, errors.New("no place for evidence: set --media, or --data; without it the older keys cannot be dropped")
	}
	vault, err := media.New(media.Options{Dir: dir, Keys: keys, Zone: zone})
	if err != nil {
		return media.Resealed{}, err
	}
	defer func() { _ = vault.Close() }()
	return vault.Reseal(ctx)
}
