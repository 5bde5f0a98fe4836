package routing_test

import (
	"encoding/csv"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/routing"
)

// district is the real district of the seeds, read without their loader.
type district struct {
	tree    *grid.Tree
	land    *routing.Ground
	outline geo.MultiPolygon
	shapes  []geo.Shape
	book    *routing.Book
}

var rules = routing.Rules{
	NearBoundary: 1000, NearGuessed: 3000, MaxAccuracy: 2000, MaxOffered: 3, OutsideTolerance: 500, NeighbourWithin: 50000,
	MainlandDatumSlip: true,
}

var neighbours = []routing.Neighbour{
	{Name: "平安区", Aliases: []string{"平安", "平安县"}, Direction: geo.West},
	{Name: "民和县", Aliases: []string{"民和", "民和回族土族自治县"}, Direction: geo.East},
	{Name: "互助县", Aliases: []string{"互助", "互助土族自治县"}, Direction: geo.NorthWest},
	{Name: "化隆县", Aliases: []string{"化隆", "化隆回族自治县"}, Direction: geo.South},
	{Name: "天祝县", Aliases: []string{"天祝", "天祝藏族自治县"}, Direction: geo.North},
}

var places = []routing.Place{
	{Name: "湟水", Aliases: []string{"湟水河"}, Kind: "river", Cells: []grid.CellCode{"630202105", "630202101", "630202001", "630202103"}},
	{Name: "引胜沟", Aliases: []string{"引胜河"}, Kind: "valley", Cells: []grid.CellCode{"630202102", "630202001"}},
	{Name: "柳湾", Kind: "landmark", Cells: []grid.CellCode{"630202103"}},
	{Name: "土官口断面", Kind: "section", Cells: []grid.CellCode{"630202102200", "630202102"}},
	{Name: "瞿昙寺", Kind: "landmark", Cells: []grid.CellCode{"630202106"}},
	{Name: "老鸦峡口断面", Aliases: []string{"老鸦峡", "老鸦峡口"}, Kind: "section", Cells: []grid.CellCode{"630202103219"}},
	{Name: "海东站", Aliases: []string{"乐都南站"}, Kind: "landmark", Cells: []grid.CellCode{"630202002"}},
}

var ledu = sync.OnceValue(func() *district {
	d := &district{}
	d.tree = readTree()
	for _, f := range readFeatures("cells.geojson") {
		d.shapes = append(d.shapes, geo.Shape{ID: f.Text("code"), Areas: f.Areas, Approx: true})
	}
	d.outline = readFeatures("outline.geojson")[0].Areas
	land, err := routing.NewGround(d.shapes, d.outline, []grid.CellCode{"630202203", "630202204", "630202208", "630202211"})
	if err != nil {
		panic(err)
	}
	d.land = land
	d.book = routing.NewBook(d.tree, land, places, neighbours, rules)
	return d
})

const seedsFolder = "../../seeds/ledu/"

func readTree() *grid.Tree {
	data, err := os.ReadFile(seedsFolder + "cells.csv")
	if err != nil {
		panic(err)
	}
	r := csv.NewReader(strings.NewReader(string(data)))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic(err)
	}
	cells := make([]grid.Cell, 0, len(rows))
	for _, f := range rows[1:] {
		c := grid.Cell{
			Code: grid.CellCode(f[0]), Parent: grid.CellCode(f[1]), Level: int(f[2][0] - '0'), Kind: f[3], Name: f[4], FullName: f[5],
		}
		if f[6] != "" {
			c.Former = strings.Split(f[6], ";")
		}
		if c.Parent == "" {
			c.FullName = "青海省海东市乐都区"
		}
		cells = append(cells, c)
	}
	tree, err := grid.NewTree([]string{"一级网格", "二级网格", "三级网格"}, cells)
	if err != nil {
		panic(err)
	}
	return tree
}

func readFeatures(name string) []geo.Feature {
	data, err := os.ReadFile(seedsFolder + name)
	if err != nil {
		panic(err)
	}
	features, err := geo.ParseGeoJSON(data)
	if err != nil {
		panic(err)
	}
	return features
}

// route is Route for a text, as a short line: the cells' path names; "?" when asked, "out" with the neighbour.
func route(t *testing.T, q routing.Query) string {
	t.Helper()
	d := ledu()
	a, err := d.book.Route(q)
	if err != nil {
		t.Fatal(err)
	}
	parts := make([]string, 0, len(a.Candidates))
	for _, c := range a.Candidates {
		parts = append(parts, d.tree.PathName(c.Cell))
	}
	line := strings.Join(parts, " ")
	if a.OutOfArea {
		line = strings.TrimSpace("out " + a.Neighbour)
	}
	if a.Conflict {
		line += " !"
	}
	if a.Ask {
		line += "?"
	}
	return line
}
