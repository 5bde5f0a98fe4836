package grid

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// CellCode is the statistical code of a cell: 6 digits for a district, 9 for a township, 12 for a village.
type CellCode string

// Cell is a node of the grid tree (网格). The names of the levels are data, because their numbering differs by province:
// the county is 一级网格 in 承德 and 二级网格 in 山东.
type Cell struct {
	Code        CellCode
	Parent      CellCode // empty for the root only
	Level       int      // 1 for the root
	Name        string   // the everyday name: 寿乐镇
	FullName    string   // the official name where it differs: 达拉土族乡
	Kind        string   // street, town, township, village, residents, park, queue
	Former      []string // former names: 碾伯镇
	FormerCodes []CellCode
	Centre      *geo.Point // where known
	Approximate bool       // the boundary, where there is one, is not an official line
}

// Tree is an immutable grid of cells: one root (the district), every other cell under a parent.
type Tree struct {
	cells      []Cell
	byCode     map[CellCode]int
	children   map[CellCode][]CellCode
	levelNames []string
	root       CellCode
	unassigned CellCode
}

// UnassignedKind marks the one cell that is a queue and not a piece of land: what lies inside the district but in no
// cell is filed there, and the district desk owns it (rules: "every point resolves to one leaf grid, or to a named
// queue that someone owns").
const UnassignedKind = "queue"

