package main

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers"
)

// PatrolRules are the rules of patrols for officers of a level of the grid.
func (b *book) PatrolRules(level int) patrol.Rules { return b.district.Patrol(level) }

// PatrolNumbers are the other numbers of patrols.
func (b *book) PatrolNumbers() handlers.PatrolNumbers {
	s := b.district.Settings
	return handlers.PatrolNumbers{
		Limits: patrol.Limits{Silence: s.PatrolSilence, Longest: s.PatrolLongest}, Every: s.PatrolEvery,
		ShotsKept: days(s.PatrolPhotoKept), ShotBits: s.PatrolPhotoSame, RiverNear: s.RiverNear, RiverSlip: s.NearBoundary,
		Backdated: s.Backdated, Remind: s.PatrolRemind,
	}
}

// Coverage makes what has to be visited.
func (b *book) Coverage() coverage.Book { return b.district.Coverage() }

// Land is the line of the cell, or of the nearest cell above that has one; a line that is not official is not trusted to the
// metre. The district's own line stands at the end of the way up.
func (b *book) Land(cell grid.CellCode) (land geo.MultiPolygon, slack float64) {
	path := b.district.Tree.Path(cell)
	for i := len(path) - 1; i > 0; i-- {
		if shape, ok := b.shape(path[i].Code); ok && shape.Approx {
			return shape.Areas, b.district.Settings.NearBoundary
		} else if ok {
			return shape.Areas, 0
		}
	}
	return b.district.Outline, b.district.Settings.OutsideTolerance
}

// OwnLand is the land of that very cell; false when its line is not known.
func (b *book) OwnLand(cell grid.CellCode) (geo.MultiPolygon, bool) {
	shape, ok := b.shape(cell)
	return shape.Areas, ok
}

func (b *book) shape(cell grid.CellCode) (geo.Shape, bool) {
	i := slices.IndexFunc(b.district.Shapes, func(s geo.Shape) bool { return s.ID == string(cell) })
	if i < 0 {
		return geo.Shape{}, false
	}
	return b.district.Shapes[i], true
}
