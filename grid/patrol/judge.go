package patrol

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// Rules say what counts as a patrol. They are settings of the district; a zero switches a rule off.
type Rules struct {
	MinWay      float64       // metres that have to be gone
	MinTime     time.Duration // that it has to take
	MinGap      time.Duration // from the start of the last one that counted
	MaxSpeed    float64       // m/s; way that is faster is no patrol
	JumpSpeed   float64       // m/s that nobody moves at: a fix that needs it is an error of the phone
	MaxAccuracy float64       // metres; a fix that is vaguer says nothing
	MaxPause    time.Duration // between two fixes: what lies between longer ones is not known, neither way nor time
}

// Land is the ground on which a patrol counts.
type Land interface {
	// Holds tells whether the point lies on it.
	Holds(p geo.Point) bool
}

// Code names why a patrol does not count, or what of it does not.
type Code string

// The reasons.
const (
	NoFix     Code = "no_fix"     // nothing that tells a place arrived
	ShortWay  Code = "short_way"  // Metres are missing
	ShortTime Code = "short_time" // Lasts is missing
	Outside   Code = "outside"    // Metres were not in the own cell
	Fast      Code = "fast"       // Metres were gone faster than anybody sees something
	Paused    Code = "paused"     // for Lasts nothing is known
	TooSoon   Code = "too_soon"   // the next one counts after Lasts
)

// Reason is one reason, with how much is missing or is not counted.
type Reason struct {
	Code   Code          `json:"c"`
	Metres float64       `json:"m,omitzero"`
	Lasts  time.Duration `json:"l,omitzero"`
}

// Result is what a track is worth.
type Result struct {
	Valid   bool          `json:"v,omitempty"`
	Reasons []Reason      `json:"why,omitempty"` // why not; empty when it counts
	Way     float64       `json:"way"`           // metres that count
	Time    time.Duration `json:"time"`          // that counts
	Outside float64       `json:"out,omitzero"`  // metres beyond the land
	Fast    float64       `json:"fast,omitzero"` // metres on the land that were too fast
	Paused  time.Duration `json:"paus,omitzero"` // of which nothing is known
	Fixes   int           `json:"n"`             // that were used
	Vague   int           `json:"vag,omitempty"` // left out: too vague
	Jumps   int           `json:"jmp,omitempty"` // left out: nobody moves like that
	Used    Track         `json:"-"`             // what was used
}

// Judge tells what a track is worth on the land by the rules. last is when the same officer's last patrol that counted
// began, zero when there was none. A place is left only when the next fix is farther off than either may be wrong: who
// stands still goes no way, however the needle trembles.
func Judge(t Track, land Land, r Rules, last time.Time) Result {
	var res Result
	res.Used, res.Vague, res.Jumps = t.clean(r)
	res.Fixes = len(res.Used)
	if res.Fixes == 0 {
		res.Reasons = []Reason{{Code: NoFix}}
		return res
	}
	at, here := res.Used[0], land.Holds(res.Used[0].Point)
	before := at
	for _, f := range res.Used[1:] {
		pause := r.MaxPause > 0 && f.At.Sub(before.At) > r.MaxPause
		there := land.Holds(f.Point)
		res.lasted(f.At.Sub(before.At), pause, there)
		before = f
		metres := geo.Distance(at.Point, f.Point)
		if metres <= max(at.slack(), f.slack()) && !pause {
			continue
		}
		switch {
		case pause:
		case !here || !there:
			res.Outside += metres
		case r.MaxSpeed > 0 && metres > r.MaxSpeed*f.At.Sub(at.At).Seconds():
			res.Fast += metres
		default:
			res.Way += metres
		}
		at, here = f, there
	}
	res.weigh(r, res.Used[0].At, last)
	return res
}

// lasted counts the time between two fixes.
func (res *Result) lasted(d time.Duration, pause, inside bool) {
	switch {
	case pause:
		res.Paused += d
	case inside:
		res.Time += d
	}
}

// weigh finds what speaks against the patrol: what is missing first, then what would have made up for it.
func (res *Result) weigh(r Rules, start, last time.Time) {
	short, brief := r.MinWay-res.Way, r.MinTime-res.Time
	if short > 0 {
		res.because(Reason{Code: ShortWay, Metres: short})
	}
	if brief > 0 {
		res.because(Reason{Code: ShortTime, Lasts: brief})
	}
	if short > 0 && res.Outside > 0 || brief > 0 && res.Outside > 0 {
		res.because(Reason{Code: Outside, Metres: res.Outside})
	}
	if short > 0 && res.Fast > 0 {
		res.because(Reason{Code: Fast, Metres: res.Fast})
	}
	if res.Paused > 0 && len(res.Reasons) > 0 {
		res.because(Reason{Code: Paused, Lasts: res.Paused})
	}
	if wait := r.MinGap - start.Sub(last); r.MinGap > 0 && !last.IsZero() && wait > 0 {
		res.because(Reason{Code: TooSoon, Lasts: wait})
	}
	res.Valid = len(res.Reasons) == 0
}

func (res *Result) because(r Reason) { res.Reasons = append(res.Reasons, r) }

// Because tells whether that is among the reasons.
func (res Result) Because(c Code) bool {
	return slices.ContainsFunc(res.Reasons, func(r Reason) bool { return r.Code == c })
}
