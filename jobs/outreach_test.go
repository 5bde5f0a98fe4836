package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
)

// public is a store of followers, of what was published and of posts; a commit may die before or after it is done.
type public struct {
	OutreachStore

	tree    *grid.Tree
	follows map[grid.PersonID]ledger.Followed
	lists   map[string][]grid.PersonID // in the order of their places
	docs    map[string]ledger.Dossier
	told    map[grid.PersonID]int
	die     func() (before, after bool)
}

var errKilled = errors.New("killed")

func (s *public) Cases(context.Context, []casework.CaseID) ([]casework.Case, error) { return nil, nil }

func (s *public) Dossiers(_ context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	var out []ledger.Dossier
	for _, id := range ids {
		if d, ok := s.docs[string(kind)+"/"+id]; ok {
			out = append(out, d)
		}
	}
	return out, nil
}

func (s *public) Shelf(_ context.Context, kind ledger.DossierKind, _ ledger.Shelf, _, _ float64, _ int) ([]string, error) {
	var out []string
	for _, d := range s.docs {
		if d.Kind == kind {
			out = append(out, d.ID)
		}
	}
	return out, nil
}

func (s *public) Followers(_ context.Context, shelf string, after float64, n int) ([]grid.PersonID, error) {
	all := s.lists[shelf]
	i, _ := slices.BinarySearchFunc(all, after, func(p grid.PersonID, at float64) int {
		if follow.Place(p) <= at {
			return -1
		}
		return 1
	})
	return all[i:min(i+n, len(all))], nil
}

func (s *public) FollowsOf(_ context.Context, ids []grid.PersonID) ([]ledger.Followed, error) {
	out := make([]ledger.Followed, 0, len(ids))
	for _, id := range ids {
		out = append(out, s.follows[id])
	}
	return out, nil
}

func (s *public) People(_ context.Context, ids []grid.PersonID) (map[grid.PersonID]ledger.Person, error) {
	out := make(map[grid.PersonID]ledger.Person, len(ids))
	for _, id := range ids {
		out[id] = ledger.Person{ID: id, Lang: "zh-CN"}
	}
	return out, nil
}

func (s *public) Commit(_ context.Context, c ledger.Change) (bool, error) {
	before, after := s.die()
	if before {
		return false, errKilled
	}
	for _, w := range c.Dossiers {
		key := string(w.Kind) + "/" + w.ID
		if s.docs[key].Version != w.Version {
			return false, ledger.ErrConflict
		}
		d := w.Dossier
		d.Version++
		s.docs[key] = d
	}
	for _, m := range c.Outbox {
		s.told[m.To]++
	}
	if after {
		return false, errKilled
	}
	return false, nil
}

type plainWords struct{}

func (plainWords) T(_, key string, _ map[string]any) string { return key }

