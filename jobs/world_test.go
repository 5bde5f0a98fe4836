package jobs

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

var (
	quiet    = slog.New(slog.NewTextHandler(io.Discard, nil))
	shanghai = mustZone("Asia/Shanghai")
)

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// at is a full hour of 2026 in Shanghai.
func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, shanghai)
}

// fakeStore keeps cases in memory as the real one does: by version, with an index of what is due.
type fakeStore struct {
	mu      sync.Mutex
	work    *casework.Work
	cases   map[casework.CaseID]casework.Case
	events  map[casework.CaseID][]casework.Event
	counts  map[string]map[string]int64
	marks   map[string]bool
	people  map[grid.PersonID]ledger.Person
	roster  *grid.Roster
	sent    []ledger.Message
	asked   int // how often Due was
	spoil   map[casework.CaseID]error
	files   map[string]ledger.File
	anchors []string
	changed map[casework.CaseID]time.Time
	between func() // runs between reading a case and committing it
	lose    bool   // the next commit is done, but its answer is lost

	fakeDossiers
}

func (s *fakeStore) Due(_ context.Context, now time.Time, n int) ([]casework.CaseID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	type due struct {
		id casework.CaseID
		at time.Time
	}
	var all []due
	for id, c := range s.cases {
		if next, ok := s.work.NextStage(c); ok && !next.After(now) {
			all = append(all, due{id, next})
		}
	}
	slices.SortFunc(all, func(a, b due) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return strings.Compare(string(a.id), string(b.id))
	})
	out := make([]casework.CaseID, 0, min(n, len(all)))
	for _, d := range all[:min(n, len(all))] {
		out = append(out, d.id)
	}
	return out, nil
}

func (s *fakeStore) Case(_ context.Context, id casework.CaseID) (casework.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.cases[id]; ok {
		return c, nil
	}
	return casework.Case{}, grid.Fail(grid.NotFound, "error.case")
}

func (s *fakeStore) History(_ context.Context, id casework.CaseID) ([]casework.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events[id], nil
}

