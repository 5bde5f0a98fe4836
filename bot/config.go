package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/seal"
	"github.com/gridwarden/gridwarden/seeds"
)

// seedsFlags choose the district.
type seedsFlags struct {
	Seeds string `env:"GRIDWARDEN_SEEDS" type:"existingdir" help:"Folder of the district's data; without it 海东市乐都区, which is built in."`
}

func (f seedsFlags) load() (*seeds.District, error) { return seeds.Load(f.folder()) }

// folder is the district's folder.
func (f seedsFlags) folder() fs.FS {
	if f.Seeds != "" {
		return os.DirFS(f.Seeds)
	}
	return seeds.Ledu
}

// redisFlags say where the data is.
type redisFlags struct {
	RedisURL     string `name:"redis-url" env:"REDIS_URL" help:"Redis: redis://, rediss:// or unix://; several addresses, separated by commas, are a cluster or Sentinels."`
	RedisMaster  string `env:"REDIS_MASTER" help:"Name of the master that the Sentinels watch."`
	RedisCluster bool   `env:"REDIS_CLUSTER" help:"The address is a Redis Cluster."`
	RedisPool    int    `env:"REDIS_POOL" default:"64" help:"Connections to Redis."`
}

func (f redisFlags) options() redisstore.Options {
	return redisstore.Options{URL: f.RedisURL, Master: f.RedisMaster, Cluster: f.RedisCluster, PoolSize: f.RedisPool}
}

// keyFlags hold the keys that seal personal data.
type keyFlags struct {
	Keys     string `env:"GRIDWARDEN_KEYS" help:"Keys that seal personal data, the newest first, separated by commas; see: gridwarden key."`
	KeysFile string `env:"GRIDWARDEN_KEYS_FILE" type:"path" help:"File that holds them instead."`
}

// keyring reads the keys. With a data directory and no key given, one is made there on the first start.
func (f keyFlags) keyring(dataDir string) (*seal.Keyring, error) {
	switch {
	case f.Keys != "":
		return seal.ParseKeys(f.Keys)
	case f.KeysFile != "":
		raw, err := os.ReadFile(f.KeysFile)
		if err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
		return seal.ParseKeys(strings.TrimSpace(string(raw)))
	case dataDir != "":
		return keyIn(dataDir)
	}
	return nil, errors.New("no key to seal personal data with: set GRIDWARDEN_KEYS (gridwarden key makes one), or use --data")
}

// keyFile is the name of the key in a data directory.
const keyFile = "seal.key"

// keyIn reads the key of a data directory and makes it when there is none yet.
func keyIn(dir string) (*seal.Keyring, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	defer func() { _ = root.Close() }()
	raw, err := root.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		raw = []byte(seal.Generate() + "\n")
		err = root.WriteFile(keyFile, raw, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("key of the data directory: %w", err)
	}
	return seal.ParseKeys(strings.TrimSpace(string(raw)))
}

// logFlags say what is logged.
type logFlags struct {
	LogLevel slog.Level `env:"LOG_LEVEL" default:"info" help:"debug, info, warn or error."`
	LogJSON  bool       `env:"LOG_JSON" help:"Log as JSON lines."`
}

func (f logFlags) logger(s streams) *slog.Logger {
	o := &slog.HandlerOptions{Level: f.LogLevel}
	if f.LogJSON {
		return slog.New(slog.NewJSONHandler(s.err, o))
	}
	return slog.New(slog.NewTextHandler(s.err, o))
}

// secret reads a value that is given itself or as a file.
func secret(value, file string) (string, error) {
	if value != "" || file == "" {
		return value, nil
	}
	raw, err := os.ReadFile(file) //nolint:gosec // the administrator names the file
	if err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	return strings.TrimSpace(string(raw)), nil
}
