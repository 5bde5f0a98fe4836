package botapi

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"pgregory.net/rapid"
)

// Ensure, for any pattern of sending, that what passes keeps the limits, and that whoever waits retry_after passes.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
		log := sendLog{limits: Limits{
			PerSecond: rapid.IntRange(1, 5).Draw(t, "per second"), ChatPerSecond: 1, ChatBurst: rapid.IntRange(1, 3).Draw(t, "burst"),
			GroupPerMinute: rapid.IntRange(1, 4).Draw(t, "per minute"),
		}}
		chats := []*chat{
			{Chat: models.Chat{ID: 1, Type: models.ChatTypePrivate}}, {Chat: models.Chat{ID: -1, Type: models.ChatTypeGroup}},
		}
		passed := map[*chat][]time.Time{}
		var all []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "sends") {
			now = now.Add(time.Duration(rapid.IntRange(0, 1500).Draw(t, "ms")) * time.Millisecond)
			ch := rapid.SampledFrom(chats).Draw(t, "chat")
			err := log.take(now, ch, 1)
			var refusal *apiError
			if errors.As(err, &refusal) {
				now = now.Add(time.Duration(refusal.RetryAfter) * time.Second)
				err = log.take(now, ch, 1)
			}
			if err != nil {
				t.Fatalf("refused after waiting as told: %v", err)
			}
			all, passed[ch] = append(all, now), append(passed[ch], now)
		}
		if n := densest(all, time.Second); n > log.limits.PerSecond || log.peak != n {
			t.Errorf("%d in a second, peak %d", n, log.peak)
		}
		if n := densest(passed[chats[1]], time.Minute); n > log.limits.GroupPerMinute {
			t.Errorf("%d in a minute in a group", n)
		}
		for _, times := range passed {
			if n := densest(times, 10*time.Second); n > 10+log.limits.ChatBurst {
				t.Errorf("%d in ten seconds in a chat", n)
			}
		}
	})
}

// densest is the most of times within any span that is open at its end, counted the slow way.
func densest(times []time.Time, span time.Duration) int {
	most := 0
	for i, from := range times {
		n := 0
		for _, at := range times[i:] {
			if at.Sub(from) < span {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// Ensure, for any order of arrivals, polls and confirmations, that each update comes back in order until it is
// confirmed, and never after.
func TestQueueKeepsUntilConfirmed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := New()
		ma := e.User(1, "马", "")
		var model []int64 // ids not confirmed
		next := int64(1)
		t.Repeat(map[string]func(*rapid.T){
			"arrive": func(*rapid.T) { ma.Says("x"); model = append(model, next); next++ },
			"confirm": func(t *rapid.T) {
				offset := rapid.Int64Range(0, next).Draw(t, "offset")
				e.mu.Lock()
				e.queue.confirm(offset)
				e.mu.Unlock()
				model = slices.DeleteFunc(model, func(id int64) bool { return id < offset })
			},
			"poll": func(t *rapid.T) {
				limit := rapid.IntRange(1, 5).Draw(t, "limit")
				e.mu.Lock()
				raw := e.queue.head(limit, e.clock())
				e.mu.Unlock()
				want := model[:min(limit, len(model))]
				if len(raw) != len(want) {
					t.Fatalf("%d updates, want %v", len(raw), want)
				}
				for i, id := range want {
					prefix := `{"update_id":` + strconv.FormatInt(id, 10) + ","
					if string(raw[i][:len(prefix)]) != prefix {
						t.Errorf("%s, want %d", raw[i], id)
					}
				}
			},
		})
	})
}
