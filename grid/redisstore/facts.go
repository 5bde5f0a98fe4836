package redisstore

import (
	"context"
	"fmt"
	"strings"
)

// Unknown is what Facts says where the server does not tell.
const Unknown = "unknown"

// Facts are what doctor needs to know of the server.
type Facts struct {
	Version      string // 7.0.15
	AOF          string // appendonly: yes, no
	Fsync        string // appendfsync: always, everysec, no
	Eviction     string // maxmemory-policy: anything but noeviction loses cases when memory runs out
	ListpackSize string // hash-max-listpack-value: 512 keeps small hashes small
	UsedMemory   string // bytes
	Role         string // master, slave
}

// Facts asks the server about itself. What it does not tell, for want of permission or because it is an imitation, is
// Unknown; only a server that does not answer is an error. In a cluster one node answers.
func (s *Store) Facts(ctx context.Context) (Facts, error) {
	if err := s.Ping(ctx); err != nil {
		return Facts{}, fmt.Errorf("facts: %w", err)
	}
	info := map[string]string{}
	for _, section := range []string{"server", "memory", "replication"} {
		for line := range strings.Lines(s.client.Info(ctx, section).Val()) {
			if k, v, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
				info[k] = v
			}
		}
	}
	config := func(name string) string {
		if v := s.client.ConfigGet(ctx, name).Val()[name]; v != "" {
			return v
		}
		return Unknown
	}
	known := func(name string) string {
		if v := info[name]; v != "" {
			return v
		}
		return Unknown
	}
	return Facts{
		Version: known("redis_version"), UsedMemory: known("used_memory"), Role: known("role"),
		AOF: config("appendonly"), Fsync: config("appendfsync"), Eviction: config("maxmemory-policy"),
		ListpackSize: config("hash-max-listpack-value"),
	}, nil
}
