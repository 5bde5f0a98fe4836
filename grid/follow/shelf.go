package follow

import (
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
)

// Shelf is a list of followers. Two belong to each cell: of those who follow it, and of those who follow it or something in it.
type Shelf string

// Anybody is the shelf of all who follow anything.
const Anybody Shelf = "any"

// On lists the shelves on which a follower of the topic stands.
func On(t Topic, tree *grid.Tree) []Shelf {
	kind, key := t.Cut()
	if kind != Cell {
		return []Shelf{Shelf(t)}
	}
	out := []Shelf{Shelf("at:" + key)}
	for _, c := range tree.Path(grid.CellCode(key)) {
		out = append(out, Shelf("in:"+string(c.Code)))
	}
	return out
}

// Shelves lists where the person stands: each shelf at their hour.
func (f Follows) Shelves(tree *grid.Tree) []string {
	if len(f.Topics) == 0 {
		return nil
	}
	out := []string{Anybody.At(f.Hour)}
	for _, t := range f.Topics {
		for _, s := range On(t.Topic, tree) {
			out = append(out, s.At(f.Hour))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// At is the part of the shelf whose followers get their digest at that hour.
func (s Shelf) At(hour int) string { return string(s) + "@" + strconv.Itoa(hour) }

// Reach is what something that was published is about. What is about a cell reaches who follows it, something in it, or what it
// lies in.
type Reach struct {
	All        bool            `json:"all,omitempty"` // everybody who follows anything
	Cells      []grid.CellCode `json:"ce,omitempty"`
	Rivers     []string        `json:"ri,omitempty"`
	Categories []string        `json:"ca,omitempty"` // main ones
	Published  bool            `json:"pu,omitempty"`
}

// Empty tells whether nobody is meant.
func (r Reach) Empty() bool {
	return !r.All && !r.Published && len(r.Cells) == 0 && len(r.Rivers) == 0 && len(r.Categories) == 0
}

// Shelves lists the shelves that it reaches.
func (r Reach) Shelves(tree *grid.Tree) []Shelf {
	if r.All {
		return []Shelf{Anybody}
	}
	out := make([]Shelf, 0, len(r.Cells)+len(r.Categories)+len(r.Rivers)+1) // and more for what lies above the cells
	for _, code := range r.Cells {
		out = append(out, Shelf("in:"+string(code)))
		for _, up := range tree.Path(code) {
			if up.Code != code {
				out = append(out, Shelf("at:"+string(up.Code)))
			}
		}
	}
	for _, k := range r.Categories {
		out = append(out, Shelf(NewTopic(Category, k)))
	}
	for _, k := range r.Rivers {
		out = append(out, Shelf(NewTopic(River, k)))
	}
	if r.Published {
		out = append(out, Shelf(NewTopic(Published, "")))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
