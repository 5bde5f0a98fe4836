package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// strict is a sender against the emulator, which refuses what is sent faster than Telegram allows.
type strict struct {
	*Sender
	e    *botapi.Emulator
	out  *fakeOutbox
	stop func()
}

// pictures has every picture but those called "gone".
type pictures struct{}

func (pictures) Show(_ context.Context, name string) ([]byte, error) {
	if strings.HasPrefix(name, "gone") {
		return nil, errors.New("no such file")
	}
	return dot(), nil
}

// dot is a picture.
func dot() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func sendStrictly(t *testing.T, test func(s *strict)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := botapi.New(botapi.WithLimits(botapi.TelegramLimits()))
		client, err := bot.New(e.Token(), bot.WithServerURL("http://telegram.test"), bot.WithSkipGetMe(),
			bot.WithHTTPClient(time.Minute, Buffered{Client: e}))
		if err != nil {
			t.Fatal(err)
		}
		s := &strict{e: e, out: newFakeOutbox()}
		s.Sender = &Sender{
			Outbox: s.out, Deliver: &BotDeliverer{Bot: client, Pictures: pictures{}}, Clock: time.Now, Log: quiet, Parallel: 32,
			Pace: Pace{PerSecond: 30, PerChat: 1, Burst: 3, GroupPerMinute: 20}, Recheck: time.Minute,
		}
		s.Start()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); _ = s.Run(ctx) }()
		s.stop = func() { cancel(); <-done }
		test(s)
		s.stop()
		if v := e.Violations(); len(v) != 0 {
			t.Errorf("Telegram would not understand: %v", v)
		}
	})
}

// everybody adds n people whom the bot may write to.
func (s *strict) people(n int) {
	for i := range n {
		s.e.User(int64(i+1), fmt.Sprint("P", i+1), "").Known()
	}
}

