// Package grid is the domain of grid-based environmental supervision (网格化监管): the tree of cells, the people
// responsible for them and the errors that everybody speaks. It imports the standard library only; its sub-packages
// hold what earned a room of its own (geo, routing, calendar, casework, ledger, redisstore).
package grid
