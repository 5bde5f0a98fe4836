package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
)

// The labels under which keys are derived. Changing one makes everything sealed before unreadable.
const (
	labelID        = "gridwarden/v1/key-id"
	labelSeal      = "gridwarden/v1/seal"
	labelPseudonym = "gridwarden/v1/pseudonym"
	labelOther     = "gridwarden/v1/other/"
)

// idSize is the length of a key's id in bytes: enough to tell the few keys of a ring apart.
const idSize = 4

type keyID [idSize]byte

// Keyring seals, opens and names under a list of master keys. It is safe for concurrent use.
type Keyring struct {
	newest keyID
	aeads  map[keyID]cipher.AEAD
	root   []byte // from which names and other keys come: the oldest key's, or that of WithRoot
}

// New builds a Keyring from master keys, newest first. The error wraps ErrKeys when there is none, when one is listed
// twice, or when one repeats a single byte.
func New(keys ...Key) (*Keyring, error) {
	if err := checkKeys(keys); err != nil {
		return nil, err
	}
	r := &Keyring{aeads: make(map[keyID]cipher.AEAD, len(keys)), root: rootOf(keys[len(keys)-1])}
	for i, k := range keys {
		id := idOf(k)
		if _, taken := r.aeads[id]; taken {
			return nil, fmt.Errorf("%w: key %d has the id of another one; make a new key in its place", ErrKeys, i+1)
		}
		aead, err := newAEAD(k)
		if err != nil {
			return nil, err
		}
		r.aeads[id] = aead
		if i == 0 {
			r.newest = id
		}
	}
	return r, nil
}

// ID names the newest key: eight hex digits that tell nothing about the key itself.
func (r Keyring) ID() string { return hex.EncodeToString(r.newest[:]) }

// Derive returns 32 bytes for another use, such as signing links. It comes from the root, so it stays the same when keys
// are rotated; different labels give unrelated bytes.
func (r Keyring) Derive(label string) []byte { return derive(Key(r.root[KeySize:]), label, KeySize) }

// RootSize is the length of a root in bytes.
const RootSize = 2 * KeySize

// ErrRoot says that a root has the wrong length.
var ErrRoot = errors.New("root of the wrong length")

// Root is the secret from which pseudonyms and derived keys come: at first it is made from the oldest key. Whoever keeps
// data beyond that key keeps the root beside it, sealed, and gives it to WithRoot. It must not be shown or logged.
func (r Keyring) Root() []byte { return bytes.Clone(r.root) }

// WithRoot is the same keyring with another root, so that names outlive the key they first came from. ErrRoot when it is
// none.
func (r Keyring) WithRoot(root []byte) (*Keyring, error) {
	if len(root) != RootSize {
		return nil, ErrRoot
	}
	r.root = bytes.Clone(root)
	return &r, nil
}

func rootOf(k Key) []byte {
	return append(derive(k, labelPseudonym, KeySize), derive(k, labelOther, KeySize)...)
}

// String tells how many keys there are and the newest one's id.
func (r Keyring) String() string {
	return fmt.Sprintf("keyring of %d, newest %s", len(r.aeads), r.ID())
}

// Format writes String for every verb, so that no verb reaches the keys.
func (r Keyring) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(r.String())) }

// LogValue logs String.
func (r Keyring) LogValue() slog.Value { return slog.StringValue(r.String()) }

func idOf(k Key) (id keyID) {
	copy(id[:], derive(k, labelID, idSize))
	return id
}

func newAEAD(k Key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(derive(k, labelSeal, KeySize))
	if err != nil {
		return nil, fmt.Errorf("set up the cipher: %w", err)
	}
	// A random 96-bit nonce per message is sound for 2^32 messages under one key; rotate long before.
	return cipher.NewGCMWithRandomNonce(block)
}

// derive panics only if asked for more than 8 kB, which no caller here does.
func derive(k Key, label string, size int) []byte {
	out, err := hkdf.Key(sha256.New, k[:], nil, label, size)
	if err != nil {
		panic(err)
	}
	return out
}