// crowded is a store of n followers, each of one to three of these topics, all at 18:00, and the outreach that goes with it.
func crowded(tb testing.TB, n int, topics ...follow.Topic) (*public, Outreach) {
	tb.Helper()
	tree, err := grid.NewTree([]string{"d", "t"}, []grid.Cell{
		{Code: "99", Level: 1, Name: "D"}, {Code: "9901", Parent: "99", Level: 2, Name: "T"}, {Code: "9900", Parent: "99", Level: 2, Name: "Q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	terms := follow.Terms{Most: 5, Hours: []int{18}, Keep: 1000 * time.Hour}
	s := &public{
		tree: tree, follows: make(map[grid.PersonID]ledger.Followed), lists: make(map[string][]grid.PersonID), docs: make(map[string]ledger.Dossier),
		told: make(map[grid.PersonID]int), die: func() (bool, bool) { return false, false },
	}
	for i := range n {
		id := grid.PersonID(fmt.Sprintf("p%06d", i))
		var f follow.Follows
		for k := range 1 + i%3 {
			if f, err = f.Add(topics[(i+k)%len(topics)], terms, at(11, 2, 9)); err != nil {
				tb.Fatal(err)
			}
		}
		data, err := json.Marshal(f)
		if err != nil {
			tb.Fatal(err)
		}
		s.follows[id] = ledger.Followed{Person: id, Version: 1, Data: data}
		for _, shelf := range f.Shelves(tree) {
			s.lists[shelf] = append(s.lists[shelf], id)
		}
	}
	for _, list := range s.lists {
		slices.SortFunc(list, func(a, b grid.PersonID) int { return cmp.Compare(follow.Place(a), follow.Place(b)) })
	}
	o := Outreach{
		Store: s, Work: casework.New(tree, &calendar.Calendar{}, casework.Rules{}), Words: plainWords{}, Location: shanghai, Terms: terms,
		Lane: func(int64) grid.PersonID { return "" }, Each: 7,
	}
	return s, o
}

func (s *public) put(tb testing.TB, w ledger.DossierWrite, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	d := w.Dossier
	d.Version = 1
	s.docs[string(d.Kind)+"/"+d.ID] = d
}

// Wherever the program is killed, before or after a commit, everybody whom an urgent post or a digest concerns is told once, and
// nobody else is.
func TestOutreach_KilledAnywhere_EverybodyIsToldOnce(t *testing.T) {
	topics := []follow.Topic{follow.NewTopic(follow.Category, "air"), follow.NewTopic(follow.Category, "water"), follow.NewTopic(follow.Cell, "9901"), follow.NewTopic(follow.River, "r")}
	for seed := range uint64(20) {
		for _, urgent := range []bool{true, false} {
			s, o := crowded(t, 100, topics...)
			r := rand.New(rand.NewPCG(seed, 1))
			s.die = func() (bool, bool) { return r.IntN(4) == 0, r.IntN(4) == 0 }
			p := post.Post{ID: "x", State: post.Approved, Urgent: urgent, Reach: follow.Reach{Cells: []grid.CellCode{"9901"}, Categories: []string{"air"}}, Title: map[string]string{"zh-CN": "t"}, Text: map[string]string{"zh-CN": "t"}, When: at(11, 2, 10)}
			w, err := p.Write(ledger.Dossier{Kind: post.Kind, ID: "x"})
			s.put(t, w, err)
			for range 200 {
				if s.docs["post/x"].Version > 1 && !urgent {
					_, _ = o.Digests(t.Context(), at(11, 2, 18))
				} else {
					_, _ = o.Posts(t.Context(), at(11, 2, 10))
				}
			}
			for id, f := range s.follows {
				x, err := readFollows(f)
				if err != nil {
					t.Fatal(err)
				}
				want := 0
				if x.Has(topics[0]) || x.Has(topics[2]) {
					want = 1
				}
				if s.told[id] != want {
					t.Fatalf("seed %d, urgent %v: %s, who follows %v, was told %d times", seed, urgent, id, x.Topics, s.told[id])
				}
			}
		}
	}
}

// An hour in which nothing was published goes through nobody, however many follow something.
func TestDigests_NothingNewReadsNobody(t *testing.T) {
	s, o := crowded(t, 100, follow.NewTopic(follow.Category, "air"))
	s.lists = nil // a read would find nothing; what counts is that nobody was opened
	s.follows = nil
	if res, err := o.Digests(t.Context(), at(11, 2, 18)); err != nil || res["messages"] != 0 {
		t.Errorf("%v, %v", res, err)
	}
}

// BenchmarkDigests100k is a digest for a hundred thousand followers at one hour, a third of whom it concerns, without the store.
func BenchmarkDigests100k(b *testing.B) {
	keys := []string{"a", "b", "c", "d", "e", "f"}
	topics := make([]follow.Topic, 0, len(keys))
	for _, k := range keys {
		topics = append(topics, follow.NewTopic(follow.Category, k))
	}
	s, o := crowded(b, 100_000, topics...)
	o.Each = 200
	for i := range 5 {
		item := follow.Item{Source: follow.OfIssue, Ref: strconv.Itoa(i), At: at(11, 2, 12), Reach: follow.Reach{Categories: []string{"a"}}, Title: map[string]string{"zh-CN": "t"}}
		w, err := item.Write(ledger.Dossier{Kind: follow.ItemKind, ID: item.ID()})
		s.put(b, w, err)
	}
	b.ReportAllocs()
	for b.Loop() {
		delete(s.docs, "digest/18")
		res, err := o.Digests(b.Context(), at(11, 2, 18))
		if err != nil || res["messages"] == 0 {
			b.Fatal(res, err)
		}
		b.ReportMetric(float64(res["messages"]), "messages")
	}
}
