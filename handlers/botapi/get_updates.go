package botapi

import (
	"context"
	"encoding/json"
	"time"
)

const (
	maxUpdates     = 100              // Bot API, getUpdates limit
	maxPollTimeout = 50 * time.Second // Telegram answers by then, whatever timeout was asked for
)

// poll is a getUpdates that waits. Its end is a channel of its own so that a successor can send it away.
type poll struct{ end chan *apiError }

type updatesRequest struct {
	offset  int64
	limit   int
	timeout time.Duration
}

// getUpdates waits for updates; while it does, it lets go of the lock that it is called under. A second one sends the
// first away with 409, as Telegram does.
func (e *Emulator) getUpdates(ctx context.Context, c *call) answer {
	want, err := e.startPoll(c)
	if err != nil {
		return refused(err)
	}
	e.queue.confirm(want.offset)
	raw := e.queue.head(want.limit, e.clock())
	if len(raw) > 0 || want.timeout == 0 {
		return success(raw)
	}
	me := &poll{end: make(chan *apiError, 1)}
	e.poll = me
	changed, stop := e.queue.listen()
	defer stop()
	defer func() {
		if e.poll == me {
			e.poll = nil
		}
	}()
	var deadline <-chan time.Time
	if !e.patient {
		timer := time.NewTimer(want.timeout)
		defer timer.Stop()
		deadline = timer.C
	}
	for {
		e.mu.Unlock()
		late := false
		var gone *apiError
		select {
		case <-changed:
		case gone = <-me.end:
		case <-deadline:
			late = true
		case <-ctx.Done():
			late = true
		}
		e.mu.Lock()
		if gone != nil {
			return failure(gone)
		}
		if ctx.Err() != nil {
			return success([]json.RawMessage{})
		}
		if raw = e.queue.head(want.limit, e.clock()); len(raw) > 0 || late {
			return success(raw)
		}
	}
}

// startPoll reads the parameters and clears the way. The lock is held.
func (e *Emulator) startPoll(c *call) (updatesRequest, error) {
	want := updatesRequest{limit: maxUpdates}
	if e.hook.url != "" {
		return want, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	var err error
	if want.offset, err = c.integer("offset"); err != nil {
		return want, err
	}
	limit, err := c.integer("limit")
	if err != nil {
		return want, err
	}
	if limit > 0 && limit < maxUpdates {
		want.limit = int(limit)
	}
	seconds, err := c.integer("timeout")
	if err != nil {
		return want, err
	}
	want.timeout = min(time.Duration(max(seconds, 0))*time.Second, maxPollTimeout)
	err = e.allow(c)
	if err != nil {
		return want, err
	}
	e.dismissPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
	return want, nil
}

// dismissPoll ends the poll that waits, if any.
func (e *Emulator) dismissPoll(why string) {
	if e.poll != nil {
		e.poll.end <- conflict(why)
		e.poll = nil
	}
}

// allow remembers allowed_updates; without the parameter the former list holds, and an empty list means all.
func (e *Emulator) allow(c *call) error {
	text, given := c.params["allowed_updates"]
	if !given || text == "" {
		return nil
	}
	var kinds []string
	if json.Unmarshal([]byte(text), &kinds) != nil {
		return badRequest("can't parse allowed updates JSON object")
	}
	e.queue.allowed = kinds
	return nil
}
