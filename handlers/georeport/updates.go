package georeport

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
)

// Timelines tells what the public may know of how cases went, in the order of the numbers of their registrations.
type Timelines func(ctx context.Context, reports []string) ([][]public.Step, error)

// updatesEach is how many cases one page of updates is made of: each has a history that is read.
const updatesEach = 100

// update is one step of one request.
type update struct {
	request string
	id      string
	status  string
	at      time.Time
	step    public.Step
}

// updates is the extension that FixMyStreet and others read: what happened to requests, step by step. A window, by whichever names, is
// that of the steps' moments and days; a page is so many requests, the newest first.
func (c *call) updates() {
	q, faults := readQuery(c.q, c.d.Rules, c.now)
	if len(faults) > 0 {
		c.fail(faults...)
		return
	}
	q.size = min(q.size, updatesEach)
	from, to := q.happened()
	// Requests are chosen by when something happened, not by when they were reported; what happened to one after the window drops none.
	q.from, q.to, q.after, q.before = time.Time{}, time.Time{}, from, time.Time{}
	page, total := c.chosen(&q)
	all, err := c.stepsOf(page, from, to)
	if err != nil {
		c.ours("timelines not read", err)
		return
	}
	c.links(&q, total)
	w := c.writer()
	w.list("service_request_updates", func() {
		for i := range all {
			w.object("request_update", func() { c.update(w, &all[i]) })
		}
	})
	c.send(http.StatusOK, w.buf)
}

// happened is the window of what happened: steps have one time only, so start_date and end_date mean the same of them as updated_after
// and updated_before, and where both are given a step lies in both. What is zero is no bound.
func (q *query) happened() (from, to time.Time) {
	from, to = q.from, q.to
	if q.after.After(from) {
		from = q.after
	}
	if to.IsZero() || !q.before.IsZero() && q.before.Before(to) {
		to = q.before
	}
	return from, to
}

func (c *call) stepsOf(page []public.Case, from, to time.Time) ([]update, error) {
	if len(page) == 0 || c.s.Timelines == nil {
		return nil, nil
	}
	reports := make([]string, len(page))
	for i := range page {
		reports[i] = page[i].Report
	}
	lines, err := c.s.Timelines(c.r.Context(), reports)
	if err != nil {
		return nil, err
	}
	var out []update
	for i, line := range lines {
		open := true
		for n, step := range line {
			open = stillOpen(open, step.What)
			u := update{request: reports[i], id: reports[i] + "." + strconv.Itoa(n+1), at: step.At.Truncate(time.Second), step: step, status: statusClosed}
			if open {
				u.status = statusOpen
			}
			if byReporter(step.What) {
				u.at = dayOf(step.At, c.d.Rules.Zone)
			}
			if happenedIn(u.at, from, to, c.d.Rules.Zone) {
				out = append(out, u)
			}
		}
	}
	return out, nil
}

// byReporter tells what whoever reported may have done: that is told by the day, for the second would lead to whoever held the phone.
func byReporter(what public.What) bool {
	return slices.Contains([]public.What{
		public.WasReceived, public.WasWithdrawn, public.WasReopened, public.WasReviewed, public.WasClosed,
	}, what)
}

// stillOpen tells whether the office owes an answer after a step.
func stillOpen(open bool, what public.What) bool {
	switch what { //nolint:exhaustive // the others change nothing about it
	case public.WasReceived, public.WasAccepted, public.WasReopened, public.WasSplit:
		return true
	case public.WasRefused, public.WasAnswered, public.WasClosed, public.WasMerged, public.WasWithdrawn, public.WasMovedOut:
		return false
	}
	return open
}

func (c *call) update(w *writer, u *update) {
	w.text("update_id", u.id)
	w.text("service_request_id", u.request)
	w.text("status", u.status)
	w.moment("updated_datetime", u.at)
	w.text("description", c.sayStep(u.step))
	w.text("media_url", "")
}

// sayStep says a step in words.
func (c *call) sayStep(s public.Step) string {
	return c.say("georeport.step."+string(s.What), map[string]any{"where": c.address(string(s.Township))})
}
