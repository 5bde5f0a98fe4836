package patrol

import "time"

// Norms are what the district asks of patrols.
type Norms struct {
	Standards []Standard
}

// Standard is what a patrol of an officer of a level of the grid must be to count.
type Standard struct {
	Level   int           // 1 is the district's
	MinWay  float64       // metres
	MinTime time.Duration // that it takes
	MinGap  time.Duration // from the start of the last; 0: none
}

// Standard is that of the level, or of the nearest level above that has one; the zero Standard when none has.
func (n Norms) Standard(level int) Standard {
	var best Standard
	for _, s := range n.Standards {
		if s.Level <= level && s.Level >= best.Level {
			best = s
		}
	}
	return best
}
