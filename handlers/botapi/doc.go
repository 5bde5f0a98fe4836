// Package botapi emulates the Telegram Bot API in memory, with the people and their phones on the other side.
//
// An [Emulator] is an http.Handler (serve it on a loopback port for another process) and an in-process HTTP client
// (its Do method, for bubbles of testing/synctest: it owns no goroutine and reads no clock but its own).
// It is strict where Telegram is strict: lengths in UTF-16 units, HTML that must parse, buttons that must do exactly
// one thing, callback queries that grow old, rate limits, people who block the bot, groups that become supergroups.
// What Telegram ignores in silence (a misspelt parameter) is noted as a violation, so that a test can insist on none.
//
// The people's side starts with [Emulator.User] and [Emulator.Group]; what the bot did is read with
// [Emulator.Messages], [Emulator.Toasts], [Emulator.Watch] and [Emulator.Transcript]. Trouble is scripted with
// [Emulator.Inject].
//
// The methods and parameters known are those of schema.json, written after https://core.telegram.org/bots/api at the
// version named there.
package botapi
