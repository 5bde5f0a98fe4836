package staff

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

const (
	linkNonce = 16
	linkMAC   = 32
)

// Link makes an address that opens the page for one officer, once, for a short while.
func (s *Site) Link(who grid.PersonID, now time.Time) (url string, until time.Time, ok bool) {
	if s.o.Base == "" {
		return "", time.Time{}, false
	}
	until = now.Add(s.o.Limits().Link).Truncate(time.Second)
	raw := binary.BigEndian.AppendUint64(nil, uint64(until.Unix())) //nolint:gosec // a time after 1970
	nonce := make([]byte, linkNonce)
	_, _ = rand.Read(nonce) // never fails
	raw = append(append(raw, nonce...), who...)
	return s.o.Base + "/staff/open/" + base64.RawURLEncoding.EncodeToString(append(raw, s.sign(raw)...)), until, true
}

// read opens a link that we signed and that is not too old. once names it.
func (s *Site) read(token string, now time.Time) (who grid.PersonID, once string, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= 8+linkNonce+linkMAC {
		return "", "", false
	}
	signed, mac := raw[:len(raw)-linkMAC], raw[len(raw)-linkMAC:]
	if !hmac.Equal(mac, s.sign(signed)) || now.Unix() > int64(binary.BigEndian.Uint64(signed)) { //nolint:gosec // signed by us
		return "", "", false
	}
	sum := sha256.Sum256(signed)
	return grid.PersonID(signed[8+linkNonce:]), base64.RawURLEncoding.EncodeToString(sum[:16]), true
}

func (s *Site) sign(data []byte) []byte {
	mac := hmac.New(sha256.New, s.o.Secret)
	mac.Write([]byte("staff/link\x00"))
	mac.Write(data)
	return mac.Sum(nil)
}
