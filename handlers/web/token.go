package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// Forms carry a token that is signed and says when the form was made: a program that sends them without having read them has
// none, and one that answers at once is told to wait. There is no cookie.
const (
	tokenNonce = 18
	tokenMAC   = 16
	tokenYoung = 3 * time.Second // nobody has read and written a report by then
	tokenOld   = 24 * time.Hour
)

// tokenState is what a token turned out to be.
type tokenState int

const (
	tokenGood  tokenState = iota
	tokenFresh            // too young to be a person's
	tokenWrong            // none of ours, or too old
)

// token makes one for a form that is shown at now.
func (s *Site) token(now time.Time) string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(now.Unix())) //nolint:gosec // a time after 1970
	nonce := make([]byte, tokenNonce)
	_, _ = rand.Read(nonce) // never fails
	raw = append(raw, nonce...)
	return base64.RawURLEncoding.EncodeToString(append(raw, s.sign("form", raw)...))
}

// checkToken tells what a token is worth, and the part of it that nobody else knows.
func (s *Site) checkToken(token string, now time.Time) (state tokenState, nonce string) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != 8+tokenNonce+tokenMAC || !hmac.Equal(raw[8+tokenNonce:], s.sign("form", raw[:8+tokenNonce])) {
		return tokenWrong, ""
	}
	made := time.Unix(int64(binary.BigEndian.Uint64(raw)), 0) //nolint:gosec // signed by us
	nonce = base64.RawURLEncoding.EncodeToString(raw[8 : 8+tokenNonce])
	switch age := now.Sub(made); {
	case age > tokenOld, age < -time.Minute:
		return tokenWrong, ""
	case age < tokenYoung:
		return tokenFresh, nonce
	}
	return tokenGood, nonce
}

// sign binds data to a use and to this site.
func (s *Site) sign(use string, data []byte) []byte {
	mac := hmac.New(sha256.New, s.o.Secret)
	mac.Write([]byte(use + "\x00"))
	mac.Write(data)
	return mac.Sum(nil)[:tokenMAC]
}

// sealed lets a form carry an id of ours so that nobody can put another in its place. It is good with that form only.
func (s *Site) sealed(nonce, id string) string {
	return id + "." + base64.RawURLEncoding.EncodeToString(s.sign("held/"+nonce, []byte(id)))
}

// unsealed is the id that a form carries, if we put it there.
func (s *Site) unsealed(nonce, text string) (string, bool) {
	id, _, ok := strings.Cut(text, ".")
	return id, ok && hmac.Equal([]byte(text), []byte(s.sealed(nonce, id)))
}
