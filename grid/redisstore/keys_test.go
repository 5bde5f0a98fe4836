package redisstore_test

import (
	"strings"
	"testing"
)

// Everything that the store writes lies under the district's hash tag, and has the type that keys.go names.
func TestKeys(t *testing.T) {
	want := map[string]string{
		"inbox": "stream", "inbox:seen": "zset", "case:c1": "list", "queue:decide": "zset", "due": "zset", "open": "zset",
		"by:p-citizen": "zset", "numbers": "hash", "seq:report:2026": "string", "counts:2026-11-23": "hash",
		"talk:p-citizen": "string", "person:p-citizen": "string", "blocked": "zset", "roster": "hash",
		"roster:version": "string", "invites": "hash", "outbox:1": "stream", "fetch": "zset", "mark:m": "string",
		"inbox:aside": "stream", "changed": "zset", "book:cells": "string", "import:i": "string", "imports": "zset",
		"follows:p-citizen": "string", "followers:any@8": "zset", "followed": "zset", "tally:post": "hash",
	}
	both(t, func(w *world) {
		w.tour()
		for _, key := range w.client.Keys(w.ctx, "*").Val() {
			name, ok := strings.CutPrefix(key, "gw:{630202}:")
			kind := w.client.Type(w.ctx, key).Val()
			if !ok || want[name] != kind {
				w.t.Errorf("key %s is a %s", key, kind)
			}
		}
	})
}
