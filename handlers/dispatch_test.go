package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// desk stands for the verbs: it notes what it dealt with, and does what a test wants before.
type fakeDesk struct {
	inbox *fakeInbox
	mu    sync.Mutex
	did   []string
	wants func(ctx context.Context, lane, text string) error
}

func (f *fakeDesk) handle(ctx context.Context, e ledger.Entry) error {
	lane, text, _ := strings.Cut(string(e.Data), "|")
	if f.wants != nil {
		if err := f.wants(ctx, lane, text); err != nil {
			return err
		}
	}
	f.mu.Lock()
	f.did = append(f.did, lane+"|"+text)
	f.mu.Unlock()
	f.inbox.done(e.ID)
	return nil
}

// of lists what was dealt with in one lane.
func (f *fakeDesk) of(lane string) (out []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.did {
		if text, ok := strings.CutPrefix(d, lane+"|"); ok {
			out = append(out, text)
		}
	}
	return out
}

func laneOf(e ledger.Entry) string {
	lane, _, _ := strings.Cut(string(e.Data), "|")
	return lane
}

// dispatching runs a dispatcher in a bubble until the test is over, and checks that it comes to rest.
func dispatching(t *testing.T, test func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, start func(), stop func())) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		inbox := &fakeInbox{}
		desk := &fakeDesk{inbox: inbox}
		d := &Dispatcher{
			Inbox: inbox, Handle: desk.handle, Lane: laneOf, Clock: time.Now, Log: quiet,
			Tries: 3, Workers: 4, Recheck: time.Minute, Timeout: 30 * time.Second,
		}
		d.Start()
		var stop context.CancelFunc
		done := make(chan struct{})
		start := func() {
			var ctx context.Context
			ctx, stop = context.WithCancel(t.Context())
			done = make(chan struct{})
			go func() {
				defer close(done)
				if err := d.Run(ctx); err != nil {
					t.Errorf("Run: %v", err)
				}
			}()
		}
		end := func() { stop(); <-done }
		start()
		test(d, inbox, desk, start, end)
		end()
	})
}

func numbers(n int) (out []string) {
	for i := range n {
		out = append(out, strconv.Itoa(i))
	}
	return out
}

// Within a lane everything happens in order, whatever the others do.
func TestDispatch_order(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		desk.wants = func(ctx context.Context, lane, text string) error {
			sleep(ctx, time.Duration(len(lane)*7+len(text)*13%29)*time.Millisecond)
			return nil
		}
		for i := range 200 {
			for _, lane := range []string{"a", "bb", "ccc", "dddd", "eeeee"} {
				inbox.put(lane, strconv.Itoa(i))
			}
		}
		d.Wake()
		time.Sleep(2 * time.Minute)
		for _, lane := range []string{"a", "bb", "ccc", "dddd", "eeeee"} {
			if got := desk.of(lane); !slices.Equal(got, numbers(200)) {
				t.Errorf("lane %s: %v", lane, got)
			}
		}
		if entries, lanes := d.Depth(); entries != 0 || lanes != 0 || inbox.left() != 0 {
			t.Errorf("%d entries in %d lanes are left, %d in the inbox", entries, lanes, inbox.left())
		}
	})
}

// A lane that hangs holds up nobody else, even when it alone has more than fits into memory.
func TestDispatch_floodOfOneLane(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		desk.wants = func(ctx context.Context, lane, _ string) error {
			if lane == "flood" {
				sleep(ctx, 10*time.Second)
			}
			return nil
		}
		for i := range 3000 {
			inbox.put("flood", strconv.Itoa(i))
		}
		inbox.put("calm", "0")
		d.Wake()
		time.Sleep(time.Second)
		if got := desk.of("calm"); len(got) != 1 {
			t.Fatal("the calm lane waits for the flood")
		}
		d.mu.Lock()
		whole, names := d.whole, d.names
		d.mu.Unlock()
		if whole > wholePerLane || names < 2900 {
			t.Errorf("%d entries are held whole, %d by name", whole, names)
		}
		time.Sleep(3000 * 10 * time.Second)
		if got := desk.of("flood"); !slices.Equal(got, numbers(3000)) {
			t.Errorf("%d of the flood dealt with, in order: %v", len(got), slices.IsSorted(got))
		}
	})
}

// What is held in memory is bounded, however many lanes there are; the rest follows when there is room.
func TestDispatch_bounded(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		open := make(chan struct{})
		desk.wants = func(ctx context.Context, _, _ string) error {
			select {
			case <-open:
			case <-ctx.Done():
				return fmt.Errorf("%w: waiting", errStore)
			}
			return nil
		}
		for i := range 2000 {
			inbox.put(fmt.Sprint("lane", i), "0")
		}
		d.Wake()
		synctest.Wait()
		if entries, _ := d.Depth(); entries > wholePerWorker*4 {
			t.Errorf("%d entries are held", entries)
		}
		close(open)
		time.Sleep(10 * time.Second) // less than Recheck: room itself makes it read on
		if inbox.left() != 0 {
			t.Errorf("%d entries are left", inbox.left())
		}
	})
}

