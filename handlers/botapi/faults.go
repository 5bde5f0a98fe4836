package botapi

import (
	"context"
	"net/http"
	"time"
)

// When says which calls a fault strikes.
type When struct {
	Method string // empty: any; "file" is the download of a file
	ChatID int64  // 0: any
	Skip   int    // let this many matching calls pass first
	Times  int    // then strike this often; 0 is once, negative for ever
}

// Fault is one kind of trouble, made by [Throttle], [Refuse], [BadGateway], [Slow], [HangUp] or [CutShort].
type Fault struct {
	delay   time.Duration
	instead *answer
	hangUp  bool // after the call was carried out
	cut     bool
}

// Throttle answers 429 with retry_after (rounded up to whole seconds), without carrying out the call.
func Throttle(retryAfter time.Duration) Fault {
	return instead(failure(tooMany(int((retryAfter + time.Second - 1) / time.Second))))
}

// Refuse answers with a code and a description ("Forbidden: bot was blocked by the user"), without carrying out the
// call.
func Refuse(code int, description string) Fault {
	return instead(failure(&apiError{Code: code, Description: description}))
}

// BadGateway answers 502 with a page of HTML, as the proxies before Telegram do.
func BadGateway() Fault {
	return instead(answer{
		status: http.StatusBadGateway, kind: "text/html",
		body: []byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
			"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"),
	})
}

// Slow carries out the call only after d; a client that gives up before then is not heard.
func Slow(d time.Duration) Fault { return Fault{delay: d} }

// HangUp closes the connection without an answer, before or after the call was carried out.
func HangUp(executed bool) Fault {
	if executed {
		return Fault{hangUp: true}
	}
	return instead(answer{hangUp: true})
}

// CutShort carries out the call, and breaks the connection in the middle of the answer.
func CutShort() Fault { return Fault{cut: true} }

func instead(a answer) Fault { return Fault{instead: &a} }

type plannedFault struct {
	when When
	does Fault
	seen int
}

// Inject plans a fault. When several match a call, the one planned first strikes.
func (e *Emulator) Inject(when When, does Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.faults = append(e.faults, &plannedFault{when: when, does: does})
}

// Heal removes every planned fault.
func (e *Emulator) Heal() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.faults = nil
}

// pickFault counts the call against every plan and returns the fault that strikes it, if any. The lock is held.
func (e *Emulator) pickFault(c *call) *Fault {
	var struck *Fault
	kept := e.faults[:0]
	for _, f := range e.faults {
		if !f.when.matches(c) {
			kept = append(kept, f)
			continue
		}
		f.seen++
		if f.seen > f.when.Skip && struck == nil {
			struck = &f.does
			if f.when.Times >= 0 && f.seen >= f.when.Skip+max(f.when.Times, 1) {
				continue // used up
			}
		} else if f.seen > f.when.Skip {
			f.seen-- // another one struck: this one waits for the next call
		}
		kept = append(kept, f)
	}
	clear(e.faults[len(kept):])
	e.faults = kept
	return struck
}

func (w When) matches(c *call) bool {
	return (w.Method == "" || w.Method == c.method) && (w.ChatID == 0 || itoa(w.ChatID) == c.params["chat_id"])
}

// before waits and says whether there is already an answer.
func (f *Fault) before(ctx context.Context) (answer, bool) {
	if f == nil {
		return answer{}, false
	}
	if f.delay > 0 {
		timer := time.NewTimer(f.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return answer{err: ctx.Err()}, true
		}
	}
	if f.instead != nil {
		return *f.instead, true
	}
	return answer{}, false
}

// after spoils the answer on its way back.
func (f *Fault) after(a answer) answer {
	if f != nil {
		a.hangUp = a.hangUp || f.hangUp
		a.cut = f.cut
	}
	return a
}
