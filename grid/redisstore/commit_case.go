package redisstore

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// maxLatitude is as far north and south as Redis' geo sets reach.
const maxLatitude = 85.05

// writeCase stores the case and its events and brings every index of it up to date.
func (s *Store) writeCase(p *program, w ledger.CaseWrite) error {
	before, after := &w.Before, &w.After
	if after.ID == "" || before.Version != 0 && before.ID != after.ID {
		return errors.New("before and after are not the same case")
	}
	doc, err := packCase(after)
	if err != nil {
		return err
	}
	key := s.keys.caseDoc(after.ID)
	p.check("case", key, strconv.FormatInt(before.Version, 10))
	p.witness = true
	values := make([]string, 0, 1+len(w.Events))
	head := p.header(before.Version+1) + string(doc)
	if before.Version == 0 {
		values = append(values, head)
	} else {
		p.write("LSET", key, "0", head)
	}
	for i := range w.Events {
		b, err := packEvent(&w.Events[i])
		if err != nil {
			return err
		}
		values = append(values, string(b))
	}
	if len(values) > 0 {
		p.write("RPUSH", key, values...)
	}
	s.indexQueues(p, before, after)
	s.indexDue(p, before, after)
	s.indexPlace(p, before, after)
	s.indexPeople(p, before, after)
	s.indexNumbers(p, before, after)
	s.indexRewards(p, before, after)
	s.indexUnsealed(p, before, after)
	s.indexChanged(p, w)
	return nil
}

// indexQueues puts the case into its worklists and takes it out of those it left.
func (s *Store) indexQueues(p *program, before, after *casework.Case) {
	id := string(after.ID)
	var was []casework.Queue
	if before.Version != 0 {
		was = before.Queues()
	}
	now := after.Queues()
	for _, q := range was {
		if !slices.Contains(now, q) {
			p.write("ZREM", s.keys.queue(q), id)
		}
	}
	score := dueScore(after)
	for _, q := range now {
		if !slices.Contains(was, q) || score != dueScore(before) {
			p.write("ZADD", s.keys.queue(q), score, id)
		}
	}
}

// dueScore orders a worklist: the earliest running limit, cases without one last.
func dueScore(c *casework.Case) string {
	if due, ok := c.Due(); ok {
		return strconv.FormatInt(due.Unix(), 10)
	}
	return "+inf"
}

// indexDue sets when the case is next due. It is written whenever the case is, because the stored moment may come from
// settings or a calendar that were different then.
func (s *Store) indexDue(p *program, before, after *casework.Case) {
	if at, ok := s.nextStage(*after); ok {
		p.write("ZADD", s.keys.due(), strconv.FormatInt(at.UnixMilli(), 10), string(after.ID))
	} else if before.Version != 0 {
		p.write("ZREM", s.keys.due(), string(after.ID))
	}
}

// indexPlace keeps the set of places of open cases.
func (s *Store) indexPlace(p *program, before, after *casework.Case) {
	was, is := before.Version != 0 && placed(before), placed(after)
	switch {
	case is && (!was || *before.Point != *after.Point):
		p.write("GEOADD", s.keys.open(), degrees(after.Point.Lon), degrees(after.Point.Lat), string(after.ID))
	case was && !is:
		p.write("ZREM", s.keys.open(), string(after.ID))
	}
}

// placed tells whether the case is open and lies where Redis can find it: a point it refuses must not fail the commit.
func placed(c *casework.Case) bool {
	return c.State.Underway() && c.Point != nil && c.Point.Valid() == nil && math.Abs(c.Point.Lat) <= maxLatitude
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// indexPeople lists the case with its reporter and with everybody who follows it, and no longer with who was forgotten.
func (s *Store) indexPeople(p *program, before, after *casework.Case) {
	var was []grid.PersonID
	if before.Version != 0 {
		was = before.People()
	}
	is := after.People()
	for _, x := range is {
		if !slices.Contains(was, x) {
			p.write("ZADD", s.keys.by(x), strconv.FormatInt(after.CreatedAt.Unix(), 10), string(after.ID))
		}
	}
	for _, x := range was {
		if !slices.Contains(is, x) {
			p.write("ZREM", s.keys.by(x), string(after.ID))
		}
	}
}

// indexRewards makes the case findable by the codes of its reward; one that was replaced leads nowhere.
func (s *Store) indexRewards(p *program, before, after *casework.Case) {
	was, is := shares(before), shares(after)
	for _, x := range is {
		if !slices.Contains(was, x) {
			p.write("HSET", s.keys.rewards(), x, string(after.ID))
		}
	}
	for _, x := range was {
		if !slices.Contains(is, x) {
			p.write("HDEL", s.keys.rewards(), x)
		}
	}
}

// shares lists the hashes of a reward's codes.
func shares(c *casework.Case) []string {
	if c.Reward == nil {
		return nil
	}
	out := make([]string, len(c.Reward.Shares))
	for i, x := range c.Reward.Shares {
		out[i] = x.Hash
	}
	return out
}

// indexNumbers makes the case findable by the numbers that people know.
func (s *Store) indexNumbers(p *program, before, after *casework.Case) {
	for _, n := range [][2]string{{before.Number, after.Number}, {before.CaseNo, after.CaseNo}} {
		if n[1] != "" && n[0] != n[1] {
			p.write("HSET", s.keys.numbers(), n[1], string(after.ID))
		}
	}
}
