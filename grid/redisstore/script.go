package redisstore

import (
	"embed"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/*.lua
var luaFiles embed.FS

// The scripts, each in lua/<noun>_<verb>.lua beside the method that runs it. redis.Script sends the digest and falls back to
// the text when the server does not know it yet; not inside a pipeline.
var (
	ledgerCommit = script("ledger_commit")
	inboxReceive = script("inbox_receive")
	inboxFail    = script("inbox_fail")
	inboxAside   = script("inbox_aside")
	inboxRetry   = script("inbox_retry")
	leaseTake    = script("lease_take")
	leaseRelease = script("lease_release")
	outboxBegin  = script("outbox_begin")
	outboxSent   = script("outbox_sent")
	fetchAgain   = script("fetch_again")
	runForward   = script("run_forward")
	valueSwap    = script("value_swap")
	streamReseal = script("stream_reseal")
	hashDrop     = script("hash_drop")
)

// scriptNames tells a script by its digest, for the observer.
var scriptNames = map[string]string{}

func script(name string) *redis.Script {
	src, err := luaFiles.ReadFile("lua/" + name + ".lua")
	if err != nil { // the file is part of the program
		panic(err)
	}
	s := redis.NewScript(string(src))
	scriptNames[s.Hash()] = name
	return s
}
