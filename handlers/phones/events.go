package phones

import (
	"bytes"
	"net/http"
	"time"
)

// heartbeat keeps proxies and browsers from taking a quiet stream for a dead one.
const heartbeat = 20 * time.Second

// showEvents streams everything that happens on all phones as server-sent events. A page names the last event it knows
// by ?after= or, when the browser reconnects, by Last-Event-ID; when that is no longer known it gets "reset" and should
// ask for the whole state again.
func (s *Site) showEvents(w http.ResponseWriter, r *http.Request) {
	mark := r.Header.Get("Last-Event-ID")
	if mark == "" {
		mark = r.URL.Query().Get("after")
	}
	n, known := s.stream.number(mark)
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		list, more, gap, closed := s.stream.since(n)
		var text bytes.Buffer
		if gap || !known {
			n, known, list = s.stream.last(), true, []entry{{"reset", []byte("{}")}}
			n-- // the reset carries the newest number
		}
		for _, e := range list {
			n++
			text.WriteString("id: " + s.stream.mark(max(n, 0)) + "\nevent: " + e.kind + "\ndata: ")
			text.Write(e.data) // JSON has no line breaks
			text.WriteString("\n\n")
		}
		if text.Len() == 0 {
			text.WriteString(": \n\n")
		}
		if _, err := w.Write(text.Bytes()); err != nil || out.Flush() != nil || closed {
			return
		}
		select {
		case <-more:
		case <-beat.C:
		case <-r.Context().Done():
			return
		}
	}
}