func (s *fakeStore) Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error) {
	out := make([]casework.Case, 0, len(ids))
	for _, id := range ids {
		c, err := s.Case(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (s *fakeStore) Queue(_ context.Context, q casework.Queue, _, _ int) ([]casework.CaseID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []casework.CaseID
	for id, c := range s.cases {
		if slices.Contains(c.Queues(), q) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (s *fakeStore) Counts(_ context.Context, day string) (map[string]int64, error) {
	return s.counts[day], nil
}

func (s *fakeStore) Roster(context.Context) (*grid.Roster, error) { return s.roster, nil }

func (s *fakeStore) Person(_ context.Context, id grid.PersonID) (ledger.Person, error) {
	if p, ok := s.people[id]; ok {
		return p, nil
	}
	return ledger.Person{}, grid.Fail(grid.NotFound, "error.person")
}

func (s *fakeStore) Commit(_ context.Context, c ledger.Change) (bool, error) {
	if s.between != nil {
		s.between()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range c.Marks {
		if s.marks[m.Name] {
			return true, nil
		}
	}
	for _, w := range c.Cases {
		if err := s.spoil[w.After.ID]; err != nil {
			return false, err
		}
		if s.cases[w.After.ID].Version != w.Before.Version {
			return false, ledger.ErrConflict
		}
	}
	for _, m := range c.Marks {
		s.marks[m.Name] = true
	}
	for _, w := range c.Cases {
		w.After.Version = w.Before.Version + 1
		s.cases[w.After.ID] = w.After
		s.events[w.After.ID] = append(s.events[w.After.ID], w.Events...)
		if n := len(w.Events); n > 0 {
			s.changed[w.After.ID] = w.Events[n-1].Arrived
		}
	}
	if c.Anchor != nil {
		s.anchors = append(s.anchors, string(c.Anchor.Line))
		maps.DeleteFunc(s.changed, func(_ casework.CaseID, at time.Time) bool { return !at.After(c.Anchor.Until) })
	}
	s.keep(c.Dossiers)
	s.sent = append(s.sent, c.Outbox...)
	if s.lose {
		s.lose = false
		return false, io.ErrUnexpectedEOF
	}
	return false, nil
}

func (s *fakeStore) Unsealed(context.Context) (out []ledger.Unsealed, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, c := range s.cases {
		for _, f := range c.Unsealed() {
			out = append(out, ledger.Unsealed{Case: id, File: f, Since: c.Evidence[0].Arrived})
		}
	}
	return out, nil
}

func (s *fakeStore) File(_ context.Context, unique string) (ledger.File, error) {
	if f, ok := s.files[unique]; ok {
		return f, nil
	}
	return ledger.File{}, grid.Fail(grid.NotFound, "error.not_found")
}

func (s *fakeStore) Changed(_ context.Context, until time.Time) (out []casework.CaseID, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, at := range s.changed {
		if !at.After(until) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (s *fakeStore) LastAnchor(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.anchors) == 0 {
		return "", nil
	}
	return s.anchors[len(s.anchors)-1], nil
}

// told lists the messages: kind, case and to whom.
func (s *fakeStore) told() (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.sent {
		out = append(out, fmt.Sprintf("%s %s %s", m.Kind, m.Case, m.To))
	}
	slices.Sort(out)
	return out
}

// words renders a key with its arguments, so that tests can read both.
// EachCase goes through the cases of the store.
func (s *fakeStore) EachCase(context.Context) iter.Seq2[casework.Case, error] {
	return func(yield func(casework.Case, error) bool) {
		for _, c := range s.cases {
			if !yield(c, nil) {
				return
			}
		}
	}
}

type words struct{}

func (words) T(lang, key string, args map[string]any) string {
	keys := make([]string, 0, len(args))
	for k := range args {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b strings.Builder
	b.WriteString(lang + ":" + key)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, args[k])
	}
	return b.String()
}

// bars notes what it would have drawn.
type bars struct {
	labels []string
	values [][]float64
}

func (b *bars) Bars(_, _ string, labels, _ []string, values [][]float64) ([]byte, error) {
	b.labels, b.values = labels, values
	return []byte("picture"), nil
}

// world is a small district with a supervisor, a desk, a chief and an inspector.
func world(tb testing.TB) (*fakeStore, Deps) {
	tb.Helper()
	tree, err := grid.NewTree([]string{"一级", "二级"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "乐都区"},
		{Code: "630202102", Parent: "630202", Level: 2, Name: "寿乐镇"},
		{Code: "630202100", Parent: "630202", Level: 2, Name: "碾伯街道"},
		{Code: "630202999", Parent: "630202", Level: 2, Name: "待定", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	cal, err := calendar.New(shanghai, calendar.Year{Year: 2026}, calendar.Year{Year: 2027})
	if err != nil {
		tb.Fatal(err)
	}
	night, err := calendar.ParseQuiet("22:00-07:00", shanghai)
	if err != nil {
		tb.Fatal(err)
	}
	ladder := []casework.StageRule{
		{Name: "due", After: -15 * time.Hour, Tell: []casework.Audience{casework.TellHandler}},
		{Name: "overdue", After: 0, Tell: []casework.Audience{casework.TellHandler, casework.TellChief}},
		{Name: "order", After: 24 * time.Hour, Tell: []casework.Audience{casework.TellDistrict}},
	}
	work := casework.New(tree, cal, casework.Rules{
		Limits: map[casework.ClockName]calendar.Limit{
			casework.DecideClock: {N: 2, Unit: calendar.Workday}, casework.StartClock: {N: 2, Unit: calendar.Workday},
			casework.FinishClock: {N: 30, Unit: calendar.Day},
		},
		Stages: map[casework.ClockName][]casework.StageRule{casework.StartClock: ladder, casework.FinishClock: ladder},
		Quiet:  night,
	})
	officer := func(id string, role grid.Role, cell grid.CellCode) grid.Officer {
		return grid.Officer{ID: grid.OfficerID(id), Person: grid.PersonID(id), Appointments: []grid.Appointment{{Role: role, Cell: cell}}}
	}
	s := &fakeStore{
		work: work, cases: map[casework.CaseID]casework.Case{}, events: map[casework.CaseID][]casework.Event{},
		counts: map[string]map[string]int64{}, marks: map[string]bool{}, changed: map[casework.CaseID]time.Time{}, spoil: map[casework.CaseID]error{},
		people: map[grid.PersonID]ledger.Person{"sven": {Lang: "en"}, "ivan": {Lang: "zh-CN"}},
		roster: grid.NewRoster(1, []grid.Officer{
			officer("ivan", grid.Inspector, "630202102"), officer("vera", grid.Chief, "630202102"),
			officer("sven", grid.Supervisor, "630202"), officer("dora", grid.Desk, "630202"),
		}),
	}
	return s, Deps{
		Lane:  func(int64) grid.PersonID { return "lane" },
		Store: s, Work: work, Words: words{}, Charts: &bars{}, Location: shanghai,
		Specs: Specs{Daily: "0 8 * * *", Weekly: "30 8 * * 1", Bulletin: "0 9 1 * *", Plan: "40 8 * * *", Quarter: "0 9 1-15 1,4,7,10 *", Boards: "30 8 * * 1"},
	}
}

// file puts an accepted case into the store.
func (s *fakeStore) file(tb testing.TB, id casework.CaseID, now time.Time) {
	tb.Helper()
	c := casework.Case{ID: id, Number: "R-" + string(id), Cell: "630202102", Reporter: "ivan", Text: "黑水"}
	c, e, err := s.work.Apply(c, casework.Act{Action: casework.File, Person: "ivan"}, s.roster, now)
	if err != nil {
		tb.Fatal(err)
	}
	c, handed, err := s.work.Apply(c, casework.Act{Action: casework.HandOn}, s.roster, now)
	if err != nil {
		tb.Fatal(err)
	}
	c.Version = 1
	s.cases[id], s.events[id], s.changed[id] = c, []casework.Event{e, handed}, now
}
