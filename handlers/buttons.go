package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// inRows lays buttons out n in a row.
func inRows(n int, all []flow.Choice) [][]flow.Choice { return slices.Collect(slices.Chunk(all, n)) }

// pairs lays buttons out two in a row, wide enough for gloves.
func pairs(all []flow.Choice) [][]flow.Choice { return inRows(2, all) }

// periodChoice is a button that is labelled with a period, as people call it.
func periodChoice(name, data string) flow.Choice {
	x := texts.Period(name)
	return flow.Choice{Key: x.Key, Args: x.Args, Data: data}
}
