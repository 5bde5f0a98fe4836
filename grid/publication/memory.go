package publication

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
)

// Memory remembers the issues that are out, without what they say: they never change any more, so whoever shows the calendar to
// everybody reads of them once. The zero value remembers nothing yet; many may use it at once.
type Memory struct {
	mu    sync.Mutex
	out   map[string]Issue
	whole map[string]Public // some of them, with all that they say
}

// mostWhole is how many are remembered with all that they say; one may hold some hundred kilobytes.
const mostWhole = 24

// public is what is remembered of an issue.
func (m *Memory) public(id string) (Public, bool) {
	if m == nil {
		return Public{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p, known := m.whole[id]
	return p, known
}

// Public is an issue as it was published, and false while it is not. What is returned belongs to everybody: nobody may alter it.
func (m *Memory) Public(ctx context.Context, store Store, id string) (Public, bool, error) {
	if p, known := m.public(id); known {
		return p, true, nil
	}
	found, err := store.Dossiers(ctx, Dossiers, []string{id})
	if err != nil || len(found) == 0 {
		return Public{}, false, err
	}
	i, err := Read(found[0])
	if err != nil {
		return Public{}, false, err
	}
	p, out := i.Public()
	if !out || m == nil {
		return p, out, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.whole == nil || len(m.whole) >= mostWhole {
		m.whole = make(map[string]Public)
	}
	m.whole[id] = p
	return p, true, nil
}

// issues is [Issues] with what is remembered. Nil remembers nothing.
func (m *Memory) issues(ctx context.Context, store Store) (map[string][]Issue, error) {
	ids, err := store.Shelf(ctx, Dossiers, All, 0, math.MaxInt64, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	found, err := store.Dossiers(ctx, Dossiers, m.unknown(ids))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]Issue)
	add := func(i Issue) {
		base, _ := Base(i.ID)
		out[base] = append(out[base], i)
	}
	for _, d := range found {
		i, err := Read(d)
		if err != nil {
			return nil, fmt.Errorf("publication %s: %w", d.ID, err)
		}
		add(i)
	}
	for _, i := range m.known(ids, out) {
		add(i)
	}
	for _, all := range out {
		sortIssues(all)
	}
	return out, nil
}

// unknown are those of the ids that have to be read; nil remembers none.
func (m *Memory) unknown(ids []string) []string {
	if m == nil {
		return ids
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return m.out[id].State == Published })
}

// known are those of the ids that are remembered and were not read; what was read and is out will be remembered.
func (m *Memory) known(ids []string, read map[string][]Issue) []Issue {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Issue
	for _, id := range ids {
		base, _ := Base(id)
		if i, ok := m.out[id]; ok && !slices.ContainsFunc(read[base], func(x Issue) bool { return x.ID == id }) {
			out = append(out, i)
		}
	}
	if m.out == nil {
		m.out = make(map[string]Issue)
	}
	for _, all := range read {
		for _, i := range all {
			if i.State == Published {
				i.Content, i.Sealed = Content{}, ""
				m.out[i.ID] = i
			}
		}
	}
	return out
}
