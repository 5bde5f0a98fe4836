package main

import (
	"fmt"

	"github.com/gridwarden/gridwarden/grid/seal"
)

// keyCmd makes a key. It is written nowhere: whoever runs the office keeps it apart from the data.
type keyCmd struct{}

// Run prints a new key.
func (keyCmd) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, seal.Generate())
	return err
}
