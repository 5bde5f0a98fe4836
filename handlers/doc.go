// Package handlers is everything that speaks Telegram, and the only folder that does: the door that turns updates into
// messages of our own, the intake that stores them before Telegram is told, the lanes that handle them in order per
// chat, one file per verb that a person can do, and the sender, the one way out.
package handlers
