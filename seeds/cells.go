package seeds

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

const cellsFile = "cells.csv"

// How a cell's centre is known (column centre of cells.csv).
const (
	centreSourced = "sourced"
	centreStandIn = "stand_in" // another place's point stands in for it
	centreGuess   = "guess"
)

// A code goes into button data, keys and addresses, and so must stay short and plain.
var cellCode = regexp.MustCompile(`^\d{1,12}$`)

// loadCells reads the cells and finds every fault between them, with its line.
func (l *loader) loadCells() {
	columns := []string{"code", "parent", "level", "kind", "name", "full_name", "former", "former_codes", "lon", "lat", "centre"}
	data, ok := l.read(cellsFile)
	if !ok {
		return
	}
	l.cellLine, l.position = make(map[grid.CellCode]int), make(map[grid.CellCode]int)
	for _, r := range readTable(cellsFile, data, columns, &l.faults) {
		l.d.cells.Rows = append(l.d.cells.Rows, sheet.Row{Values: r.values})
		c := l.cell(r)
		if first, twice := l.cellLine[c.Code]; twice {
			r.wrong("code", "each code once", "cell %s %s: its code is in line %d already", c.Code, c.Name, first)
			continue
		}
		l.cellLine[c.Code], l.position[c.Code] = r.line, len(l.cells)
		l.cells = append(l.cells, c)
	}
	l.checkCells()
}

// plantTree builds the tree when nothing is wrong with the cells. Its own check, which knows no lines, has nothing left
// to find.
func (l *loader) plantTree() {
	if l.faults.in(cellsFile) || len(l.levels) == 0 {
		return
	}
	tree, err := grid.NewTree(l.levels, l.cells)
	if err != nil {
		l.faults.add(cellsFile, 0, "a tree of cells", "%v", err)
		return
	}
	l.d.Tree, l.d.Code = tree, tree.Root().Code
}

// cell reads one line.
func (l *loader) cell(r row) grid.Cell {
	c := grid.Cell{
		Code:     grid.CellCode(r.values["code"]),
		Parent:   grid.CellCode(r.values["parent"]),
		Kind:     r.values["kind"],
		Name:     r.values["name"],
		FullName: r.values["full_name"],
		Former:   r.list("former"),
		Centre:   r.point(),
	}
	for _, code := range r.list("former_codes") {
		c.FormerCodes = append(c.FormerCodes, grid.CellCode(code))
	}
	if !cellCode.MatchString(string(c.Code)) {
		r.wrong("code", "1 to 12 digits", "code %q", c.Code)
	}
	var err error
	if c.Level, err = strconv.Atoi(r.values["level"]); len(l.levels) > 0 && (err != nil || c.Level < 1 || c.Level > len(l.levels)) {
		r.wrong("level", "a number from 1 to "+strconv.Itoa(len(l.levels))+", as many as "+districtFile+" names levels", "level %q", r.values["level"])
	}
	for _, column := range []string{"kind", "name"} {
		if r.values[column] == "" {
			r.wrong(column, "a "+column, "cell %s has no %s", c.Code, column)
		}
	}
	switch how := r.values["centre"]; how {
	case centreGuess:
		l.d.Guessed[c.Code] = true
	case centreSourced, centreStandIn, "":
	default:
		r.wrong("centre", "sourced, stand_in, guess or nothing", "centre %q", how)
	}
	if has := r.values["centre"] != ""; has != (r.values["lon"] != "") {
		r.wrong("centre", "lon, lat and centre all filled or all empty", "cell %s %s has one without the other", c.Code, c.Name)
	}
	return c
}

// checkCells finds what is wrong between the cells.
func (l *loader) checkCells() {
	var root grid.CellCode
	queue := false
	for _, c := range l.cells {
		fault := func(want, what string, args ...any) {
			l.faults.add(cellsFile, l.cellLine[c.Code], want, what, args...)
			l.faults.at("parent")
		}
		queue = queue || c.Kind == grid.UnassignedKind
		parent, known := l.lookup(c.Parent)
		switch {
		case c.Parent == "" && root != "":
			fault("one root, every other cell below a parent", "cell %s %s has no parent, but %s is the root already", c.Code, c.Name, root)
		case c.Parent == "":
			root = c.Code
			if c.Level != 1 {
				fault("level 1", "the root %s is of level %d", c.Code, c.Level)
			}
		case !known:
			fault("the code of another line", "parent %s of cell %s %s does not exist", c.Parent, c.Code, c.Name)
		case parent.Level != c.Level-1:
			fault("a parent one level up", "cell %s %s is of level %d under a parent of level %d", c.Code, c.Name, c.Level, parent.Level)
		case !strings.HasPrefix(string(c.Code), string(c.Parent)):
			fault("a code that begins with its parent's, "+string(c.Parent), "cell %s %s", c.Code, c.Name)
		}
	}
	if root == "" {
		l.faults.add(cellsFile, 0, "one line with an empty parent: the district", "there is no root")
	}
	if !queue {
		l.faults.add(cellsFile, 0, "one line of kind "+grid.UnassignedKind, "there is no queue for what lies in no cell")
	}
}

// lookup finds a cell before there is a tree.
func (l *loader) lookup(code grid.CellCode) (grid.Cell, bool) {
	i, ok := l.position[code]
	if !ok {
		return grid.Cell{}, false
	}
	return l.cells[i], true
}
