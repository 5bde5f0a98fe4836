package redisstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Case returns a case. NotFound when there is none of that ID.
func (s *Store) Case(ctx context.Context, id casework.CaseID) (casework.Case, error) {
	doc, err := s.client.LIndex(ctx, s.keys.caseDoc(id), 0).Result()
	if err != nil {
		return casework.Case{}, missing("case", err)
	}
	return parseCase(id, doc)
}

// Cases returns the cases of these IDs in that order, in one round trip; those that do not exist are left out.
func (s *Store) Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	docs := make([]*redis.StringCmd, len(ids))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			docs[i] = p.LIndex(ctx, s.keys.caseDoc(id), 0)
		}
		return nil
	})
	if notNil(err) != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	out := make([]casework.Case, 0, len(ids))
	for i, doc := range docs {
		if errors.Is(doc.Err(), redis.Nil) {
			continue
		}
		if doc.Err() != nil {
			return nil, fmt.Errorf("cases: %w", doc.Err())
		}
		c, err := parseCase(ids[i], doc.Val())
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// CaseByNumber finds a case by its report number or its case number. NotFound when nothing has that number.
func (s *Store) CaseByNumber(ctx context.Context, number string) (casework.CaseID, error) {
	id, err := s.client.HGet(ctx, s.keys.numbers(), number).Result()
	if err != nil {
		return "", missing("case number", err)
	}
	return casework.CaseID(id), nil
}

// Record returns a case with every event of its history, read at once, so that casework.Verify can tell damage from work that
// goes on. NotFound when there is no such case.
func (s *Store) Record(ctx context.Context, id casework.CaseID) (casework.Case, []casework.Event, error) {
	found, err := s.client.LRange(ctx, s.keys.caseDoc(id), 0, -1).Result()
	if err != nil {
		return casework.Case{}, nil, fmt.Errorf("case with history: %w", err)
	}
	if len(found) == 0 {
		return casework.Case{}, nil, missing("case", redis.Nil)
	}
	c, err := parseCase(id, found[0])
	if err != nil {
		return casework.Case{}, nil, err
	}
	events, err := parseEvents(id, found[1:])
	return c, events, err
}

// History returns every event of a case, oldest first; casework.Verify checks it. NotFound when there is no such case.
func (s *Store) History(ctx context.Context, id casework.CaseID) ([]casework.Event, error) {
	found, err := s.client.LRange(ctx, s.keys.caseDoc(id), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	if len(found) == 0 {
		return nil, missing("case", redis.Nil)
	}
	return parseEvents(id, found[1:])
}

// ByPerson lists the cases that the person reported or follows, newest first.
func (s *Store) ByPerson(ctx context.Context, p grid.PersonID) ([]casework.CaseID, error) {
	return s.ByPersonSince(ctx, p, time.Unix(0, 0))
}

// ByPersonSince lists those of them that were made since, to the second.
func (s *Store) ByPersonSince(ctx context.Context, p grid.PersonID, since time.Time) ([]casework.CaseID, error) {
	from := strconv.FormatInt(since.Unix(), 10)
	found, err := s.client.ZRevRangeByScore(ctx, s.keys.by(p), &redis.ZRangeBy{Min: from, Max: "+inf"}).Result()
	if err != nil {
		return nil, fmt.Errorf("cases of a person: %w", err)
	}
	return caseIDs(found), nil
}

// Near lists up to n open cases within radius metres of the point, nearest first.
func (s *Store) Near(ctx context.Context, at geo.Point, radius float64, n int) ([]casework.CaseID, error) {
	if err := at.Valid(); err != nil {
		return nil, fmt.Errorf("cases near: %w", err)
	}
	if math.Abs(at.Lat) > maxLatitude {
		return nil, nil // no case stands there: Redis' map ends before the poles
	}
	found, err := s.client.GeoSearch(ctx, s.keys.open(), &redis.GeoSearchQuery{
		Longitude: at.Lon, Latitude: at.Lat, Radius: radius, RadiusUnit: "m", Sort: "ASC", Count: n,
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("cases near: %w", err)
	}
	return caseIDs(found), nil
}

// EachCase goes through all cases, in no order; one that changes meanwhile may come twice. It ends at the first error.
func (s *Store) EachCase(ctx context.Context) iter.Seq2[casework.Case, error] {
	return func(yield func(casework.Case, error) bool) {
		page := make([][2]string, 0, caseBatch) // number, ID
		for number, id := range s.hash(ctx, s.keys.numbers()) {
			if id.err != nil {
				yield(casework.Case{}, id.err)
				return
			}
			if page = append(page, [2]string{number, id.value}); len(page) == caseBatch {
				if !s.eachOf(ctx, page, yield) {
					return
				}
				page = page[:0]
			}
		}
		s.eachOf(ctx, page, yield)
	}
}

// caseBatch is how many cases are read at once.
const caseBatch = 200

// eachOf hands on the cases of a page and tells whether to go on.
func (s *Store) eachOf(ctx context.Context, page [][2]string, yield func(casework.Case, error) bool) bool {
	ids := make([]casework.CaseID, len(page))
	for i, p := range page {
		ids[i] = casework.CaseID(p[1])
	}
	cases, err := s.Cases(ctx, ids)
	if err != nil {
		yield(casework.Case{}, err)
		return false
	}
	found := make(map[casework.CaseID]casework.Case, len(cases))
	for _, c := range cases {
		found[c.ID] = c
	}
	for i, p := range page {
		c, ok := found[ids[i]]
		switch {
		case !ok:
			_, err := s.Case(ctx, ids[i])
			yield(c, err)
			return false
		case c.Number != p[0]: // found by its case number: it comes by its report number as well
		case !yield(c, nil):
			return false
		}
	}
	return true
}

func caseIDs(found []string) []casework.CaseID {
	out := make([]casework.CaseID, len(found))
	for i, id := range found {
		out[i] = casework.CaseID(id)
	}
	return out
}
