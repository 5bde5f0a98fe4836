package main

import (
	"sync"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// remembered keeps what dossiers say for as long as they stay at their version: the public site reads the same ones again and again, and
// making sense of a document takes far longer than fetching it. What is kept belongs to everybody: nobody may alter it.
type remembered[T any] struct {
	mu    sync.Mutex
	known map[string]versioned[T] // by the id
}

type versioned[T any] struct {
	version int64
	value   T
}

// read is what a dossier says.
func (r *remembered[T]) read(d ledger.Dossier, read func(ledger.Dossier) (T, error)) (T, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k, ok := r.known[d.ID]; ok && k.version == d.Version {
		return k.value, nil
	}
	value, err := read(d)
	if err != nil {
		return value, err
	}
	if r.known == nil {
		r.known = make(map[string]versioned[T])
	}
	r.known[d.ID] = versioned[T]{d.Version, value}
	return value, nil
}
