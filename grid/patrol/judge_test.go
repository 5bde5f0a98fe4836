package patrol_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/patrol"
)

var (
	nine = time.Date(2026, 11, 2, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	home = geo.Point{Lon: 102.7543, Lat: 36.4434}

	rules = patrol.Rules{
		MinWay: 2000, MinTime: 30 * time.Minute, MaxSpeed: 12, JumpSpeed: 40, MaxAccuracy: 200, MaxPause: 90 * time.Minute,
	}
)

// east is a point that many metres east of home.
func east(metres float64) geo.Point {
	return geo.Point{Lon: home.Lon + metres/(111195*math.Cos(home.Lat*math.Pi/180)), Lat: home.Lat}
}

// walk is a track east along a line: a fix a minute, metres apart.
func walk(minutes int, metres float64) patrol.Track {
	var t patrol.Track
	for i := range minutes + 1 {
		t = append(t, patrol.Fix{At: nine.Add(time.Duration(i) * time.Minute), Point: east(float64(i) * metres), Accuracy: 15, Source: patrol.Live})
	}
	return t
}

// west is the land west of a line that many metres east of home.
type west float64

func (w west) Holds(p geo.Point) bool { return p.Lon <= east(float64(w)).Lon }

func TestJudge(t *testing.T) {
	tests := map[string]struct {
		track patrol.Track
		land  patrol.Land
		last  time.Time
		gap   time.Duration
		want  map[patrol.Code]float64 // metres, or minutes
	}{
		"a walk of 2.4 km in 40 minutes counts": {track: walk(40, 60), want: nil},
		"600 m are missing":                     {track: walk(35, 40), want: map[patrol.Code]float64{patrol.ShortWay: 600}},
		"10 minutes are missing":                {track: walk(20, 120), want: map[patrol.Code]float64{patrol.ShortTime: 10}},
		"nothing arrived":                       {track: nil, want: map[patrol.Code]float64{patrol.NoFix: 0}},
		"half of it was next door": {
			track: walk(40, 60), land: west(1201),
			want: map[patrol.Code]float64{patrol.ShortWay: 800, patrol.ShortTime: 10, patrol.Outside: 1200},
		},
		"driven past": {
			track: walk(40, 900), want: map[patrol.Code]float64{patrol.ShortWay: 2000, patrol.Fast: 36000},
		},
		"the last one was yesterday": {
			track: walk(40, 60), last: nine.Add(-24 * time.Hour), gap: 96 * time.Hour,
			want: map[patrol.Code]float64{patrol.TooSoon: 72 * 60},
		},
		"two check-ins with a long pause between them": {
			track: patrol.Track{{At: nine, Point: home, Source: patrol.Single}, {At: nine.Add(3 * time.Hour), Point: east(5000), Source: patrol.Single}},
			want:  map[patrol.Code]float64{patrol.ShortWay: 2000, patrol.ShortTime: 30, patrol.Paused: 180},
		},
		"a chain of check-ins counts": {
			track: patrol.Track{
				{At: nine, Point: home, Source: patrol.Single},
				{At: nine.Add(30 * time.Minute), Point: east(1200), Source: patrol.Single},
				{At: nine.Add(70 * time.Minute), Point: east(2100), Source: patrol.Photo},
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r, land := rules, tt.land
			r.MinGap = tt.gap
			if land == nil {
				land = patrol.Anywhere{}
			}
			res := patrol.Judge(tt.track, land, r, tt.last)
			if res.Valid != (len(tt.want) == 0) || len(res.Reasons) != len(tt.want) {
				t.Fatalf("valid %v for %+v, want %v", res.Valid, res.Reasons, tt.want)
			}
			for _, why := range res.Reasons {
				want, ok := tt.want[why.Code]
				got := why.Metres + why.Lasts.Minutes()
				if !ok || math.Abs(got-want) > 10+want/100 {
					t.Errorf("%s %.1f, want %.1f (%v)", why.Code, got, want, ok)
				}
			}
		})
	}
}

// Whatever the needle does around one place, nobody walked.
func TestJudge_StandingStillIsNoWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var track patrol.Track
		for i := range rapid.IntRange(1, 200).Draw(t, "fixes") {
			accuracy := rapid.Float64Range(10, 80).Draw(t, "accuracy")
			angle, off := rapid.Float64Range(0, 6.28).Draw(t, "angle"), rapid.Float64Range(0, 0.49).Draw(t, "off")*10
			p := geo.Point{Lon: east(off * math.Cos(angle)).Lon, Lat: home.Lat + off*math.Sin(angle)/111195}
			track = append(track, patrol.Fix{At: nine.Add(time.Duration(i) * 20 * time.Second), Point: p, Accuracy: accuracy, Source: patrol.Live})
		}
		if res := patrol.Judge(track, patrol.Anywhere{}, rules, time.Time{}); res.Way != 0 || res.Valid {
			t.Fatalf("%.1f m from standing still", res.Way)
		}
	})
}

