package casework_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Anybody who knows the seed gets the same lot, whatever order the cases come in, and of the right size.
func TestLot_IsReproducible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfNDistinct(rapid.StringMatching(`A2026-[0-9]{5}`), 0, 60, rapid.ID).Draw(t, "numbers")
		share := rapid.IntRange(0, 100).Draw(t, "share")
		seed := rapid.String().Draw(t, "seed")
		got := casework.Lot(seed, "2026-W45", numbers, share)
		if !slices.Equal(got, casework.Lot(seed, "2026-W45", rapid.Permutation(numbers).Draw(t, "shuffled"), share)) {
			t.Fatal("the order of the cases changes the lot")
		}
		drawn := 0
		for i, k := range got {
			if k.Drawn {
				drawn++
			}
			if i > 0 && got[i-1].Hash > k.Hash || k.Drawn && drawn != i+1 {
				t.Fatalf("not in the order of hashes: %+v", got)
			}
		}
		if want := (len(numbers)*share + 99) / 100; drawn != want || len(got) != len(numbers) {
			t.Fatalf("%d of %d drawn, want %d", drawn, len(got), want)
		}
	})
}

// Over many weeks every case is drawn about equally often.
func TestLot_IsFair(t *testing.T) {
	const weeks, cases, share = 2000, 20, 10
	numbers := make([]string, cases)
	for i := range numbers {
		numbers[i] = fmt.Sprintf("A2026-%05d", i)
	}
	times := map[string]int{}
	for w := range weeks {
		for _, k := range casework.Lot("seed", strconv.Itoa(w), numbers, share) {
			if k.Drawn {
				times[k.Number]++
			}
		}
	}
	for _, n := range numbers {
		if got := times[n]; got < weeks*share/100*3/4 || got > weeks*share/100*5/4 { // 200, give or take four standard deviations
			t.Errorf("%s was drawn %d times", n, got)
		}
	}
}

// The hash is what sha256sum says of seed|week|number: printf 'open|2026-W45|A2026-00001' | sha256sum.
func TestLot_CanBeRecomputed(t *testing.T) {
	got := casework.Lot("open", "2026-W45", []string{"A2026-00001"}, 10)
	const want = "41c3c8d613dc87dec35451e3dd96b67bef5a5c92877d7bb782153691e6c15353"
	if len(got) != 1 || got[0].Hash != want || !got[0].Drawn {
		t.Errorf("got %+v", got)
	}
	if w := casework.Week(time.Date(2027, 1, 1, 0, 0, 0, 0, shanghai), shanghai); w != "2026-W53" {
		t.Errorf("week %s", w)
	}
}
