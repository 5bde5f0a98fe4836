// Package publication is what the office owes the public at set times: the duties with their periods and last days, what is
// published as a frozen content with its hash and the hash of the one before, and what changed since the last time.
package publication
