package web

import (
	"strings"
	"testing"
	"time"
)

// TestToken: a form's token is good from when somebody can have read the form until the next day, and only as we made it.
func TestToken(t *testing.T) {
	s := &Site{o: Options{Secret: []byte("0123456789abcdef")}}
	made := time.Unix(1_800_000_000, 0)
	token := s.token(made)
	for after, want := range map[time.Duration]tokenState{
		0: tokenFresh, 2 * time.Second: tokenFresh, 3 * time.Second: tokenGood, 24 * time.Hour: tokenGood, 25 * time.Hour: tokenWrong,
		-time.Hour: tokenWrong,
	} {
		if got, _ := s.checkToken(token, made.Add(after)); got != want {
			t.Errorf("after %s: %d, expected %d", after, got, want)
		}
	}
	_, nonce := s.checkToken(token, made.Add(time.Minute))
	other := s.token(made)
	_, otherNonce := s.checkToken(other, made.Add(time.Minute))
	if nonce == otherNonce || len(nonce) < 16 {
		t.Errorf("nonces %q and %q", nonce, otherNonce)
	}
	for _, forged := range []string{"", "x", token[:len(token)-1], strings.ToUpper(token), token[:20] + other[20:]} {
		if got, _ := s.checkToken(forged, made.Add(time.Minute)); got != tokenWrong {
			t.Errorf("%q is taken", forged)
		}
	}
	seal := s.sealed(nonce, "sha256:ab")
	if id, ok := s.unsealed(nonce, seal); !ok || id != "sha256:ab" {
		t.Errorf("%q, %v", id, ok)
	}
	for _, forged := range []string{strings.Replace(seal, "ab", "cd", 1), "sha256:ab", ""} {
		if _, ok := s.unsealed(nonce, forged); ok {
			t.Errorf("%q is taken", forged)
		}
	}
	if _, ok := s.unsealed(otherNonce, seal); ok {
		t.Error("a seal is good in another form")
	}
}

func TestParsePoint(t *testing.T) {
	for text, want := range map[string][2]float64{
		"36.482, 102.402": {36.482, 102.402}, "102.402 36.482": {36.482, 102.402}, " 36.482\uFF0C102.402 ": {36.482, 102.402}, "-33.9, 18.4": {-33.9, 18.4},
	} {
		p, err := parsePoint(text)
		if err != nil || p == nil || p.Lat != want[0] || p.Lon != want[1] {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	if p, err := parsePoint("  "); p != nil || err != nil {
		t.Errorf("nothing: %v, %v", p, err)
	}
	for _, text := range []string{"36.482", "bridge", "91, 70", "36.4,102.4,1"} {
		if p, err := parsePoint(text); err == nil {
			t.Errorf("%q: %v", text, p)
		}
	}
}
