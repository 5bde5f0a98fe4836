package follow_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
)

var (
	china  = time.FixedZone("CST", 8*3600)
	monday = time.Date(2026, 11, 2, 9, 0, 0, 0, china)
	terms  = follow.Terms{Most: 3, Hours: []int{18, 8}, Keep: 365 * 24 * time.Hour}
)

func tree(tb testing.TB) *grid.Tree {
	tb.Helper()
	t, err := grid.NewTree([]string{"district", "township", "village"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "Ledu"},
		{Code: "630202000", Parent: "630202", Level: 2, Name: "queue", Kind: grid.UnassignedKind},
		{Code: "630202102", Parent: "630202", Level: 2, Name: "Shoule"},
		{Code: "630202103", Parent: "630202", Level: 2, Name: "Gaomiao"},
		{Code: "630202102200", Parent: "630202102", Level: 3, Name: "Tuguankou"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func following(t *testing.T, topics ...follow.Topic) follow.Follows {
	t.Helper()
	var f follow.Follows
	var err error
	for _, x := range topics {
		if f, err = f.Add(x, terms, monday); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// What is about a township reaches who follows it, one of its villages or the district, and nobody of another; the shelves on
// which a follower stands say the same.
func TestConcerns(t *testing.T) {
	tr := tree(t)
	for _, c := range []struct {
		topic follow.Topic
		reach follow.Reach
		want  bool
	}{
		{follow.NewTopic(follow.Cell, "630202102"), follow.Reach{Cells: []grid.CellCode{"630202102"}}, true},
		{follow.NewTopic(follow.Cell, "630202102200"), follow.Reach{Cells: []grid.CellCode{"630202102"}}, true},
		{follow.NewTopic(follow.Cell, "630202"), follow.Reach{Cells: []grid.CellCode{"630202102"}}, true},
		{follow.NewTopic(follow.Cell, "630202103"), follow.Reach{Cells: []grid.CellCode{"630202102"}}, false},
		{follow.NewTopic(follow.Cell, "630202103"), follow.Reach{Cells: []grid.CellCode{"630202"}}, true},
		{follow.NewTopic(follow.Category, "water"), follow.Reach{Cells: []grid.CellCode{"630202102"}, Categories: []string{"water"}}, true},
		{follow.NewTopic(follow.Category, "water"), follow.Reach{Categories: []string{"air"}}, false},
		{follow.NewTopic(follow.River, "huangshui"), follow.Reach{Rivers: []string{"huangshui"}}, true},
		{follow.NewTopic(follow.Published, ""), follow.Reach{Published: true}, true},
		{follow.NewTopic(follow.Published, ""), follow.Reach{Categories: []string{"air"}}, false},
		{follow.NewTopic(follow.Category, "noise"), follow.Reach{All: true}, true},
	} {
		f := following(t, c.topic)
		item := follow.Item{At: monday.Add(time.Hour), Reach: c.reach}
		if got := f.Concerns(item, monday, tr); got != c.want {
			t.Errorf("%s and %+v: %v", c.topic, c.reach, got)
		}
		stands := make(map[string]bool)
		for _, s := range f.Shelves(tr) {
			stands[s] = true
		}
		met := false
		for _, s := range c.reach.Shelves(tr) {
			met = met || stands[s.At(18)]
		}
		if met != c.want {
			t.Errorf("%s and %+v: on the shelves %v", c.topic, c.reach, met)
		}
	}
}

func TestConcerns_NotWhatIsOlderThanFollowingIt(t *testing.T) {
	f := following(t, follow.NewTopic(follow.Category, "water"))
	item := follow.Item{At: monday.Add(-time.Minute), Reach: follow.Reach{Categories: []string{"water"}}}
	if f.Concerns(item, monday.Add(-time.Hour), tree(t)) {
		t.Error("told what was published before it was followed")
	}
}

func TestAdd_TooManyIsRefused_TwiceIsOnce(t *testing.T) {
	f := following(t, "cell:a", "cell:b", "cell:c", "cell:a")
	if len(f.Topics) != 3 || f.Hour != 18 {
		t.Errorf("follows %+v", f)
	}
	if _, err := f.Add("cell:d", terms, monday); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("a fourth: %v", err)
	}
}

// However often somebody chooses another hour, each item comes once: in the first digest of the hour of the day after it.
func TestAt_EachItemComesOnce(t *testing.T) {
	tr := tree(t)
	rapid.Check(t, func(rt *rapid.T) {
		f, err := follow.Follows{}.Add(follow.NewTopic(follow.Category, "water"), terms, monday.Add(-time.Hour))
		if err != nil {
			rt.Fatal(err)
		}
		item := follow.Item{At: monday.Add(time.Duration(rapid.IntRange(0, 100).Draw(rt, "item")) * time.Hour), Reach: follow.Reach{Categories: []string{"water"}}}
		moves := make(map[int]int)
		for range rapid.IntRange(0, 6).Draw(rt, "moves") {
			moves[rapid.IntRange(0, 150).Draw(rt, "when")] = rapid.IntRange(0, 23).Draw(rt, "hour")
		}
		told := 0
		until := make(map[int]time.Time) // of the digests of each hour
		for h := range 24 {
			until[h] = follow.Last(h, monday.Add(-time.Minute), china)
		}
		for hours := range 200 {
			now := monday.Add(time.Duration(hours) * time.Hour)
			hour := now.Hour()
			if f.Hour == hour && !item.At.After(now) && f.Concerns(item, f.From(until[hour]), tr) {
				told++
			}
			until[hour] = now
			if to, ok := moves[hours]; ok {
				f = f.At(to, terms, now.Add(time.Minute), china)
			}
		}
		if told != 1 {
			rt.Fatalf("told %d times: %+v", told, f)
		}
	})
}
