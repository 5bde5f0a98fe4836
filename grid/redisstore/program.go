package redisstore

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// program is a ledger.Change in the terms of lua/ledger_commit.lua: keys, checks, numbers and writes.
type program struct {
	token   string
	done    ledger.EntryID
	keys    []string
	places  map[string]int // in keys, from 1
	checks  []any
	numbers []any
	subs    []any
	writes  []any
	nwrites int
	markers []string
	head    string // what follows the version in every header line
	witness bool   // something that is written shows a repetition of this commit for what it is
}

// validFormat is what string.format in the script must not stumble over: one whole number.
var validFormat = regexp.MustCompile(`^[^%\t\n]*%0?\d{0,2}d[^%\t\n]*$`)

func newProgram(k keys, token string, c ledger.Change) (*program, error) {
	p := &program{token: token, done: c.Done, places: make(map[string]int)}
	p.key(k.inbox())
	p.key(k.tries())
	p.head = "\t" + token
	for _, n := range c.Numbers {
		if !validFormat.MatchString(n.Format) || n.Marker == "" {
			return nil, fmt.Errorf("number of series %s: format %q, marker %q: expected one %%d and a marker", n.Series, n.Format, n.Marker)
		}
		p.numbers = append(p.numbers, p.key(k.seq(n.Series, n.Year)), n.Format, n.Marker)
		p.markers = append(p.markers, n.Marker)
		p.head += "\t" + n.Marker
	}
	p.head += "\n"
	return p, nil
}

// key returns the place of a key in KEYS.
func (p *program) key(k string) int {
	if i, ok := p.places[k]; ok {
		return i
	}
	p.keys = append(p.keys, k)
	p.places[k] = len(p.keys)
	return len(p.keys)
}

// check refuses the commit unless the key is as expected; see the script for the kinds.
func (p *program) check(kind, key, expected string) {
	p.checks = append(p.checks, kind, p.key(key), expected)
}

// write adds one command.
func (p *program) write(command, key string, args ...string) {
	p.writes = append(p.writes, command, p.key(key), len(args))
	for _, a := range args {
		if p.marked(a) {
			p.subs = append(p.subs, len(p.writes))
		}
		p.writes = append(p.writes, a)
	}
	p.nwrites++
}

func (p *program) marked(arg string) bool {
	for _, m := range p.markers {
		if strings.Contains(arg, m) {
			return true
		}
	}
	return false
}

// header is the first line of a document at that version.
func (p *program) header(version int64) string { return strconv.FormatInt(version, 10) + p.head }

// args are the script's ARGV.
func (p *program) args() []any {
	counts := fmt.Sprintf("%d %d %d %d", len(p.checks)/3, len(p.numbers)/3, len(p.subs), p.nwrites)
	out := make([]any, 0, 3+len(p.checks)+len(p.numbers)+len(p.subs)+len(p.writes))
	out = append(out, p.token, string(p.done), counts)
	out = append(out, p.checks...)
	out = append(out, p.numbers...)
	out = append(out, p.subs...)
	return append(out, p.writes...)
}