// drain waits until everything is sent and says how long that took.
func (s *strict) drain(t *testing.T, atMost time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	for s.out.left() > 0 {
		if time.Since(began) > atMost {
			t.Fatalf("%d messages are left after %s", s.out.left(), atMost)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(began)
}

// A broadcast goes out as fast as Telegram allows and not faster: never more than thirty in any second, and within two
// hundredths of the shortest time possible.
func TestSender_broadcast(t *testing.T) {
	sendStrictly(t, func(s *strict) {
		const n = 1000
		s.people(n)
		for i := range n {
			s.out.put(ledger.Message{To: to(i + 1), Priority: ledger.Digest, Text: "digest"})
		}
		s.Wake()
		took := s.drain(t, time.Minute)
		ideal := time.Duration(n-1) * time.Second / 30
		ratio := took.Seconds() / ideal.Seconds()
		t.Logf("%d messages in %s; ideal %s; ratio %.3f", n, took, ideal, ratio)
		if ratio < 0.98 || ratio > 1.02 {
			t.Errorf("ratio %.3f, want 1 ± 0.02", ratio)
		}
		if peak := s.e.PeakSends(); peak != 30 {
			t.Errorf("%d messages in one second, want 30", peak)
		}
		if calls := s.e.Calls("sendMessage"); calls != n {
			t.Errorf("%d calls for %d messages: some were refused", calls, n)
		}
	})
}

// Bursts of everything, at odd times, stay within every limit: nothing is ever refused.
func TestSender_neverTooFast(t *testing.T) {
	sendStrictly(t, func(s *strict) {
		s.people(60)
		group := s.e.Group(-100, "desk", s.e.User(1, "P1", ""))
		sent := 0
		for second := range 10 {
			for i := range 37 {
				m := ledger.Message{To: to(1 + (i*7+second*11)%60), Priority: ledger.Priority(i % 4), Text: "x"}
				if i%12 == 0 {
					m.To, m.Chat = "", group.ID()
				}
				s.out.put(m)
				sent++
			}
			s.Wake()
			time.Sleep(time.Duration(700+second*61) * time.Millisecond)
		}
		s.drain(t, 10*time.Minute)
		if s.e.Sent() != sent || s.e.Calls("sendMessage") != sent {
			t.Errorf("%d calls, %d sent, want %d", s.e.Calls("sendMessage"), s.e.Sent(), sent)
		}
		if peak := s.e.PeakSends(); peak > 30 {
			t.Errorf("%d messages in one second", peak)
		}
	})
}

// One chat gets a burst and then one a second; a group no more than twenty a minute.
func TestSender_paceOfOneChat(t *testing.T) {
	tests := []struct {
		name     string
		messages int
		group    bool
		least    time.Duration
		most     time.Duration
	}{
		{"person", 13, false, 10 * time.Second, 11 * time.Second},
		{"group", 41, true, 2 * time.Minute, 2*time.Minute + 2*time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sendStrictly(t, func(s *strict) {
				s.people(1)
				m := ledger.Message{To: to(1), Priority: ledger.Reply, Text: "x"}
				if tt.group {
					m.To, m.Chat = "", s.e.Group(-100, "desk", s.e.User(1, "P1", "")).ID()
				}
				for range tt.messages {
					s.out.put(m)
				}
				s.Wake()
				took := s.drain(t, time.Hour)
				if took < tt.least || took > tt.most {
					t.Errorf("took %s, want %s to %s", took, tt.least, tt.most)
				}
				if calls := s.e.Calls("sendMessage"); calls != tt.messages {
					t.Errorf("%d calls: some were refused", calls)
				}
			})
		})
	}
}

// What each message is to Telegram, one call after the other at its pace: none is refused.
func TestDeliver_calls(t *testing.T) {
	photos := func(n int) (out []string) {
		for i := range n {
			out = append(out, fmt.Sprint("photo", i))
		}
		return out
	}
	long := strings.Repeat("很长", captionLimit/2+1)
	tests := []struct {
		name  string
		m     ledger.Message
		calls map[string]int
		sent  int
		last  string // the text or caption of the last message
	}{
		{"text", ledger.Message{Text: "a"}, map[string]int{"sendMessage": 1}, 1, "a"},
		{"photo with caption", ledger.Message{Text: "a", Photos: photos(1)}, map[string]int{"sendPhoto": 1}, 1, "a"},
		{"photo and long text", ledger.Message{Text: long, Photos: photos(1)}, map[string]int{"sendPhoto": 1, "sendMessage": 1}, 2, long},
		{"photo alone", ledger.Message{Photos: photos(1)}, map[string]int{"sendPhoto": 1}, 1, ""},
		{"chart", ledger.Message{Text: "a", Image: dot()}, map[string]int{"sendPhoto": 1}, 1, "a"},
		{"album", ledger.Message{Text: "a", Photos: photos(4)}, map[string]int{"sendMediaGroup": 1, "sendMessage": 1}, 5, "a"},
		{"album alone", ledger.Message{Photos: photos(4)}, map[string]int{"sendMediaGroup": 1}, 4, ""},
		{"two albums", ledger.Message{Text: "a", Photos: photos(14)}, map[string]int{"sendMediaGroup": 2, "sendMessage": 1}, 15, "a"},
		{"album and one", ledger.Message{Text: "a", Photos: photos(11)}, map[string]int{"sendMediaGroup": 1, "sendPhoto": 1}, 11, "a"},
		{"place", ledger.Message{Point: &geo.Point{Lon: 102.4, Lat: 36.5}}, map[string]int{"sendLocation": 1}, 1, ""},
		{"place and text", ledger.Message{Text: "a", Point: &geo.Point{Lon: 102.4, Lat: 36.5}}, map[string]int{"sendLocation": 1, "sendMessage": 1}, 2, "a"},
		{"place, photo and text", ledger.Message{Text: "a", Photos: photos(1), Point: &geo.Point{Lon: 102.4, Lat: 36.5}}, map[string]int{"sendLocation": 1, "sendPhoto": 1}, 2, "a"},
		{"evidence gone", ledger.Message{Text: "a", Photos: []string{"gone"}}, map[string]int{"sendMessage": 1}, 1, "a"},
		{"one of an album gone", ledger.Message{Text: "a", Photos: []string{"x", "gone"}}, map[string]int{"sendPhoto": 1, "sendMessage": 1}, 2, "a"},
		{"two of an album gone", ledger.Message{Text: "a", Photos: []string{"gone", "x", "gone", "y"}}, map[string]int{"sendMediaGroup": 1, "sendMessage": 1}, 3, "a"},
		{"an album gone", ledger.Message{Text: "a", Photos: []string{"gone", "gone"}}, map[string]int{"sendMessage": 1}, 1, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sendStrictly(t, func(s *strict) {
				s.people(1)
				tt.m.To = to(1)
				s.out.put(tt.m)
				s.Wake()
				s.drain(t, time.Minute)
				for method, n := range tt.calls {
					if got := s.e.Calls(method); got != n {
						t.Errorf("%s: %d calls, want %d", method, got, n)
					}
				}
				if s.e.Sent() != tt.sent {
					t.Errorf("%d messages, want %d", s.e.Sent(), tt.sent)
				}
				messages := s.e.Messages(1)
				if last := messages[len(messages)-1]; last.Text+last.Caption != tt.last {
					t.Errorf("last message %q", last.Text+last.Caption)
				}
			})
		})
	}
}

