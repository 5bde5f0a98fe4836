package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/apikey"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// apiKeyCmd makes, lists and revokes the keys of programs that file reports by Open311.
type apiKeyCmd struct {
	New    apiKeyNewCmd    `cmd:"" help:"Make a key and print it; it is shown this once."`
	List   apiKeyListCmd   `cmd:"" default:"1" help:"List the keys and how much they are used."`
	Revoke apiKeyRevokeCmd `cmd:"" help:"Take a key out of use at once."`
}

// apiKeyNewCmd makes a key.
type apiKeyNewCmd struct {
	recordFlags
	Name    string `arg:"" help:"Of the program."`
	Contact string `help:"Whom to tell when something is wrong with it."`
	PerDay  int    `help:"Reports that it may file in a day; open311_key_quota when not given."`
}

// Run prints the key. Only its hash is kept.
func (c apiKeyNewCmd) Run(ctx context.Context, s streams) error {
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if c.PerDay <= 0 {
		c.PerDay = r.district.Settings.Open311KeyQuota
	}
	key := apikey.Key{Name: strings.TrimSpace(c.Name), Contact: c.Contact, PerDay: c.PerDay, Made: time.Now()}
	secret, err := apiKeys{store: r.store}.grant(ctx, key)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, secret)
	return err
}

// apiKeyListCmd lists the keys.
type apiKeyListCmd struct{ recordFlags }

// Run prints a line a key: the beginning of its hash, by which it is revoked, its name, and its use.
func (c apiKeyListCmd) Run(ctx context.Context, s streams) error {
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	all, err := r.apiKeys(ctx)
	if err != nil {
		return err
	}
	zone := r.district.Settings.TimeZone
	for _, d := range all {
		var k apikey.Key
		if err := d.Into(&k); err != nil {
			return err
		}
		state := "in use"
		if !k.Revoked.IsZero() {
			state = "revoked " + k.Revoked.In(zone).Format(time.DateOnly)
		}
		_, _ = fmt.Fprintf(s.out, "%s\t%s\t%s\t%d a day\t%d in all\tmade %s\t%s\n", d.ID[:shownHash], k.Name, state, k.PerDay, k.Total,
			k.Made.In(zone).Format(time.DateOnly), k.Contact)
	}
	return nil
}

// shownHash is how much of a key's hash names it to the administrator.
const shownHash = 12

func (r *record) apiKeys(ctx context.Context) ([]ledger.Dossier, error) {
	ids, err := r.store.Shelf(ctx, apikey.Kind, apikey.All, 0, math.MaxInt64, 10_000)
	if err != nil {
		return nil, err
	}
	return r.store.Dossiers(ctx, apikey.Kind, ids)
}

// apiKeyRevokeCmd takes a key out of use.
type apiKeyRevokeCmd struct {
	recordFlags
	Key string `arg:"" help:"The beginning of its hash, as it is listed, or the key itself."`
}

// Run revokes the one key that is meant.
func (c apiKeyRevokeCmd) Run(ctx context.Context, s streams) error {
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	all, err := r.apiKeys(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(d ledger.Dossier) bool {
		return d.ID == apikey.Hash(c.Key) || len(c.Key) >= shownHash && strings.HasPrefix(d.ID, c.Key)
	})
	if i < 0 {
		return errors.New("there is no such key: gridwarden api-key list names them")
	}
	var k apikey.Key
	err = all[i].Into(&k)
	if err != nil {
		return err
	}
	now := time.Now()
	keys := apiKeys{store: r.store}
	err = keys.write(ctx, all[i], k.Revoke(now), now, apikey.Event{At: now, What: "revoked"})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s is revoked\n", k.Name)
	return err
}
