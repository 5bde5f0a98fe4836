package ledger

import "sync"

// Remembered keeps what dossiers of one kind say for as long as they stay at their version: the public site reads the same ones again and
// again, and making sense of a document takes far longer than fetching it. What is kept belongs to everybody: nobody may alter it. Nil
// remembers nothing.
type Remembered[T any] struct {
	mu    sync.Mutex
	known map[string]versioned[T] // by the id
}

type versioned[T any] struct {
	version int64
	value   T
}

// Read is what a dossier says; read makes sense of one that is not known.
func (r *Remembered[T]) Read(d Dossier, read func(Dossier) (T, error)) (T, error) {
	if r == nil {
		return read(d)
	}
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
