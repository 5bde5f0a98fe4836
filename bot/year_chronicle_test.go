package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// chronicle are what somebody writes down who watches every phone of the district.
type chronicle struct {
	mu       sync.Mutex
	told     map[string][]string // what citizens were told, by the number that it is about
	stages   map[string]bool     // the stages of clocks that came, by case, clock, limit and name
	nights   []string            // reminders that came at night
	answered int
}

// watch writes down what appears on the phones.
func (b *chronicle) watch(y *year) (stop func()) {
	b.told, b.stages = make(map[string][]string), make(map[string]bool)
	events, stop := y.w.emulator.Watch(1 << 16)
	zone := y.w.district.Settings.TimeZone
	citizen := make(map[int64]bool)
	for _, p := range y.citizens {
		citizen[p.ID()] = true
	}
	go func() {
		for e := range events {
			if e.Kind != botapi.EventMessage || e.Message.From == nil || !e.Message.From.IsBot {
				continue
			}
			text := e.Message.Text + e.Message.Caption
			b.mu.Lock()
			if citizen[e.ChatID] {
				for _, n := range slices.Compact(numberForm.FindAllString(text, -1)) {
					b.told[n] = append(b.told[n], text)
				}
			}
			if h := time.Unix(int64(e.Message.Date), 0).In(zone).Hour(); chasingForm.MatchString(text) && (h >= 22 || h < 7) {
				b.nights = append(b.nights, text)
			}
			b.mu.Unlock()
		}
	}()
	return stop
}

var chasingForm = regexp.MustCompile(`时限(将到|今天到期|已超期)|催办通知书|督办单|列入通报|约谈建议|未签收`)

// evening holds what must always be true against the cases that changed since the night before, and sees that nothing
// that came in is left, or set aside.
func (b *chronicle) evening(y *year) {
	ctx, now := context.Background(), time.Now()
	ids, err := y.w.app.store.Changed(ctx, now)
	if err != nil {
		y.w.t.Fatal(err)
	}
	cases, err := y.w.app.store.Cases(ctx, ids)
	if err != nil {
		y.w.t.Fatal(err)
	}
	for _, c := range cases {
		b.checkCase(y, c, now)
	}
	aside, err := y.w.app.store.Aside(ctx, 10)
	if err != nil || len(aside) > 0 {
		y.w.t.Errorf("set aside: %+v, %v", aside, err)
	}
	if n := y.w.emulator.Pending(); n > 0 {
		y.w.t.Errorf("%d updates wait at Telegram", n)
	}
	due, ok, err := y.w.app.store.NextDue(ctx)
	if err != nil || ok && due.Before(now.Add(-time.Minute)) {
		y.w.t.Errorf("a stage that was due at %s never came, %v", due, err)
	}
}

// checkCase is what must be true of a case on any evening.
func (b *chronicle) checkCase(y *year, c casework.Case, now time.Time) {
	t := y.w.t
	running := slices.ContainsFunc(c.Clocks, func(k casework.Clock) bool { return k.Running() })
	if running != c.State.Open() {
		t.Errorf("%s is %s and has a running clock: %v", c.Number, c.State, running)
	}
	if at, ok := y.w.app.work.NextStage(c); ok && (!at.After(now) || !c.State.Open()) {
		t.Errorf("%s (%s): a stage was due at %s", c.Number, c.State, at)
	}
	for _, q := range c.Queues() {
		if !slices.Contains(y.queue(q), c.ID) {
			t.Errorf("%s (%s) does not stand in %s", c.Number, c.State, q)
		}
	}
}

// close is the last look at the year: every history whole, every stage once, every reporter answered, no number missing.
func (b *chronicle) close(y *year) {
	t := y.w.t
	b.mu.Lock()
	defer b.mu.Unlock()
	numbers := make(map[string]bool)
	events := 0
	for c, err := range y.w.app.store.EachCase(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		history := y.w.history(c)
		numbers[c.Number] = true
		events += len(history)
		b.checkCase(y, c, time.Now())
		b.checkStages(y, c, history)
		b.checkAnswers(y, c, history)
	}
	for i := range len(numbers) {
		if n := fmt.Sprintf("2026-%05d", i+1); !numbers[n] {
			t.Errorf("%d reports, but none has the number %s", len(numbers), n)
		}
	}
	for _, text := range b.nights {
		if n := numberForm.FindString(text); !y.w.caseOf(n).Urgent {
			t.Errorf("at night: %s", text)
		}
	}
	t.Logf("%d reports, %d events, %d stages, %d answers", len(numbers), events, len(b.stages), b.answered)
	if len(numbers) != y.reported {
		t.Errorf("%d people reported, %d reports are there", y.reported, len(numbers))
	}
}

// checkStages wants every stage of every limit on record once, and each rung of the ladder that nobody acknowledged.
func (b *chronicle) checkStages(y *year, c casework.Case, history []casework.Event) {
	for _, e := range history {
		if e.Action != casework.Remind {
			continue
		}
		key := strings.Join([]string{c.Number, e.Note["clock"], e.Note["of"], e.Note["limit"], e.Note["stage"], e.Note["step"], e.Note["again"]}, " ")
		if b.stages[key] {
			y.w.t.Errorf("twice on record: %s", key)
		}
		b.stages[key] = true
	}
}

// decisionWords are the acts after which whoever reported is told, and by which words they know it.
var decisionWords = map[casework.Action]string{
	casework.Accept: "已受理，举报件号", casework.Refuse: "不予受理。", casework.Close: "🏁",
}

// checkAnswers wants every reporter told of each decision, once (件件有回音).
func (b *chronicle) checkAnswers(y *year, c casework.Case, history []casework.Event) {
	want := make(map[string]int)
	for _, e := range history {
		if words, ok := decisionWords[e.Action]; ok {
			want[words]++
		}
	}
	for words, n := range want {
		got := 0
		for _, number := range slices.Compact([]string{c.Number, c.Shown()}) {
			for _, text := range b.told[number] {
				first, _, _ := strings.Cut(text, "\n")
				if strings.Contains(first, words) && (number == c.Shown() || !strings.Contains(text, c.Shown())) {
					got++
				}
			}
		}
		if got != n {
			y.w.t.Errorf("%s: %d times %q, and the reporter was told %d times:\n%s", c.Shown(), n, words, got,
				strings.Join(append(b.told[c.Number], b.told[c.Shown()]...), "\n---\n"))
		}
		b.answered += got
	}
}
