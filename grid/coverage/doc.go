// Package coverage tells what was looked at and what was not (盲区): which cells, reaches of rivers and sites somebody has to go
// to within how many days, who went, and what was missed. A period in which nobody came is missed for good: it is written
// down when it ends, and who comes later begins a new one.
package coverage