// A message that fails again and again is set aside after the third time, the others of its lane follow, and the other
// lanes go on meanwhile. A panic is a failure like any other.
func TestDispatch_poison(t *testing.T) {
	for _, panics := range []bool{false, true} {
		t.Run(fmt.Sprintf("panics %v", panics), func(t *testing.T) {
			dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
				attempts := 0
				desk.wants = func(_ context.Context, _, text string) error {
					if text != "poison" {
						return nil
					}
					attempts++
					if panics {
						panic("poison")
					}
					return errors.New("poison")
				}
				inbox.put("a", "before")
				bad := inbox.put("a", "poison")
				inbox.put("a", "after")
				inbox.put("b", "other")
				d.Wake()
				synctest.Wait()
				if got := desk.of("b"); len(got) != 1 {
					t.Error("the other lane waits")
				}
				if got := desk.of("a"); !slices.Equal(got, []string{"before"}) {
					t.Errorf("the poisoned lane dealt with %v", got)
				}
				time.Sleep(10 * time.Second)
				if got := desk.of("a"); !slices.Equal(got, []string{"before", "after"}) {
					t.Errorf("the poisoned lane dealt with %v", got)
				}
				if attempts != 3 || !slices.Equal(inbox.gone(), []ledger.EntryID{bad}) {
					t.Errorf("%d attempts, set aside: %v", attempts, inbox.gone())
				}
			})
		})
	}
}

// While the store is away nothing counts as a failure; when it is back everything is done, in order.
func TestDispatch_storeAway(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		away := true
		var mu sync.Mutex
		desk.wants = func(context.Context, string, string) error {
			mu.Lock()
			defer mu.Unlock()
			if away {
				return fmt.Errorf("%w: connection refused", errStore)
			}
			return nil
		}
		for i := range 5 {
			inbox.put("a", strconv.Itoa(i))
		}
		d.Wake()
		time.Sleep(10 * time.Minute)
		if len(inbox.tries) != 0 || len(inbox.aside) != 0 {
			t.Errorf("counted %v, set aside %v", inbox.tries, inbox.aside)
		}
		mu.Lock()
		away = false
		mu.Unlock()
		time.Sleep(2 * time.Second)
		if got := desk.of("a"); !slices.Equal(got, numbers(5)) {
			t.Errorf("dealt with %v", got)
		}
	})
}

// A failure that cannot be recorded is not counted, and an inbox that cannot be read is read when it is back.
func TestDispatch_inboxAway(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		fails := 5
		desk.wants = func(context.Context, string, string) error {
			fails--
			if fails >= 0 {
				inbox.setAway(fails > 0)
				return errors.New("bad luck")
			}
			return nil
		}
		inbox.setAway(true)
		inbox.put("a", "0")
		d.Wake()
		time.Sleep(5 * time.Second)
		inbox.setAway(false)
		time.Sleep(20 * time.Second)
		if got := desk.of("a"); !slices.Equal(got, numbers(1)) || len(inbox.aside) != 0 {
			t.Errorf("dealt with %v, set aside %v", got, inbox.aside)
		}
	})
}

// An attempt that takes too long is cut off and counted.
func TestDispatch_timeout(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, _, _ func()) {
		desk.wants = func(ctx context.Context, _, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		}
		bad := inbox.put("a", "slow")
		d.Wake()
		time.Sleep(2 * time.Minute)
		if !slices.Equal(inbox.gone(), []ledger.EntryID{bad}) {
			t.Errorf("set aside: %v", inbox.aside)
		}
	})
}

// After a stop nothing runs any more; a new start does everything that was left, from the beginning, by the same
// dispatcher or another one.
func TestDispatch_restart(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, desk *fakeDesk, start, stop func()) {
		var mu sync.Mutex
		running, hang := 0, true
		desk.wants = func(ctx context.Context, _, _ string) error {
			mu.Lock()
			stay := hang
			running++
			mu.Unlock()
			defer func() { mu.Lock(); running--; mu.Unlock() }()
			if stay {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}
		for i := range 40 {
			inbox.put("a", strconv.Itoa(i))
			inbox.put("b", strconv.Itoa(i))
		}
		d.Wake()
		synctest.Wait()
		stop()
		mu.Lock()
		if running != 0 {
			t.Errorf("%d attempts outlive Run", running)
		}
		hang = false
		mu.Unlock()
		if len(inbox.tries) != 0 {
			t.Errorf("a stop counts as a failure: %v", inbox.tries)
		}
		start()
		time.Sleep(time.Minute)
		for _, lane := range []string{"a", "b"} {
			if got := desk.of(lane); !slices.Equal(got, numbers(40)) {
				t.Errorf("lane %s after the restart: %v", lane, got)
			}
		}
	})
}

// An idle dispatcher asks the store once in every Recheck, and one entry does not make it ask for more.
func TestDispatch_quietWhenIdle(t *testing.T) {
	dispatching(t, func(d *Dispatcher, inbox *fakeInbox, _ *fakeDesk, _, _ func()) {
		synctest.Wait()
		before := inbox.readings()
		time.Sleep(10*time.Minute + time.Second)
		if n := inbox.readings() - before; n > 11 {
			t.Errorf("%d reads in ten idle minutes", n)
		}
		before = inbox.readings()
		inbox.put("a", "0")
		d.Wake()
		time.Sleep(time.Second)
		if n := inbox.readings() - before; n > 2 {
			t.Errorf("%d reads for one entry", n)
		}
	})
}
