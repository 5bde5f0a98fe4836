package main

import (
	"bufio"
	"fmt"

	"github.com/gridwarden/gridwarden/grid/routing"
)

// routeCmd lets an office try its own gazetteer and its own words.
type routeCmd struct{ seedsFlags }

const lineLimit = 1 << 20 // bytes of one JSON line

// Run reads reports as JSON lines, {"text":…,"lon":…,"lat":…,"accuracy":…}, any of which may be missing, and prints for
// each, as one JSON line, what the bot would decide. A line that cannot be read gets a line that says why.
func (c routeCmd) Run(s streams) error {
	district, err := c.load()
	if err != nil {
		return err
	}
	b, err := newBook(district)
	if err != nil {
		return err
	}
	in := bufio.NewScanner(s.in)
	in.Buffer(make([]byte, 64<<10), lineLimit)
	out := bufio.NewWriter(s.out)
	for n := 1; in.Scan(); n++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		_, _ = out.Write(routing.DecideLine(b.routes, b.classifier, n, in.Bytes()))
		_ = out.WriteByte('\n')
		if err := out.Flush(); err != nil { // a person may be typing the lines
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read reports: %w", err)
	}
	return nil
}
