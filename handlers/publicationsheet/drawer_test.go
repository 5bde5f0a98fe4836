package publicationsheet

import (
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

func drawer(t *testing.T) *Drawer {
	t.Helper()
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	return NewDrawer(words, "office")
}

func short(hash string) publication.Public {
	return publication.Public{Hash: hash, Sheet: publication.Sheet{ID: "a.2026", Published: time.Unix(0, 0), Content: publication.Content{Title: publication.Same("title")}}}
}

// However many ask for an issue at once, it is drawn once, and each language is a drawing of its own.
func TestDrawer_DrawsOnce(t *testing.T) {
	d := drawer(t)
	got := make([][]byte, inLine)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			var err error
			if got[i], err = d.Draw(short("x"), texts.Chinese); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range got {
		if len(got[i]) == 0 || &got[i][0] != &got[0][0] {
			t.Errorf("drawing %d is another one", i)
		}
	}
	if english, err := d.Draw(short("x"), texts.English); err != nil || &english[0] == &got[0][0] {
		t.Errorf("English is the same drawing, %v", err)
	}
}

// Whoever comes while too many wait is refused, unless what they ask for is drawn already.
func TestDrawer_RefusesWhenTooManyWait(t *testing.T) {
	d := drawer(t)
	if _, err := d.Draw(short("old"), texts.Chinese); err != nil {
		t.Fatal(err)
	}
	for range inLine {
		d.line <- struct{}{}
	}
	if _, err := d.Draw(short("new"), texts.Chinese); !errors.Is(err, ErrBusy) {
		t.Errorf("%v", err)
	}
	if _, err := d.Draw(short("old"), texts.Chinese); err != nil {
		t.Errorf("what is drawn already: %v", err)
	}
	<-d.line
	if _, err := d.Draw(short("new"), texts.Chinese); err != nil {
		t.Errorf("there is room again: %v", err)
	}
}

// What is kept stays below its bound, and what goes is the oldest.
func TestDrawer_KeepsTheNewest(t *testing.T) {
	d := drawer(t)
	const each = kept / 4
	for n := range 10 {
		d.keep(drawing{strconv.Itoa(n), texts.Chinese}, make([]byte, each))
		if d.size > kept || d.size != len(d.drawn)*each || len(d.order) != len(d.drawn) {
			t.Fatalf("after %d: %d bytes of %d drawings", n, d.size, len(d.drawn))
		}
	}
	for n, want := range map[int]bool{5: false, 6: true, 9: true} {
		if _, ok := d.look(drawing{strconv.Itoa(n), texts.Chinese}); ok != want {
			t.Errorf("drawing %d: kept %t", n, ok)
		}
	}
	d.keep(drawing{"huge", texts.Chinese}, make([]byte, 2*kept))
	if _, ok := d.look(drawing{"huge", texts.Chinese}); !ok || len(d.drawn) != 1 {
		t.Errorf("%d drawings beside one that is too large for all", len(d.drawn))
	}
}
