package redisstore

import (
	"strconv"
	"strings"
	"testing"
)

// Whatever is found in Redis, reading its header line gives back what was written or an error, never a wrong version.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "\n", "1\ttoken\n{}", "1\ttoken\t2026-00001\n{\"a\":\"\\n\"}\n", "x\ty\nz", "1\nbody", "-1\t\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		version, body, err := split(doc)
		if err != nil {
			return
		}
		line, rest, _ := strings.Cut(doc, "\n")
		if rest != body || !strings.Contains(line, "\t") {
			t.Errorf("split %q: body %q", doc, body)
		}
		if n, err := strconv.ParseInt(line[:strings.IndexByte(line, '\t')], 10, 64); err != nil || n != version {
			t.Errorf("split %q: version %d", doc, version)
		}
	})
}

// No address makes the parser panic, and no error repeats one: it may hold a password.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"", "localhost", "redis://u:secret@h:1/2", "rediss://h", "unix:///a?db=1", "http://secret", "[::1]:6379", "%zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, err := parseAddress(s)
		if err != nil && len(s) > 12 && strings.Contains(err.Error(), s) {
			t.Errorf("error repeats the address %q: %v", s, err)
		}
		if err == nil && o.Addr == "" {
			t.Errorf("%q: no address", s)
		}
	})
}
