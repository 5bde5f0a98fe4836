package phones

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"sync"
)

// caseTable remembers the table of cases as it was sent last.
type caseTable struct {
	mu   sync.Mutex
	old  bool // something happened since
	last json.RawMessage
}

func (t *caseTable) stale() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.old = true
}

func (t *caseTable) shown() json.RawMessage {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		return json.RawMessage("[]")
	}
	return t.last
}

// lookAtCases reads the cases again if something happened since, and tells the pages when they changed.
func (s *Site) lookAtCases(ctx context.Context) {
	if s.o.Cases == nil {
		return
	}
	s.cases.mu.Lock()
	defer s.cases.mu.Unlock()
	if s.cases.last != nil && !s.cases.old {
		return
	}
	list, err := s.o.Cases(ctx)
	if err != nil {
		s.o.Log.WarnContext(ctx, "the table of cases could not be read", slog.Any("error", err))
		return
	}
	raw, err := json.Marshal(append([]Case{}, list...))
	if err != nil {
		s.o.Log.ErrorContext(ctx, "the table of cases could not be written", slog.Any("error", err))
		return
	}
	s.cases.old = false
	if !bytes.Equal(raw, s.cases.last) {
		s.cases.last = raw
		s.stream.add("cases", s.cases.last)
	}
}
