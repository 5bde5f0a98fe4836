package phones

import (
	"encoding/json"
	"strconv"
	"strings"
	"sync"
)

// kept is how many events a page that lost its connection can catch up on; an older one begins anew.
const kept = 500

// entry is one event as it is sent to every page.
type entry struct {
	kind string
	data []byte
}

// stream numbers what happens and lets any number of pages read it, each at its own pace. The numbers carry a name that
// is new with every start, so that a page which outlives the program notices.
type stream struct {
	name string

	mu      sync.Mutex
	first   int // number of entries[0]
	entries []entry
	changed chan struct{} // closed at the next event
	closed  bool
}

func newStream(name string) *stream {
	return &stream{name: name, first: 1, changed: make(chan struct{})}
}

// add sends an event to every page.
func (s *stream) add(kind string, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		kind, data = "reset", []byte("{}") // then the pages ask for the whole state, and fail there with a message
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries = append(s.entries, entry{kind, data})
	if len(s.entries) > 2*kept {
		s.entries = append(s.entries[:0:0], s.entries[kept:]...)
		s.first += kept
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// close ends every page's stream.
func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	close(s.changed)
	s.changed = make(chan struct{})
}

// last is the number of the newest event, zero before the first.
func (s *stream) last() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.first + len(s.entries) - 1
}

// since returns what happened after event n, and a channel that is closed when more does. It reports a gap when n is
// unknown: too old, or never given out.
func (s *stream) since(n int) (list []entry, more <-chan struct{}, gap, closed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := n + 1 - s.first
	if from < 0 || from > len(s.entries) {
		return nil, s.changed, true, s.closed
	}
	return append(list, s.entries[from:]...), s.changed, false, s.closed
}

// mark writes an event's number the way pages send it back.
func (s *stream) mark(n int) string { return s.name + "-" + strconv.Itoa(n) }

// number reads a mark; false when it is none of this start.
func (s *stream) number(mark string) (int, bool) {
	text, ok := strings.CutPrefix(mark, s.name+"-")
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}
