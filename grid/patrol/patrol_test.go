package patrol_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/patrol"
)

var limits = patrol.Limits{Silence: 2 * time.Hour, Longest: 8 * time.Hour}

// A patrol is over after a silence, or when it has lasted too long.
func TestDue(t *testing.T) {
	p := patrol.Patrol{Start: nine, Track: walk(60, 60)}
	if got, want := p.Due(limits), nine.Add(3*time.Hour); !got.Equal(want) {
		t.Errorf("due at %v, want %v", got, want)
	}
	p.Shots = []patrol.Shot{{File: "a", At: nine.Add(7 * time.Hour)}}
	if got, want := p.Due(limits), nine.Add(8*time.Hour); !got.Equal(want) {
		t.Errorf("due at %v, want %v", got, want)
	}
}

// What was written on the way belongs to the patrol however late it arrives; what was written after its end does not,
// unless it ended only because nothing arrived.
func TestCovers(t *testing.T) {
	p := patrol.Patrol{Start: nine, Track: walk(60, 60)}
	for at, want := range map[time.Duration]bool{-time.Second: false, 0: true, time.Hour: true, 150 * time.Minute: true, 4 * time.Hour: false} {
		if got := p.Covers(nine.Add(at), limits); got != want {
			t.Errorf("under way, %v after its start: %v", at, got)
		}
	}
	p.End = nine.Add(time.Hour)
	if p.Covers(nine.Add(61*time.Minute), limits) {
		t.Error("ended by hand, and takes what came after")
	}
	p.ByItself = true
	if !p.Covers(nine.Add(100*time.Minute), limits) {
		t.Error("ended by itself, and does not take what was on its way")
	}
}

// A photo is there once and has each mark once.
func TestShoot(t *testing.T) {
	var p patrol.Patrol
	if !p.Shoot(patrol.Shot{File: "a"}) || p.Shoot(patrol.Shot{File: "a"}) {
		t.Error("the same photo twice")
	}
	p.MarkShot("a", patrol.Seen)
	p.MarkShot("a", patrol.Seen)
	if len(p.Shots) != 1 || len(p.Shots[0].Marks) != 1 {
		t.Errorf("%+v", p.Shots)
	}
}
