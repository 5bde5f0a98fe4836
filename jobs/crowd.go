package jobs

import (
	"context"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
)

// crowd goes through several lists of followers side by side, in the one order in which all of them stand, so that everybody
// is met once however many lists they are on. Where it has come to is one number: it can be broken off and gone on with.
type crowd struct {
	store   OutreachStore
	lists   []*listed
	after   float64 // everybody up to this place was met
	perRead int
}

// listed is one list as far as it was read.
type listed struct {
	shelf string
	read  []placed
	from  float64 // the next page begins after this place
	over  bool
}

// placed is a person and their place, which costs a hash.
type placed struct {
	id grid.PersonID
	at float64
}

func newCrowd(store OutreachStore, shelves []string, after float64, perRead int) *crowd {
	c := &crowd{store: store, after: after, perRead: perRead}
	for _, s := range shelves {
		c.lists = append(c.lists, &listed{shelf: s, from: after})
	}
	return c
}

// next is the next n people, fewer at the end.
func (c *crowd) next(ctx context.Context, n int) ([]grid.PersonID, error) {
	var out []grid.PersonID
	for len(out) < n {
		first, err := c.first(ctx)
		if err != nil || first == nil {
			return out, err
		}
		p := first.read[0]
		c.after = p.at
		out = append(out, p.id)
		for _, l := range c.lists {
			if len(l.read) > 0 && l.read[0].at == p.at {
				l.read = l.read[1:]
			}
		}
	}
	return out, nil
}

// first is the list with the lowest place ahead; nil at the end of all.
func (c *crowd) first(ctx context.Context) (*listed, error) {
	var first *listed
	for _, l := range c.lists {
		if err := l.fill(ctx, c.store, c.perRead); err != nil {
			return nil, err
		}
		if len(l.read) > 0 && (first == nil || l.read[0].at < first.read[0].at) {
			first = l
		}
	}
	return first, nil
}

// fill reads the next page when the last is used up.
func (l *listed) fill(ctx context.Context, store OutreachStore, n int) error {
	if len(l.read) > 0 || l.over {
		return nil
	}
	ids, err := store.Followers(ctx, l.shelf, l.from, n)
	if err != nil {
		return err
	}
	l.over = len(ids) < n
	for _, id := range ids {
		l.read = append(l.read, placed{id, follow.Place(id)})
	}
	if len(l.read) > 0 {
		l.from = l.read[len(l.read)-1].at
	}
	return nil
}
