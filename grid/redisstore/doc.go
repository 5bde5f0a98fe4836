// Package redisstore keeps everything in Redis, and is the only folder that speaks Redis. What one unit of work causes
// is committed by one script (Store.Commit, lua/ledger_commit.lua), so that all of it happens or none of it, and never
// twice. Every key is listed in keys.go. The data looks like this after a citizen's first report:
//
//	gw:{630202}:case:01J8…       LIST    the document with its version, then the events of its history
//	gw:{630202}:queue:decide     ZSET    01J8… by the earliest running limit
//	gw:{630202}:due              ZSET    01J8… by the moment of the next reminder
//	gw:{630202}:open             GEO     01J8… where it is, for the search for duplicates
//	gw:{630202}:by:p-7f3a…       ZSET    01J8… by the moment of the report
//	gw:{630202}:numbers          HASH    2026-00001 → 01J8…
//	gw:{630202}:outbox:1         STREAM  the confirmation to be sent
//
// Time is an argument of everything that has a meaning; expiry on the server only takes out the rubbish. Errors are
// grid.Error (NotFound, Conflict) where a caller can do something about them, and wrapped Redis errors otherwise.
package redisstore
