package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/seeds"
)

// recordFlags say where the record is: the store, and the folder of the evidence.
type recordFlags struct {
	seedsFlags
	redisFlags
	keyFlags
	Data  string `env:"GRIDWARDEN_DATA" type:"path" help:"Folder of serve --data."`
	Media string `env:"GRIDWARDEN_MEDIA" type:"path" help:"Folder of the evidence; DATA/media when not given."`
	Lang  string `default:"zh-CN" env:"GRIDWARDEN_LANG" help:"Language of the answers: zh-CN or en."`
}

// record is the opened record of a district.
type record struct {
	district *seeds.District
	keys     *seal.Keyring
	work     *casework.Work
	store    *redisstore.Store
	vault    *media.Store // nil without a folder
	close    func()
}

// open opens the record where a running program keeps it, or starts the server of a data directory that none runs on.
func (c recordFlags) open(ctx context.Context) (*record, error) {
	district, err := c.load()
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	keys, err := c.keyring(c.Data)
	if err != nil {
		return nil, err
	}
	o, stop, err := c.redis(ctx)
	if err != nil {
		return nil, err
	}
	work := casework.New(district.Tree, district.Calendar, district.Casework())
	o.District, o.Sealer, o.NextStage = string(district.Code), keys, work.NextStage
	store, err := redisstore.Open(ctx, o)
	if err != nil {
		stop()
		return nil, err
	}
	r := &record{district: district, keys: keys, work: work, store: store, close: func() { _ = store.Close(); stop() }}
	if err = store.CheckKeys(ctx); err != nil {
		r.close()
		return nil, err
	}
	folder := c.Media
	if folder == "" && c.Data != "" {
		folder = filepath.Join(c.Data, "media")
	}
	if folder == "" {
		return r, nil
	}
	if r.vault, err = media.New(media.Options{Dir: folder, Keys: keys, Zone: district.Settings.TimeZone}); err != nil {
		r.close()
		return nil, err
	}
	r.close = func() { _ = r.vault.Close(); _ = store.Close(); stop() }
	return r, nil
}

// errNowhere means that nobody said where the record is.
var errNowhere = errors.New("where is the data? set REDIS_URL, or --data DIR")

// redis says where the data is.
func (c recordFlags) redis(ctx context.Context) (redisstore.Options, func(), error) {
	o := c.options()
	if o.URL != "" {
		return o, func() {}, nil
	}
	if c.Data == "" {
		return o, nil, errNowhere
	}
	if url, ok := redisserver.Running(ctx, c.Data); ok {
		o.URL = url
		return o, func() {}, nil
	}
	if _, err := os.Stat(c.Data); err != nil {
		return o, nil, fmt.Errorf("data directory: %w", err)
	}
	server, err := redisserver.Start(ctx, redisserver.Options{Dir: c.Data, Always: true})
	if err != nil {
		return o, nil, err
	}
	o.URL = server.URL
	return o, func() { _ = server.Stop() }, nil
}
