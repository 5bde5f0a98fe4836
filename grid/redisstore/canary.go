package redisstore

import (
	"context"
	"errors"
	"fmt"
)

// ErrWrongKeys means that the data was sealed with keys that the program was not given: nobody could be answered.
var ErrWrongKeys = errors.New("the keys are not those that this district's data was sealed with")

// canaryText is what is sealed to be opened again at the next start.
const canaryText = "gridwarden"

// CheckKeys tells whether the keys are the ones that the data was sealed with. The first call, on an empty store, seals
// the text that later calls open. ErrWrongKeys when they are others: a program that went on would take every waiting
// update for damaged.
func (s *Store) CheckKeys(ctx context.Context) error {
	key := s.keys.canary()
	fresh := s.sealer.Seal([]byte(canaryText), aad(key))
	if err := s.client.SetNX(ctx, key, fresh, 0).Err(); err != nil {
		return fmt.Errorf("check keys: %w", err)
	}
	sealed, err := s.client.Get(ctx, key).Bytes()
	if err != nil {
		return fmt.Errorf("check keys: %w", err)
	}
	if plain, err := s.sealer.Open(sealed, aad(key)); err != nil || string(plain) != canaryText {
		return ErrWrongKeys
	}
	return nil
}

// Root keeps the secret from which pseudonyms come, sealed, from the first call on, and returns the one that is kept: names
// outlive the key that they first came from. first is what a new district begins with. ErrWrongKeys when it cannot be opened.
func (s *Store) Root(ctx context.Context, first []byte) ([]byte, error) {
	key := s.keys.root()
	if err := s.client.SetNX(ctx, key, s.sealer.Seal(first, aad(key)), 0).Err(); err != nil {
		return nil, fmt.Errorf("root of names: %w", err)
	}
	sealed, err := s.client.Get(ctx, key).Bytes()
	if err != nil {
		return nil, fmt.Errorf("root of names: %w", err)
	}
	root, err := s.sealer.Open(sealed, aad(key))
	if err != nil {
		return nil, ErrWrongKeys
	}
	return root, nil
}
