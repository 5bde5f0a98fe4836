package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Person opens what is known of somebody. NotFound when it is nothing.
func (s *Store) Person(ctx context.Context, id grid.PersonID) (ledger.Person, error) {
	var r personReply
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error { r = s.askPerson(ctx, p, id); return nil })
	if notNil(err) != nil {
		return ledger.Person{}, fmt.Errorf("person: %w", err)
	}
	if errors.Is(r.sealed.Err(), redis.Nil) {
		return ledger.Person{}, missing("person", redis.Nil)
	}
	return s.readPerson(r, id)
}

// People opens what is known of several people, in one round trip for some hundreds; who is not known is left out.
func (s *Store) People(ctx context.Context, ids []grid.PersonID) (map[grid.PersonID]ledger.Person, error) {
	out := make(map[grid.PersonID]ledger.Person, len(ids))
	for some := range slices.Chunk(ids, dossiersEach) {
		replies := make([]personReply, len(some))
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, id := range some {
				replies[i] = s.askPerson(ctx, p, id)
			}
			return nil
		})
		if notNil(err) != nil {
			return nil, fmt.Errorf("people: %w", err)
		}
		for i, r := range replies {
			if errors.Is(r.sealed.Err(), redis.Nil) {
				continue
			}
			x, err := s.readPerson(r, some[i])
			if err != nil {
				return nil, err
			}
			out[some[i]] = x
		}
	}
	return out, nil
}

// personReply is what a pipeline brings of one person.
type personReply struct {
	sealed  *redis.StringCmd
	blocked *redis.FloatCmd
}

func (s *Store) askPerson(ctx context.Context, p redis.Pipeliner, id grid.PersonID) personReply {
	return personReply{sealed: p.Get(ctx, s.keys.person(id)), blocked: p.ZScore(ctx, s.keys.blocked(), string(id))}
}

// readPerson opens the reply.
func (s *Store) readPerson(r personReply, id grid.PersonID) (ledger.Person, error) {
	x := ledger.Person{ID: id}
	plain, err := s.sealer.Open([]byte(r.sealed.Val()), aad(s.keys.person(id)))
	if err != nil {
		return x, fmt.Errorf("person: %w", err)
	}
	if err := json.Unmarshal(plain, &x); err != nil {
		return x, fmt.Errorf("person: %w", err)
	}
	x.ID, x.Blocked = id, r.blocked.Err() == nil
	return x, nil
}

// readTalk opens the state of a conversation; nil and version 0 when there is none. The state knows itself when it expires.
func (s *Store) readTalk(r *redis.StringCmd, key ledger.TalkKey) (data []byte, version int64, err error) {
	if errors.Is(r.Err(), redis.Nil) {
		return nil, 0, nil
	}
	version, body, err := split(r.Val())
	if err == nil {
		data, err = s.sealer.Open([]byte(body), aad(s.keys.talk(key)))
	}
	if err != nil {
		return nil, 0, fmt.Errorf("conversation: %w", err)
	}
	return data, version, nil
}

// Turn fetches in one round trip what a message needs to be understood: the person, the conversation, and the roster,
// which is fetched only when it changed.
func (s *Store) Turn(ctx context.Context, id grid.PersonID, key ledger.TalkKey) (ledger.Turn, error) {
	var person personReply
	var talk, version *redis.StringCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		person = s.askPerson(ctx, p, id)
		talk = p.Get(ctx, s.keys.talk(key))
		version = p.Get(ctx, s.keys.rosterVersion())
		return nil
	})
	if notNil(err) != nil {
		return ledger.Turn{}, fmt.Errorf("turn: %w", err)
	}
	var t ledger.Turn
	if !errors.Is(person.sealed.Err(), redis.Nil) {
		known, bad := s.readPerson(person, id)
		if bad != nil {
			return t, bad
		}
		t.Person = &known
	}
	if t.Talk, t.TalkVersion, err = s.readTalk(talk, key); err != nil {
		return t, err
	}
	t.Roster, err = s.rosterAt(ctx, version)
	return t, err
}

// EachPerson goes through everybody who is known, under each of their names, in no order; some may come twice. It ends at
// the first error.
func (s *Store) EachPerson(ctx context.Context) iter.Seq2[ledger.Person, error] {
	return func(yield func(ledger.Person, error) bool) {
		prefix := s.keys.person("")
		for key, err := range s.scanKeys(ctx, prefix) {
			var p ledger.Person
			if err == nil {
				p, err = s.Person(ctx, grid.PersonID(strings.TrimPrefix(key, prefix)))
			}
			if grid.CodeOf(err) == grid.NotFound {
				continue // removed meanwhile
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}
