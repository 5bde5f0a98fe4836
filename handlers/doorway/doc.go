// Package doorway tells who stands at the public doors, by the network that a request comes from, which is all that is known of
// them; and it bounds how many may be coming in with their hands full at the same time.
package doorway
