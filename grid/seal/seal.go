package seal

import (
	"errors"
	"fmt"
)

var (
	// ErrUnknownKey says that the text was sealed under a key that is not in the ring: an old key was dropped too early.
	ErrUnknownKey = errors.New("sealed under a key that is not in the ring")
	// ErrTampered says that the text is not what was sealed, was cut short, or belongs somewhere else (other aad).
	ErrTampered = errors.New("sealed text is damaged or out of its place")
)

// version is the first byte of everything sealed, so that the form can change one day.
const version = 1

// headerSize counts the bytes before the nonce: the version and the key's id.
const headerSize = 1 + idSize

// Overhead is how many bytes longer a sealed text is than the plain one: header, 12 of nonce and 16 of tag.
const Overhead = headerSize + 12 + 16

// Seal encrypts plain with AES-256-GCM under the newest key. aad is not stored but must be given again to Open: use it to
// bind the text to its place, such as "reporter:" plus the report's number, so that nobody can swap two sealed texts.
func (r *Keyring) Seal(plain, aad []byte) []byte {
	out := make([]byte, headerSize, len(plain)+Overhead)
	out[0] = version
	copy(out[1:], r.newest[:])
	return r.aeads[r.newest].Seal(out, nil, plain, bind(out[:headerSize], aad))
}

// Open returns the plain text. ErrUnknownKey if its key is not in the ring, ErrTampered in every other case of failure.
func (r *Keyring) Open(sealed, aad []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != version {
		return nil, ErrTampered
	}
	header, body := sealed[:headerSize], sealed[headerSize:]
	id := keyID(header[1:])
	aead, ok := r.aeads[id]
	if !ok {
		return nil, fmt.Errorf("%w: key %x", ErrUnknownKey, id)
	}
	plain, err := aead.Open(nil, nil, body, bind(header, aad))
	if err != nil {
		return nil, ErrTampered
	}
	return plain, nil
}

// Reseal brings a sealed text under the newest key. It returns the text as it was, and false, when it already is;
// otherwise the errors are those of Open.
func (r *Keyring) Reseal(sealed, aad []byte) (out []byte, changed bool, err error) {
	plain, err := r.Open(sealed, aad)
	if err != nil {
		return nil, false, err
	}
	if keyID(sealed[1:headerSize]) == r.newest {
		return sealed, false, nil
	}
	return r.Seal(plain, aad), true, nil
}

// bind authenticates the header along with the caller's aad; the header's length is fixed, so nothing is ambiguous.
func bind(header, aad []byte) []byte {
	bound := make([]byte, 0, len(header)+len(aad))
	return append(append(bound, header...), aad...)
}
