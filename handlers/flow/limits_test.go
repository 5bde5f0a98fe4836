package flow

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// roomy is the book with the limits of a real district.
func roomy() book {
	b := testBook()
	b.rules.MaxText, b.rules.MaxFiles = 3500, 20
	return b
}

// flood draws something long, or one of many short things, in whatever place it may come.
func flood(r *rand.Rand, n int) Event {
	pieces := []string{"工厂往河里排黑水", "😀", "<", "\x01", "寿乐镇", "a b c ", "噪音", "垃圾"}
	text := strings.Repeat(pieces[r.IntN(len(pieces))], 1+r.IntN(1500))
	if r.IntN(3) == 0 {
		text = "臭水"
	}
	e := Event{Kind: Message, ID: n, Text: text}
	switch r.IntN(12) {
	case 0:
		e.Edited, e.ID = true, r.IntN(n+1)
	case 1, 2:
		e.Venue, e.Point = text, &inShoule
	case 3, 4, 5:
		for i := range 1 + r.IntN(10) {
			e.Files = append(e.Files, File{
				ID: strings.Repeat("i", 90), Unique: fmt.Sprint("u", n, "-", i), Kind: "photo", Group: fmt.Sprint("g", r.IntN(400)),
			})
		}
	case 6:
		e.Contact = &Phone{Number: text, Own: true}
	case 7:
		e.Text = []string{"/report", "/cancel", "取消", "返回", "/status"}[r.IntN(5)]
	case 8:
		stories := []Story{HandingIn, Showing, Objecting, Refusing, Closing, Missing, Extending, Granting, Denying, Appealing, Upholding, Reworking, Returning, More}
		e = Event{Kind: Begin, Task: &Task{Story: stories[r.IntN(len(stories))], Case: "c", Number: "A2026-00001", Cell: "630202102"}}
	case 9:
		e = Event{Kind: Sent, Case: casework.CaseID("c")}
	}
	return e
}

// However much somebody sends, the state that is read and written with every message stays small, and nothing has to be
// refused.
func TestAStateStaysSmall(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		var s State
		var shown []Choice
		now := time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)
		for n := range 1000 {
			now = now.Add(time.Duration(r.IntN(3)) * 20 * time.Minute)
			e := flood(r, n)
			if len(shown) > 0 && r.IntN(4) == 0 {
				e = Event{Kind: Button, Data: shown[r.IntN(len(shown))].Data}
			}
			e.At, e.Arrived = now, now
			var replies []Reply
			s, replies, _ = Step(roomy(), s, e, now)
			for _, reply := range replies {
				for _, row := range reply.Rows {
					shown = append(shown, row...)
				}
			}
			shown = newest(shown, 30)
			data, err := s.Encode()
			if err != nil || len(data) > maxState {
				t.Fatalf("seed %d, event %d: %d bytes, %v", seed, n, len(data), err)
			}
		}
	}
}

func TestALargeStateGivesUpTheOldestFirst(t *testing.T) {
	long := []Words{{Text: strings.Repeat("水", 10_000)}}
	s := State{
		Version: version, Story: Report, Draft: &Draft{Words: long, Former: long}, Dropped: &Draft{Words: long, Former: long},
		Held: []Event{{Text: "还有"}},
	}
	data, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(data, time.Time{})
	if err != nil || got.Draft.Former != nil || got.Dropped == nil || len(got.Held) != 1 || len(got.Draft.Words) != 1 {
		t.Errorf("kept %+v, %v", got, err)
	}
	if s.Draft.Former == nil {
		t.Error("the state itself was changed")
	}
	s.Draft.Words[0].Text = strings.Repeat("水", 30_000)
	if _, err := s.Encode(); err == nil {
		t.Error("a state that cannot be made smaller was encoded")
	}
}

// What is not taken is told, every time, and what was taken stays.
func TestTooMuchIsTold(t *testing.T) {
	t.Run("finding", func(t *testing.T) {
		c := newChat(t)
		c.gets(Event{Kind: Begin, Task: &Task{Story: HandingIn, Case: "c", Number: "A2026-00001"}})
		for range 5 {
			c.gets(Event{Text: strings.Repeat("查", 90)})
		}
		if got := length(c.state.Task.Words); got != 200 {
			t.Errorf("the finding has %d characters", got)
		}
		if !slices.Contains(c.keys(), "officer.too_long") {
			t.Errorf("said %v", c.keys())
		}
		c.gets(Event{Files: manyFiles(5)})
		if got := len(c.state.Task.Files); got != 4 || !slices.Contains(c.keys(), "officer.too_many_files") {
			t.Errorf("%d files, said %v", got, c.keys())
		}
	})
	t.Run("held", func(t *testing.T) {
		c := newChat(t)
		c.gets(Event{Text: "工厂往河里排黑水"})
		c.now = c.now.Add(2 * time.Hour)
		for range 30 {
			c.gets(Event{Text: "还有"})
		}
		if got := len(c.state.Held); got != maxHeld || !slices.Contains(c.keys(), "flow.held_full") {
			t.Errorf("%d held, said %v", got, c.keys())
		}
	})
	t.Run("many words", func(t *testing.T) {
		d := &Draft{}
		for i := range 300 {
			d.Words = added(d.Words, Words{Message: i, Text: "水"})
		}
		if len(d.Words) != maxPieces || strings.Count(d.Text(), "水") != 300 {
			t.Errorf("%d messages, %d words", len(d.Words), strings.Count(d.Text(), "水"))
		}
	})
}

func manyFiles(n int) []File {
	files := make([]File, 0, n)
	for i := range n {
		files = append(files, File{Unique: fmt.Sprint("m", i), Kind: "photo"})
	}
	return files
}