// When the second call of a message fails, the first is not made again.
func TestDeliver_continues(t *testing.T) {
	sendStrictly(t, func(s *strict) {
		s.people(1)
		s.e.Inject(botapi.When{Method: "sendMessage", Times: 2}, botapi.BadGateway())
		s.out.put(ledger.Message{To: to(1), Text: "words", Photos: []string{"a", "b"}, Rows: [][]ledger.Button{{{Text: "open", Data: "c:open:1"}}}})
		s.Wake()
		s.drain(t, time.Minute)
		if album, words := s.e.Calls("sendMediaGroup"), s.e.Calls("sendMessage"); album != 1 || words != 3 {
			t.Errorf("the album was sent %d times, the words %d times", album, words)
		}
	})
}

// An edit changes what is there; a message that is gone is said anew; the same text twice is fine.
func TestDeliver_edit(t *testing.T) {
	sendStrictly(t, func(s *strict) {
		s.people(1)
		say := func(m ledger.Message) {
			m.To = to(1)
			s.out.put(m)
			s.Wake()
			s.drain(t, time.Minute)
		}
		text := func() string {
			all := s.e.Messages(1)
			return all[len(all)-1].Text
		}
		say(ledger.Message{Text: "one"})
		first := s.e.Messages(1)[0].ID
		say(ledger.Message{Text: "two", Edit: first})
		say(ledger.Message{Text: "two", Edit: first})
		if n := len(s.e.Messages(1)); n != 1 || text() != "two" {
			t.Errorf("%d messages, %q", n, text())
		}
		say(ledger.Message{Text: "three", Edit: 9999})
		if n := len(s.e.Messages(1)); n != 2 || text() != "three" {
			t.Errorf("%d messages, %q", n, text())
		}
	})
}

// Whoever blocked the bot is recorded, and a chat that moved is followed.
func TestDeliver_blockedAndMoved(t *testing.T) {
	sendStrictly(t, func(s *strict) {
		told := make(chan ledger.Message, 1)
		s.Blocked = func(_ context.Context, m ledger.Message) { told <- m }
		ma := s.e.User(1, "马", "").Known()
		ma.Blocks()
		id := s.out.put(ledger.Message{To: to(1), Text: "x", Once: true})
		s.Wake()
		s.drain(t, time.Minute)
		if s.out.outcome(id) != ledger.BlockedBot || len(told) != 1 {
			t.Errorf("outcome %s, told %d", s.out.outcome(id), len(told))
		}
		group := s.e.Group(-100, "desk", ma)
		moved := group.Migrate()
		id = s.out.put(ledger.Message{Chat: -100, Text: "y"})
		s.Wake()
		s.drain(t, time.Minute)
		var got []models.Message
		for _, m := range s.e.Messages(moved.ID()) {
			if m.Text == "y" {
				got = append(got, m)
			}
		}
		if s.out.outcome(id) != ledger.Sent || len(got) != 1 {
			t.Errorf("outcome %s, %d messages in the new group", s.out.outcome(id), len(got))
		}
	})
}

// A reminder whose answer was lost is not repeated; one that never reached Telegram is.
func TestDeliver_onceAndDisconnects(t *testing.T) {
	for _, executed := range []bool{true, false} {
		sendStrictly(t, func(s *strict) {
			s.people(1)
			s.e.Inject(botapi.When{Method: "sendMessage"}, botapi.HangUp(executed))
			id := s.out.put(ledger.Message{To: to(1), Text: "x", Once: true})
			s.Wake()
			s.drain(t, time.Minute)
			if s.out.outcome(id) != ledger.Uncertain || s.e.Calls("sendMessage") != 1 {
				t.Errorf("carried out %v: outcome %s after %d calls", executed, s.out.outcome(id), s.e.Calls("sendMessage"))
			}
		})
	}
}
