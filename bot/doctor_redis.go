package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
	"github.com/gridwarden/gridwarden/seeds"
)

// oldestRedis is the major version that the scripts were tested on.
const oldestRedis = 7

// anchorLate is how old the last daily anchor may be while the program runs.
const anchorLate = 50 * time.Hour

// listpackWanted is the value below which a case's text turns its whole hash into a form twice as large.
const listpackWanted = 512

// checkRedis looks at the server: it is the database, so what it is set to decides what a power cut costs.
func (c doctorCmd) checkRedis(ctx context.Context, d *seeds.District) []finding {
	if c.RedisURL == "" {
		switch {
		case c.Data == "":
			return []finding{found(bad, "redis_none")}
		case redisserver.Installed() != nil:
			return []finding{found(bad, "redis_missing")}
		}
		return []finding{found(good, "redis_child")}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	o := c.options()
	o.District, o.Sealer = string(d.Code), noSealer{}
	store, err := redisstore.Open(ctx, o)
	if err != nil {
		return []finding{found(bad, "redis_away", "error", err.Error())}
	}
	defer func() { _ = store.Close() }()
	facts, err := store.Facts(ctx)
	if err != nil {
		return []finding{found(bad, "redis_away", "error", err.Error())}
	}
	out := append(judgeRedis(facts), checkAnchor(ctx, store, d.Settings.TimeZone, time.Now()))
	return append(out, c.checkTables(ctx, store)...)
}

// checkAnchor tells how old the last daily anchor of the record is.
func checkAnchor(ctx context.Context, store *redisstore.Store, zone *time.Location, now time.Time) finding {
	line, err := store.LastAnchor(ctx)
	if err != nil {
		return found(bad, "redis_away", "error", err.Error())
	}
	if line == "" {
		return found(good, "chain_none")
	}
	a, err := casework.ParseAnchor(line)
	day := a.At.In(zone).Format(time.DateOnly)
	if err != nil || now.Sub(a.At) > anchorLate {
		return found(warn, "chain_old", "day", day)
	}
	return found(good, "chain", "n", a.Seq, "day", day)
}

// judgeRedis says what the server's settings mean for the cases.
func judgeRedis(f redisstore.Facts) []finding {
	out := []finding{judgeVersion(f)}
	switch {
	case f.AOF == redisstore.Unknown:
		out = append(out, found(warn, "redis_aof_unknown"))
	case f.AOF != "yes":
		out = append(out, found(bad, "redis_aof_off"))
	case f.Fsync != "always":
		out = append(out, found(warn, "redis_fsync", "fsync", f.Fsync))
	default:
		out = append(out, found(good, "redis_aof"))
	}
	if f.Eviction != "noeviction" && f.Eviction != redisstore.Unknown {
		out = append(out, found(bad, "redis_eviction", "policy", f.Eviction))
	}
	if n, err := strconv.Atoi(f.ListpackSize); err == nil && n < listpackWanted {
		out = append(out, found(warn, "redis_listpack", "n", n))
	}
	if f.Role != "master" && f.Role != redisstore.Unknown {
		out = append(out, found(bad, "redis_replica"))
	}
	return out
}

func judgeVersion(f redisstore.Facts) finding {
	major, err := strconv.Atoi(strings.SplitN(f.Version, ".", 2)[0])
	switch {
	case err != nil:
		return found(warn, "redis_version_unknown")
	case major < oldestRedis:
		return found(bad, "redis_version_old", "version", f.Version, "oldest", oldestRedis)
	}
	return found(good, "redis_version", "version", f.Version)
}

// noSealer is enough to ask the server how it is.
type noSealer struct{}

func (noSealer) Seal(plain, _ []byte) []byte           { return plain }
func (noSealer) Open(sealed, _ []byte) ([]byte, error) { return sealed, nil }
