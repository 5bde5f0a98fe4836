package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/gridwarden/gridwarden/grid/seal"
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
type keyRotateCmd struct{ recordFlags }

// errKeysNeeded means that the older keys must stay.
var errKeysNeeded = errors.New("do not drop the older keys yet: run this again; what waits to be sent or read is worked off by itself")

// Run seals the store's values and the evidence anew. The program may be at work meanwhile, if it was started with the new
// key in front; broken off, the next run does the rest.
func (c keyRotateCmd) Run(ctx context.Context, s streams) error {
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if r.vault == nil {
		return errors.New("no place for evidence: set --media, or --data; without it the older keys cannot be dropped")
	}
	if _, err = r.store.Root(ctx, r.keys.Root()); err != nil { // before the key it comes from can be dropped
		return err
	}
	values, err := r.store.Reseal(ctx, r.keys)
	_, _ = fmt.Fprintf(s.out, "store: %d under key %s now, %d were before, %d still under older keys, %d open with no key\n",
		values.Moved, r.keys.ID(), values.Current, values.Left, values.Lost)
	if err != nil {
		return err
	}
	files, err := r.vault.Reseal(ctx)
	_, _ = fmt.Fprintf(s.out, "evidence: %d parts under key %s now, %d were before, %d open with no key\n",
		files.Moved, r.keys.ID(), files.Current, files.Lost)
	if err == nil && values.Left > 0 {
		return errKeysNeeded
	}
	return err
}
