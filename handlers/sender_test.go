package handlers

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// call is one delivery that was tried.
type call struct {
	chat int64
	text string
	err  error
}

// fakeTelegram answers deliveries as a test says.
type fakeTelegram struct {
	mu     sync.Mutex
	calls  []call
	answer func(ctx context.Context, m ledger.Message, chat int64, nth int) error
}

func (f *fakeTelegram) Deliver(ctx context.Context, m ledger.Message, chat int64) (*ledger.Message, error) {
	f.mu.Lock()
	nth := len(f.calls)
	f.calls = append(f.calls, call{chat: chat, text: m.Text})
	answer := f.answer
	f.mu.Unlock()
	if answer == nil {
		return nil, nil
	}
	err := answer(ctx, m, chat, nth)
	f.mu.Lock()
	f.calls[nth].err = err
	f.mu.Unlock()
	return nil, err
}

// texts lists what was tried in a chat; 0 is everywhere.
func (f *fakeTelegram) texts(chat int64) (out []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.calls {
		if chat == 0 || c.chat == chat {
			out = append(out, c.text)
		}
	}
	return out
}

// arrived lists what got through in a chat.
func (f *fakeTelegram) arrived(chat int64) (out []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.calls {
		if c.chat == chat && c.err == nil {
			out = append(out, c.text)
		}
	}
	return out
}

// says changes what Telegram answers.
func (f *fakeTelegram) says(answer func(ctx context.Context, m ledger.Message, chat int64, nth int) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = answer
}

// sending is a sender in a bubble with a fake outbox and a fake Telegram.
type sending struct {
	*Sender
	out   *fakeOutbox
	tg    *fakeTelegram
	start func()
	stop  func()
}

// free is no pace at all.
var free = Pace{}

func send(t *testing.T, pace Pace, test func(s *sending)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &sending{out: newFakeOutbox(), tg: &fakeTelegram{}}
		s.Sender = &Sender{
			Outbox: s.out, Deliver: s.tg, Pace: pace, Clock: time.Now, Log: quiet, Parallel: 32, Recheck: time.Minute,
		}
		s.Start()
		var cancel context.CancelFunc
		var done chan struct{}
		s.start = func() {
			var ctx context.Context
			ctx, cancel = context.WithCancel(t.Context())
			done = make(chan struct{})
			go func() {
				defer close(done)
				if err := s.Run(ctx); err != nil {
					t.Errorf("Run: %v", err)
				}
			}()
		}
		s.stop = func() { cancel(); <-done }
		test(s)
		s.stop()
	})
}

func to(chat int) grid.PersonID { return grid.PersonID(strconv.Itoa(chat)) }

