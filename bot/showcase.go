package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/seeds"
)

// showcase keeps in memory what the public may see of the cases, and on which measures of the plan they tell. It is read from the store when somebody first asks, and
// follows it afterwards: what this process commits is told to it, what another does it finds by asking.
type showcase struct {
	store *redisstore.Store
	clock func() time.Time

	mu      sync.Mutex
	view    public.View
	plan    plan.Plan
	index   *public.Index
	telling map[casework.CaseID]int // items of the plan
	filled  bool
	live    atomic.Bool // somebody asks: before that nothing has to be followed
	asked   time.Time   // when the store was last asked for what others changed
	touched sync.Map    // casework.CaseID → struct{}: changed here and not read again yet
}

// What others commit is seen after showcaseEvery at the latest; showcaseBack is how much later than it arrived something may
// be dealt with elsewhere and still be found.
const (
	showcaseEvery = 2 * time.Second
	showcaseBack  = 10 * time.Minute
)

func newShowcase(store *redisstore.Store, d *seeds.District, clock func() time.Time) *showcase {
	return &showcase{store: store, clock: clock, view: viewOf(d), plan: d.Plan, index: public.NewIndex()}
}

func viewOf(d *seeds.District) public.View {
	return public.View{Tree: d.Tree, Round: d.Settings.PublicSquare, Zone: d.Settings.TimeZone}
}

// touch notes that a case changed.
func (s *showcase) touch(id casework.CaseID) {
	if s.live.Load() {
		s.touched.Store(id, struct{}{})
	}
}

// use lets another district's tables count from now on: everything is told anew.
func (s *showcase) use(d *seeds.District) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.view, s.plan, s.filled = viewOf(d), d.Plan, false
}

// Cases is the index, as the store stands.
func (s *showcase) Cases(ctx context.Context) (*public.Index, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cases(ctx)
}

// Telling counts the open cases that tell on each measure of the plan, by its item.
func (s *showcase) Telling(ctx context.Context) (map[int]int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.cases(ctx); err != nil {
		return nil, err
	}
	out := make(map[int]int)
	for _, item := range s.telling {
		out[item]++
	}
	return out, nil
}

func (s *showcase) cases(ctx context.Context) (*public.Index, error) {
	now := s.clock()
	if !s.filled {
		if err := s.fill(ctx); err != nil {
			return nil, err
		}
		s.filled, s.asked = true, now
		return s.index, nil
	}
	ids := make(map[casework.CaseID]bool)
	s.touched.Range(func(id, _ any) bool {
		s.touched.Delete(id)
		ids[id.(casework.CaseID)] = true //nolint:forcetypeassert // nothing else is put in
		return true
	})
	if now.Sub(s.asked) >= showcaseEvery {
		changed, err := s.store.ChangedSince(ctx, s.asked.Add(-showcaseBack))
		if err != nil {
			return nil, s.again(ids, err)
		}
		for _, id := range changed {
			ids[id] = true
		}
		s.asked = now
	}
	if len(ids) == 0 {
		return s.index, nil
	}
	cases, err := s.store.Cases(ctx, slices.Collect(maps.Keys(ids)))
	if err != nil {
		return nil, s.again(ids, err)
	}
	for _, c := range cases {
		s.show(c)
	}
	return s.index, nil
}

// again keeps in mind what could not be read.
func (s *showcase) again(ids map[casework.CaseID]bool, err error) error {
	for id := range ids {
		s.touch(id)
	}
	return fmt.Errorf("public cases: %w", err)
}

// fill reads everything.
func (s *showcase) fill(ctx context.Context) error {
	s.live.Store(true) // from here on, so that what changes meanwhile is read again
	s.index, s.telling = public.NewIndex(), make(map[casework.CaseID]int)
	for c, err := range s.store.EachCase(ctx) {
		if err != nil {
			return fmt.Errorf("public cases: %w", err)
		}
		s.show(c)
	}
	return nil
}

func (s *showcase) show(c casework.Case) {
	delete(s.telling, c.ID)
	if item := s.plan.Telling(c); item != 0 {
		s.telling[c.ID] = item
	}
	if shown, ok := s.view.Of(c); ok {
		if was, known := s.index.Find(shown.Report); !known || !was.Equal(shown) {
			s.index.Put(shown)
		}
		return
	}
	s.index.Remove(c.Number)
}

// Steps is a case's public timeline.
func (s *showcase) Steps(ctx context.Context, number string) ([]public.Step, error) {
	id, err := s.store.CaseByNumber(ctx, number)
	if err != nil {
		return nil, err
	}
	events, err := s.store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	view := s.view
	s.mu.Unlock()
	return view.Steps(events), nil
}
