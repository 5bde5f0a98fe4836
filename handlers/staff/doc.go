// Package staff is the page for officers at a desk: the worklists, a case with its evidence, what may be done with it, several
// cases at once, the map. It knows no verb and no right: whatever is pressed or written is done by the desk of the chat, in
// the officer's own conversation, and what the desk answers is what the page shows.
//
// It is let in by a link that the chat gives (/page): signed, short-lived, good once. A link that is opened binds one cookie;
// there is one session for an officer at a time, in memory: it ends with the process, after some time without a press, after a
// working day, with the officer's appointments, and by a button in the chat.
package staff
