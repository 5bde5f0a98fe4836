package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// gate is a second name of the Redis that the program uses. Without the name, and with its connections cut, the program
// sees an outage, and nobody else does.
type gate struct {
	name, behind string
	db           string
}

// newGate gives the Redis at that URL a second name and returns the URL that leads through it.
func newGate(t *testing.T, through string) (g *gate, here string) {
	t.Helper()
	u, err := url.Parse(through)
	if err != nil {
		t.Fatal(err)
	}
	g = &gate{name: filepath.Join(t.TempDir(), "redis"), behind: u.Path, db: u.Query().Get("db")}
	g.open(t)
	u.Path = g.name
	return g, u.String()
}

func (g *gate) open(t *testing.T) {
	t.Helper()
	if err := os.Symlink(g.behind, g.name); err != nil {
		t.Fatal(err)
	}
}

var clientOf = regexp.MustCompile(`(?m)^id=(\d+) .* db=(\d+) `)

// shut takes the name away and cuts the connections to this database.
func (g *gate) shut(w *world) {
	w.t.Helper()
	ctx := context.Background()
	c := w.redis()
	defer func() { _ = c.Close() }()
	all, err := c.ClientList(ctx).Result()
	if err == nil {
		err = os.Remove(g.name)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	cut := 0
	for _, m := range clientOf.FindAllStringSubmatch(all, -1) {
		if m[2] == g.db && c.ClientKillByFilter(ctx, "ID", m[1], "SKIPME", "yes").Err() == nil {
			cut++
		}
	}
	if cut == 0 {
		w.t.Fatal(fmt.Sprint("nobody was cut off: ", all))
	}
}