// The most urgent go first, and the oldest of them; what comes in later and is more urgent overtakes.
func TestSender_priorities(t *testing.T) {
	send(t, Pace{PerSecond: 1}, func(s *sending) {
		for i, p := range []ledger.Priority{ledger.Digest, ledger.Reminder, ledger.Reply, ledger.Emergency, ledger.Digest, ledger.Reply} {
			s.out.put(ledger.Message{To: to(i + 1), Priority: p, Text: fmt.Sprint(p, "/", i)})
		}
		s.start()
		time.Sleep(3500 * time.Millisecond)
		s.out.put(ledger.Message{To: to(9), Priority: ledger.Emergency, Text: "late"})
		s.Wake()
		time.Sleep(10 * time.Second)
		want := []string{"0/3", "1/2", "1/5", "2/1", "late", "3/0", "3/4"}
		if got := s.tg.texts(0); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// Within a chat everything goes in order, though an attempt fails now and then.
func TestSender_orderInAChat(t *testing.T) {
	send(t, free, func(s *sending) {
		s.tg.answer = func(_ context.Context, _ ledger.Message, chat int64, nth int) error {
			if chat == 1 && nth%3 == 0 {
				return errors.New("bad gateway")
			}
			return nil
		}
		for i := range 100 {
			s.out.put(ledger.Message{To: to(1), Priority: ledger.Reply, Text: strconv.Itoa(i)})
			s.out.put(ledger.Message{To: to(2), Priority: ledger.Reply, Text: strconv.Itoa(i)})
		}
		s.start()
		time.Sleep(10 * time.Minute)
		for _, chat := range []int64{1, 2} {
			arrived := s.tg.arrived(chat)
			if !slices.Equal(arrived, numbers(100)) {
				t.Errorf("chat %d got %v", chat, arrived)
			}
		}
	})
}

// One chat that Telegram holds back, with more waiting than fits into memory, holds up nobody else.
func TestSender_oneBlockedChat(t *testing.T) {
	send(t, free, func(s *sending) {
		s.tg.answer = func(_ context.Context, _ ledger.Message, chat int64, _ int) error {
			if chat == 1 {
				return &bot.TooManyRequestsError{RetryAfter: 3600}
			}
			return nil
		}
		for i := range 1500 {
			s.out.put(ledger.Message{To: to(1), Priority: ledger.Reminder, Text: strconv.Itoa(i)})
		}
		s.start()
		synctest.Wait()
		if whole, names := s.queue.lines[ledger.Reminder].whole, s.queue.lines[ledger.Reminder].names; whole != wholePerChat || whole+names != 1500 {
			t.Errorf("%d whole and %d names are held", whole, names)
		}
		s.out.put(ledger.Message{To: to(2), Priority: ledger.Reminder, Text: "calm"})
		s.Wake()
		time.Sleep(time.Second)
		if got := s.tg.texts(2); len(got) != 1 {
			t.Error("the other chat waits")
		}
		if got := s.tg.texts(1); len(got) != 1 {
			t.Errorf("the blocked chat was tried %d times", len(got))
		}
		s.tg.says(nil)
		time.Sleep(2 * time.Hour)
		if got := s.tg.texts(1); !slices.Equal(got[1:], numbers(1500)) || s.out.left() != 0 {
			t.Errorf("%d went out, %d are left", len(got), s.out.left())
		}
	})
}

// A 429 pauses its chat for as long as it says; two chats at once pause all.
func TestSender_throttled(t *testing.T) {
	tests := []struct {
		name   string
		slow   []int64
		paused bool // the others
	}{
		{"one chat", []int64{1}, false},
		{"two chats", []int64{1, 2}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			send(t, free, func(s *sending) {
				first := map[int64]bool{}
				s.tg.answer = func(_ context.Context, _ ledger.Message, chat int64, _ int) error {
					s.tg.mu.Lock()
					defer s.tg.mu.Unlock()
					if slices.Contains(tt.slow, chat) && !first[chat] {
						first[chat] = true
						return &bot.TooManyRequestsError{RetryAfter: 20}
					}
					return nil
				}
				for _, chat := range tt.slow {
					s.out.put(ledger.Message{To: to(int(chat)), Priority: ledger.Reply, Text: "x", Once: true})
				}
				s.start()
				time.Sleep(time.Second)
				s.out.put(ledger.Message{To: to(9), Priority: ledger.Reply, Text: "other"})
				s.Wake()
				time.Sleep(18 * time.Second)
				if got := len(s.tg.texts(9)) == 0; got != tt.paused {
					t.Errorf("the others are paused: %v, want %v", got, tt.paused)
				}
				if got := s.tg.texts(1); len(got) != 1 {
					t.Errorf("the slow chat was tried %d times within its pause", len(got))
				}
				time.Sleep(5 * time.Second)
				if s.out.left() != 0 {
					t.Errorf("%d messages are left", s.out.left())
				}
				for id := range s.out.outcomes {
					if o := s.out.outcome(id); o != ledger.Sent {
						t.Errorf("%s: %s, for a 429 is not a message that may be out", id, o)
					}
				}
			})
		})
	}
}

// What each error of the way or of Telegram leads to.
func TestSender_errors(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	bad := func(text string) error { return fmt.Errorf("%w, Bad Request: %s", bot.ErrorBadRequest, text) }
	tests := []struct {
		name    string
		message ledger.Message
		err     error // of the first attempt
		calls   int
		want    ledger.Outcome
		blocked int
	}{
		{"fine", ledger.Message{}, nil, 1, ledger.Sent, 0},
		{"bad gateway", ledger.Message{}, errors.New("502"), 2, ledger.Sent, 0},
		{"once, perhaps out", ledger.Message{Once: true}, errors.New("connection reset"), 1, ledger.Uncertain, 0},
		{"once, never out", ledger.Message{Once: true}, refused, 2, ledger.Sent, 0},
		{"once, wrong token for a while", ledger.Message{Once: true}, bot.ErrorUnauthorized, 2, ledger.Sent, 0},
		{"no such method: the address is wrong", ledger.Message{}, bot.ErrorNotFound, 2, ledger.Sent, 0},
		{"blocked", ledger.Message{}, fmt.Errorf("%w, bot was blocked by the user", bot.ErrorForbidden), 1, ledger.BlockedBot, 1},
		{"kicked from a group", ledger.Message{Chat: -5}, bot.ErrorForbidden, 1, ledger.Undelivered, 0},
		{"group moved", ledger.Message{Chat: -5}, &bot.MigrateError{MigrateToChatID: -1005}, 2, ledger.Sent, 0},
		{"not modified", ledger.Message{Edit: 3}, bad("message is not modified"), 1, ledger.Sent, 0},
		{"edit gone", ledger.Message{Edit: 3}, bad("message to edit not found"), 2, ledger.Sent, 0},
		{"edit too old", ledger.Message{Edit: 3}, bad("message can't be edited"), 2, ledger.Sent, 0},
		{"chat gone", ledger.Message{}, bad("chat not found"), 1, ledger.Undelivered, 0},
		{"cannot be said", ledger.Message{}, bad("can't parse entities"), 1, ledger.Undelivered, 0},
		{"file unknown", ledger.Message{Photos: []string{"tg:x"}}, bad("wrong file identifier"), 2, ledger.Sent, 0},
		{"evidence gone", ledger.Message{Photos: []string{"abc"}, Once: true}, &missingFileError{errors.New("no such file")}, 2, ledger.Sent, 0},
		{"document gone", ledger.Message{Document: &ledger.Document{SHA256: "abc"}}, &missingFileError{errors.New("no such file")}, 2, ledger.Sent, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			send(t, free, func(s *sending) {
				var last ledger.Message
				s.tg.answer = func(_ context.Context, m ledger.Message, _ int64, nth int) error {
					last = m
					if nth == 0 {
						return tt.err
					}
					return nil
				}
				blocked, done := 0, 0
				s.Blocked = func(context.Context, ledger.Message) { blocked++ }
				s.Done = func(ledger.Message, ledger.Outcome, time.Duration) { done++ }
				tt.message.Text, tt.message.Priority = "text", ledger.Reply
				if tt.message.Chat == 0 {
					tt.message.To = to(1)
				}
				id := s.out.put(tt.message)
				s.start()
				time.Sleep(time.Minute)
				synctest.Wait()
				if n := len(s.tg.texts(0)); n != tt.calls {
					t.Errorf("%d calls, want %d", n, tt.calls)
				}
				if got := s.out.outcome(id); got != tt.want || s.out.left() != 0 || done != 1 {
					t.Errorf("outcome %q, want %q; %d left, done %d times", got, tt.want, s.out.left(), done)
				}
				if blocked != tt.blocked {
					t.Errorf("told of a block %d times, want %d", blocked, tt.blocked)
				}
				if tt.calls == 2 && (last.Edit != 0 || len(last.Photos) != 0 || last.Text != "text") {
					t.Errorf("the second attempt was %+v", last)
				}
			})
		})
	}
}

// Nobody by that pseudonym: nothing is sent, and nothing waits for ever.
func TestSender_unknownRecipient(t *testing.T) {
	send(t, free, func(s *sending) {
		s.out.unknown = to(1)
		id := s.out.put(ledger.Message{To: to(1), Text: "x"})
		s.start()
		time.Sleep(time.Second)
		if len(s.tg.texts(0)) != 0 || s.out.outcome(id) != ledger.Undelivered {
			t.Errorf("%d calls, outcome %s", len(s.tg.texts(0)), s.out.outcome(id))
		}
	})
}

// What was sent and could not be recorded is not sent again while the sender lives; after a crash a reminder is not
// repeated, everything else is.
func TestSender_crashBetweenSendAndRecord(t *testing.T) {
	for _, once := range []bool{false, true} {
		t.Run(fmt.Sprintf("once %v", once), func(t *testing.T) {
			send(t, free, func(s *sending) {
				id := s.out.put(ledger.Message{To: to(1), Text: "x", Once: once})
				s.tg.says(func(context.Context, ledger.Message, int64, int) error { s.out.setAway(true); return nil })
				s.start()
				time.Sleep(10 * time.Minute)
				if n := len(s.tg.texts(0)); n != 1 {
					t.Errorf("sent %d times while the store is away", n)
				}
				s.stop() // the outcome was never recorded, as after a crash
				s.out.setAway(false)
				s.tg.says(nil)
				s.start()
				time.Sleep(time.Minute)
				want, outcome := 2, ledger.Sent
				if once {
					want, outcome = 1, ledger.Uncertain
				}
				if n := len(s.tg.texts(0)); n != want || s.out.outcome(id) != outcome {
					t.Errorf("sent %d times, outcome %s; want %d, %s", n, s.out.outcome(id), want, outcome)
				}
			})
		})
	}
}

// A stop lets the calls under way come to their end, so that nothing is left in doubt.
func TestSender_stopWaits(t *testing.T) {
	send(t, free, func(s *sending) {
		id := s.out.put(ledger.Message{To: to(1), Text: "x", Once: true})
		s.tg.answer = func(ctx context.Context, _ ledger.Message, _ int64, _ int) error {
			if !sleep(ctx, 5*time.Second) {
				return ctx.Err()
			}
			return nil
		}
		s.start()
		time.Sleep(time.Second)
		s.stop()
		if got := s.out.outcome(id); got != ledger.Sent {
			t.Errorf("outcome %q, want it sent", got)
		}
		hang := s.out.put(ledger.Message{To: to(2), Text: "y"})
		s.tg.says(func(ctx context.Context, _ ledger.Message, _ int64, _ int) error { <-ctx.Done(); return ctx.Err() })
		s.start()
		time.Sleep(time.Second)
		began := time.Now()
		s.stop()
		if took := time.Since(began); took > landing || s.out.outcome(hang) != "" {
			t.Errorf("stopped after %s, outcome %q", took, s.out.outcome(hang))
		}
	})
}

// What is not to be said before a time is not, and holds up nothing behind it, even in its chat.
func TestSender_notBefore(t *testing.T) {
	send(t, free, func(s *sending) {
		for i := range 3 * wholePerChat {
			s.out.put(ledger.Message{To: to(1), Text: fmt.Sprint("morning ", i), NotBefore: time.Now().Add(8 * time.Hour)})
		}
		s.out.put(ledger.Message{To: to(1), Text: "now"})
		s.start()
		time.Sleep(7 * time.Hour)
		if got := s.tg.texts(0); !slices.Equal(got, []string{"now"}) {
			t.Errorf("before the time: %v", got)
		}
		time.Sleep(2 * time.Hour)
		if got := s.tg.texts(0); len(got) != 3*wholePerChat+1 || got[1] != "morning 0" || got[3*wholePerChat] != fmt.Sprint("morning ", 3*wholePerChat-1) {
			t.Errorf("after the time: %v", got)
		}
	})
}

// Slow calls of less urgent messages leave room for an emergency.
func TestSender_emergencyFindsASlot(t *testing.T) {
	send(t, free, func(s *sending) {
		s.tg.answer = func(ctx context.Context, m ledger.Message, _ int64, _ int) error {
			if m.Priority != ledger.Emergency {
				sleep(ctx, 50*time.Second)
			}
			return nil
		}
		for i := range 100 {
			s.out.put(ledger.Message{To: to(i + 1), Priority: ledger.Digest, Text: "d"})
		}
		s.start()
		time.Sleep(time.Second)
		s.out.put(ledger.Message{To: to(500), Priority: ledger.Emergency, Text: "fire"})
		s.Wake()
		time.Sleep(time.Second)
		if got := s.tg.texts(500); len(got) != 1 {
			t.Error("the emergency waits for the digests")
		}
		time.Sleep(5 * time.Minute)
	})
}

// An idle sender asks the store once in every Recheck, and a message that another process put there is found.
func TestSender_recheck(t *testing.T) {
	send(t, free, func(s *sending) {
		s.start()
		synctest.Wait()
		before := s.out.readings()
		time.Sleep(10*time.Minute + time.Second)
		if n := s.out.readings() - before; n > 4*11 {
			t.Errorf("%d reads in ten idle minutes", n)
		}
		s.out.put(ledger.Message{To: to(1), Text: "x"}) // nobody wakes the sender
		time.Sleep(time.Minute)
		if len(s.tg.texts(0)) != 1 {
			t.Error("not found within Recheck")
		}
	})
}

// Many edits of one message: the last is shown, those that it overtakes while they wait are not sent, and other messages of the
// chat do not wait for them.
func TestSender_overtakenEdits(t *testing.T) {
	send(t, Pace{PerChat: 1, Burst: 1}, func(s *sending) {
		for i := range 50 {
			s.out.put(ledger.Message{To: to(1), Priority: ledger.Reply, Edit: 7, Text: strconv.Itoa(i)})
		}
		s.out.put(ledger.Message{To: to(1), Priority: ledger.Reply, Edit: 8, Text: "another"})
		s.out.put(ledger.Message{To: to(1), Priority: ledger.Reply, Text: "reply"})
		s.start()
		time.Sleep(5 * time.Second)
		if got := s.tg.arrived(1); !slices.Equal(got, []string{"49", "another", "reply"}) {
			t.Errorf("sent %v", got)
		}
		if n := s.out.left(); n != 0 {
			t.Errorf("%d messages are left", n)
		}
	})
}
