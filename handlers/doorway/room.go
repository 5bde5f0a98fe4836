package doorway

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Limits are the numbers of a Room.
type Limits struct {
	All  int           // uploads at the same time
	Each int           // of them by one visitor
	Time time.Duration // in which one has to be in; half of that somebody waits for their turn
}

// Room is where uploads come in: so many at the same time, so that they fit into memory, and so many of one visitor, so that one
// who is slow does not keep everybody else out. Others wait. A network of IPv6, however wide, has half of the room. A nil Room has
// no bounds.
type Room struct {
	Limits func() Limits // as they are in force

	mu      sync.Mutex
	in      int
	waiting int
	by      map[string]int // uploads by network
	line    map[string]int // and how many wait
	freed   chan struct{}  // closed when somebody leaves
}

// manyWait are how many times as many as fit in may wait, of one visitor and of all: those are requests whose bodies are not read, and
// cost next to nothing. Nobody sees that one of them has gone away, for that shows only when the body is read.
const manyWait = 16

// Enter waits until there is room for one more upload of the visitor; whoever entered leaves by the function. Conflict
// (error.door.busy) when it takes too long, or too many wait already.
func (r *Room) Enter(ctx context.Context, visitor string) (leave func(), err error) {
	if r == nil {
		return func() {}, nil
	}
	limits, nets := r.Limits(), Wide{}.Nets(visitor)
	until := time.NewTimer(limits.Time / 2)
	defer until.Stop()
	for waits := false; ; waits = true {
		freed, entered := r.try(limits, nets, waits)
		switch {
		case entered:
			return sync.OnceFunc(func() { r.leave(nets) }), nil
		case freed == nil:
			return nil, errBusy()
		}
		select {
		case <-freed:
		case <-until.C:
			r.giveUp(nets)
			return nil, errBusy()
		case <-ctx.Done():
			r.giveUp(nets)
			return nil, ctx.Err()
		}
	}
}

// MaxWords is how many bytes a form without files has at most; a body of no more needs no room.
const MaxWords = 256 << 10

// Light tells whether a request says beforehand that it brings no more than words: a body that is declared is never read beyond that.
// Browsers send a form that could bring photos in the same way without them, and words of danger wait for nobody's photos.
func Light(r *http.Request) bool { return r.ContentLength >= 0 && r.ContentLength <= MaxWords }

func errBusy() error { return grid.Fail(grid.Conflict, "error.door.busy") }

// try enters if there is room; else it tells what to wait for, or nothing when too many wait. waits tells whether it waited before.
func (r *Room) try(limits Limits, nets []Net, waits bool) (freed <-chan struct{}, entered bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil {
		r.by, r.line, r.freed = make(map[string]int), make(map[string]int), make(chan struct{})
	}
	if r.in < limits.All && fits(r.by, nets, limits.Each, limits.All/2) {
		if waits {
			r.stepOut(nets)
		}
		r.in++
		for _, n := range nets {
			r.by[n.Name]++
		}
		return nil, true
	}
	if !waits {
		if r.waiting >= manyWait*limits.All || !fits(r.line, nets, manyWait*limits.Each, manyWait*limits.All/2) {
			return nil, false
		}
		r.waiting++
		for _, n := range nets {
			r.line[n.Name]++
		}
	}
	return r.freed, false
}

// fits tells whether one more of these networks fits: so many of the smallest, so many of a wide one.
func fits(by map[string]int, nets []Net, each, wide int) bool {
	for i, n := range nets {
		most := each
		if i > 0 {
			most = max(each, wide)
		}
		if by[n.Name] >= most {
			return false
		}
	}
	return true
}

func (r *Room) leave(nets []Net) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.in--
	less(r.by, nets)
	close(r.freed)
	r.freed = make(chan struct{})
}

func (r *Room) giveUp(nets []Net) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stepOut(nets)
}

func (r *Room) stepOut(nets []Net) {
	r.waiting--
	less(r.line, nets)
}

func less(by map[string]int, nets []Net) {
	for _, n := range nets {
		by[n.Name]--
		if by[n.Name] == 0 {
			delete(by, n.Name)
		}
	}
}

// Hurry gives the sender of a body so long to send what is read next: who is slow takes the place of others. The clock is that of the
// network, not of the district.
func Hurry(w http.ResponseWriter, d time.Duration) error {
	err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(d))
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// Time is how long an upload may take; zero: no bound.
func (r *Room) Time() time.Duration {
	if r == nil {
		return 0
	}
	return r.Limits().Time
}
