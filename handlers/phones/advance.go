package phones

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"
)

// longest is how far one request may move the clock on.
const longest = 31 * 24 * time.Hour

// firing is a job that ran because the clock was moved.
type firing struct {
	At    int64  `json:"at"` // the demonstration's time afterwards, in milliseconds
	Job   string `json:"job"`
	Times int    `json:"times"`
}

// clockView tells the time, and which jobs ran on the way there, in the order in which they ran first.
type clockView struct {
	Now   int64    `json:"now"`
	Fired []firing `json:"fired"`
}

// keptFirings is how many past firings a page that is opened later still sees.
const keptFirings = 50

// advance answers POST /advance {"by":"24h"}: it moves the clock on and answers when every job that became due has run.
func (s *Site) advance(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		By string `json:"by"`
	}](w, r)
	if body == nil {
		return
	}
	by, err := time.ParseDuration(body.By)
	switch {
	case err != nil || by < time.Minute || by > longest:
		refuse(w, http.StatusBadRequest, "duration")
	case s.o.Advance == nil:
		refuse(w, http.StatusNotFound, "not_found")
	case !s.advancing.TryLock():
		refuse(w, http.StatusConflict, "busy")
	default:
		defer s.advancing.Unlock()
		view, err := s.move(r.Context(), by)
		if err != nil {
			refuse(w, http.StatusInternalServerError, "advance")
			return
		}
		respond(w, view)
	}
}

// move moves the clock on and tells the pages. Advancing is held. The clock goes on even if whoever asked has left.
func (s *Site) move(ctx context.Context, by time.Duration) (clockView, error) {
	jobs, err := s.o.Advance(context.WithoutCancel(ctx), by)
	view := clockView{Now: s.minute(), Fired: []firing{}}
	for _, job := range jobs {
		if i := slices.IndexFunc(view.Fired, func(f firing) bool { return f.Job == job }); i >= 0 {
			view.Fired[i].Times++
			continue
		}
		view.Fired = append(view.Fired, firing{At: view.Now, Job: job, Times: 1})
	}
	s.firedMu.Lock()
	s.fired = append(s.fired, view.Fired...)
	s.fired = slices.Clone(s.fired[max(0, len(s.fired)-keptFirings):])
	s.firedMu.Unlock()
	s.cases.stale()
	s.stream.add("clock", view)
	if err != nil {
		s.o.Log.ErrorContext(ctx, "the clock could not be moved on", slog.Any("error", err))
	}
	return view, err
}

func (s *Site) firings() []firing {
	s.firedMu.Lock()
	defer s.firedMu.Unlock()
	return append([]firing{}, s.fired...)
}
