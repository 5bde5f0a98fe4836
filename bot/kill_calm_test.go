package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// maxCallsPerCase is how many messages a report may cost: six answers and one notice, of the 30 a second that Telegram
// allows (https://core.telegram.org/bots/faq).
const maxCallsPerCase = 7

// calm lets some people report while nothing dies, and counts what a report costs and how soon a button is answered.
func (tr *trial) calm() []*talk {
	tr.t.Helper()
	const people, at = 48, 8
	sends := []string{"sendMessage", "editMessageText", "sendPhoto", "sendMediaGroup", "sendLocation"}
	others := []string{"answerCallbackQuery", "getFile", "file"}
	count := func(methods []string) (n int) {
		for _, m := range methods {
			n += tr.emulator.Calls(m)
		}
		return n
	}
	sent, rest := count(sends), count(others)
	talks := make([]*talk, people)
	waits := make([][]time.Duration, at)
	var wg sync.WaitGroup
	for lane := range at {
		wg.Go(func() {
			for i := lane; i < people; i += at {
				c := tr.plainTalk(i)
				talks[i] = c
				c.tell()
				waits[lane] = append(waits[lane], c.waits()...)
			}
		})
	}
	wg.Wait()
	tr.drain()
	sent, rest = count(sends)-sent, count(others)-rest
	if left := len(tr.emulator.Unanswered()); left > 0 {
		tr.t.Errorf("in calm, %d button presses were never answered", left)
	}
	all := slices.Concat(waits...)
	if len(all) == 0 {
		tr.t.Fatal("nobody pressed a button")
	}
	slices.Sort(all)
	perCase := float64(sent) / people
	tr.t.Logf("in calm: %.2f sends a case, %.2f calls with answers to buttons and files; press to answer: p50 %v, p99 %v of %d",
		perCase, float64(sent+rest)/people, all[len(all)/2], all[len(all)*99/100], len(all))
	if perCase > maxCallsPerCase {
		tr.t.Errorf("a case costs %.2f sends, more than %d", perCase, maxCallsPerCase)
	}
	return talks
}

// plainTalk is the conversation by which bots are compared: start, button, words, photo, place, submit; words and photo
// in one message, as phones send them. A question about the place costs one message more, and so does a photo on its own;
// so each of them speaks from the middle of a township whose middle is known, and of a matter that nobody told before.
func (tr *trial) plainTalk(i int) *talk {
	id := int64(900000 + i)
	p := tr.emulator.User(id, fmt.Sprintf("citizen-%d", id), "zh-hans")
	known := slices.DeleteFunc(slices.Clone(tr.towns), func(c grid.Cell) bool { return tr.district.Guessed[c.Code] })
	town, matter := known[i%len(known)], matters[i/len(known)]
	c := &talk{
		x: tr.exchange, person: p, phone: tr.exchange.open(p), point: *town.Centre, words: matter,
		confirmed: make(map[string]int), followed: make(map[string]int),
	}
	c.inputs = []func(){
		func() { p.Starts("") },
		func() {
			if m, ok := p.Last(); ok {
				_ = c.press(m.ID, flow.Press{Verb: flow.PressReport}.Data())
			}
		},
		func() { p.SendsPhoto(photograph(id), botapi.Caption(matter)) },
		func() { p.SendsLocation(c.point.Lat, c.point.Lon, 15) },
	}
	return c
}

// press presses a button and remembers when.
func (c *talk) press(message int, data string) error {
	at := time.Now()
	id, err := c.person.Presses(message, data)
	if err == nil {
		c.pressed = append(c.pressed, pressed{id, at})
	}
	return err
}

// pressed is a button press that waits for its answer.
type pressed struct {
	query string
	at    time.Time
}

// waits are how long the answers to the button presses took.
func (c *talk) waits() []time.Duration {
	var out []time.Duration
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		out = out[:0]
		for _, toast := range c.person.Toasts() {
			for _, p := range c.pressed {
				if p.query == toast.QueryID {
					out = append(out, toast.At.Sub(p.at))
				}
			}
		}
		if len(out) == len(c.pressed) {
			break
		}
	}
	return out
}
