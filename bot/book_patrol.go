package main

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/patrol"
)

// PatrolRules are the rules of patrols for officers of a level of the grid.
func (b *book) PatrolRules(level int) patrol.Rules { return b.district.Patrol(level) }

// PatrolLimits say when a patrol that nobody ends is over.
func (b *book) PatrolLimits() patrol.Limits {
	return patrol.Limits{Silence: b.district.Settings.PatrolSilence, Longest: b.district.Settings.PatrolLongest}
}

// PatrolEvery is the time between two fixes of a live location that are kept.
func (b *book) PatrolEvery() time.Duration { return b.district.Settings.PatrolEvery }

// ShotsKept is how long a photo of a patrol is known again.
func (b *book) ShotsKept() time.Duration { return days(b.district.Settings.PatrolPhotoKept) }

// ShotBits is in how many bits two hashes of the same photo may differ.
func (b *book) ShotBits() int { return b.district.Settings.PatrolPhotoSame }

// Land is the line of the cell, or of the nearest cell above that has one; a line that is not official is not trusted to the
// metre. The district's own line stands at the end of the way up.
func (b *book) Land(cell grid.CellCode) (land geo.MultiPolygon, slack float64) {
	path := b.district.Tree.Path(cell)
	for i := len(path) - 1; i > 0; i-- {
		for _, s := range b.district.Shapes {
			if s.ID != string(path[i].Code) {
				continue
			}
			if s.Approx {
				return s.Areas, b.district.Settings.NearBoundary
			}
			return s.Areas, 0
		}
	}
	return b.district.Outline, b.district.Settings.OutsideTolerance
}
