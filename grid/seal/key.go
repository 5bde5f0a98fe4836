package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// KeySize is the length of a master key in bytes.
const KeySize = 32

// ErrKeys says that a list of keys cannot be used; the wrapping error says which key, and how to make one.
var ErrKeys = errors.New("unusable master key")

const howTo = "expected 32 random bytes as base64 (44 characters) or hex (64 digits), several separated by commas, " +
	"newest first; make one with: openssl rand -base64 32"

// Key is a master key. It never prints itself: every verb of fmt and every log handler sees only a placeholder.
type Key [KeySize]byte

const redacted = "[redacted key]"

// String returns a placeholder.
func (Key) String() string { return redacted }

// Format writes a placeholder for every verb, %x and %#v included.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue returns a placeholder.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns a placeholder, which covers JSON and whatever else marshals through text.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Generate returns a fresh random master key in the form that ParseKeys reads. It is meant to be shown once to the
// person who installs the program, and to nobody else.
func Generate() string {
	var k Key
	_, _ = rand.Read(k[:]) // never fails: the program ends instead
	return base64.StdEncoding.EncodeToString(k[:])
}

// ParseKeys reads a comma-separated list of master keys, newest first, each as base64 (standard or URL alphabet, padded
// or not) or hex. Blanks around a key and empty items are ignored. The error wraps ErrKeys, names the position of the
// bad key, never its text, and says how to make a good one.
func ParseKeys(list string) (*Keyring, error) {
	keys := make([]Key, 0, strings.Count(list, ",")+1)
	for item := range strings.SplitSeq(list, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		k, err := parseKey(item)
		if err != nil {
			return nil, fmt.Errorf("%w: key %d: %w; %s", ErrKeys, len(keys)+1, err, howTo)
		}
		keys = append(keys, k)
	}
	return New(keys...)
}

func parseKey(s string) (k Key, err error) {
	raw, err := decodeKey(s)
	if err != nil {
		return k, errors.New("neither base64 nor hex") // the decoder's own error quotes characters of the key
	}
	if len(raw) != KeySize {
		return k, fmt.Errorf("holds %d bytes", len(raw))
	}
	copy(k[:], raw)
	return k, nil
}

// decodeKey tries hex first: 64 hex digits would also pass as base64, of the wrong length.
func decodeKey(s string) ([]byte, error) {
	if len(s) == hex.EncodedLen(KeySize) {
		if raw, err := hex.DecodeString(s); err == nil {
			return raw, nil
		}
	}
	s = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
	return base64.RawStdEncoding.Strict().DecodeString(s)
}

// checkKeys refuses lists in which rotation could not work and keys that cannot have been random.
func checkKeys(keys []Key) error {
	if len(keys) == 0 {
		return fmt.Errorf("%w: none given; %s", ErrKeys, howTo)
	}
	seen := make(map[Key]bool, len(keys))
	for i, k := range keys {
		if bytes.Count(k[:], k[:1]) == KeySize {
			return fmt.Errorf("%w: key %d repeats one byte; %s", ErrKeys, i+1, howTo)
		}
		if seen[k] {
			return fmt.Errorf("%w: key %d is listed twice", ErrKeys, i+1)
		}
		seen[k] = true
	}
	return nil
}