// Single fixes that lie kilometres off add no way and take none away, wherever they stand.
func TestJudge_JumpsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.IntRange(20, 60).Draw(t, "minutes")
		clean := walk(minutes, 60)
		want := patrol.Judge(clean, patrol.Anywhere{}, rules, time.Time{})
		dirty := append(patrol.Track{}, clean...)
		hit := rapid.SliceOfNDistinct(rapid.IntRange(0, minutes/4-1), 0, minutes/5, rapid.ID[int]).Draw(t, "hit")
		for _, h := range hit {
			at := clean[4*h].At.Add(20 * time.Second)
			far := geo.Point{Lon: home.Lon + rapid.Float64Range(0.2, 3).Draw(t, "lon"), Lat: home.Lat + rapid.Float64Range(0.2, 3).Draw(t, "lat")}
			dirty, _ = dirty.Add(patrol.Fix{At: at, Point: far, Accuracy: 15, Source: patrol.Single}, 0)
		}
		got := patrol.Judge(dirty, patrol.Anywhere{}, rules, time.Time{})
		if math.Abs(got.Way-want.Way) > 1 || got.Valid != want.Valid || got.Jumps != len(hit) {
			t.Fatalf("%.0f m and %d jumps, want %.0f m and %d", got.Way, got.Jumps, want.Way, len(hit))
		}
	})
}

// What counts is never more than what was gone, and in whatever order the fixes arrive the track is the same.
func TestTrack_OrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		var fixes patrol.Track
		total := 0.0
		for i := range n {
			fixes = append(fixes, patrol.Fix{
				At: nine.Add(time.Duration(i) * time.Minute), Point: east(rapid.Float64Range(0, 4000).Draw(t, "east")), Accuracy: 12, Source: patrol.Single,
			})
			if i > 0 {
				total += geo.Distance(fixes[i-1].Point, fixes[i].Point)
			}
		}
		shuffled := append(patrol.Track{}, fixes...)
		rand.New(rand.NewPCG(uint64(n), 1)).Shuffle(n, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		var track patrol.Track
		for _, f := range shuffled {
			track, _ = track.Add(f, 30*time.Second)
		}
		if len(track) != n {
			t.Fatalf("%d of %d fixes", len(track), n)
		}
		got, want := patrol.Judge(track, patrol.Anywhere{}, rules, time.Time{}), patrol.Judge(fixes, patrol.Anywhere{}, rules, time.Time{})
		if got.Way != want.Way || got.Time != want.Time {
			t.Fatalf("%+v in another order, %+v", got, want)
		}
		if got.Way+got.Fast+got.Outside > total+1e-6 {
			t.Fatalf("%.0f m counted of %.0f m", got.Way, total)
		}
	})
}

// A phone sends more than is kept, and the last is always there.
func TestTrack_KeepsTheLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var track patrol.Track
		at := nine
		var last patrol.Fix
		for range rapid.IntRange(1, 300).Draw(t, "n") {
			at = at.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "seconds")) * time.Second)
			last = patrol.Fix{At: at, Point: east(float64(at.Unix() % 5000)), Source: patrol.Live}
			track, _ = track.Add(last, 30*time.Second)
		}
		if track[len(track)-1] != last {
			t.Fatalf("the last is %+v, want %+v", track[len(track)-1], last)
		}
		for i := 1; i < len(track)-1; i++ {
			if d := track[i].At.Sub(track[i-1].At); d < 30*time.Second {
				t.Fatalf("%v between two fixes that were kept", d)
			}
		}
	})
}
