// Package flow is the conversation engine: (state, event, now) goes in, (state, replies, commands) comes out. It is pure.
// It knows no Telegram, no Redis and no clock; what it must know of the district it asks a Book, what it wants done it
// says as Command values, and what it wants said it says as keys of the catalogue of texts.
//
// One turn is: Step with the event of a message; the handlers execute the commands; those that find something out
// (FindSimilar, Submit, FileReport) come back as an Event of the same turn, which goes through Step again; the state
// after the last Step and everything else are committed together. When a command fails, nothing of the turn is kept: the
// person is told why, and the conversation is where it was.
package flow
