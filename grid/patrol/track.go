package patrol

import (
	"math"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// Source is how a fix came.
type Source string

// The sources.
const (
	Live   Source = "live"   // from a live location
	Single Source = "single" // a check-in, or one location that was sent
	Photo  Source = "photo"  // where a photo says that it was taken
)

// Fix is that somebody was at a place at a time. At is when the message was written, which is the time of the act; Arrived
// is when it reached us, and stands only where that was later.
type Fix struct {
	At       time.Time `json:"t"`
	Arrived  time.Time `json:"r,omitzero"`
	Point    geo.Point `json:"p"`
	Accuracy float64   `json:"ac,omitzero"` // metres; 0 when not given
	Source   Source    `json:"s"`
}

// Track is fixes in the order of their times.
type Track []Fix

// Add puts a fix where its time belongs. Phones that share their place do so every few seconds: of what comes faster than
// one fix in every, the newest replaces the one before it, so that the last place is always known and the track stays
// short. Check-ins are never replaced. kept is false when the fix replaced one, or brings nothing.
func (t Track) Add(f Fix, every time.Duration) (out Track, kept bool) {
	i, twice := slices.BinarySearchFunc(t, f.At, func(x Fix, at time.Time) int { return x.At.Compare(at) })
	if twice && t[i].Source == f.Source {
		return t, false
	}
	if f.Source != Live {
		return slices.Insert(slices.Clone(t), i, f), true
	}
	n := len(t)
	if i < n { // late: it joins where there is room for it
		if t[i].At.Sub(f.At) < every || i > 0 && f.At.Sub(t[i-1].At) < every {
			return t, false
		}
		return slices.Insert(slices.Clone(t), i, f), true
	}
	if n > 1 && t[n-1].Source == Live && t[n-1].At.Sub(t[n-2].At) < every {
		out = slices.Clone(t)
		out[n-1] = f
		return out, false
	}
	return append(slices.Clone(t), f), true
}

// clean leaves out what is no place at all, what is too vague, and jumps: of all fixes it keeps as many as one could have
// been at one after the other without being faster than jump (m/s). A run of wrong fixes loses against the longer run of
// right ones, wherever it stands.
func (t Track) clean(r Rules) (good Track, vague, jumps int) {
	sure := make(Track, 0, len(t))
	for _, f := range t {
		if f.Point.Valid() != nil || r.MaxAccuracy > 0 && f.Accuracy > r.MaxAccuracy {
			vague++
			continue
		}
		sure = append(sure, f)
	}
	good = sure.reachable(r.JumpSpeed)
	return good, vague, len(sure) - len(good)
}

// reachable is the longest chain of fixes each of which can be reached from the one before.
func (t Track) reachable(speed float64) Track {
	if speed <= 0 || len(t) == 0 {
		return t
	}
	length, before := make([]int, len(t)), make([]int, len(t))
	best := 0
	for i := range t {
		length[i], before[i] = 1, -1
		for j := i - 1; j >= 0; j-- {
			if length[j] >= length[i] && t[j].reaches(t[i], speed) {
				length[i], before[i] = length[j]+1, j
				if length[j] == j+1 {
					break // nothing before it can be longer
				}
			}
		}
		if length[i] > length[best] {
			best = i
		}
	}
	var out Track
	for i := best; i >= 0; i = before[i] {
		out = append(out, t[i])
	}
	slices.Reverse(out)
	return out
}

// reaches tells whether one could get from a fix to another in the time between, allowing for what each may be off.
func (f Fix) reaches(g Fix, speed float64) bool {
	way := geo.Distance(f.Point, g.Point) - f.slack() - g.slack()
	return way <= speed*g.At.Sub(f.At).Seconds()
}

// leastSlack is what a fix may be off in metres at least: phones claim to be better than they are.
const leastSlack = 10

func (f Fix) slack() float64 { return math.Max(f.Accuracy, leastSlack) }