// NewTree checks cells and builds the tree; levelNames[0] names the root's level. It reports every fault it finds,
// joined: a second root or one not of level 1, an unknown or wrong-level parent, a code that does not begin with its
// parent's, a code twice or missing, no queue or two for what lies in no cell.
func NewTree(levelNames []string, cells []Cell) (*Tree, error) {
	t := &Tree{
		cells:      slices.Clone(cells),
		byCode:     make(map[CellCode]int, len(cells)),
		children:   make(map[CellCode][]CellCode),
		levelNames: slices.Clone(levelNames),
	}
	var faults []error
	for i, c := range t.cells {
		if _, twice := t.byCode[c.Code]; twice {
			faults = append(faults, fmt.Errorf("cell %s %s: the code is there twice", c.Code, c.Name))
			continue
		}
		t.byCode[c.Code] = i
	}
	for i, c := range t.cells {
		if t.byCode[c.Code] == i {
			faults = append(faults, t.adopt(c)...)
		}
	}
	if t.root == "" {
		faults = append(faults, errors.New("no root: one cell must have no parent"))
	}
	if t.unassigned == "" {
		faults = append(faults, fmt.Errorf("no cell of kind %q: what lies in no cell must have a queue", UnassignedKind))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return t, nil
}

// adopt hangs one cell below its parent and returns what is wrong with it.
func (t *Tree) adopt(c Cell) (faults []error) {
	if c.Code == "" {
		return append(faults, fmt.Errorf("cell %s below %s: no code", c.Name, c.Parent))
	}
	if c.Level < 1 || c.Level > len(t.levelNames) {
		faults = append(faults, fmt.Errorf("cell %s %s: level %d, expected 1 to %d", c.Code, c.Name, c.Level, len(t.levelNames)))
	}
	if c.Kind == UnassignedKind {
		if t.unassigned != "" {
			faults = append(faults, fmt.Errorf("cell %s %s: a second queue, %s is one already", c.Code, c.Name, t.unassigned))
		}
		t.unassigned = c.Code
	}
	if c.Parent == "" {
		return append(faults, t.crown(c)...)
	}
	p, ok := t.Cell(c.Parent)
	switch {
	case !ok:
		return append(faults, fmt.Errorf("cell %s %s: parent %s does not exist", c.Code, c.Name, c.Parent))
	case p.Level != c.Level-1:
		faults = append(faults, fmt.Errorf("cell %s %s: level %d under a parent of level %d", c.Code, c.Name, c.Level, p.Level))
	case !strings.HasPrefix(string(c.Code), string(c.Parent)):
		faults = append(faults, fmt.Errorf("cell %s %s: code does not begin with its parent's, %s", c.Code, c.Name, c.Parent))
	}
	t.children[c.Parent] = append(t.children[c.Parent], c.Code)
	return faults
}

// crown makes a cell without a parent the root.
func (t *Tree) crown(c Cell) (faults []error) {
	if t.root != "" {
		faults = append(faults, fmt.Errorf("cell %s %s: no parent, but %s is the root already", c.Code, c.Name, t.root))
	}
	if c.Level != 1 {
		faults = append(faults, fmt.Errorf("cell %s %s: no parent, so level 1 is expected and not %d", c.Code, c.Name, c.Level))
	}
	t.root = c.Code
	return faults
}

// Cell returns the cell of that code.
func (t *Tree) Cell(code CellCode) (Cell, bool) {
	i, ok := t.byCode[code]
	if !ok {
		return Cell{}, false
	}
	return t.cells[i], true
}

// Name is the cell's everyday name, or the code itself for an unknown cell.
func (t *Tree) Name(code CellCode) string {
	if c, ok := t.Cell(code); ok {
		return c.Name
	}
	return string(code)
}

// PathName joins the names from below the root down to the cell: 寿乐镇土官口村.
func (t *Tree) PathName(code CellCode) string {
	var b strings.Builder
	for _, c := range t.Path(code) {
		if c.Parent != "" {
			b.WriteString(c.Name)
		}
	}
	if b.Len() == 0 {
		return t.Name(code)
	}
	return b.String()
}

// Root is the district.
func (t *Tree) Root() Cell { c, _ := t.Cell(t.root); return c }

// Unassigned is the queue for what lies inside the district but in no cell.
func (t *Tree) Unassigned() Cell { c, _ := t.Cell(t.unassigned); return c }

// Cells lists all cells in the order they were given. The slice is shared: do not write to it.
func (t *Tree) Cells() []Cell { return t.cells }

// Level lists the cells of one level, in the order they were given.
func (t *Tree) Level(level int) []Cell {
	var out []Cell
	for _, c := range t.cells {
		if c.Level == level {
			out = append(out, c)
		}
	}
	return out
}

// LevelName is the local name of a level: 二级网格.
func (t *Tree) LevelName(level int) string {
	if level < 1 || level > len(t.levelNames) {
		return ""
	}
	return t.levelNames[level-1]
}

// Children lists the cells directly below code.
func (t *Tree) Children(code CellCode) []CellCode { return t.children[code] }

// Path lists the cells from the root down to code, both included; empty for an unknown code.
func (t *Tree) Path(code CellCode) []Cell {
	var up []Cell
	for c, ok := t.Cell(code); ok; c, ok = t.Cell(c.Parent) {
		up = append(up, c)
	}
	slices.Reverse(up)
	return up
}

// Within tells whether code is area itself or lies below it.
func (t *Tree) Within(code, area CellCode) bool {
	for c, ok := t.Cell(code); ok; c, ok = t.Cell(c.Parent) {
		if c.Code == area {
			return true
		}
	}
	return false
}

// Township is the cell of level 2 that code is or lies in, or code itself when it lies above.
func (t *Tree) Township(code CellCode) CellCode {
	for _, c := range t.Path(code) {
		if c.Level == 2 {
			return c.Code
		}
	}
	return code
}

// ByTownship puts the cells into groups of one township each, the largest first, those of the same size and the cells in a
// group in the order that they were given. What lies above the townships is a group of its own.
func ByTownship(t *Tree, cells []Cell) [][]Cell {
	at := make(map[CellCode]int)
	var out [][]Cell
	for _, c := range cells {
		town := t.Township(c.Code)
		i, ok := at[town]
		if !ok {
			i = len(out)
			at[town] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	slices.SortStableFunc(out, func(a, b []Cell) int { return len(b) - len(a) })
	return out
}
