// Package seal keeps personal data unreadable at rest: who reported, from which phone, with which original photo.
//
// A Keyring holds the master keys of one installation, newest first. Everything new is sealed under the newest key;
// everything ever sealed opens for as long as its key stays in the list, so keys are rotated by putting a new one in
// front, and an old one is dropped once nothing is sealed under it (redisstore.Store.Reseal). Each use has a key of its own, derived from a master key by HKDF-SHA256 under a label, so that a leak of one
// use says nothing about another.
package seal
