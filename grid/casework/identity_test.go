package casework_test

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// identityActions are the actions that have to do with who reported.
func identityActions() []casework.Action {
	return []casework.Action{casework.AskReporter, casework.Answer}
}

// identityRows is what the table must say of them.
func identityRows() []row {
	citizen := []grid.PersonID{"citizen"}
	workers := []grid.PersonID{"p-ivan", "p-vera", "p-tom", "p-dora", "p-sven", "p-tess"}
	var out []row
	for _, s := range casework.States() {
		if s.Open() {
			out = append(out, row{casework.AskReporter, s, s, workers}, row{casework.Answer, s, s, citizen})
		}
	}
	return out
}
