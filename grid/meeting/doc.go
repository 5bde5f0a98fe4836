// Package meeting is the joint meeting (联席会议): an agenda drawn from what is late or disputed, who is invited and what they
// answer, and what was decided, each decision a task with an owner and a day. It is pure: the store keeps a Meeting as a dossier.
package meeting
