package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/seal"
)

func TestParseKeys(t *testing.T) {
	var spiky seal.Key // its base64 uses both + and /
	for i := range spiky {
		spiky[i] = 0xfb - byte(i%2)*4
	}
	raw := spiky[:]
	want := ring(t, spiky).ID()
	for name, text := range map[string]string{
		"standard":     base64.StdEncoding.EncodeToString(raw),
		"url":          base64.URLEncoding.EncodeToString(raw),
		"unpadded":     base64.RawURLEncoding.EncodeToString(raw),
		"hex":          hex.EncodeToString(raw),
		"upper hex":    strings.ToUpper(hex.EncodeToString(raw)),
		"blanks":       " " + hex.EncodeToString(raw) + "\n",
		"spare commas": "," + hex.EncodeToString(raw) + ", ,",
		"newest first": hex.EncodeToString(raw) + "," + seal.Generate(),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := seal.ParseKeys(text)
			if err != nil {
				t.Fatal(err)
			}
			if r.ID() != want {
				t.Fatalf("read another key: %s, want %s", r.ID(), want)
			}
		})
	}
}

func TestParseKeysRefuses(t *testing.T) {
	good := seal.Generate()
	for name, c := range map[string]struct{ text, says string }{
		"nothing":    {"", "none given"},
		"commas":     {" , ,", "none given"},
		"short":      {base64.StdEncoding.EncodeToString(make([]byte, 31)), "key 1: holds 31 bytes"},
		"long":       {good + "," + base64.StdEncoding.EncodeToString(make([]byte, 33)), "key 2: holds 33 bytes"},
		"half hex":   {hex.EncodeToString(make([]byte, 16)), "key 1: holds"},
		"password":   {"hunter2!secret", "key 1: neither base64 nor hex"},
		"twice":      {good + "," + good, "key 2 is listed twice"},
		"all zeroes": {hex.EncodeToString(make([]byte, 32)), "key 1 repeats one byte"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := seal.ParseKeys(c.text)
			if !errors.Is(err, seal.ErrKeys) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, want it to say %q", err, c.says)
			}
			if strings.Contains(err.Error(), good) || strings.Contains(err.Error(), "hunter2") {
				t.Fatalf("the error gives the key away: %v", err)
			}
			if name != "twice" && !strings.Contains(err.Error(), "openssl rand -base64 32") {
				t.Fatalf("the error does not say how to make one: %v", err)
			}
		})
	}
}

func TestKeysNeverPrint(t *testing.T) {
	text := strings.Repeat("fa1ce0de", 8)
	r, err := seal.ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	var k seal.Key
	if _, err = hex.Decode(k[:], []byte(text)); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&out, nil))
	log.Info("keys", slog.Any("ring", r), slog.Any("key", k))
	for _, v := range []any{r, k, *r, &k, []seal.Key{k}, struct{ K seal.Key }{k}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%d", "%q"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		j, _ := json.Marshal(v)
		out.Write(j)
	}
	lower := strings.ToLower(out.String())
	for _, leak := range []string{"fa1ce0de", "fa 1c", "0xfa", "250 28", "250,28", base64.StdEncoding.EncodeToString(k[:])[:8]} {
		if strings.Contains(lower, strings.ToLower(leak)) {
			t.Errorf("the key shows as %q", leak)
		}
	}
}

func TestGenerateIsReadableAndFresh(t *testing.T) {
	a, b := seal.Generate(), seal.Generate()
	if a == b {
		t.Fatal("the same key twice")
	}
	if _, err := seal.ParseKeys(a + "," + b); err != nil {
		t.Fatal(err)
	}
}
